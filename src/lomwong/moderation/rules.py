"""Who looks after what: operators everywhere, hosts in their circles, nobody in matters of their own."""

from collections.abc import Collection
from datetime import timedelta

from django.utils import timezone

from lomwong.communities.models import Audience, Community, CommunityQuerySet, Membership
from lomwong.moderation.models import Appeal, Deed, EnvelopeOpening, Flag
from lomwong.people.models import Person, Viewer
from lomwong.people.rules import can_write
from lomwong.posts.models import Post, State
from lomwong.posts.rules import is_co_author, is_wider
from lomwong.posts.unnamed.queries import holds_unnamed
from lomwong.posts.unnamed.rules import is_mine

APPEALED = (Deed.Kind.HIDE, Deed.Kind.LOCK, Deed.Kind.MOVE, Deed.Kind.MERGE, Deed.Kind.SUSPEND)
OF_ENVELOPES = (Deed.Kind.UNSEAL, Deed.Kind.NO_UNSEAL)  # why is for those who run the house, and for who asked
FINAL = (Deed.Kind.UNDO, Deed.Kind.DECIDE, *OF_ENVELOPES)  # nothing takes them back
APPEAL_WITHIN = timedelta(days=90)


def is_operator(viewer: Viewer) -> bool:
    return isinstance(viewer, Person) and viewer.is_active and viewer.is_staff


def hosted_by(viewer: Viewer) -> CommunityQuerySet:
    """The circles that the viewer looks after; all of them for an operator."""
    if is_operator(viewer):
        return Community.objects.all()
    if not can_write(viewer):
        return Community.objects.none()
    seats = Membership.objects.seated().filter(person=viewer.pk, is_host=True)
    return Community.objects.filter(pk__in=seats.values("community"))


def looks_after_something(viewer: Viewer) -> bool:
    return is_operator(viewer) or (viewer.is_authenticated and hosted_by(viewer).exists())


def looks_after(viewer: Viewer, post: Post) -> bool:
    """Sees what is pointed out about it and what was done: who hosts one of the circles in which it lies."""
    return is_operator(viewer) or (viewer.is_authenticated and hosted_by(viewer).filter(posts=post).exists())


def is_own(viewer: Viewer, post: Post) -> bool:
    """The words are the viewer's, alone or with others, with their name or without."""
    return is_mine(viewer, post) or is_co_author(viewer, post)


def can_moderate(viewer: Viewer, post: Post) -> bool:
    """A host only what lies in no circle but their own: what is done to it is done in each. Nobody their own words."""
    if is_own(viewer, post):
        return False
    if is_operator(viewer):
        return can_write(viewer)
    if not can_write(viewer):
        return False
    places = set(post.communities.values_list("pk", flat=True))
    return bool(places) and places <= set(hosted_by(viewer).values_list("pk", flat=True))


def can_flag(viewer: Viewer, post: Post) -> bool:
    """Once each, what others wrote and one may read."""
    if not can_write(viewer) or is_own(viewer, post):
        return False
    is_readable = Post.objects.visible_to(viewer).filter(pk=post.pk).exists()
    return is_readable and not Flag.objects.filter(post=post, by=viewer.pk).exists()


def can_see_about(viewer: Viewer, post: Post) -> bool:
    """What was done to a post: those who look after it, and its authors."""
    return is_own(viewer, post) or looks_after(viewer, post)


def can_move(viewer: Viewer, root: Post, to: Community) -> bool:
    """Out of one's own circles into another of one's own; nobody reads it who could not before."""
    if not may_begin_move(viewer, root) or not hosted_by(viewer).filter(pk=to.pk).exists():
        return False
    return not opens(root, places_after(viewer, root, to))


def may_begin_move(viewer: Viewer, root: Post) -> bool:
    """Whatever the circle."""
    return root.is_thread and not is_own(viewer, root) and can_write(viewer) and looks_after(viewer, root)


def places_after(viewer: Viewer, root: Post, to: Community) -> list[Community]:
    """Where it lies then: the viewer's circles give way to the new one, others stay."""
    others = root.communities.exclude(pk__in=hosted_by(viewer).values("pk")) if not is_operator(viewer) else ()
    return [*others, to]


def can_merge(viewer: Viewer, root: Post, into: Post) -> bool:
    """Both threads are the viewer's to look after; nobody reads it who could not before. Not when both have words
    without a name: readers would take them for one person's."""
    if not (root.is_thread and into.is_thread) or root.pk == into.pk:
        return False
    if root.state != State.SHOWN or into.state != State.SHOWN:
        return False
    if not (can_moderate(viewer, root) and can_moderate(viewer, into)):
        return False
    if holds_unnamed(root) and holds_unnamed(into):
        return False
    return not opens(root, list(into.communities.all()), into.audience)


