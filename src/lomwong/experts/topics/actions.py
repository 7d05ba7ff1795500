"""Draft topics, and what their owners make of them. Nothing here is written into the ledger: it is nobody's news."""

from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from lomwong.experts.models import AskingChoice, Expertise, ExpertiseEvidence, Origin, TopicState
from lomwong.experts.topics.phrases import MOST, Guess, guesses
from lomwong.experts.topics.traces import house, traces_of
from lomwong.experts.topics.words import is_no_word, key_of, telling_words
from lomwong.people.models import Person
from lomwong.posts.models import State
from lomwong.search import vocabulary

MOST_SHOWN = 30
MOST_EVIDENCE = 12  # rows of one topic


class Refused(Exception):
    """Said to the owner as it is."""


@transaction.atomic
def draft_topics(person: Person) -> int:
    """Look once more at what they wrote; the number of new drafts. Harmless to do again.

    A topic that its owner has accepted, renamed or hidden, or one that says the same, is never drafted anew; an
    accepted one gets the newer evidence. A draft that no longer rests on enough goes.
    """
    _hold(person.pk)
    known = list(Expertise.objects.filter(person=person))
    found = guesses(traces_of(person), house(), vocabulary.current().own, most=MOST + len(known))
    kept, new = set[int](), list[Guess]()
    for guess in found:
        same = [topic for topic in known if _is_called(topic, guess.key)]
        for topic in same:
            kept.add(topic.pk)
            if topic.state != TopicState.HIDDEN and topic.origin == Origin.FOUND:
                _lay_evidence(topic, guess)
        if not same and not any(_says_the_same(topic, guess.label) for topic in known):
            new.append(guess)
    stale = [topic.pk for topic in known if _is_mere_draft(topic) and topic.pk not in kept]
    Expertise.objects.filter(pk__in=stale, state=TopicState.DRAFT, decided_at=None).delete()  # not if decided meanwhile
    waiting = sum(topic.state == TopicState.DRAFT for topic in known) - len(stale)
    added = new[: max(0, MOST - waiting)]
    for guess in added:
        fresh = Expertise.objects.create(person=person, label=guess.label[:120], origin=Origin.FOUND)
        _lay_evidence(fresh, guess)
    return len(added)


def _hold(person: int) -> None:
    """Two looks at one person's words, and two taps of theirs, wait for each other."""
    Person.objects.select_for_update().only("pk").get(pk=person)


def _hold_anew(topic: Expertise) -> None:
    """As it is now: another tap may have decided it. A draft that went meanwhile is kept by its owner’s word."""
    _hold(topic.person_id)
    with suppress(Expertise.DoesNotExist):
        topic.refresh_from_db()


def _is_called(topic: Expertise, key: str) -> bool:
    return key in (topic.key, key_of(topic.found_label))


def _is_mere_draft(topic: Expertise) -> bool:
    """Never decided by its owner: a topic that was shown once and lost its evidence is theirs."""
    return topic.state == TopicState.DRAFT and topic.decided_at is None


def _says_the_same(topic: Expertise, label: str) -> bool:
    asked = set(telling_words(label))
    for words in (set(telling_words(name)) for name in (topic.label, topic.found_label) if name):
        if words <= asked or asked <= words:
            return True
    return False


def _lay_evidence(topic: Expertise, guess: Guess) -> None:
    wanted = dict(guess.evidence[:MOST_EVIDENCE])
    stands = dict(ExpertiseEvidence.objects.filter(expertise=topic).values_list("post_id", "pk"))
    gone = [pk for number, pk in stands.items() if number not in wanted]
    ExpertiseEvidence.objects.filter(pk__in=gone).delete()
    ExpertiseEvidence.objects.bulk_create(
        [
            ExpertiseEvidence(expertise=topic, post_id=number, weight=weight)
            for number, weight in wanted.items()
            if number not in stands
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def take_back_unfounded() -> int:
    """Topics that were inferred and shown, and whose evidence is all gone by now, are drafts again. How many."""
    standing = ExpertiseEvidence.objects.filter(expertise=OuterRef("pk"), post__state=State.SHOWN)
    shown = Expertise.objects.filter(state=TopicState.SHOWN, origin=Origin.FOUND)
    return shown.filter(~Exists(standing)).update(state=TopicState.DRAFT)


@transaction.atomic
def accept_topic(topic: Expertise) -> None:
    """From now on colleagues see it. Without evidence it is the owner's own word."""
    _hold_anew(topic)
    _show(topic)


@transaction.atomic
def rename_topic(topic: Expertise, label: str) -> None:
    """In its owner's words; a draft is accepted by it. The name it was found under is never drafted again.

    Raises Refused when another of their topics is called so.
    """
    key = _key(label)
    _hold_anew(topic)
    if Expertise.objects.filter(person=topic.person_id, key=key).exclude(pk=topic.pk).exists():
        raise Refused(_taken())
    if topic.origin == Origin.FOUND and not topic.found_label:
        topic.found_label = topic.label
    topic.label = label
    _show(topic)


def _show(topic: Expertise) -> None:
    if topic.state != TopicState.SHOWN and _shown_by(topic.person_id) >= MOST_SHOWN:
        raise Refused(_("Thirty topics are the most. Hide one first."))
    if topic.origin == Origin.FOUND and not topic.evidence.filter(state=State.SHOWN).exists():
        topic.origin = Origin.DECLARED
    topic.state, topic.decided_at = TopicState.SHOWN, timezone.now()
    try:
        with transaction.atomic():
            topic.save()
    except IntegrityError as clash:  # its name came to be another one's meanwhile
        raise Refused(_taken()) from clash


def _taken() -> str:
    return _("You have a topic of this name already.")


def _shown_by(person: int) -> int:
    return Expertise.objects.filter(person=person, state=TopicState.SHOWN).count()


def _key(label: str) -> str:
    key = key_of(label)
    if not key or is_no_word(label):
        raise Refused(_("A word or two, please: what may one ask you about?"))
    return key


@transaction.atomic
def declare_topic(person: Person, label: str) -> Expertise:
    """Ask me about …. One that waits as a draft, or was hidden, is shown by it."""
    key = _key(label)
    _hold(person.pk)
    known = Expertise.objects.filter(person=person, key=key).first()
    topic = known or Expertise(person=person, label=label, origin=Origin.DECLARED)
    _show(topic)
    return topic


@transaction.atomic
def hide_topic(topic: Expertise) -> None:
    """Nobody is led to them by it from this moment: every page, search and job asks the table."""
    topic.state, topic.decided_at = TopicState.HIDDEN, timezone.now()
    topic.save()


@transaction.atomic
def forget_topic(topic: Expertise) -> None:
    """Only what its owner wrote down themselves; what was found would be found again, and is hidden instead."""
    if topic.origin == Origin.DECLARED and not topic.found_label:
        topic.delete()
    else:
        hide_topic(topic)


@transaction.atomic
def choose_asking(person: Person, *, per_week: int, how: str, resting_until: date | None) -> None:
    AskingChoice.objects.update_or_create(
        person=person, defaults={"per_week": per_week, "how": how, "resting_until": resting_until}
    )


def draft_for_all(people: Collection[int] | Sequence[int]) -> int:
    """Each in a transaction of its own. How many new drafts."""
    return sum(draft_topics(person) for person in Person.objects.active().filter(pk__in=people).order_by("pk"))
