"""What waits, what was done. The number of database queries does not depend on how much there is."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Exists, Min, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from lomwong.communities.models import Community
from lomwong.moderation import rules
from lomwong.moderation.models import REQUEST_HOLDS, Appeal, Deed, EnvelopeOpening, Flag
from lomwong.moderation.spam import Suspicion
from lomwong.people.models import Person, Viewer
from lomwong.posts.models import Authorship, Envelope, Placement, Post, PostQuerySet, State

WAITING = 30
DEEDS_A_PAGE = 50
LONGEST_NUMBER = 18
SUMMED = timedelta(days=365)


@dataclass(slots=True)
class Item:
    """One thing that waits: flags on a post, a visitor's words, or an appeal."""

    what: str  # "flags", "held", "appeal", "envelope"
    since: datetime
    post: Post | None = None
    flags: list[Flag] = field(default_factory=list)
    suspicions: list[str] = field(default_factory=list)
    appeal: Appeal | None = None
    opening: EnvelopeOpening | None = None


@dataclass(frozen=True, slots=True)
class Queue:
    """The oldest first."""

    items: list[Item]
    is_more: bool  # further ones wait behind these

    @property
    def has_held(self) -> bool:
        return any(item.what == "held" for item in self.items)


def looked_after(viewer: Viewer) -> PostQuerySet:
    """The posts of one's circles, whatever their state; every post for an operator."""
    posts: PostQuerySet = Post.objects.all()
    if rules.is_operator(viewer):
        return posts
    placed = Placement.objects.filter(post=OuterRef("pk"), community__in=rules.hosted_by(viewer).order_by())
    return posts.filter(Exists(placed))


def queue(viewer: Viewer, *, limit: int = WAITING) -> Queue:
    items = [*flagged(viewer, limit), *held_words(viewer, limit), *appeals(viewer, limit), *envelopes(viewer, limit)]
    items.sort(key=lambda item: item.since)
    return Queue(items[:limit], len(items) > limit)


def waiting_posts(posts: QuerySet[Post], viewer: Viewer) -> QuerySet[Post]:
    circles = Prefetch("communities", Community.objects.visible_to(viewer))
    return posts.select_related("author", "parent__author", "root__author").prefetch_related(circles, "authorships")


def flagged(viewer: Viewer, limit: int) -> list[Item]:
    """Not what one wrote oneself, alone or with others: that is for somebody else."""
    along = Authorship.objects.accepted().filter(post=OuterRef("post"), person=viewer.pk)
    sealed = Envelope.objects.filter(post=OuterRef("post"), author=viewer.pk)
    opened = Flag.objects.filter(
        ~Exists(along), ~Exists(sealed), answered_by=None, post__in=looked_after(viewer).order_by()
    ).exclude(post__author=viewer.pk)
    # A withdrawn post has no words any more to point at.
    since = opened.exclude(post__state=State.WITHDRAWN).order_by().values("post").annotate(since=Min("at"))
    oldest = dict(since.order_by("since").values_list("post", "since")[: limit + 1])
    posts = waiting_posts(Post.objects.filter(pk__in=oldest), viewer).in_bulk()
    flags = opened.filter(post__in=oldest).select_related("by").order_by("at", "pk")
    items = {number: Item("flags", at, posts[number]) for number, at in oldest.items()}
    for flag in flags:
        items[flag.post_id].flags.append(flag)
    return list(items.values())


def held_words(viewer: Viewer, limit: int) -> list[Item]:
    """Below threads that are shown: the others wait with them."""
    held = looked_after(viewer).filter(state=State.HELD, root__state=State.SHOWN)
    posts = waiting_posts(held, viewer).order_by("created_at", "number")[: limit + 1]
    return [Item("held", post.created_at, post, suspicions=suspicion_words(post)) for post in posts]


def appeals(viewer: Viewer, limit: int) -> list[Item]:
    """Those that the viewer may decide."""
    waiting = Appeal.objects.filter(decided_at=None).exclude(by=viewer.pk)
    if not rules.is_operator(viewer):  # as in can_undo: what operators did not, and what lies in own circles alone
        places = Deed.communities.through.objects.filter(deed=OuterRef("deed"))
        elsewhere = places.exclude(community__in=rules.hosted_by(viewer).order_by())
        waiting = waiting.filter(Exists(places), ~Exists(elsewhere), deed__is_operators=False)
    deeds = Prefetch("deed", with_names(Deed.objects.all()))
    given = list(waiting.select_related("by").prefetch_related(deeds).order_by("at", "pk")[: limit + 1])
    is_alone = not Person.objects.active().filter(is_staff=True).exclude(pk=viewer.pk).exists()
    return [
        Item("appeal", appeal.at, appeal.deed.post, appeal=appeal)
        for appeal in given
        if appeal.deed.by_id != viewer.pk or (is_alone and rules.can_decide(viewer, appeal))
    ]


def envelopes(viewer: Viewer, limit: int) -> list[Item]:
    """Those that wait for a second one who looks after the house; one's own wait for somebody else."""
    if not rules.is_operator(viewer):
        return []
    sealed = Envelope.objects.filter(post=OuterRef("post"), author=viewer.pk)
    waiting = (
        open_requests().filter(~Exists(sealed)).exclude(asked_by=viewer.pk).select_related("post__root", "asked_by")
    )
    return [Item("envelope", one.asked_at, one.post, opening=one) for one in waiting.order_by("pk")[: limit + 1]]


