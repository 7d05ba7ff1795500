"""From a line of the ledger to whom it concerns, and why. Reads only; who may know of it is asked afterwards."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import Q

from lomwong.activity.models import Event, Verb
from lomwong.communities.models import Membership
from lomwong.notifications.models import ABOUT_ONESELF, NewsKind
from lomwong.people.models import Person
from lomwong.posts.models import Authorship, Envelope, Flower, Follow, Mention, Post, State
from lomwong.posts.unnamed.queries import author_behind

K = NewsKind
FIELDS = (
    "kind", "author", "is_unnamed", "state", "source", "audience", "blog", "series", "visitor_name",
    "root__state", "root__author", "root__is_unnamed", "parent__state", "parent__author", "parent__is_unnamed",
)  # fmt: skip
ALONG = "along:"  # begins the key of a question to which a colleague called by name, as against one passed on
Concerned = Iterator[tuple[NewsKind, Collection[int | None]]]


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something that people are to be told."""

    event: Event
    key: str
    concerned: list[tuple[NewsKind, list[int]]]  # the strongest reason first
    post: Post | None = None
    is_for_readers: bool = False  # of the post alone, as against its author, its hosts
    not_for: frozenset[int] = frozenset()  # who did it themselves
    is_certain: bool = False  # in the house and by mail at once, whatever they have chosen
    seats: dict[int, int] = field(default_factory=dict)  # person → the circle in which they find it

    def key_for(self, kind: NewsKind) -> str:
        """Somebody who learns of a new post from their circle is still told when a later edit names them."""
        return f"new:{self.key}" if self.is_for_readers and kind not in ABOUT_ONESELF else self.key


def occasion(event: Event) -> Occasion | None:
    """None for what concerns nobody: most lines, and all that was brought along from elsewhere."""
    read = READERS.get(Verb(event.verb))
    return read(event) if read else None


def named_post(event: Event) -> Post | None:
    """With its thread and what it answers, without their words."""
    number = event.post_number
    posts = Post.objects.select_related("root", "parent").only(*FIELDS)
    return posts.filter(pk=number).first() if number else None


def post_of(event: Event) -> Post | None:
    """With its thread, as far as that is shown. Nothing for what was imported."""
    post = named_post(event)
    if post is None or post.source or (post.root and post.root.state != State.SHOWN):
        return None
    return post


def given(concerned: Concerned) -> list[tuple[NewsKind, list[int]]]:
    return [(kind, [person for person in people if person]) for kind, people in concerned]


def to_readers(
    event: Event, post: Post, concerned: Concerned, *, by: Iterable[int] = (), seats: dict[int, int] | None = None
) -> Occasion:
    doers = frozenset(person for person in (event.actor_id, author_behind(post), *by) if person)
    key = f"post:{post.number}"
    return Occasion(event, key, given(concerned), post, is_for_readers=True, not_for=doers, seats=seats or {})


def posted(event: Event) -> Occasion | None:
    post = post_of(event)
    if post is None or not post.is_thread:
        return None
    authors = writers_of([post.number], post.author_id)
    seats = dict(seats_around(post))
    return to_readers(event, post, new_thread(post, authors, seats), by=authors, seats=seats)


def new_thread(post: Post, authors: Collection[int], seats: Collection[int]) -> Concerned:
    yield K.MENTION, mentioned(post)
    sources = Q(person__in=authors) | Q(tag__posts=post) | Q(community__placements__post=post)
    if post.blog_id:
        sources |= Q(blog=post.blog_id)
    if post.series_id:
        yield K.PART, list(Follow.objects.filter(series=post.series_id).values_list("follower_id", flat=True))
    yield K.FOLLOWED, set(Follow.objects.filter(sources).order_by().values_list("follower_id", flat=True))
    yield K.CIRCLE, seats


def seats_around(post: Post) -> Iterable[tuple[int, int]]:
    seats = Membership.objects.seated().filter(community__placements__post=post)
    return seats.order_by("-community_id").values_list("person_id", "community_id")


def replied(event: Event) -> Occasion | None:
    post = post_of(event)
    if post is None or post.root_id is None:
        return None
    return to_readers(event, post, new_reply(post))


def new_reply(post: Post) -> Concerned:
    answered = [one for one in (post.root, post.parent) if one and one.state == State.SHOWN]
    yield K.REPLY, {*writers_of([one.number for one in answered]), *map(author_behind, answered)}
    yield K.MENTION, mentioned(post)
    spoke = Post.objects.filter(root=post.root_id, state=State.SHOWN).exclude(pk=post.pk)
    sealed = Envelope.objects.filter(post__in=spoke.order_by())
    yield K.TALK, {*spoke.order_by().values_list("author_id", flat=True), *sealed.values_list("author_id", flat=True)}


