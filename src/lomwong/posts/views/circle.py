"""The page of a circle, which lies here because it shows what is said there (decision 6)."""

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from lomwong.communities import rules as circle_rules
from lomwong.communities.models import Community, Membership
from lomwong.kit.access import public
from lomwong.kit.prepared import STAND_INS, Prepared
from lomwong.kit.visitors import kept_for_visitors
from lomwong.people.prepared import ON_A_LINE, on_a_line
from lomwong.posts import cards
from lomwong.posts.following.targets import Targets, listed_from
from lomwong.posts.forms import FORMS
from lomwong.posts.models import Kind

PEOPLE_SHOWN = 12
COMMUNITY = STAND_INS[0]


def seats() -> QuerySet[Membership]:
    return Membership.objects.seated().filter(community=COMMUNITY, person__is_active=True).order_by()


PEOPLE = Prepared(
    lambda: (
        seats()
        .order_by("person__sort_key", "person_id")
        .values_list(*(f"person__{name}" for name in ON_A_LINE))[:PEOPLE_SHOWN]
    )
)
COUNTS = Prepared(lambda: seats().values_list("community").annotate(Count("pk"), Count("person__unit", distinct=True)))


@public
@kept_for_visitors
def community(request: HttpRequest, slug: str) -> HttpResponse:
    """A circle: who sits there, what they talk about."""
    viewer = request.user
    found = get_object_or_404(Community.objects.visible_to(viewer), slug=slug)
    people = [on_a_line(*row) for row in PEOPLE.rows({COMMUNITY: found.pk})]
    counts = COUNTS.rows({COMMUNITY: found.pk})
    kind = request.GET.get("kind", "")
    context = {
        "community": found,
        "people": people,
        "hues": [person.hue for person in people],
        "people_count": counts[0][1] if counts else 0,
        "unit_count": counts[0][2] if counts else 0,
        "has_seat": circle_rules.has_seat(viewer, found),
        "is_asking": circle_rules.is_asking(viewer, found),
        "can_sit_at_once": circle_rules.can_sit_at_once(viewer, found),
        "can_change": circle_rules.can_change_community(viewer, found),
        "kinds": [(Kind.QUESTION, _("Questions")), (Kind.STORY, _("Stories")), (Kind.JOURNAL, _("Two lines"))],
        "kind": kind if kind in FORMS else "",
        "page": talk(request, found, kind),
    }
    return render(request, "posts/community.html", context)


def talk(request: HttpRequest, community: Community, kind: str) -> cards.CardPage | None:
    """A page of what is said in the circle; None for whom it is closed to."""
    if not circle_rules.can_read_talk(request.user, community):
        return None
    threads = listed_from(Targets(community=frozenset([community.pk])), kind if kind in FORMS else "")
    return cards.page_of(request, threads, has_where=False)