def open_requests() -> QuerySet[EnvelopeOpening]:
    """Those that still hold."""
    since = timezone.now() - REQUEST_HOLDS
    return EnvelopeOpening.objects.filter(state=EnvelopeOpening.State.ASKED, asked_at__gt=since)


def suspicion_words(post: Post) -> list[str]:
    """Why a visitor's words look like advertising, for people."""
    words = {
        Suspicion.LINKS: _("many links for few words"),
        Suspicion.REPEATED: _("says the same over and over"),
        Suspicion.AGAIN: _("the same words came before"),
        Suspicion.MIXED: _("letters of two scripts in one word"),
        Suspicion.KNOWN: _("words that advertisements use"),
        Suspicion.TRAP: _("filled in a field that people do not see"),
    }
    return [words[Suspicion(key)] for key in post.extra.get("suspicions", ()) if key in set(Suspicion)]


@dataclass(frozen=True, slots=True)
class Page:
    deeds: list[Deed]
    further: int | None


def with_names(deeds: QuerySet[Deed]) -> QuerySet[Deed]:
    return deeds.select_related("by", "person", "post__root", "undoes", "undone_by", "appeal")


def trail(viewer: Viewer, *, after: str = "", limit: int = DEEDS_A_PAGE) -> Page:
    """The newest first: all of it for operators, for hosts what touched their circles."""
    deeds = Deed.objects.all()
    if not rules.is_operator(viewer):
        mine = Deed.communities.through.objects.filter(
            deed=OuterRef("pk"), community__in=rules.hosted_by(viewer).order_by()
        )
        deeds = deeds.filter(Exists(mine)).exclude(kind__in=rules.OF_ENVELOPES)
    page = page_of(deeds, after, limit)
    note_elsewhere(page.deeds, viewer)
    return page


def note_elsewhere(deeds: Sequence[Deed], viewer: Viewer) -> None:
    """Whether the post of each lies by now where the viewer looks after nothing: then only its number is told."""
    here = looked_after(viewer).filter(pk__in=[deed.post_id for deed in deeds if deed.post_id])
    numbers = set(here.values_list("pk", flat=True))
    for deed in deeds:
        deed.is_elsewhere = deed.post_id not in numbers


def about_posts_of(person: Person, *, after: str = "", limit: int = DEEDS_A_PAGE) -> Page:
    """What met somebody or their posts. Who did it is not named to them; why is."""
    along = Q(post__authorships__person=person, post__authorships__accepted_at__isnull=False)
    sealed = Q(post__envelope__author=person)
    mine = Deed.objects.filter(Q(person=person) | along | sealed).exclude(kind=Deed.Kind.KEEP, note="").distinct()
    return page_of(mine, after, limit)


def page_of(deeds: QuerySet[Deed], after: str, limit: int) -> Page:
    if after.isdecimal() and len(after) <= LONGEST_NUMBER:
        deeds = deeds.filter(pk__lt=int(after))
    found = list(with_names(deeds).order_by("-pk")[: limit + 1])
    shown = found[:limit]
    return Page(shown, shown[-1].pk if len(found) > limit else None)


def deeds_on(post: Post, viewer: Viewer) -> list[Deed]:
    deeds = with_names(Deed.objects.filter(post=post)).order_by("-pk")
    is_all = not post.is_unnamed or rules.is_operator(viewer) or rules.is_own(viewer, post)
    return list(deeds if is_all else deeds.exclude(kind__in=rules.OF_ENVELOPES))


@dataclass(frozen=True, slots=True)
class Told:
    """A deed as everybody in the house may read it: what, when, why. Nobody is named."""

    label: str
    at: datetime
    reason: str
    is_undone: bool


@dataclass(frozen=True, slots=True)
class Summary:
    counts: list[tuple[str, int]]
    told: list[Told]


def summary(*, limit: int = DEEDS_A_PAGE) -> Summary:
    """Of a year. Reasons only for what lay where everybody in the house could read it."""
    since = timezone.now() - SUMMED
    quiet = (Deed.Kind.LET_IN, Deed.Kind.TURN_AWAY, *rules.OF_ENVELOPES)
    kinds = Counter(Deed.objects.filter(at__gt=since).order_by().values_list("kind", flat=True))
    counts = [(str(kind.label), kinds[kind]) for kind in Deed.Kind if kinds[kind]]
    shown = Deed.objects.filter(at__gt=since, is_visible=True).exclude(kind__in=quiet).exclude(reason="")
    deeds = shown.select_related("undone_by").order_by("-pk")[:limit]
    return Summary(counts, [Told(deed.get_kind_display(), deed.at, deed.reason, deed.is_undone) for deed in deeds])


def circles_to_move_to(viewer: Viewer, root: Post) -> list[Community]:
    """Those that the viewer looks after and in which nobody reads it who could not before."""
    if not rules.may_begin_move(viewer, root):
        return []
    elsewhere = rules.hosted_by(viewer).exclude(pk__in=root.communities.order_by().values("pk"))
    return [circle for circle in elsewhere if not rules.opens(root, rules.places_after(viewer, root, circle))]


def chosen_held(numbers: Sequence[str], viewer: Viewer) -> list[Post]:
    """Visitors' words among these that wait and that the viewer may decide about."""
    wanted = [int(number) for number in numbers if number.isdecimal() and len(number) <= LONGEST_NUMBER][:WAITING]
    waiting = looked_after(viewer).filter(pk__in=wanted, state=State.HELD).order_by("number")
    return [post for post in waiting if rules.can_moderate(viewer, post)]
