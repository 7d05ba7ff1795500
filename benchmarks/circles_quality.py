"""How well found circles fit communities that are known, beside Louvain and plain Leiden, in one run.

    python benchmarks/circles_quality.py [--ablations] [--circles]

Three truths: departments of a research institution (email-Eu-core, unit weighting off), the list of people on two
mailing lists, practices planted across the faculties of an invented university that chats inside faculties. The level
is always chosen without the truth. Compared are people with at least one tie. AMI and ARI: 1 is the truth, 0 is chance.
The choice of level, the number of dimensions and the unit weighting were tuned on this data (about 40 variants), so the
figures are an upper bound. --ablations leaves parts out; --circles prints what people would be shown.
"""

import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import igraph
import numpy as np
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score

from lomwong.discovery.graph import AUTOMATIC, Circle, Exchange, Settings, find_circles, group_people
from lomwong.discovery.tests.planted import university
from lomwong.imports.mail.parse import Message, read_messages
from lomwong.imports.mail.quotes import split_quotes
from lomwong.imports.mail.threads import Threader
from lomwong.text.segment import words

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
LISTS = ("list_mac_2009_2010.txt", "list_package_devel_2015_2016.txt")
LADDER = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
FOREVER = 1e9
SEEDS = 3


@dataclass
class Task:
    """Traces with one or more truths (person to community), and how the engine is set for them."""

    name: str
    exchanges: list[Exchange]
    truths: dict[str, dict[int, int]]
    units: dict[int, int | None] = field(default_factory=dict)
    texts: dict[int, list[str]] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)

    @property
    def now(self) -> float:
        return max(exchange.at for exchange in self.exchanges)


Method = Callable[[Task], dict[int, int]]


def departments() -> Iterator[Task]:
    ties = np.loadtxt(DATA / "graph" / "email-Eu-core.txt", dtype=int).tolist()
    truth = dict(np.loadtxt(DATA / "graph" / "email-Eu-core-department-labels.txt", dtype=int).tolist())
    yield Task(
        "email-Eu-core, 42 departments",
        [Exchange(source, target, 0.0) for source, target in ties],
        {"department": truth},
        settings=Settings(weigh_units=False, resolutions=LADDER),
    )


@dataclass(frozen=True)
class Posting:
    """One message of a list: who, whom it answers, when, its words."""

    author: int
    answers: int | None
    at: float
    words: list[str]
    list_number: int


def mailing_lists() -> Iterator[Task]:
    """Both lists merged; then a part of the messages, and with them of the ties and the words, drawn by chance."""
    people: dict[str, int] = {}
    postings = [posting for number, name in enumerate(LISTS) for posting in _postings(name, number, people)]
    yield _list_task("two mailing lists, all messages", postings)
    for share in (0.3, 0.1):
        for seed in range(SEEDS):
            kept = np.random.default_rng(seed).random(len(postings)) < share
            some = [posting for posting, keep in zip(postings, kept.tolist(), strict=True) if keep]
            yield _list_task(f"two mailing lists, {share:.0%}, draw {seed + 1}", some)


def _postings(name: str, number: int, people: dict[str, int]) -> list[Posting]:
    with (DATA / "mail" / name).open("rb") as stream:
        messages = [message for message in read_messages(stream) if isinstance(message, Message)]
    parents = Threader(messages).resolve()
    author = {m.source_id: people.setdefault(m.author_address or m.author_name, len(people)) for m in messages}
    return [
        Posting(
            author[m.source_id],
            author.get(parents.get(m.source_id, "")),
            m.at.timestamp() / 86_400,
            _own_words(m),
            number,
        )
        for m in messages
    ]


def _own_words(message: Message) -> list[str]:
    blocks = split_quotes(message.text)
    return words(message.subject + "\n" + "\n".join(block.text for block in blocks if block.kind == "text"))


def _list_task(name: str, postings: list[Posting]) -> Task:
    lists: dict[int, Counter[int]] = {}
    texts: dict[int, list[str]] = {}
    for posting in postings:
        lists.setdefault(posting.author, Counter())[posting.list_number] += 1
        texts.setdefault(posting.author, []).extend(posting.words)
    exchanges = [
        Exchange(posting.author, posting.answers, posting.at, 1.0, number)
        for number, posting in enumerate(postings)
        if posting.answers in lists and posting.answers != posting.author
    ]
    truth = {person: count.most_common(1)[0][0] for person, count in lists.items()}
    # Six years lie between the two archives, and a list is larger than any circle: neither decay nor cutting here.
    settings = Settings(half_life_days=FOREVER, resolutions=LADDER, max_size=len(lists))
    return Task(name, exchanges, {"list": truth}, texts=texts, settings=settings)


