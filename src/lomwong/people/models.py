"""Accounts, units, job functions. Somebody known only from an import is a person too, who has not signed in yet."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import AnonymousUser, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lomwong.text.sort_key import thai_sort_key


class Operator:
    """Who types on the machine's own command line: sees everything, is nobody."""

    is_authenticated = True
    pk = None


OPERATOR = Operator()


class Unit(models.Model):
    """A node in the organisation's tree: campus, faculty, office, department."""

    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    name = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    is_campus = models.BooleanField(_("is a campus"), default=False)
    sort_key = models.CharField(max_length=400, editable=False)

    class Meta:
        ordering = ["sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["parent", "name"], name="unit_once"),
            models.UniqueConstraint(fields=["name"], condition=models.Q(parent__isnull=True), name="top_unit_once"),
        ]

    def __str__(self) -> str:
        return self.label

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key = thai_sort_key(self.name)[:400]
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("people:unit", args=[self.pk])

    def clean(self) -> None:
        above = self.parent
        while above is not None:
            if above == self:
                raise ValidationError({"parent": _("A unit cannot stand below itself. Choose another.")})
            above = above.parent

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.name_en if self.name_en and get_language() == "en" else self.name

    @property
    def hue(self) -> int:
        """Its colour everywhere, 1 to 8: clothing, never rank."""
        return self.pk % 8 + 1

    @property
    def path(self) -> list[Unit]:
        """From the campus down to itself; a query for each parent that was not loaded with it."""
        return [*(self.parent.path if self.parent else []), self]


class JobFunction(models.Model):
    """A kind of work that every faculty has (งาน / สายงาน)."""

    slug = models.SlugField(unique=True)
    name = models.CharField(_("name"), max_length=100, unique=True)
    name_en = models.CharField(_("English name"), max_length=100, blank=True)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return self.name_en if self.name_en and get_language() == "en" else self.name


class PersonQuerySet(models.QuerySet["Person"]):
    def active(self) -> PersonQuerySet:
        return self.filter(is_active=True)

    def visible_to(self, viewer: Viewer) -> PersonQuerySet:
        """Colleagues see colleagues; a visitor from outside gets no directory at all."""
        if isinstance(viewer, Operator):
            return self
        if not viewer.is_authenticated:
            return self.none()
        return self.active()

    def findable(self) -> PersonQuerySet:
        """Those who have not asked to be left out of who-knows and found circles."""
        return self.active().filter(is_findable=True)


class PersonManager(BaseUserManager["Person"].from_queryset(PersonQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str | None = None, password: str | None = None, **fields: Any) -> Person:
        person: Person = self.model(email=self.normalize_email(email).lower() or None, **fields)
        if password:
            person.set_password(password)
        else:
            person.set_unusable_password()
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str, **fields: Any) -> Person:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class Person(AbstractBaseUser, PermissionsMixin):
    """One human being, whether they have signed in or are only known by what was imported."""

    email = models.EmailField(_("e-mail"), unique=True, null=True, blank=True)
    name = models.CharField(_("name"), max_length=150)
    sort_key = models.CharField(max_length=400, editable=False, db_index=True)
    about = models.TextField(_("about me"), blank=True, max_length=2000)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.SET_NULL, related_name="people")
    job_functions = models.ManyToManyField(JobFunction, blank=True, related_name="people")
    is_findable = models.BooleanField(_("may be found as someone who knows"), default=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    # Kept beside `Suspension`, so that no page asks for it: until then they read and do not write.
    suspended_until = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    extra = models.JSONField(default=dict, blank=True)  # fields of an import that we have no column for

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        ordering = ["sort_key", "pk"]
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.lower() if self.email else None
        self.sort_key = thai_sort_key(self.name)[:400]
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("people:person", args=[self.pk])

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]

    @property
    def hue(self) -> int:
        """The colour of their unit; of their own number when none is known."""
        return (self.unit_id or self.pk or 0) % 8 + 1

    @property
    def is_suspended(self) -> bool:
        return self.suspended_until is not None and self.suspended_until > timezone.now()

    @property
    def suspension(self) -> Suspension | None:
        """The one that runs, for the page that says so; the last to end, if there are several."""
        return self.suspensions.running().order_by("-ends_at").first() if self.is_suspended else None

    @property
    def has_signed_in(self) -> bool:
        """Whether they have been here themselves, and so speak for themselves: no import overrules them."""
        return self.last_login is not None


class SuspensionQuerySet(models.QuerySet["Suspension"]):
    def running(self) -> SuspensionQuerySet:
        return self.filter(lifted_at=None, ends_at__gt=timezone.now())


class Suspension(models.Model):
    """For a time somebody may read and not write. It ends by itself, or is lifted before."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="suspensions")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(max_length=500)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Suspension]] = SuspensionQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.person_id} until {self.ends_at:%Y-%m-%d}"

    @property
    def last_day(self) -> datetime:
        """It ends with that day: at the first moment of the next."""
        return self.ends_at - timedelta(seconds=1)


class Identity(models.Model):
    """The name under which a source knows a person: an address in a mailing list, a number in a staff file."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="identities")
    source = models.CharField(max_length=80)
    source_id = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "source_id"], name="identity_once")]
        verbose_name_plural = "identities"

    def __str__(self) -> str:
        return f"{self.source}:{self.source_id}"


Viewer = Person | AnonymousUser | Operator
