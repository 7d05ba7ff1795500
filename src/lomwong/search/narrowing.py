"""From the signs that were typed and the facets that were chosen to what is looked through, and how that is said."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from lomwong.communities.models import Community
from lomwong.kit import dates
from lomwong.people.models import Person, Unit, Viewer
from lomwong.posts.models import Kind
from lomwong.search.asked import Asked
from lomwong.search.matching import Within
from lomwong.search.names import Meant, meant, readable_tags, with_those_below
from lomwong.search.typed import Doubt, Part, Period, Role, kind_of
from lomwong.text.dates import MONTHS
from lomwong.text.normalise import normalise

LONGEST_NUMBER = 18  # digits that any database takes
NAMES_SAID = 3
MOST_WORDS_OF_A_NAME = 3  # behind the first, without quotation marks
BUDDHIST_OFFSET = 543
EARLIEST_YEAR, LATEST_YEAR = 1800, 2300
KIND_LABELS = {
    Kind.STORY: gettext_lazy("Stories"),
    Kind.JOURNAL: gettext_lazy("Journal"),
    Kind.QUESTION: gettext_lazy("Questions"),
    Kind.ANSWER: gettext_lazy("Answers"),
    Kind.COMMENT: gettext_lazy("Comments"),
}
FACET_OF = {
    Role.AUTHOR: "author",
    Role.COMMUNITY: "community",
    Role.UNIT: "unit",
    Role.TAG: "tag",
    Role.KIND: "kind",
    Role.UNANSWERED: "open",
    Role.WHEN: "year",
}


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing by which a search is narrowed. Those of one `key` widen each other: by either of two authors."""

    key: str
    facet: str  # the facet that it answers, if any
    label: str
    within: Within
    parts: tuple[Part, ...] = ()  # as typed; none when it was chosen

    def left_out_of(self, asked: Asked) -> Asked:
        return asked.dropping(*self.parts) if self.parts else asked.without_choice(self.facet)


@dataclass(frozen=True, slots=True)
class Note:
    """What we could not do as it was typed, said to the reader, with links to what may have been meant."""

    sentence: str
    instead: list[tuple[str, Asked]]


@dataclass(frozen=True, slots=True)
class Narrowed:
    asked: Asked  # without choices that mean nothing here
    words: str
    conditions: list[Condition]
    notes: list[Note]

    @property
    def within(self) -> Within:
        return within_all(self.conditions)


def narrow(asked: Asked, viewer: Viewer) -> Narrowed:
    """A few database queries for each name, however many things are so called."""
    conditions: list[Condition] = []
    notes: list[Note] = []
    words: list[str] = []
    waiting = list(asked.typed.parts)
    while waiting:
        part = waiting.pop(0)
        if part.role == Role.WORD:
            words.append(part.value)
        if part.doubt:
            notes.append(Note(_doubted(part), []))
        elif part.role in _NAME_LABELS:
            found, behind = _named(part, waiting, viewer)
            if found.named:
                conditions.append(_by_name(part.role, found, (part, *behind), viewer))
                del waiting[: len(behind)]
            else:
                words.append(part.value)
                near = [(name, asked.replacing(part, name)) for name in found.near]
                notes.append(Note(_UNKNOWN[part.role]() % {"name": part.value}, near))
        elif part.is_sign:
            conditions.append(_typed_condition(part))
    chosen = {name: _chosen_condition(name, value, viewer) for name, value in asked.chosen.items()}
    conditions += filter(None, chosen.values())
    asked = asked.without_choice(*(name for name, condition in chosen.items() if condition is None))
    return Narrowed(asked, " ".join(filter(None, words)), conditions, notes)


