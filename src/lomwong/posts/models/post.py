"""Everything that people write is a Post of a kind; replies hang below it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lomwong.communities.models import Audience, Community
from lomwong.kit.html import shortened
from lomwong.people.models import Operator, Viewer
from lomwong.posts.models.places import lies_where_reads, writes_along


class Kind(models.TextChoices):
    STORY = "story", _("story")
    JOURNAL = "journal", _("journal entry")
    QUESTION = "question", _("question")
    ANSWER = "answer", _("answer")
    COMMENT = "comment", _("comment")


REPLY_KINDS = (Kind.ANSWER, Kind.COMMENT)


class State(models.TextChoices):
    """Whether readers see it. In every state but the first only its authors and those who look after it may."""

    SHOWN = "shown", _("shown")
    HELD = "held", _("waits for somebody to let it in")  # a visitor's comment
    HIDDEN = "hidden", _("hidden")  # by those who look after the circle or the house; can be shown again
    WITHDRAWN = "withdrawn", _("withdrawn")  # by its author: the words are gone, the number stays


class Licence(models.TextChoices):
    """What others may do with it. Empty on a post: nobody has said, as with most of what was imported."""

    RESERVED = "reserved", _("All rights reserved")
    ORGANISATION = "organisation", _("Free to use inside the university")
    CC0 = "cc0", "CC0 1.0"
    CC_BY = "cc-by", "CC BY 4.0"
    CC_BY_SA = "cc-by-sa", "CC BY-SA 4.0"
    CC_BY_ND = "cc-by-nd", "CC BY-ND 4.0"
    CC_BY_NC = "cc-by-nc", "CC BY-NC 4.0"
    CC_BY_NC_SA = "cc-by-nc-sa", "CC BY-NC-SA 4.0"
    CC_BY_NC_ND = "cc-by-nc-nd", "CC BY-NC-ND 4.0"


class Markup(models.TextChoices):
    """How `text` was written."""

    MARKDOWN = "markdown"
    PLAIN = "plain"  # mail: lines kept, quotes folded
    HTML = "html"


class Tag(models.Model):
    name = models.CharField(max_length=60)
    key = models.CharField(max_length=60, unique=True)  # text.normalise(name): ปฎิบัติ and ปฏิบัติ are one tag

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PostQuerySet(models.QuerySet["Post"]):
    def visible_to(self, viewer: Viewer) -> PostQuerySet:
        """What this viewer may read. Every list of posts starts here."""
        if isinstance(viewer, Operator):
            return self
        return self.shown().where_reads(viewer)

    def shown(self) -> PostQuerySet:
        return self.filter(state=State.SHOWN)

    def where_reads(self, viewer: Viewer) -> PostQuerySet:
        """By place alone: what lies where the viewer may read, shown or not. Lists ask `visible_to`."""
        placed = lies_where_reads(viewer)
        if not viewer.is_authenticated:
            return self.filter(Q(audience=Audience.PUBLIC) | Q(placed))
        own = Q(audience__in=[Audience.PUBLIC, Audience.ORGANISATION]) | Q(author=viewer.pk)
        return self.filter(own | Q(placed) | Q(writes_along(viewer)))

    def threads(self) -> PostQuerySet:
        """Those that begin a conversation."""
        return self.filter(parent__isnull=True)

    def replies(self) -> PostQuerySet:
        return self.filter(parent__isnull=False)

    def in_community(self, community: Community) -> PostQuerySet:
        return self.filter(placements__community=community)


class Post(models.Model):
    """A record. Its number is given once and never changes or returns."""

    number = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=10, choices=Kind)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="posts"
    )  # unknown for comments of a page saved as text, sealed in an `Envelope` where `is_unnamed`
    is_unnamed = models.BooleanField(default=False)
    parent = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="children", db_index=False
    )  # post_feed begins with it
    root = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="thread")
    title = models.CharField(_("title"), max_length=300, blank=True)
    text = models.TextField(_("text"))
    markup = models.CharField(max_length=8, choices=Markup, default=Markup.MARKDOWN)
    html = models.TextField(editable=False)  # made from text once, on write
    excerpt = models.CharField(max_length=320, editable=False)  # plain beginning, for cards
    # Null for a post that lies in communities: they decide who reads it, at every moment.
    audience = models.CharField(max_length=12, choices=Audience, null=True, default=Audience.ORGANISATION)
    accepted_answer = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="accepted_for"
    )
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    lifted_at = models.DateTimeField()  # last word in the thread: what the feed is ordered by
    reply_count = models.PositiveIntegerField(default=0)  # of the whole thread, kept on its first post
    source = models.CharField(max_length=80, blank=True)
    source_id = models.CharField(max_length=300, null=True)
    extra = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.SHOWN)
    is_locked = models.BooleanField(default=False)  # of a thread: it can be read, and nothing new is said
    # Of a first post: grows with whatever changes on the page of its thread, so what was made of it can be kept.
    version = models.PositiveIntegerField(default=0)
    flower_count = models.PositiveIntegerField(default=0)
    reader_count = models.PositiveIntegerField(default=0)  # unique readers: posts/readers
    licence = models.CharField(_("licence"), max_length=12, choices=Licence, blank=True, default="")
    visitor_name = models.CharField(max_length=80, blank=True)  # of a comment by somebody without an account
    blog = models.ForeignKey("posts.Blog", null=True, on_delete=models.SET_NULL, related_name="posts")
    series = models.ForeignKey("posts.Series", null=True, on_delete=models.SET_NULL, related_name="posts")
    part = models.PositiveIntegerField(null=True)  # its number in the series
    is_continued = models.BooleanField(default=False)  # "to be continued", said by the author
    tags = models.ManyToManyField(Tag, blank=True, related_name="posts")
    communities = models.ManyToManyField(Community, through="Placement", related_name="posts")

    objects: ClassVar[models.Manager[Post]] = PostQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["source", "source_id"], name="post_source_once"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True, root__isnull=True) | Q(parent__isnull=False, root__isnull=False),
                name="post_root_with_parent",
            ),
        ]
        indexes = [
            models.Index(fields=["parent", "-lifted_at", "-number"], name="post_feed"),
            models.Index(fields=["parent", "-created_at", "-number"], name="post_newest"),
            models.Index(fields=["author", "-created_at"], name="post_author"),
            models.Index(fields=["root", "created_at"], name="post_thread"),
            models.Index(fields=["blog", "-created_at"], name="post_blog"),
            models.Index(fields=["series", "part"], name="post_series"),
            models.Index(fields=["state", "created_at"], name="post_not_shown", condition=~Q(state="shown")),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.label}"

    def get_absolute_url(self) -> str:
        """A reply's address is its place inside its thread."""
        if self.root_id is None:
            return reverse("posts:post", args=[self.number])
        return f"{reverse('posts:post', args=[self.root_id])}#p{self.number}"

    @property
    def label(self) -> str:
        """What to call it where only one line fits. Never empty: it is what links say."""
        return self.title or shortened(self.excerpt, 80) or gettext("Entry %(number)d") % {"number": self.number}

    @property
    def is_thread(self) -> bool:
        return self.parent_id is None

    @property
    def part_label(self) -> str:
        """Its place in a series, to stand behind the title; empty outside of one."""
        return gettext("(part %(part)d)") % {"part": self.part} if self.series_id and self.part else ""


class Placement(models.Model):
    """A post lies in a community. Replies carry the rows of their thread, so every list asks the same way."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="placements")
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="placements")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "community"], name="placement_once")]
        indexes = [models.Index(fields=["community", "post"], name="placement_community")]

    def __str__(self) -> str:
        return f"{self.post_id} in {self.community_id}"


class AuthorshipQuerySet(models.QuerySet["Authorship"]):
    def accepted(self) -> AuthorshipQuerySet:
        return self.filter(accepted_at__isnull=False)


class Authorship(models.Model):
    """Somebody who writes along. Named on the entry, and allowed to change it, once they have said yes."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="authorships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="authorships")
    invited_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Authorship]] = AuthorshipQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["post", "person"], name="authorship_once")]

    def __str__(self) -> str:
        return f"{self.person_id} writes along in {self.post_id}"
