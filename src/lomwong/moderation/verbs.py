"""What may be done with a post, each on a page of its own that asks for the reason."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lomwong.moderation import actions, queries, rules
from lomwong.moderation.forms import MergeForm, MoveForm, ReasonForm
from lomwong.moderation.models import Deed
from lomwong.people.models import Person, Viewer
from lomwong.posts.models import Post, State


@dataclass(frozen=True, slots=True)
class Doing:
    """One verb: what its button says, what it does in a sentence, who may, how."""

    slug: str
    icon: str
    label: str | Promise
    meaning: str | Promise
    may: Callable[[Viewer, Post], bool]
    do: Callable[[Post, Person, dict[str, Any]], Deed]
    form: type[forms.Form] = ReasonForm

    def form_for(self, viewer: Person, post: Post, data: Any = None) -> forms.Form:
        if issubclass(self.form, MoveForm | MergeForm):
            return self.form(data, viewer=viewer, post=post)
        return self.form(data)


def may_hide(viewer: Viewer, post: Post) -> bool:
    return post.state == State.SHOWN and rules.can_moderate(viewer, post)


def may_lock(viewer: Viewer, post: Post) -> bool:
    return post.is_thread and post.state == State.SHOWN and not post.is_locked and rules.can_moderate(viewer, post)


def may_move(viewer: Viewer, post: Post) -> bool:
    return post.is_thread and post.state == State.SHOWN and bool(queries.circles_to_move_to(viewer, post))


def may_merge(viewer: Viewer, post: Post) -> bool:
    return post.is_thread and post.state == State.SHOWN and rules.can_moderate(viewer, post)


def may_keep(viewer: Viewer, post: Post) -> bool:
    return rules.can_moderate(viewer, post) and post.flags.filter(answered_by=None).exists()


def do_hide(post: Post, by: Person, given: dict[str, Any]) -> Deed:
    return actions.hide_post(post, by=by, **given)


def do_lock(post: Post, by: Person, given: dict[str, Any]) -> Deed:
    return actions.lock_thread(post, by=by, **given)


def do_move(post: Post, by: Person, given: dict[str, Any]) -> Deed:
    to = given.pop("to")
    return actions.move_to_circle(post, to=rules.places_after(by, post, to), by=by, **given)


def do_merge(post: Post, by: Person, given: dict[str, Any]) -> Deed:
    return actions.merge_threads(post, by=by, **given)


def do_keep(post: Post, by: Person, given: dict[str, Any]) -> Deed:
    return actions.keep_post(post, by=by, **given)


VERBS = {
    doing.slug: doing
    for doing in (
        Doing(
            "keep", "check-circle", _("Leave it as it is"),
            _("You have looked at what was pointed out, and it may stay."), may_keep, do_keep,
        ),
        Doing(
            "hide", "eye-slash", _("Hide it"),
            _("Nobody reads it but its author and those who look after it. It can be shown again at any time."),
            may_hide, do_hide,
        ),
        Doing(
            "lock", "lock-simple", _("Close it for new words"),
            _("It can be read as before; nobody adds anything. It can be opened again."), may_lock, do_lock,
        ),
        Doing(
            "move", "campfire", _("Move it to another circle"),
            _("With everything said below it. Its number and its address stay."), may_move, do_move, MoveForm,
        ),
        Doing(
            "merge", "chats-circle", _("Lay it into another thread"),
            _("It becomes a comment there, and what was said below it follows. Old addresses lead to it."),
            may_merge, do_merge, MergeForm,
        ),
    )
}  # fmt: skip


def verbs_for(viewer: Viewer, post: Post) -> list[Doing]:
    return [doing for doing in VERBS.values() if doing.may(viewer, post)]
