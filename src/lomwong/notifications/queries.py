"""What is new for somebody, page-ready; how they want to hear of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from lomwong.kit.prepared import STAND_INS, Prepared
from lomwong.notifications.models import Mail, Mailbox, NewsKind, Notification, NotificationQuerySet, Setting
from lomwong.notifications.occasions import ALONG
from lomwong.notifications.wording import SENTENCES, sentence
from lomwong.people.models import Person, Viewer
from lomwong.posts.models import Envelope, Flower, Post
from lomwong.posts.unnamed.wording import nameless

PAGE = 40
K = NewsKind
LONGEST_NUMBER = 18  # digits that any database takes
# What calls for somebody comes at once; the rest waits for the morning; thanks are for those who look.
AT_ONCE = (K.MODERATION, K.INVITED, K.PASSED, K.CARRIED, K.REPLY, K.MENTION)
DEFAULTS = {kind: (True, Mail.AT_ONCE if kind in AT_ONCE else Mail.DAILY) for kind in NewsKind} | {
    K.FLOWER: (True, Mail.OFF)
}
ICONS = {
    K.MODERATION: "scales",
    K.INVITED: "pencil-simple-line",
    K.HELD: "hand-waving",
    K.ASKED: "hand-waving",
    K.SEATED: "campfire",
    K.PASSED: "hand-waving",
    K.CARRIED: "question",
    K.ACCEPTED: "check-circle",
    K.REPLY: "chat-teardrop",
    K.MENTION: "user-circle",
    K.FLOWER: "flower",
    K.PART: "book-open-text",
    K.TALK: "chats-circle",
    K.FOLLOWED: "bookmark-simple",
    K.CIRCLE: "campfire",
}
BY_THREAD = (K.REPLY, K.TALK, K.MENTION)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the page or of a letter: a piece of news, or several alike about the same thread."""

    latest: Notification
    first: Notification  # the first that is new: where to read on
    sentence: str
    words: str  # somebody's own: the beginning of what they wrote, or what they said with a flower
    is_new: bool

    @property
    def icon(self) -> str:
        return ICONS[K(self.latest.kind)]

    @property
    def face(self) -> Person | None:
        """Whose deed it is, where the sentence says so."""
        return self.latest.actor if "%(who)s" in SENTENCES[K(self.latest.kind)] else None


@dataclass(frozen=True, slots=True)
class NewsPage:
    lines: list[Line]
    shown: list[int]  # the numbers of all that the lines stand for
    further: int | None  # to go on after; None at the end


HAS_NEW = Prepared(lambda: Mailbox.objects.filter(person=STAND_INS[0], has_new=True).order_by().values_list("pk"))


def has_new(viewer: Viewer) -> bool:
    """For the bell: one look at one row, none for a visitor."""
    return viewer.pk is not None and bool(HAS_NEW.rows({STAND_INS[0]: viewer.pk}))


def news(viewer: Person, *, after: str = "", limit: int = PAGE) -> NewsPage:
    """The newest first, from the one after number `after`; what is alike stands in one line."""
    found = with_all(Notification.objects.visible_to(viewer).listed().order_by("-pk"))
    if after.isdecimal() and len(after) <= LONGEST_NUMBER:
        found = found.filter(pk__lt=int(after))
    rows = list(found[: limit + 1])
    shown = rows[:limit]
    return NewsPage(lines(shown, viewer), [row.pk for row in shown], shown[-1].pk if len(rows) > limit else None)


def with_all(rows: NotificationQuerySet) -> NotificationQuerySet:
    return rows.select_related("actor", "community", "post__author", "post__root", "post__series")


def lines(rows: Sequence[Notification], viewer: Person) -> list[Line]:
    """`rows` newest first, loaded `with_all`. One query more, and only when there are flowers among them."""
    groups: dict[tuple[object, ...], list[Notification]] = {}
    for row in rows:
        groups.setdefault(group_key(row), []).append(row)
    said = flower_words(rows, viewer) | reasons_opened(rows, viewer)
    return [line(group, said) for group in groups.values()]


def group_key(row: Notification) -> tuple[object, ...]:
    """Alike are: talk in one thread; flowers for one post. What is new stands apart from what was seen."""
    if row.kind in BY_THREAD and row.post:
        return row.kind, row.post.root_id or row.post.number, row.read_at is None
    return (row.kind, row.post_id, row.read_at is None) if row.kind == K.FLOWER else (row.pk,)


