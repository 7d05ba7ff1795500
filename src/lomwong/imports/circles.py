"""The circle that an import goes into, and the seats of those who wrote there."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Min
from django.utils.translation import gettext as _

from lomwong.communities.actions import start_community
from lomwong.communities.models import Audience, Community, Membership
from lomwong.kit.cli import Refusal
from lomwong.posts.models import Post


def community_named(name: str, *, audience: str | None, at: datetime) -> Community:
    """The circle of this name or address; else a new one, begun at `at`, read by `audience` (default: organisation).

    Raises `Refusal` when a circle that exists is read by others than `audience` says, when two circles have this name,
    or when the name is empty.
    """
    name = " ".join(name.split())
    if not name:
        raise Refusal(_("A circle needs a name. Give one with --community."))
    found = list(Community.objects.filter(slug=name)[:1]) or list(Community.objects.filter(name=name)[:2])
    if len(found) > 1:
        raise Refusal(
            _("Several circles are called %(name)s. Name the last part of its address instead.") % {"name": name}
        )
    if not found:
        return start_community(name=name[:120], by=None, audience=audience or Audience.ORGANISATION, at=at)
    community = found[0]
    if audience and audience != community.audience:
        raise Refusal(
            _("%(name)s exists already, and --audience is %(audience)s there. Those who look after it change that.")
            % {"name": community.name, "audience": community.audience}
        )
    return community


def seat_writers(community: Community, *, after: int) -> int:
    """A seat, from their first word on, for everybody who wrote one of the circle's posts numbered above `after`."""
    written = Post.objects.in_community(community).filter(number__gt=after, author__isnull=False).order_by()
    first_words = written.values_list("author_id").annotate(Min("created_at"))
    return seat_people(community, ((person, at) for person, at in first_words if person))


def seat_people(community: Community, people: Iterable[tuple[int, datetime]], *, hosts: Iterable[int] = ()) -> int:
    """Seats for those without one: (person, since when). Whoever asked for one is let in. Returns how many are new."""
    wanted = dict(people)
    seats = Membership.objects.filter(community=community)
    taken = set(seats.seated().values_list("person_id", flat=True))
    new = {person: at for person, at in wanted.items() if person not in taken}
    seats.asking().filter(person__in=list(new)).delete()
    hosting = set(hosts)
    Membership.objects.bulk_create(
        [
            Membership(community=community, person_id=person, joined_at=at, is_host=person in hosting)
            for person, at in new.items()
        ],
        batch_size=500,
    )
    return len(new)
