"""From the fields of a writing page into a draft, and back."""

from __future__ import annotations

import re

from django import forms
from django.http import QueryDict
from django.utils.crypto import get_random_string

from lomwong.posts.drafts.actions import Typed
from lomwong.posts.models import Draft

NOT_WORDS = {"csrfmiddlewaretoken", "draft", "act", "kind", "post", "parent", "next", "text", "attached", "take_away"}
ALT = re.compile(r"alt_([0-9]{1,15})")  # what is to be seen on a picture: kept with the picture
LENGTH = 22  # letters and digits: over 128 bits


def new_key() -> str:
    return get_random_string(LENGTH)


def typed_in(sent: QueryDict) -> Typed:
    """Every field but those that are of this one sending."""
    names = [name for name in sent if name not in NOT_WORDS and not ALT.fullmatch(name)]
    fields = {name: [stored(value) for value in sent.getlist(name)] for name in names}
    return Typed(text=stored(sent.get("text", "")), title=stored(sent.get("title", "")), fields=fields)


def alts_in(sent: QueryDict) -> dict[int, str]:
    """Number of each picture that the page asks about, and the words for it."""
    return {int(found[1]): stored(sent.get(name, ""))[:300] for name in sent if (found := ALT.fullmatch(name))}


def stored(value: object) -> str:
    """Without what no database takes."""
    return str(value).replace("\x00", "")


def sent_again(draft: Draft, *, without: tuple[str, ...] = ()) -> QueryDict:
    """The draft as if its page were sent now."""
    again = QueryDict(mutable=True)
    for name, values in draft.fields.items():
        if name not in without:
            again.setlist(name, values)
    again["text"] = draft.text
    again["draft"] = draft.key
    return again


def fill(form: forms.BaseForm, draft: Draft) -> None:
    """Show what was typed. Nothing is checked: a half-written page is no fault."""
    again = sent_again(draft)
    for name, field in form.fields.items():
        is_many = isinstance(field, forms.ModelMultipleChoiceField)
        if (name not in NOT_WORDS and not ALT.fullmatch(name)) or name == "text":
            form.initial[name] = again.getlist(name) if is_many else again.get(name, "")
