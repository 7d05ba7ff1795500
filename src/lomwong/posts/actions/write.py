"""Begin a thread, change one's words."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Unpack

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from lomwong.activity.actions import record
from lomwong.activity.models import Verb
from lomwong.communities.models import Audience, Community
from lomwong.people.models import Person
from lomwong.posts.actions.belonging import Belonging, belong, hold_series, invite_authors, touch_series
from lomwong.posts.actions.tags import tags_named
from lomwong.posts.actions.threads import held_above, move_thread, note_talk, touch_thread
from lomwong.posts.compose.mentions import note_mentions, with_mentions
from lomwong.posts.files.actions import attach
from lomwong.posts.files.drafts import move_to_post
from lomwong.posts.files.shelf import Kept
from lomwong.posts.models import Draft, File, Markup, Placement, Post, Revision, Series, State
from lomwong.posts.rendering import render_post, show_references
from lomwong.posts.unnamed.rules import may_be_named
from lomwong.posts.unnamed.sealing import hold_asker, plain_names, seal


@transaction.atomic
def write_post(
    *,
    kind: str,
    by: Person,
    text: str,
    title: str = "",
    communities: Sequence[Community] = (),
    audience: str = Audience.ORGANISATION,
    tags: Collection[str] = (),
    files: Sequence[Kept] = (),
    draft: Draft | None = None,
    at: datetime | None = None,
    is_unnamed: bool = False,
    **belonging: Unpack[Belonging],
) -> Post:
    """Begin a thread. In communities, they decide who reads; outside, `audience` (public or organisation) does.
    A question may be asked without a name: `UnnamedRefused` when it is one too many."""
    if is_unnamed:
        hold_asker(by, kind)
    now = at or timezone.now()
    post = Post(
        kind=kind,
        **said(text, by, now, is_unnamed=is_unnamed),
        title=title.strip(),
        audience=None if communities else audience,
        licence=settings.LICENCE,  # unless they say otherwise; without a name their habit would tell on them
    )
    if not is_unnamed:
        belong(post, belonging, by=by)
    touch_series(post.series_id)
    post.save()
    if is_unnamed:
        seal(post, by=by, draft=draft)
    lay_down(post, communities)
    post.tags.set(tags_named(tags))
    hang_on(post, files, draft)
    record(Verb.POSTED, actor_id=post.author_id, post_number=post.number, at=now)
    invite_authors(post, belonging.get("co_authors", ()), by=by)
    return post


@transaction.atomic
def edit_post(
    post: Post,
    *,
    by: Person,
    text: str,
    title: str = "",
    communities: Sequence[Community] | None = None,
    audience: str | None = None,
    tags: Collection[str] | None = None,
    files: Sequence[Kept] = (),
    take_away: Collection[File] = (),
    draft: Draft | None = None,
    **belonging: Unpack[Belonging],
) -> Post:
    """Change one's words; `None` leaves what else there is as it is. The number and the thread stay."""
    text = with_mentions(text, by)
    rendered = render_post(text, post.markup)
    was_in = hold(post, belonging)
    keep_words(post, title=title.strip(), text=text, by=by)
    post.text, post.title, post.html, post.excerpt = text, title.strip(), rendered.html, rendered.excerpt
    post.edited_at = timezone.now()
    also = [] if post.is_unnamed else belong(post, belonging, by=by)
    post.save(update_fields=["text", "title", "html", "excerpt", "edited_at", *also])
    if tags is not None:
        post.tags.set(tags_named(tags))
    post.files.filter(pk__in=[file.pk for file in take_away]).delete()
    hang_on(post, files, draft)
    if post.is_thread and communities is not None:
        move_thread(post, communities=communities, audience=audience or post.audience or Audience.ORGANISATION)
    touch_thread(post.root_id or post.number)
    touch_series(was_in, post.series_id)
    record(Verb.EDITED, actor_id=may_be_named(by, post), post_number=post.number)
    invite_authors(post, belonging.get("co_authors", ()), by=by)
    return post


@transaction.atomic
def change_belonging(post: Post, *, by: Person, **belonging: Unpack[Belonging]) -> Post:
    """Another blog, series, part, licence; not a word is changed. What was taken under an old licence stays so."""
    was_in = hold(post, belonging)
    post.save(update_fields=belong(post, belonging, by=by))
    touch_thread(post.root_id or post.number)
    touch_series(was_in, post.series_id)
    record(Verb.EDITED, actor_id=by.pk, post_number=post.number)
    invite_authors(post, belonging.get("co_authors", ()), by=by)
    return post


def said(text: str, by: Person, at: datetime, *, is_unnamed: bool) -> dict[str, Any]:
    """Who, what and when, as a new post keeps it."""
    text = with_mentions(text, by)
    rendered = render_post(text, Markup.MARKDOWN)
    words = {"text": text, "html": rendered.html, "excerpt": rendered.excerpt}
    who = {"author": None if is_unnamed else by, "is_unnamed": is_unnamed}
    return {**words, **who, "created_at": at, "lifted_at": at}


def lay_down(post: Post, communities: Sequence[Community]) -> None:
    """Where a new post lies, they have talked."""
    Placement.objects.bulk_create(Placement(post=post, community=community) for community in communities)
    note_talk(communities, post.created_at)


def hang_on(post: Post, files: Sequence[Kept], draft: Draft | None) -> None:
    """The files that came along, those that lay with the draft, and what the words refer to."""
    attach(post, files, at=post.edited_at or post.created_at)
    if draft:
        move_to_post(draft, post)
    if post.is_unnamed:
        plain_names(post)
    show_references(post)
    note_mentions(post, post.text)


def hold(post: Post, given: Belonging) -> int | None:
    """Lock the series that will be touched, then the thread; returns in which series the post lies now."""
    series = given.get("series")
    if post.series_id or series:
        hold_series([post.series_id, series.pk if isinstance(series, Series) else None])
    root = held_above(post)
    if root.pk != (post.root_id or post.pk):
        post.refresh_from_db(fields=["parent", "root"])
    return post.series_id


def keep_words(post: Post, *, title: str, text: str, by: Person) -> None:
    """Lay aside the words that stand there now, unless the new ones are the same. The thread is held."""
    stands = Post.objects.only("title", "text", "created_at", "state").get(pk=post.pk)
    if stands.state == State.WITHDRAWN:
        raise PermissionDenied  # taken back while somebody was still changing it
    if (stands.title, stands.text) == (title, text):
        return
    before = Revision.objects.filter(post=post).values_list("replaced_at", flat=True).first()
    Revision.objects.create(
        post=post,
        by_id=may_be_named(by, post),
        title=stands.title,
        text=stands.text,
        written_at=before or stands.created_at,
        replaced_at=timezone.now(),
    )
