"""Names that somebody typed, resolved as far as this viewer may know them: what they may not know has no name."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache, reduce
from operator import itemgetter, or_
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from lomwong.communities.models import Community
from lomwong.kit.fragments import FRAGMENTS
from lomwong.kit.prepared import Prepared
from lomwong.people.models import Operator, Person, Unit, Viewer
from lomwong.people.queries import units_by_parent
from lomwong.posts.models import Post, Tag
from lomwong.search.typed import Role
from lomwong.text.normalise import normalise

MOST_MEANT = 50  # of an ambiguous name
MOST_NEAR = 3
FEW = 50  # people of one name
NAMES_KEPT = 5.0  # seconds: reading those of five thousand people takes milliseconds
LONGEST_NAME = 100
LOOKED_THROUGH = 300  # names that begin alike, when a near one is looked for
ALIKE = 0.6
LEAST_INSIDE = 3  # letters that may stand anywhere in a name; fewer only where a word of it begins
_ADDRESS = re.compile(
    r"(?:(?:คุณ|พี่|น้อง|ลุง|ป้า|อาจารย์|นางสาว|นาง|นาย|(?:อ|ดร|ผศ|รศ|ศ|น\.ส)\.)\s*|(?:dr|mr|mrs|ms|prof|ajarn)\b\.?\s*)+",
    re.IGNORECASE,
)

STAND_IN = "\x01%d-%d\x01"  # for a part of a name in one way to write it; no text has it
_STAND_IN = re.compile("\x01[0-9]+-[01]\x01")

normalised = lru_cache(maxsize=8192)(normalise)  # names hardly change
Named = tuple[int, str]
"""An id with its name."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What a name may stand for; without any, names that are near it."""

    named: list[Named]
    near: list[str]

    @property
    def ids(self) -> list[int]:
        return [pk for pk, _ in self.named]


def meant(role: Role, name: str, viewer: Viewer) -> Meant:
    return _FINDERS[role](name[:LONGEST_NAME], viewer)


def bare(name: str) -> str:
    """Without what people put before a name when they speak: พี่อุไร, ผศ.ดร.วรรณา. Nothing, if nothing was put there."""
    found = _ADDRESS.match(name)
    return name[found.end() :].strip() if found else ""


def people_called(name: str, viewer: Viewer) -> Meant:
    found = _people_called(name, viewer)
    return found if found.named or not bare(name) else _people_called(bare(name), viewer)


def _people_called(name: str, viewer: Viewer) -> Meant:
    me = [normalise(_("me")), "me", "ฉัน"]
    if isinstance(viewer, Person) and normalise(name) in me:
        return Meant([(viewer.pk, viewer.name)], [])
    parts = name.split()
    found = list(people_with(parts, viewer, inside=0).values_list("pk", "name")[:MOST_MEANT]) if parts else []
    if found:
        return Meant(fittest(name, found), [])
    alike = people_with([name[:2]], viewer, inside=0)
    return Meant([], nearest(name, alike.values_list("name", flat=True)[:LOOKED_THROUGH], by_parts=True))


def people_with(parts: Iterable[str], viewer: Viewer, *, inside: float) -> QuerySet[Person]:
    """Colleagues in whose names all parts stand; one of fewer than `inside` letters only where a given or family name
    begins.
    """
    return _named_so(viewer, [({part, normalise(part)}, len(part) >= inside) for part in parts])


def _named_so(viewer: Viewer, parts: Iterable[tuple[Iterable[str], bool]]) -> QuerySet[Person]:
    """Each part in any of several ways to write it, and whether it may stand anywhere."""
    people: QuerySet[Person] = Person.objects.visible_to(viewer)
    for ways, is_anywhere in parts:
        if is_anywhere:
            places = [Q(name__icontains=way) for way in ways]
        else:
            places = [Q(name__istartswith=way) | Q(name__icontains=f" {way}") for way in ways]
        people = people.filter(reduce(or_, places))
    return people


def first_with(parts: Sequence[str], *, inside: int, most: int) -> list[int]:
    """The first of `people_with` for any colleague, by statements made once for all parts of the same lengths."""
    ways = [tuple(dict.fromkeys((part, normalise(part)))) for part in parts]
    sorts = tuple((len(part) >= inside, len(written)) for part, written in zip(parts, ways, strict=True))
    said = {STAND_IN % (at, way): text for at, written in enumerate(ways) for way, text in enumerate(written)}
    if not all(any(map(stands_in(names_as_one()), written)) for written in ways):
        return []
    like = {stand_in: connection.ops.prep_for_like_query(text) for stand_in, text in said.items()}

    def ask(statement: tuple[str, tuple[Any, ...]]) -> list[tuple[int, str]]:
        values = [_STAND_IN.sub(lambda found: like[found[0]], one) if isinstance(one, str) else one
                  for one in statement[1]]  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(statement[0], values)
            return list(cursor.fetchall())

    # Nearly always few are called so: these are found twice as fast where nobody asks for them in order.
    found = ask(_statement_for(sorts, FEW + 1, connection.vendor, is_sorted=False))
    if len(found) > FEW:
        found = ask(_statement_for(sorts, most, connection.vendor, is_sorted=True))
    return [pk for pk, _key in sorted(found, key=itemgetter(1, 0))[:most]]


