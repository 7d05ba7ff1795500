"""Who may read what lies where, as conditions on a post. The same as `Community.objects.readable_by` says: a test
compares them."""

from django.db.models import F

from lomwong.communities.models import Audience, Community, Membership
from lomwong.kit.exists import ExistsSql
from lomwong.people.models import Viewer

_CIRCLES = Community._meta.db_table
_SEATS = Membership._meta.db_table
_PLACED = f"SELECT 1 FROM posts_placement rp INNER JOIN {_CIRCLES} rc ON rc.id = rp.community_id"
_PLACED += " WHERE rp.post_id = {0} AND "
_FOR_VISITORS = _PLACED + "rc.audience = %s"
_FOR_PEOPLE = _PLACED + (
    f"(rc.audience <> %s OR EXISTS(SELECT 1 FROM {_SEATS} rs"
    " WHERE rs.community_id = rc.id AND rs.person_id = %s AND rs.state = %s))"
)
_ALONG = "SELECT 1 FROM posts_authorship ra WHERE ra.post_id = {0} AND ra.person_id = %s AND ra.accepted_at IS NOT NULL"


def lies_where_reads(viewer: Viewer) -> ExistsSql:
    """It lies in a circle whose talk this viewer may read."""
    if not viewer.is_authenticated:
        return ExistsSql(_FOR_VISITORS, F("pk"), params=[Audience.PUBLIC.value])
    return ExistsSql(_FOR_PEOPLE, F("pk"), params=[Audience.MEMBERS.value, viewer.pk, Membership.State.SEATED.value])


def writes_along(viewer: Viewer) -> ExistsSql:
    """They have said yes to writing it together."""
    return ExistsSql(_ALONG, F("pk"), params=[viewer.pk])
