"""Who may do what with a community."""

from lomwong.communities.models import Audience, Community, Membership
from lomwong.people.models import Operator, Viewer


def can_read_talk(viewer: Viewer, community: Community) -> bool:
    if isinstance(viewer, Operator) or community.audience == Audience.PUBLIC:
        return True
    if not viewer.is_authenticated:
        return False
    return community.audience == Audience.ORGANISATION or has_seat(viewer, community)


def has_seat(viewer: Viewer, community: Community) -> bool:
    if viewer.pk is None:
        return False
    return Membership.objects.seated().filter(community=community, person=viewer).exists()


def is_asking(viewer: Viewer, community: Community) -> bool:
    """Waits to be let in."""
    if viewer.pk is None:
        return False
    return Membership.objects.asking().filter(community=community, person=viewer).exists()


def is_empty(community: Community) -> bool:
    """Nobody sits there: whoever sits down now looks after it."""
    return not Membership.objects.seated().filter(community=community).exists()


def can_sit_at_once(viewer: Viewer, community: Community) -> bool:
    """A members-only circle is asked first; any other has an open place."""
    return viewer.pk is not None and community.audience != Audience.MEMBERS


def can_change_community(viewer: Viewer, community: Community) -> bool:
    if viewer.pk is None:
        return False
    return Membership.objects.seated().filter(community=community, person=viewer, is_host=True).exists()


def can_welcome(viewer: Viewer, community: Community) -> bool:
    """Whoever sits there may let the next one in."""
    return has_seat(viewer, community)