def opens(root: Post, communities: Collection[Community], audience: str | None = None) -> bool:
    """Whether somebody could read it there who cannot now."""
    now = root.communities.all()
    members = Audience.MEMBERS
    return is_wider((communities, audience or members), than=(now, root.audience or members))


def can_undo(viewer: Viewer, deed: Deed) -> bool:
    """Who might have done it may take it back; what an operator did, an operator. Never a matter of one's own."""
    if deed.kind in FINAL or deed.is_undone:
        return False
    if not can_write(viewer) or deed.person_id == viewer.pk:
        return False
    if is_operator(viewer):
        return deed.post is None or not is_own(viewer, deed.post)
    if deed.is_operators or deed.post is None or is_own(viewer, deed.post):
        return False
    places = set(deed.communities.values_list("pk", flat=True))
    return bool(places) and places <= set(hosted_by(viewer).values_list("pk", flat=True))


def can_see_deed(viewer: Viewer, deed: Deed) -> bool:
    """Whom it met, its authors, those who look after the place."""
    if viewer.pk is None:
        return False
    if is_operator(viewer) or deed.person_id == viewer.pk or (deed.post is not None and is_own(viewer, deed.post)):
        return True
    return deed.kind not in OF_ENVELOPES and hosted_by(viewer).filter(deeds=deed).exists()


def can_appeal(viewer: Viewer, deed: Deed) -> bool:
    """Once a deed, whom it met, while it still holds. Also who is suspended: that is what it is for."""
    return (
        viewer.pk is not None
        and met_by(viewer, deed)
        and deed.kind in APPEALED
        and not deed.is_undone
        and not hasattr(deed, "appeal")
        and deed.at > timezone.now() - APPEAL_WITHIN
    )


def met_by(viewer: Viewer, deed: Deed) -> bool:
    """Nobody stands in the trail for a post without a name."""
    if deed.person_id is not None:
        return deed.person_id == viewer.pk
    return deed.post is not None and deed.post.is_unnamed and is_mine(viewer, deed.post)


def can_decide(viewer: Viewer, appeal: Appeal) -> bool:
    """Who could take the deed back; not the one who did it, as long as there is somebody else."""
    if appeal.decided_at is not None or appeal.by_id == viewer.pk:
        return False
    if viewer.pk == appeal.deed.by_id and others_could_decide(appeal):
        return False
    return can_undo(viewer, appeal.deed)


def others_could_decide(appeal: Appeal) -> bool:
    """Another operator; for what a host did also another host of the same circles."""
    involved = [appeal.deed.by_id, appeal.by_id]
    operators = Person.objects.active().filter(is_staff=True).exclude(pk__in=involved)
    others = list(operators)
    if not appeal.deed.is_operators:
        seats = Membership.objects.seated().filter(community__in=appeal.deed.communities.all(), is_host=True)
        others += [seat.person for seat in seats.exclude(person__in=involved).select_related("person")]
    return any(can_undo(other, appeal.deed) for other in others)


def can_comment_as_visitor(root: Post) -> bool:
    """A thread that anyone may read, in circles each of which lets people without an account speak."""
    if root.state != State.SHOWN or root.is_locked or not root.is_thread:
        return False
    places = list(root.communities.all())
    return bool(places) and all(place.takes_visitors for place in places)


def can_open_envelopes(viewer: Viewer) -> bool:
    """Those who run the house, and never one of them alone. A host points a post out to them."""
    return is_operator(viewer) and can_write(viewer)


def can_agree_to_open(viewer: Viewer, opening: EnvelopeOpening) -> bool:
    """Somebody else than who asked, who still runs the house, too; not in a matter of one's own."""
    asker = opening.asked_by
    if asker is None or asker.pk == viewer.pk or not can_open_envelopes(asker):
        return False
    return opening.is_waiting and can_open_envelopes(viewer) and not is_own(viewer, opening.post)


def can_take_back_request(viewer: Viewer, opening: EnvelopeOpening) -> bool:
    return opening.is_waiting and viewer.pk is not None and opening.asked_by_id == viewer.pk


def can_see_name(viewer: Viewer, opening: EnvelopeOpening) -> bool:
    """The two who opened it together, as long as they run the house; nobody else who does."""
    is_one_of_two = viewer.pk is not None and viewer.pk in (opening.asked_by_id, opening.decided_by_id)
    return opening.state == EnvelopeOpening.State.OPENED and is_one_of_two and is_operator(viewer)
