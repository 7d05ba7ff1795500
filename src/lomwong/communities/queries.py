"""Page-ready reads of communities and seats. Long lists go on by `?after=`, the last one shown."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber

from lomwong.communities.models import Community, CommunityQuerySet, Membership
from lomwong.people.models import Person, Viewer

SEATS_DRAWN = 10
CIRCLES_A_PAGE = 60
PEOPLE_A_PAGE = 100
LONGEST_NUMBER = 18  # digits that any database takes


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle as a list shows it: with the colours of those who sit there."""

    community: Community
    hues: list[int]


@dataclass(frozen=True, slots=True)
class CirclePage:
    circles: list[Circle]
    further: int | None  # the number to go on after; None at the end


@dataclass(frozen=True, slots=True)
class SeatPage:
    people: list[Person]
    further: int | None


def seat_hues(communities: Collection[Community]) -> dict[int, list[int]]:
    """Up to ten colours of units for each circle, in one query. By seat, never by activity."""
    found: dict[int, list[int]] = defaultdict(list)
    seats = (
        Membership.objects.seated()
        .filter(community__in=communities, person__is_active=True)
        .annotate(place=Window(RowNumber(), partition_by=F("community_id"), order_by=F("pk").asc()))
        .filter(place__lte=SEATS_DRAWN)
        .select_related("person")
        .only("community_id", "person__unit_id")
        .order_by("pk")
    )
    for seat in seats:
        found[seat.community_id].append(seat.person.hue)
    return dict(found)


def with_hues(communities: Collection[Community]) -> list[Circle]:
    hues = seat_hues(communities)
    return [Circle(community, hues.get(community.pk, [])) for community in communities]


def listed(viewer: Viewer, *, after: str = "", limit: int = CIRCLES_A_PAGE) -> CirclePage:
    """The circles that the viewer may know of, by the alphabet."""
    found = list(_after(Community.objects.visible_to(viewer), after)[: limit + 1])
    shown = found[:limit]
    return CirclePage(with_hues(shown), shown[-1].pk if len(found) > limit else None)


def mine(viewer: Viewer) -> list[Circle]:
    """Those in which the viewer sits, by the alphabet."""
    return with_hues(list(Community.objects.of(viewer)))


def _after(communities: CommunityQuerySet, after: str) -> CommunityQuerySet:
    last = _number(after) and Community.objects.filter(pk=_number(after)).first()
    if not last:
        return communities
    return communities.filter(Q(sort_key__gt=last.sort_key) | Q(sort_key=last.sort_key, pk__gt=last.pk))


def seated(community: Community, *, after: str = "", limit: int = PEOPLE_A_PAGE) -> SeatPage:
    """Who sits there, by the alphabet."""
    seats = Membership.objects.seated().filter(community=community, person__is_active=True)
    last = _number(after) and Person.objects.filter(pk=_number(after)).first()
    if last:
        here = Q(person__sort_key=last.sort_key, person__gt=last.pk)
        seats = seats.filter(Q(person__sort_key__gt=last.sort_key) | here)
    found = list(seats.select_related("person__unit").order_by("person__sort_key", "person_id")[: limit + 1])
    people = [seat.person for seat in found[:limit]]
    return SeatPage(people, people[-1].pk if len(found) > limit else None)


def asking(community: Community) -> list[Person]:
    """Who would like to sit there, the one who has waited longest first."""
    wishes = Membership.objects.asking().filter(community=community, person__is_active=True)
    return [wish.person for wish in wishes.select_related("person__unit").order_by("joined_at", "pk")]


def _number(text: str) -> int:
    """0 for what is no number of ours."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST_NUMBER else 0