def planted() -> Iterator[Task]:
    for times in (1, 3):
        made = university(people=600, practices=10, help_each=6.0, chatter_each=6.0 * times)
        units: dict[int, int | None] = dict(made.faculty)
        truths = {"practice": made.practice, "faculty": made.faculty}
        task = Task(f"invented university, chatter {times}x", made.exchanges, truths, units)
        yield replace(task, name=task.name + ", ties alone")
        yield replace(task, name=task.name + ", with words", texts=made.texts)


def louvain(task: Task) -> dict[int, int]:
    return _plain(task, lambda graph: graph.community_multilevel(weights="weight"))


def plain_leiden(task: Task) -> dict[int, int]:
    return _plain(task, lambda graph: graph.community_leiden("modularity", weights="weight", n_iterations=-1))


def _plain(task: Task, method: Callable[[igraph.Graph], igraph.VertexClustering]) -> dict[int, int]:
    """The usual way: exchanges counted, nothing else."""
    counts = Counter(tuple(sorted((e.source, e.target))) for e in task.exchanges if e.source != e.target)
    people = sorted({person for pair in counts for person in pair})
    position = {person: index for index, person in enumerate(people)}
    graph = igraph.Graph(n=len(people), edges=[(position[one], position[other]) for one, other in counts])
    graph.es["weight"] = list(counts.values())
    random.seed(2006)
    return dict(zip(people, method(graph).membership, strict=True))


def lomwong(task: Task, level: int = AUTOMATIC) -> dict[int, int]:
    return group_people(
        task.exchanges, units=task.units, texts=task.texts, now=task.now, level=level, settings=task.settings
    )


METHODS: dict[str, Method] = {
    "Louvain": louvain,
    "Leiden, resolution 1": plain_leiden,
    "Lomwong, level chosen": lomwong,
}
ABLATIONS: dict[str, Method] = {
    "Lomwong, resolution 1": lambda task: lomwong(
        replace(task, settings=replace(task.settings, resolutions=(1.0,))), 1
    ),
    "Lomwong, no unit weighting": lambda task: lomwong(
        replace(task, settings=replace(task.settings, weigh_units=False))
    ),
    "Lomwong, no words": lambda task: lomwong(replace(task, texts={})),
}


def measure(task: Task, method: Method) -> str:
    begin = time.process_time()
    groups = method(task)
    seconds = time.process_time() - begin
    tied = {person for e in task.exchanges if e.source != e.target for person in (e.source, e.target)}
    people = sorted(tied & groups.keys())
    found = [groups[person] for person in people]
    figures = []
    for name, truth in task.truths.items():
        known = [truth[person] for person in people]
        agreement = adjusted_mutual_info_score(known, found), adjusted_rand_score(known, found)
        figures.append(f"{name} AMI {agreement[0]:6.3f} ARI {agreement[1]:6.3f}")
    return f"{'  '.join(figures)}  groups {len(set(found)):3}  people {len(people):3}  CPU s {seconds:5.2f}"


def shown(task: Task, truth: str) -> Iterator[str]:
    """What people would see: circles above every floor at the standard settings, and how pure they are."""
    for level in (1, 2, 3):
        begin = time.process_time()
        circles = find_circles(task.exchanges, units=task.units, texts=task.texts, now=task.now, level=level)
        seconds = time.process_time() - begin
        yield f"circles shown at level {level}: {len(circles)}  CPU s {seconds:.2f}"
        yield from (f"  {_describe(circle, task.truths[truth])}" for circle in circles)


def _describe(circle: Circle, truth: dict[int, int]) -> str:
    most = Counter(truth[seat.person] for seat in circle.members).most_common(1)[0][1]
    terms = ", ".join(term.text for term in circle.terms)
    size = len(circle.members)
    return f"{circle.kind} {size:3} people, {most / size:4.0%} of one community, steady {circle.stability:.2f}: {terms}"


def main() -> None:
    sources: list[Callable[[], Iterator[Task]]] = [departments, mailing_lists, planted]
    if not DATA.is_dir():
        print(f"skipped: public data not found at {DATA}; only the invented university is measured", file=sys.stderr)
        sources = [planted]
    methods = METHODS | (ABLATIONS if "--ablations" in sys.argv else {})
    for task in (task for source in sources for task in source()):
        print(f"\n{task.name}: {len(task.exchanges)} exchanges", flush=True)
        for name, method in methods.items():
            print(f"  {name:28}{measure(task, method)}", flush=True)
        if "--circles" in sys.argv and "draw" not in task.name:
            print("\n".join(f"  {line}" for line in shown(task, next(iter(task.truths)))))


if __name__ == "__main__":
    main()
