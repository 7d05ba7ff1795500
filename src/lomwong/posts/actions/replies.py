"""Answer, comment, say what worked."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from lomwong.activity.actions import record
from lomwong.activity.models import Verb
from lomwong.people.models import Person
from lomwong.posts.actions.threads import held_above, touch_thread
from lomwong.posts.actions.write import hang_on, lay_down, said
from lomwong.posts.files.shelf import Kept
from lomwong.posts.models import Draft, Kind, Post, State
from lomwong.posts.unnamed.rules import may_be_named
from lomwong.posts.unnamed.sealing import check_reply, seal

# How much a deed counts as help when circles are looked for: an answer 1, a comment half, an accepted answer 2.
HELP_WEIGHT = {Kind.ANSWER: 1.0, Kind.COMMENT: 0.5}
ACCEPTED_WEIGHT = 2.0


@transaction.atomic
def reply(
    parent: Post,
    *,
    kind: str,
    by: Person,
    text: str,
    files: Sequence[Kept] = (),
    draft: Draft | None = None,
    at: datetime | None = None,
    is_unnamed: bool = False,
) -> Post:
    """Answer a question, or comment on anything. The thread rises in the feed; its first post decides who reads.
    Without a name only who asked there without one."""
    now = at or timezone.now()
    root = thread_held(parent)
    if is_unnamed:
        check_reply(root, by)
    post = Post.objects.create(
        kind=kind,
        **said(text, by, now, is_unnamed=is_unnamed),
        parent=parent,
        root=root,
        audience=root.audience,
    )
    if is_unnamed:
        seal(post, by=by, draft=draft)
    note_reply(root, post)
    hang_on(post, files, draft)
    record(
        Verb.REPLIED,
        actor_id=post.author_id,
        target_id=parent.author_id,
        post_number=post.number,
        weight=HELP_WEIGHT[Kind(kind)],
        at=now,
    )
    return post


def thread_held(parent: Post) -> Post:
    """The first post above `parent` as it is now, locked. PermissionDenied when it was hidden or closed meanwhile."""
    root = held_above(parent)
    if root.state != State.SHOWN or root.is_locked:
        raise PermissionDenied
    return root


def note_reply(root: Post, post: Post) -> None:
    """Lay a new reply where its thread lies, and count it there."""
    lay_down(post, list(root.communities.all()))
    lifted_at = max(root.lifted_at, post.created_at)
    Post.objects.filter(pk=root.number).update(
        reply_count=F("reply_count") + 1, lifted_at=lifted_at, version=F("version") + 1
    )


@transaction.atomic
def accept_answer(answer: Post, *, by: Person) -> None:
    """The asker says: this one worked. It takes the place of one accepted before; saying it twice changes nothing."""
    assert answer.root_id is not None, "an answer hangs below its question"
    question = held_above(answer)
    if question.accepted_answer_id == answer.number:
        return
    if not Post.objects.shown().filter(pk=answer.pk, root=question).exists():
        raise PermissionDenied  # taken back or hidden meanwhile
    question.accepted_answer = answer
    question.save(update_fields=["accepted_answer"])
    touch_thread(question.number)
    record(
        Verb.ACCEPTED,
        actor_id=may_be_named(by, question),
        target_id=answer.author_id,
        post_number=answer.number,
        weight=ACCEPTED_WEIGHT,
    )


@transaction.atomic
def take_back_accepted(answer: Post, *, by: Person) -> None:
    """The asker says: it did not work after all. Readers of the ledger learn it from the question's being edited."""
    assert answer.root_id is not None, "an answer hangs below its question"
    if Post.objects.filter(pk=answer.root_id, accepted_answer=answer).update(accepted_answer=None):
        touch_thread(answer.root_id)
        question = Post.objects.only("number", "author_id", "is_unnamed").get(pk=answer.root_id)
        record(Verb.EDITED, actor_id=may_be_named(by, question), post_number=answer.root_id)


def reply_kind(parent: Post, *, is_answer: bool) -> str:
    """An answer hangs directly below a question; everything else is a comment."""
    return Kind.ANSWER if is_answer and parent.kind == Kind.QUESTION else Kind.COMMENT