def line(group: Sequence[Notification], said: Mapping[tuple[int | None, int | None], str]) -> Line:
    latest = group[0]
    new = [row for row in group if row.read_at is None]
    return Line(
        latest=latest,
        first=new[-1] if new else latest,
        sentence=sentence(
            latest.kind,
            is_unsealed=is_unsealed(latest),
            is_asked_along=is_asked_along(latest),
            names=list({row.actor_id or name: name for row in group if (name := actor_name(row))}.values()),
            title=title_of(latest),
            circle=latest.community.name if latest.community else "",
            series=latest.post.series.name if latest.post and latest.post.series else "",
        ),
        words=words_of(latest, said),
        is_new=bool(new),
    )


def actor_name(row: Notification) -> str:
    if row.actor:
        return row.actor.name
    post = row.post.root if row.post and row.kind == K.ACCEPTED else row.post  # it is the asker who accepts
    if post is None or post.author_id is not None:
        return ""
    if post.is_unnamed:
        return nameless(is_unnamed=True, is_asker=row.kind == K.ACCEPTED or is_by_asker(post))
    return post.visitor_name


def is_by_asker(post: Post) -> bool:
    return post.root is not None and post.root.is_unnamed


def is_unsealed(row: Notification) -> bool:
    return row.kind == K.MODERATION and row.key.startswith("unsealed:")


def is_asked_along(row: Notification) -> bool:
    """By name; else a colleague who had it passed it on."""
    return row.kind == K.PASSED and row.key.startswith(f"new:{ALONG}")


def title_of(row: Notification) -> str:
    """The thread's, for what is said in one; of one's own post that a flower or a note is for, that post's."""
    if row.post is None:
        return ""
    own = row.kind in {K.FLOWER, K.MODERATION}
    return row.post.label if own else (row.post.root or row.post).label


def words_of(row: Notification, said: Mapping[tuple[int | None, int | None], str]) -> str:
    if row.kind == K.FLOWER or is_unsealed(row):
        return said.get((row.post_id, row.actor_id), "")
    is_to_read = row.kind in {K.PASSED, K.CARRIED, K.REPLY, K.TALK, K.MENTION, K.PART, K.FOLLOWED, K.CIRCLE}
    if row.post is None or not is_to_read:
        return ""
    is_said = row.post.is_thread and row.post.excerpt == row.post.label  # two lines without a title say it already
    return "" if is_said else row.post.excerpt


def flower_words(rows: Iterable[Notification], viewer: Person) -> dict[tuple[int | None, int | None], str]:
    posts = {row.post_id for row in rows if row.kind == K.FLOWER and row.post_id}
    if not posts:
        return {}
    flowers = Flower.objects.filter(post__in=Post.objects.visible_to(viewer).filter(pk__in=posts)).exclude(word="")
    return {(post, giver): word for post, giver, word in flowers.values_list("post_id", "giver_id", "word")}


def reasons_opened(rows: Iterable[Notification], viewer: Person) -> dict[tuple[int | None, int | None], str]:
    """Why the envelopes of the viewer's own posts were opened."""
    posts = {row.post_id for row in rows if is_unsealed(row) and row.post_id}
    if not posts:
        return {}
    opened = Envelope.objects.filter(post__in=posts, author=viewer).values_list("post_id", "opened_because")
    return {(post, None): reason for post, reason in opened}


def address_of(row: Notification) -> str:
    """Where its link leads."""
    match row.kind:
        case K.MODERATION:
            if row.post_id is None:
                return reverse("moderation:about_my_posts")
            return reverse("moderation:about", args=[row.post_id])
        case K.INVITED:
            return reverse("posts:authors", args=[row.post_id])
        case K.HELD:
            return reverse("moderation:queue")
        case K.ASKED if row.community:
            return reverse("communities:members", args=[row.community.slug])
        case K.SEATED if row.community:
            return row.community.get_absolute_url()
    return row.post.get_absolute_url() if row.post else reverse("notifications:notifications")


# How they want to hear of it


def settings_of(person: Person) -> dict[NewsKind, tuple[bool, Mail]]:
    """(in the house, by mail) for every kind."""
    chosen = {K(row.kind): (row.in_app, Mail(row.mail)) for row in Setting.objects.filter(person=person)}
    return {kind: chosen.get(kind, DEFAULTS[kind]) for kind in NewsKind}


def mailbox_of(person: Person) -> Mailbox:
    return getattr(person, "mailbox", None) or Mailbox(person=person)


def kind_label(kind: str) -> str:
    """For a sentence such as: no more letters of this kind."""
    return gettext(str(K(kind).label)) if kind in K.values else gettext("what you want to hear of once a day")
