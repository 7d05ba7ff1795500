import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from lomwong.communities import actions, rules
from lomwong.communities.models import Audience, Community
from lomwong.communities.tests.factories import make_community
from lomwong.people.models import OPERATOR
from lomwong.people.tests.factories import make_person

pytestmark = pytest.mark.django_db

PUBLIC, ORGANISATION, MEMBERS = Audience.PUBLIC, Audience.ORGANISATION, Audience.MEMBERS


def viewers(community: Community) -> dict:
    asking, member = make_person(), make_person()
    actions.ask_to_sit(community, person=asking)
    actions.sit_down(community, person=member)
    return {
        "anonymous": AnonymousUser(),
        "outsider": make_person(),
        "asking": asking,
        "member": member,
        "operator": OPERATOR,
    }


@pytest.mark.parametrize(
    ("audience", "who", "knows", "reads"),
    [
        (PUBLIC, "anonymous", True, True),
        (PUBLIC, "outsider", True, True),
        (PUBLIC, "asking", True, True),
        (PUBLIC, "member", True, True),
        (PUBLIC, "operator", True, True),
        (ORGANISATION, "anonymous", False, False),
        (ORGANISATION, "outsider", True, True),
        (ORGANISATION, "asking", True, True),
        (ORGANISATION, "member", True, True),
        (ORGANISATION, "operator", True, True),
        (MEMBERS, "anonymous", False, False),
        (MEMBERS, "outsider", True, False),
        (MEMBERS, "asking", True, False),
        (MEMBERS, "member", True, True),
        (MEMBERS, "operator", True, True),
    ],
)
def test_who_knows_of_a_circle_and_who_reads_its_talk(audience, who, knows, reads):
    community = make_community(audience=audience)
    make_community(audience=MEMBERS)  # one in which nobody here has a seat
    viewer = viewers(community)[who]
    assert (community in Community.objects.visible_to(viewer)) is knows
    assert (community in Community.objects.readable_by(viewer)) is reads
    assert rules.can_read_talk(viewer, community) is reads


@pytest.mark.parametrize("who", ["anonymous", "outsider", "asking", "member", "operator"])
def test_only_a_host_changes_and_only_who_sits_welcomes(who):
    community = make_community(audience=MEMBERS)
    viewer = viewers(community)[who]
    assert not rules.can_change_community(viewer, community)
    assert rules.can_welcome(viewer, community) is (who == "member")
    assert rules.has_seat(viewer, community) is (who == "member")
    assert rules.is_asking(viewer, community) is (who == "asking")


def test_the_host_changes_until_getting_up():
    host = make_person()
    community = make_community(by=host)
    assert rules.can_change_community(host, community)
    actions.get_up(community, person=host)
    assert not rules.can_change_community(host, community)


def test_asking_gives_no_host_rights():
    community, asking = make_community(audience=MEMBERS), make_person()
    community.memberships.create(person=asking, state="asking", is_host=True, joined_at=timezone.now())
    assert not rules.can_change_community(asking, community)


def test_own_circles_of_somebody_who_is_nobody():
    make_community(audience=PUBLIC)
    assert not Community.objects.of(AnonymousUser()).exists()
    assert not Community.objects.of(OPERATOR).exists()
