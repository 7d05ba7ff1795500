"""What a circle rests on: its core, its words, its exchanges."""

from collections import defaultdict
from itertools import islice, takewhile

import numpy as np

from .shapes import NOBODY, Floats, Ints, Matrix, Seat, Settings, Term
from .traces import Traces


def seats(graph: Matrix, members: Ints, people: Ints) -> tuple[Seat, ...]:
    """Members by the strength of their ties to each other; ties of equal strength by number."""
    strength: Floats = np.asarray(graph[members][:, members].sum(axis=1))
    order = np.lexsort((people[members], -strength))
    strongest = float(strength.max())
    return tuple(Seat(int(people[members[i]]), round(float(strength[i]) / strongest, 4)) for i in order)


def telling_terms(traces: Traces, members: Ints, settings: Settings) -> tuple[Term, ...]:
    """Words of the members against everybody else's: log-odds with an informative Dirichlet prior.

    Monroe, Colaresi and Quinn 2008, "Fightin' Words", Political Analysis 16:372, equations 16 and 22; the prior
    is `prior_share` of the words of all. A word counts when `term_people` members use it, and
    no more than `term_uses` times for each, so that no one person's habit speaks for the circle.
    """
    if traces.words.shape[1] < 2:
        return ()
    words = traces.words.minimum(settings.term_uses)
    ours = words[members]
    inside: Floats = np.asarray(ours.sum(axis=0)).ravel()
    everywhere: Floats = np.asarray(words.sum(axis=0)).ravel()
    users = np.bincount(ours.indices, minlength=len(inside))
    scores = _log_odds_z(inside, everywhere - inside, everywhere, settings.prior_share)
    scores[users < settings.term_people] = 0.0
    said = (i for i in np.argsort(-scores, kind="stable") if _is_word(traces.vocabulary[i]))
    best = takewhile(lambda i: scores[i] > settings.term_z, islice(said, settings.terms))
    return tuple(Term(traces.vocabulary[i], round(float(scores[i]), 3)) for i in best)


def _is_word(text: str) -> bool:
    """Numbers and single letters weigh in the text layer but explain nothing to a reader."""
    return len(text) > 1 and any(character.isalpha() for character in text)


def _log_odds_z(ours: Floats, theirs: Floats, everywhere: Floats, prior_share: float) -> Floats:
    prior = everywhere * prior_share
    mine, other = ours + prior, theirs + prior
    odds = np.log(mine / (mine.sum() - mine)) - np.log(other / (other.sum() - other))
    score: Floats = odds / np.sqrt(1.0 / mine + 1.0 / other)
    return score


def telling_exchanges(traces: Traces, weights: Floats, circle: tuple[Seat, ...], settings: Settings) -> tuple[int, ...]:
    """Documents of exchanges inside the circle: the heaviest and most recent among the core first, and
    one of each pair of people before a second of any.

    weights: weight today of each exchange of `traces`.
    """
    strength = np.zeros(len(traces.people))
    strength[np.searchsorted(traces.people, [seat.person for seat in circle])] = [seat.weight for seat in circle]
    scores = weights * strength[traces.source] * strength[traces.target]
    shown = np.flatnonzero((scores > 0) & (traces.document != NOBODY))
    turn: dict[tuple[int, int], int] = defaultdict(int)
    ranked: dict[int, int] = {}
    for row in shown[np.argsort(-scores[shown], kind="stable")].tolist():
        one, other = sorted((int(traces.source[row]), int(traces.target[row])))
        ranked.setdefault(int(traces.document[row]), turn[one, other])
        turn[one, other] += 1
    return tuple(sorted(ranked, key=ranked.__getitem__)[: settings.exchanges])


def unit_mix(units: Ints) -> dict[int, int]:
    """How many people of each known unit, the largest first."""
    known, counts = np.unique(units[units != NOBODY], return_counts=True)
    order = np.argsort(-counts, kind="stable")
    return {int(known[i]): int(counts[i]) for i in order}
