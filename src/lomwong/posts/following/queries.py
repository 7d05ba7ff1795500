"""What somebody follows, for nobody's eyes but theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lomwong.kit.prepared import STAND_INS, Prepared
from lomwong.people.models import Viewer
from lomwong.posts.following.targets import MODELS, Target, Targets, kind_of, known
from lomwong.posts.models import Follow

NAMES: dict[str, Promise] = {
    "person": _("People"),
    "community": _("Circles"),
    "tag": _("Tags"),
    "series": _("Series"),
    "blog": _("Blogs"),
}
ICONS = {
    "person": "user-circle",
    "community": "campfire",
    "tag": "tag",
    "series": "files",
    "blog": "book-open-text",
}


@dataclass(frozen=True, slots=True)
class Group:
    """Things of one kind, by the alphabet."""

    kind: str
    name: Promise
    icon: str
    things: Sequence[Any]


def followed(viewer: Viewer) -> Targets:
    """Numbers only; may hold some of which the viewer can read nothing (any more)."""
    if viewer.pk is None:
        return Targets()
    return Targets.of(Follow.objects.filter(follower=viewer.pk).order_by())


FOLLOWER, TARGET = STAND_INS[:2]


def _follow(kind: str) -> QuerySet[Follow, Any]:
    return Follow.objects.filter(follower=FOLLOWER, **{kind: TARGET}).order_by().values_list("pk")


FOLLOW = {kind: Prepared(partial(_follow, kind)) for kind in MODELS}


def is_following(viewer: Viewer, target: Target) -> bool:
    if viewer.pk is None:
        return False
    return bool(FOLLOW[kind_of(target)].rows({FOLLOWER: viewer.pk, TARGET: target.pk}))


def in_groups(targets: Targets, viewer: Viewer) -> list[Group]:
    """By kind, as far as the viewer may know their names; a query for each kind that there is."""
    groups = []
    for kind in MODELS:
        pks = getattr(targets, kind)
        things = list(known(kind, pks, viewer)) if pks else []
        if things:
            groups.append(Group(kind, NAMES[kind], ICONS[kind], things))
    return groups
