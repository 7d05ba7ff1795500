"""What is new for whom, how each wants to hear of it, and the letters that are to go out."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lomwong.communities.models import Community, Membership
from lomwong.people.models import Person
from lomwong.posts.models import Authorship, Envelope, Flower, Post, State


class NewsKind(models.TextChoices):
    """Why somebody is told; where several reasons hold, the first of them is the one."""

    MODERATION = "moderation", _("A note from those who look after the circle or the house")
    INVITED = "invited", _("Somebody invites you to write along")
    HELD = "held", _("A visitor's comment waits to be let in")
    ASKED = "asked", _("Somebody asks to sit in a circle that you look after")
    SEATED = "seated", _("You are let into a circle")
    PASSED = "passed", _("Somebody thinks that you know an answer")
    CARRIED = "carried", _("A question that may be yours")
    ACCEPTED = "accepted", _("Your answer worked")
    REPLY = "reply", _("Somebody answers you, or talks about what you wrote")
    MENTION = "mention", _("Somebody names you")
    FLOWER = "flower", _("A flower for what you wrote")
    PART = "part", _("A story that you follow goes on")
    TALK = "talk", _("The talk goes on where you joined in")
    FOLLOWED = "followed", _("Something new from what you follow")
    CIRCLE = "circle", _("Something new in your circles")


class Mail(models.TextChoices):
    OFF = "off", _("no letter")
    AT_ONCE = "at_once", _("a letter at once")
    DAILY = "daily", _("in the daily letter")


K = NewsKind
OF_POSTS = (
    *(K.PASSED, K.CARRIED, K.ACCEPTED, K.REPLY, K.MENTION, K.FLOWER, K.PART, K.TALK, K.FOLLOWED, K.CIRCLE),
)  # for those who may read
ABOUT_ONESELF = (K.REPLY, K.MENTION, K.TALK)  # of one post only one of these


class NotificationQuerySet(models.QuerySet["Notification"]):
    def visible_to(self, viewer: Person) -> NotificationQuerySet:
        """One's own, as far as one may know of it at this moment: places close, posts go, seats are given up."""
        readable = Post.objects.visible_to(viewer)
        has_post = Exists(readable.filter(pk=OuterRef("post")))
        has_thread = Q(post__root__isnull=True) | Exists(readable.filter(pk=OuterRef("post__root")))
        hosted = Membership.objects.seated().filter(person=viewer, is_host=True, community=OuterRef("community"))
        looks_after = Q(community__isnull=True) if viewer.is_staff else Q(pk__in=[])
        invited = Authorship.objects.filter(post=OuterRef("post"), person=viewer)
        given = Flower.objects.filter(post=OuterRef("post"), giver=OuterRef("actor"))
        sealed = Envelope.objects.filter(post=OuterRef("post"), author=viewer)
        return self.filter(person=viewer).filter(
            Q(kind__in=set(OF_POSTS) - {K.FLOWER}) & has_post & has_thread
            | Q(kind=K.FLOWER) & has_post & has_thread & Exists(given)
            | Q(kind=K.MODERATION) & (Q(post__author=viewer) | Q(post__isnull=True) | Exists(sealed))
            | Q(kind=K.INVITED, post__state=State.SHOWN) & Exists(invited)
            | Q(kind=K.HELD, post__state=State.HELD) & (Exists(hosted) | looks_after)
            | Q(kind=K.ASKED) & Exists(hosted)
            | Q(kind=K.SEATED)
        )

    def listed(self) -> NotificationQuerySet:
        return self.filter(is_listed=True)

    def unread(self) -> NotificationQuerySet:
        return self.filter(read_at__isnull=True)

    def waiting_for_daily(self) -> NotificationQuerySet:
        return self.filter(mail=Mail.DAILY, letter__isnull=True, read_at__isnull=True)


class Notification(models.Model):
    """One thing that one person is told. It holds no words of others: those are read when it is shown."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=10, choices=NewsKind)
    key = models.CharField(max_length=80)  # names the deed: reading the ledger again tells nobody twice
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    post = models.ForeignKey(Post, null=True, on_delete=models.CASCADE, related_name="notifications")
    community = models.ForeignKey(Community, null=True, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    is_listed = models.BooleanField(default=True)  # on the page; some want letters only
    mail = models.CharField(max_length=8, choices=Mail, default=Mail.OFF)
    letter = models.ForeignKey("Letter", null=True, on_delete=models.SET_NULL, related_name="notifications")

    objects: ClassVar[models.Manager[Notification]] = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="notification_once")]
        indexes = [
            models.Index(fields=["person", "-id"], name="notification_list"),
            models.Index(
                fields=["person", "created_at"],
                name="notification_daily",
                condition=Q(mail="daily", letter__isnull=True, read_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        """Without its key: lists of what goes with a person would tell of which unnamed question they hear."""
        return f"news {self.pk} for {self.person_id}"


class Setting(models.Model):
    """How somebody wants to hear of one kind; without a row as in `queries.DEFAULTS`."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="news_settings")
    kind = models.CharField(max_length=10, choices=NewsKind)
    in_app = models.BooleanField(default=True)
    mail = models.CharField(max_length=8, choices=Mail, default=Mail.OFF)

    objects: ClassVar[models.Manager[Setting]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="news_setting_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}"


class Mailbox(models.Model):
    """One row a person: all that the bell on every page asks for, and the language of their letters."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE)
    has_new = models.BooleanField(default=False)
    language = models.CharField(_("language of the letters"), max_length=5, choices=settings.LANGUAGES, default="th")
    is_mail_off = models.BooleanField(_("no letters at all"), default=False)

    objects: ClassVar[models.Manager[Mailbox]] = models.Manager()

    class Meta:
        verbose_name_plural = "mailboxes"

    def __str__(self) -> str:
        return f"mailbox of {self.person_id}"


class LetterState(models.TextChoices):
    WAITING = "waiting"
    CLAIMED = "claimed"  # a worker is about to send it; whatever becomes of the worker, nobody else will
    SENT = "sent"
    EMPTY = "empty"  # when its time came there was nothing left to say, or nobody to say it to
    GIVEN_UP = "given_up"  # no server took it
    LOST = "lost"  # its worker vanished in the act: it may have gone out, so it is not sent again


class LetterQuerySet(models.QuerySet["Letter"]):
    def due(self, now: datetime | None = None) -> LetterQuerySet:
        return self.filter(state=LetterState.WAITING, due_at__lte=now or timezone.now())


class Letter(models.Model):
    """The outbox. What stands in a letter is read when it goes out, never kept here."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="letters")
    key = models.CharField(max_length=80)
    is_daily = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=LetterState, default=LetterState.WAITING)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    fault = models.CharField(max_length=300, blank=True)

    objects: ClassVar[models.Manager[Letter]] = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="letter_once")]
        indexes = [
            models.Index(fields=["due_at"], name="letter_due", condition=Q(state="waiting")),
            models.Index(fields=["claimed_at"], name="letter_claimed", condition=Q(state="claimed")),
            models.Index(fields=["person", "made_at"], name="letter_person"),
        ]

    def __str__(self) -> str:
        return f"letter {self.pk} to {self.person_id}, {self.state}"