def names_as_one() -> str:
    """All names in one text: most words stand in none, and need not be looked for in each. Read anew at once when
    somebody comes, and every few seconds for those who call themselves otherwise.
    """

    def read() -> str:
        return "\n".join(Person.objects.order_by().values_list("name", flat=True)).lower()

    ((latest,),) = LATEST.rows({}) or ((0,),)
    return FRAGMENTS.get(("names", latest), read, seconds=NAMES_KEPT)


LATEST = Prepared(lambda: Person.objects.order_by("-pk").values_list("pk")[:1])


def stands_in(names: str) -> Callable[[str], bool]:
    return lambda part: part.lower() in names


@lru_cache(maxsize=64)
def _statement_for(
    sorts: tuple[tuple[bool, int], ...], most: int, _vendor: str, *, is_sorted: bool
) -> tuple[str, tuple[Any, ...]]:
    """`sorts`: whether each part may stand anywhere, and in how many ways it is written."""
    parts = [
        ([STAND_IN % (at, way) for way in range(ways)], is_anywhere) for at, (is_anywhere, ways) in enumerate(sorts)
    ]
    people = _named_so(Person(), parts) if is_sorted else _named_so(Person(), parts).order_by()
    sql, values = people.values_list("pk", "sort_key")[:most].query.sql_with_params()
    return sql, tuple(values)


def communities_called(name: str, viewer: Viewer) -> Meant:
    return _among(name, list(Community.objects.visible_to(viewer).values_list("pk", "name")))


def units_called(name: str, viewer: Viewer) -> Meant:
    """Each with the units below it. A visitor sees no directory."""
    if not isinstance(viewer, Operator) and not viewer.is_authenticated:
        return Meant([], [])
    units = list(Unit.objects.all())
    either = [(unit.pk, label) for unit in units for label in {unit.name, unit.name_en} if label]
    found = _among(name, either)
    labels = {unit.pk: unit.label for unit in units}
    return Meant([(pk, labels[pk]) for pk in dict.fromkeys(found.ids)], found.near)


def tags_called(name: str, viewer: Viewer) -> Meant:
    """Those on something that the viewer may read."""
    key = normalise(name).strip()
    found = readable_tags(viewer).filter(key__contains=key).values_list("pk", "name")[:MOST_MEANT] if key else []
    if found:
        return Meant(fittest(name, list(found)), [])
    alike = readable_tags(viewer).filter(key__startswith=key[:1]).values_list("name", flat=True)
    return Meant([], nearest(name, alike[:LOOKED_THROUGH]))


def readable_tags(viewer: Viewer) -> QuerySet[Tag]:
    tagged = Post.tags.through.objects.filter(tag=OuterRef("pk"), post__in=Post.objects.visible_to(viewer))
    return Tag.objects.filter(Exists(tagged))


def _among(name: str, every: Sequence[Named]) -> Meant:
    parts = normalise(name).split()
    found = [one for one in every if parts and all(part in normalised(one[1]) for part in parts)][:MOST_MEANT]
    if found:
        return Meant(fittest(name, found), [])
    return Meant([], nearest(name, (label for _, label in every)))


def fittest(name: str, found: list[Named]) -> list[Named]:
    """Only those of exactly this name, if there are any; else of this word; else those with a word that begins so;
    else all in whose names it stands, if it has enough letters.
    """
    wanted = normalise(name).strip()
    exact = [one for one in found if normalised(one[1]) == wanted]
    whole = [one for one in found if set(wanted.split()) <= set(normalised(one[1]).split())]
    begun = [one for one in found if f" {wanted}" in f" {normalised(one[1])}"]
    return exact or whole or begun or (found if len(wanted) >= LEAST_INSIDE else [])


def nearest(name: str, names: Iterable[str], *, by_parts: bool = False) -> list[str]:
    """Those that are written almost alike; `by_parts`, whose first or last name is."""
    wanted = normalise(name).strip()
    forms: dict[str, str] = {}
    for candidate in names:
        whole = normalised(candidate)
        for form in [whole, *(whole.split() if by_parts else ())]:
            forms.setdefault(form, candidate)
    close = get_close_matches(wanted, forms, n=2 * MOST_NEAR, cutoff=ALIKE) if wanted else []
    return list(dict.fromkeys(forms[form] for form in close))[:MOST_NEAR]


def with_those_below(unit_ids: Iterable[int]) -> set[int]:
    """The units and all that stand below them; one query."""
    children = units_by_parent()
    seen: set[int] = set()
    waiting = list(unit_ids)
    while waiting:
        pk = waiting.pop()
        if pk not in seen:
            seen.add(pk)
            waiting += [unit.pk for unit in children.get(pk, [])]
    return seen


_FINDERS: dict[Role, Callable[[str, Viewer], Meant]] = {
    Role.AUTHOR: people_called,
    Role.COMMUNITY: communities_called,
    Role.UNIT: units_called,
    Role.TAG: tags_called,
}
