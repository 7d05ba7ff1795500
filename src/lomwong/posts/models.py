"""Everything that people write is a Post of a kind; replies hang below it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lomwong.communities.models import Audience, Community
from lomwong.kit.html import shortened
from lomwong.people.models import Operator, Viewer
from lomwong.posts.files.kinds import KINDS


class Kind(models.TextChoices):
    STORY = "story", _("story")
    JOURNAL = "journal", _("journal entry")
    QUESTION = "question", _("question")
    ANSWER = "answer", _("answer")
    COMMENT = "comment", _("comment")


REPLY_KINDS = (Kind.ANSWER, Kind.COMMENT)


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
        placed = Placement.objects.filter(
            post=OuterRef("pk"), community__in=Community.objects.readable_by(viewer).order_by()
        )
        if not viewer.is_authenticated:
            return self.filter(Q(audience=Audience.PUBLIC) | Exists(placed))
        own = Q(audience__in=[Audience.PUBLIC, Audience.ORGANISATION]) | Q(author=viewer)
        return self.filter(own | Exists(placed))

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
    )  # unknown for comments of a page saved as text
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
            models.Index(fields=["author", "-created_at"], name="post_author"),
            models.Index(fields=["root", "created_at"], name="post_thread"),
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


class Placement(models.Model):
    """A post lies in a community. Replies carry the rows of their thread, so every list asks the same way."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="placements")
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="placements")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "community"], name="placement_once")]
        indexes = [models.Index(fields=["community", "post"], name="placement_community")]

    def __str__(self) -> str:
        return f"{self.post_id} in {self.community_id}"


class Reading(models.TextChoices):
    """How far we have come with the words of a file."""

    WAITING = "waiting"
    DONE = "done"
    EMPTY = "empty"  # nothing to read in it: a picture, a scanned page
    LOCKED = "locked"  # with a password
    DAMAGED = "damaged"
    TOO_MUCH = "too_much"  # more time or memory than one file may take


class FileQuerySet(models.QuerySet["File"]):
    def visible_to(self, viewer: Viewer) -> FileQuerySet:
        """Whoever reads the post reads its files."""
        return self.filter(post__in=Post.objects.visible_to(viewer))

    def waiting(self) -> FileQuerySet:
        return self.filter(reading=Reading.WAITING)


class File(models.Model):
    """A file that hangs on a post. Its bytes lie on the shelf under their hash, once for all posts that show them."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=150)  # as given, made safe
    media_type = models.CharField(max_length=100)  # by its bytes, never by its name
    size = models.BigIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    attached_at = models.DateTimeField()
    words_text = models.TextField(editable=False, default="")  # long: lists of files defer it
    reading = models.CharField(max_length=8, choices=Reading, default=Reading.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)  # of reading it

    objects: ClassVar[models.Manager[File]] = FileQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["post", "sha256"], name="file_once")]
        indexes = [
            models.Index(fields=["sha256"], name="file_bytes"),
            models.Index(fields=["id"], name="file_waiting", condition=Q(reading="waiting")),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("posts:file", args=[self.pk])

    @property
    def kind_label(self) -> str:
        return str(KINDS[self.media_type].label) if self.media_type in KINDS else self.media_type
