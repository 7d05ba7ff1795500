"""From a line of the ledger to whom it concerns, and why. Reads only; who may know of it is asked afterwards."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import Q

from lomwong.activity.models import Event, Verb
from lomwong.communities.models import Membership
from lomwong.notifications.models import ABOUT_ONESELF, NewsKind
from lomwong.people.models import Person
from lomwong.posts.models import Authorship, Flower, Follow, Mention, Post, State

K = NewsKind
FIELDS = (
    "kind", "author", "state", "source", "audience", "blog", "series", "visitor_name", "root__state", "root__author",
    "parent__state", "parent__author",
)  # fmt: skip
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
    doers = frozenset(person for person in (event.actor_id, post.author_id, *by) if person)
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
    yield K.REPLY, {*writers_of([one.number for one in answered]), *(one.author_id for one in answered)}
    yield K.MENTION, mentioned(post)
    spoke = Post.objects.filter(root=post.root_id, state=State.SHOWN).exclude(pk=post.pk)
    yield K.TALK, set(spoke.order_by().values_list("author_id", flat=True).distinct())


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
    concerned = given(iter([(kind, [event.target_id])]))
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


def moderated(event: Event) -> Occasion:
    post = named_post(event)
    concerned = given(iter([(K.MODERATION, [event.target_id])]))
    return Occasion(event, f"moderated:{event.pk}", concerned, post, not_for=frozenset({event.actor_id or 0}))


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
    Verb.MODERATED: moderated,
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
