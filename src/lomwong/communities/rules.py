"""Who may do what with a community."""

from lomwong.communities.models import Audience, Community, Membership
from lomwong.kit.prepared import STAND_INS, Prepared
from lomwong.people.models import Operator, Viewer

VIEWER, COMMUNITY = STAND_INS[:2]
SEAT = Prepared(
    lambda: Membership.objects.filter(community=COMMUNITY, person=VIEWER).order_by().values_list("state", "is_host")
)


def seat_of(viewer: Viewer, community: Community) -> tuple[str, bool]:
    """Whether they sit there or wish to, and whether they look after the circle. Asked anew each time."""
    rows = SEAT.rows({COMMUNITY: community.pk, VIEWER: viewer.pk}) if viewer.pk is not None else []
    return (rows[0][0], rows[0][1]) if rows else ("", False)


def can_read_talk(viewer: Viewer, community: Community) -> bool:
    if isinstance(viewer, Operator) or community.audience == Audience.PUBLIC:
        return True
    if not viewer.is_authenticated:
        return False
    return community.audience == Audience.ORGANISATION or has_seat(viewer, community)


def has_seat(viewer: Viewer, community: Community) -> bool:
    return seat_of(viewer, community)[0] == Membership.State.SEATED


def is_asking(viewer: Viewer, community: Community) -> bool:
    """Waits to be let in."""
    return seat_of(viewer, community)[0] == Membership.State.ASKING


def is_empty(community: Community) -> bool:
    """Nobody sits there: whoever sits down now looks after it."""
    return not Membership.objects.seated().filter(community=community).exists()


def can_sit_at_once(viewer: Viewer, community: Community) -> bool:
    """A members-only circle is asked first; any other has an open place."""
    return viewer.pk is not None and community.audience != Audience.MEMBERS


def can_change_community(viewer: Viewer, community: Community) -> bool:
    return seat_of(viewer, community) == (Membership.State.SEATED, True)


def can_welcome(viewer: Viewer, community: Community) -> bool:
    """Whoever sits there may let the next one in."""
    return has_seat(viewer, community)