def within_all(conditions: Iterable[Condition]) -> Within:
    groups: dict[str, list[Within]] = defaultdict(list)
    for condition in conditions:
        groups[condition.key].append(condition.within)
    every = [within for group in groups.values() for within in group]

    def shared(field: str) -> list[int] | None:
        """In any of what each group names, and in all groups."""
        sets = [set().union(*(getattr(within, field) for within in group)) for group in groups.values()
                if getattr(group[0], field) is not None]  # fmt: skip
        return sorted(set.intersection(*sets)) if sets else None

    kinds: object = shared("kinds")
    return Within(
        kinds=kinds,  # type: ignore[arg-type]
        community_ids=shared("community_ids"),
        author_ids=shared("author_ids"),
        tag_ids=shared("tag_ids"),
        after=max((within.after for within in every if within.after), default=None),
        before=min((within.before for within in every if within.before), default=None),
        is_unanswered=any(within.is_unanswered for within in every),
        exact=tuple(phrase for within in every for phrase in within.exact),
        without=tuple(phrase for within in every for phrase in within.without),
    )


def _named(part: Part, behind: Sequence[Part], viewer: Viewer) -> tuple[Meant, list[Part]]:
    """Who or what is meant, with the words behind that belong to the name: author:วรรณา แก้วมณี."""
    words: list[Part] = []
    for word in behind[:MOST_WORDS_OF_A_NAME]:
        if word.role != Role.WORD or word.doubt or part.role == Role.TAG:
            break
        words.append(word)
    while words:
        name = " ".join([part.value, *(word.value for word in words)])
        found = meant(part.role, name, viewer)
        whole = [one for one in found.named if f" {normalise(name)} " in f" {normalise(one[1])} "]
        if whole:
            return Meant(whole, []), words
        words.pop()
    return meant(part.role, part.value, viewer), []


def _by_name(role: Role, found: Meant, parts: tuple[Part, ...], viewer: Viewer) -> Condition:
    names = " / ".join(dict.fromkeys(name for _pk, name in found.named))
    typed = " ".join(part.value for part in parts)
    label = _NAME_LABELS[role]() % {"name": names if len(found.named) <= NAMES_SAID else typed}
    return Condition(role, FACET_OF[role], label, _within_named(role, found.ids, viewer), parts)


def _within_named(role: Role, ids: list[int], viewer: Viewer) -> Within:
    if role == Role.AUTHOR:
        return Within(author_ids=ids)
    if role == Role.COMMUNITY:
        return Within(community_ids=ids)
    if role == Role.TAG:
        return Within(tag_ids=ids)
    people = Person.objects.visible_to(viewer).filter(unit__in=with_those_below(ids))
    return Within(author_ids=list(people.order_by().values_list("pk", flat=True)))


def _typed_condition(part: Part) -> Condition:
    facet = FACET_OF.get(part.role, "")
    if part.role == Role.EXACT:
        return Condition(
            "exact", "", _("Exactly “%(words)s”") % {"words": part.value}, Within(exact=(part.value,)), (part,)
        )
    if part.role == Role.WITHOUT:
        label = _("Without “%(words)s”") % {"words": part.value}
        return Condition("without", "", label, Within(without=(part.value,)), (part,))
    if part.role == Role.KIND:
        kind = Kind(kind_of(part))
        return Condition("kind", facet, str(KIND_LABELS[kind]), Within(kinds=[kind]), (part,))
    if part.role == Role.UNANSWERED:
        return Condition("open", facet, _("Nobody has answered yet"), Within(is_unanswered=True), (part,))
    assert part.period is not None, "typed.py gives each of the three that are left a period"
    first, end = part.period
    if part.role == Role.BEFORE:
        return Condition(
            "before", "", _("Before %(day)s") % {"day": dates.day(first)}, Within(before=moment(first)), (part,)
        )
    if part.role == Role.AFTER:
        return Condition(
            "after", "", _("Since %(day)s") % {"day": dates.day(first)}, Within(after=moment(first)), (part,)
        )
    return Condition("when", facet, said(part.period), Within(after=moment(first), before=moment(end)), (part,))


