"""A checked form becomes a post, once; by the page and by the worker alike."""

from __future__ import annotations

from typing import Any

from lomwong.people.models import Person
from lomwong.posts import actions
from lomwong.posts.compose.asking import call
from lomwong.posts.compose.prompts import PROMPTS
from lomwong.posts.drafts.actions import post_once
from lomwong.posts.files.drafts import set_alts, take_from_draft
from lomwong.posts.files.fields import WithFiles
from lomwong.posts.forms import FORMS, PostForm, place
from lomwong.posts.models import Draft, Kind, Post
from lomwong.posts.stories.fields import story_choices


def form_class(kind: str, prompt: str) -> type[PostForm]:
    return PROMPTS[prompt].form if kind == Kind.STORY and prompt in PROMPTS else FORMS[kind]


def post_form(form: PostForm, *, by: Person, kind: str, key: str) -> Post:
    """Begin a thread with what the form holds and the files that lie with the draft of this key."""
    given = form.cleaned_data

    def write(draft: Draft | None) -> Post:
        tidy_files(form, draft)
        written = actions.write_post(
            kind=kind,
            by=by,
            title=given.get("title", ""),
            text=given["text"],
            tags=given["tags"],
            files=given["attached"],
            draft=draft,
            is_unnamed=bool(given.get("is_unnamed")),
            **place(given),
            **story_choices(given),
        )
        call(written, given)
        return written

    return post_once(key, write, by=by, kind=kind, text=given["text"])


def change_by_form(form: WithFiles, post: Post, *, by: Person, key: str) -> Post:
    """The changed words of a post, or of a reply."""
    given = form.cleaned_data
    further: dict[str, Any] = {}
    if isinstance(form, PostForm):
        further = {"tags": given["tags"], **place(given), **story_choices(given)}

    def write(draft: Draft | None) -> Post:
        tidy_files(form, draft)
        return actions.edit_post(
            post,
            by=by,
            text=given["text"],
            title=given.get("title", ""),
            files=given["attached"],
            take_away=[file for file in given.get("take_away", ()) if file.post_id],
            draft=draft,
            **further,
        )

    return post_once(key, write, by=by, kind=post.kind, post=post)


def tidy_files(form: WithFiles, draft: Draft | None) -> None:
    """What the form says of files that are there: away with some, and what is to be seen on pictures."""
    gone = [file for file in form.cleaned_data.get("take_away", ()) if file.draft_id]
    for file in gone:
        if draft and file.draft_id == draft.pk:
            take_from_draft(file)
    set_alts(form.alts(), [file for file in form.there if file not in gone])