def edited(event: Event) -> Occasion | None:
    """Whom the new words name; whoever was named before has been told under the same key."""
    post = post_of(event)
    if post is None or not Mention.objects.filter(post=post).exists():
        return None
    return to_readers(event, post, iter([(K.MENTION, mentioned(post))]))


def accepted(event: Event) -> Occasion | None:
    post = post_of(event)
    return to_target(event, post, K.ACCEPTED, f"accepted:{event.post_number}") if post else None


def thanked(event: Event) -> Occasion | None:
    post = post_of(event)
    if post is None or not Flower.objects.filter(post=post, giver=event.actor_id).exists():
        return None
    return to_target(event, post, K.FLOWER, f"flower:{post.number}:{event.actor_id}")


def to_target(event: Event, post: Post, kind: NewsKind, key: str) -> Occasion:
    """Something that was done to one person, about what they wrote."""
    concerned = given(iter([(kind, [event.target_id or author_behind(post)])]))
    return Occasion(event, key, concerned, post, is_for_readers=True, not_for=frozenset({event.actor_id or 0}))


def invited(event: Event) -> Occasion | None:
    post = named_post(event)
    concerned = given(iter([(K.INVITED, [event.target_id])]))
    return Occasion(event, f"invited:{event.pk}", concerned, post) if post else None


def held(event: Event) -> Occasion | None:
    post = named_post(event)
    if post is None or post.state != State.HELD:
        return None
    people = hosts_of(event.community_id) if event.community_id else operators()
    return Occasion(event, f"held:{post.number}", given(iter([(K.HELD, people)])), post)


def carried(event: Event) -> Occasion | None:
    """A question, to somebody who may know; the actor passed it on or asked them along, if anybody did. Each once."""
    post = named_post(event)
    if post is None or not post.is_thread or post.state != State.SHOWN:
        return None
    kind = K.PASSED if event.actor_id else K.CARRIED
    concerned = given(iter([(kind, [event.target_id])]))
    doers = frozenset({event.actor_id or 0})
    key = f"{ALONG if event.verb == Verb.ASKED_ALONG else 'carried:'}{post.number}"
    return Occasion(event, key, concerned, post, is_for_readers=True, not_for=doers)


def moderated(event: Event) -> Occasion:
    post = named_post(event)
    met = event.target_id or (author_behind(post) if post else None)
    concerned = given(iter([(K.MODERATION, [met])]))
    return Occasion(event, f"moderated:{event.pk}", concerned, post, not_for=frozenset({event.actor_id or 0}))


def unsealed(event: Event) -> Occasion | None:
    """Two who look after the house know now who asked. Who asked is told at once; of who opened it, nothing."""
    post = named_post(event)
    if post is None:
        return None
    concerned = given(iter([(K.MODERATION, [author_behind(post)])]))
    return Occasion(event, f"unsealed:{event.pk}", concerned, post, is_certain=True)


def asked(event: Event) -> Occasion:
    return Occasion(event, f"asked:{event.pk}", given(iter([(K.ASKED, hosts_of(event.community_id))])))


def welcomed(event: Event) -> Occasion:
    return Occasion(event, f"seated:{event.pk}", given(iter([(K.SEATED, [event.target_id])])))


READERS: dict[Verb, Callable[[Event], Occasion | None]] = {
    Verb.POSTED: posted,
    Verb.REPLIED: replied,
    Verb.EDITED: edited,
    Verb.ACCEPTED: accepted,
    Verb.THANKED: thanked,
    Verb.INVITED: invited,
    Verb.HELD: held,
    Verb.CARRIED: carried,
    Verb.ASKED_ALONG: carried,
    Verb.MODERATED: moderated,
    Verb.UNSEALED: unsealed,
    Verb.ASKED: asked,
    Verb.WELCOMED: welcomed,
}


def writers_of(numbers: Collection[int], *authors: int | None) -> set[int]:
    """Those who write along in these posts, and the authors given."""
    along = Authorship.objects.accepted().filter(post__in=numbers).values_list("person_id", flat=True)
    return {*along, *(author for author in authors if author)}


def mentioned(post: Post) -> list[int]:
    return list(Mention.objects.filter(post=post).values_list("person_id", flat=True))


def hosts_of(community: int | None) -> list[int]:
    seats = Membership.objects.seated().filter(community=community, is_host=True)
    return list(seats.values_list("person_id", flat=True))


def operators() -> list[int]:
    return list(Person.objects.active().filter(is_staff=True).values_list("pk", flat=True))