def _chosen_condition(name: str, value: str, viewer: Viewer) -> Condition | None:
    """None for a value that means nothing to this viewer."""
    if name == "kind":
        return _chosen(name, str(KIND_LABELS[Kind(value)]), Within(kinds=[value])) if value in KIND_LABELS else None
    if name == "open":
        return _chosen(name, _("Nobody has answered yet"), Within(is_unanswered=True)) if value == "1" else None
    number = int(value) if value.isdecimal() and len(value) <= LONGEST_NUMBER else 0
    if name == "year":
        if not EARLIEST_YEAR <= number <= LATEST_YEAR:
            return None
        period = date(number, 1, 1), date(number + 1, 1, 1)
        return _chosen(name, said(period), Within(after=moment(period[0]), before=moment(period[1])))
    role = next(role for role, facet in FACET_OF.items() if facet == name)
    label = _label_of(role, number, viewer)
    if label is None:
        return None
    return _chosen(name, _NAME_LABELS[role]() % {"name": label}, _within_named(role, [number], viewer))


def _chosen(name: str, label: str, within: Within) -> Condition:
    return Condition(f"chosen {name}", name, label, within)


def _label_of(role: Role, number: int, viewer: Viewer) -> str | None:
    named: Person | Community | Unit | None
    if role == Role.AUTHOR:
        named = Person.objects.visible_to(viewer).filter(pk=number).first()
    elif role == Role.COMMUNITY:
        named = Community.objects.visible_to(viewer).filter(pk=number).first()
    elif role == Role.TAG:
        return readable_tags(viewer).filter(pk=number).values_list("name", flat=True).first()
    else:
        named = Unit.objects.filter(pk=number).first() if viewer.is_authenticated else None
    return str(named) if named else None


def moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def said(period: Period) -> str:
    """A year, a month or a day, in the era of the reader's language."""
    first, end = period
    is_thai = get_language() == "th"
    year = first.year + BUDDHIST_OFFSET if is_thai else first.year
    if end - first > timedelta(days=31):
        return _("Year %(year)d") % {"year": year}
    if end - first > timedelta(days=1):
        return f"{MONTHS[first.month - 1]} {year}" if is_thai else date_format(first, "F Y")
    return dates.day(first)


_NAME_LABELS: dict[Role, Callable[[], str]] = {
    Role.AUTHOR: lambda: _("Written by %(name)s"),
    Role.COMMUNITY: lambda: _("In the circle %(name)s"),
    Role.UNIT: lambda: _("From %(name)s"),
    Role.TAG: lambda: _("Tagged %(name)s"),
}
_UNKNOWN: dict[Role, Callable[[], str]] = {
    Role.AUTHOR: lambda: _("We know nobody called “%(name)s”, so we looked for it as a word."),
    Role.COMMUNITY: lambda: _("We know no circle called “%(name)s”, so we looked for it as a word."),
    Role.UNIT: lambda: _("We know no unit called “%(name)s”, so we looked for it as a word."),
    Role.TAG: lambda: _("Nothing is tagged “%(name)s”, so we looked for it as a word."),
}


def _doubted(part: Part) -> str:
    if part.doubt == Doubt.NO_VALUE:
        return _("There is nothing after “%(name)s:” yet, so we left it aside.") % {"name": part.name}
    if part.doubt == Doubt.NO_DATE:
        return _(
            "We cannot read “%(value)s” as a day, so we looked for it as a word. "
            "A day is 23/11/2026, a month 2026-11, a year 2026."
        ) % {"value": part.value}
    if part.doubt == Doubt.NO_KIND:
        return _(
            "We know no kind called “%(value)s”, so we looked for it as a word. "
            "There are story, journal, question, answer, comment and unanswered."
        ) % {"value": part.value}
    return _("A minus only works before words, so we left “%(sign)s” aside.") % {"sign": f"{part.name}:{part.value}"}
