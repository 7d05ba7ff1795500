"""What stands in the head of a public entry for programs: link previews, oEmbed, schema.org. The same for all."""

import json
from typing import Any
from urllib.parse import urlencode

from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lomwong.communities.models import Audience
from lomwong.feeds.channels import ANYBODY
from lomwong.feeds.entries import attached, authors_of, language_of, whole
from lomwong.kit.fragments import FRAGMENTS
from lomwong.posts.models import File, Kind, Post, State
from lomwong.posts.stories.licences import terms_of

MOST_ANSWERS = 20
ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
TYPES = {Kind.STORY: "Article", Kind.JOURNAL: "DiscussionForumPosting", Kind.QUESTION: "QAPage"}


def is_public(post: Post) -> bool:
    """Without a query where the circles were loaded with it; a circle that this viewer cannot see is not public."""
    if post.state != State.SHOWN or not post.is_thread:
        return False
    return post.audience == Audience.PUBLIC or any(
        circle.audience == Audience.PUBLIC for circle in post.communities.all()
    )


def head_of(post: Post) -> SafeString:
    """Empty for what is not public. Kept as long as nothing on the page of the thread changes."""
    if not is_public(post):
        return mark_safe("")
    key = ("feeds.head", post.number, post.version, get_language())
    return mark_safe(FRAGMENTS.get(key, lambda: _made(post)))


def _made(post: Post) -> str:
    """From what was loaded with it for its own page."""
    post.coauthorships = [row for row in post.authorships.all() if row.accepted_at]  # type: ignore[attr-defined]
    address = whole(post.get_absolute_url())
    picture = next((file for file in post.files.all() if file.media_type.startswith("image/")), None)
    context = {
        "post": post,
        "address": address,
        "language": language_of(post.title + post.excerpt),
        "authors": authors_of(post),
        "picture": attached(picture) if picture else None,
        "picture_file": picture,
        "logo": whole(staticfiles_storage.url("feeds/preview.png")),
        "embedding": whole(reverse("feeds:oembed")) + "?" + urlencode({"url": address}),
        "data": json_ld(_described(post, address, picture)),
    }
    return render_to_string("feeds/_head.html", context)


def json_ld(fields: dict[str, Any]) -> SafeString:
    """Data inside of a page: nothing in it can end the element it stands in."""
    return mark_safe(json.dumps(fields, ensure_ascii=False).translate(ESCAPES))


def _described(post: Post, address: str, picture: File | None) -> dict[str, Any]:
    own = _post(post, address, authors_of(post))
    if picture:
        own["image"] = attached(picture).address
    if (terms := terms_of(post.licence)) and terms.deed:
        own["license"] = terms.deed
    if post.kind == Kind.QUESTION:
        question = {"@type": "Question", "name": post.label, "text": post.excerpt, **own, **_answers(post)}
        return {"@context": "https://schema.org", "@type": "QAPage", "mainEntity": question}
    words = {"headline": post.label, "description": post.excerpt}
    if post.kind == Kind.JOURNAL:
        words["text"] = post.excerpt
    comments = {"commentCount": post.reply_count, "keywords": [tag.name for tag in post.tags.all()]}
    kind = {"@context": "https://schema.org", "@type": TYPES[Kind(post.kind)], "mainEntityOfPage": address}
    return {**kind, **words, **own, **comments, "publisher": {"@type": "Organization", "name": _("Lomwong")}}


def _post(post: Post, address: str, authors: list[str]) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "url": address,
        "inLanguage": language_of(post.title + post.excerpt),
        "datePublished": post.created_at.isoformat(timespec="seconds"),
    }
    if authors:
        fields["author"] = [{"@type": "Person", "name": name} for name in authors]
    if post.edited_at:
        fields["dateModified"] = post.edited_at.isoformat(timespec="seconds")
    return fields


def _answers(question: Post) -> dict[str, Any]:
    """The accepted one, and the first of the others."""
    found = Post.objects.visible_to(ANYBODY).filter(root=question, kind=Kind.ANSWER)
    shown = list(found.select_related("author").defer("text", "html", "extra").order_by("created_at")[:MOST_ANSWERS])
    told = {answer.number: _answer(answer) for answer in shown}
    accepted = told.pop(question.accepted_answer_id or 0, None)
    fields: dict[str, Any] = {"answerCount": found.count()}
    if accepted:
        fields["acceptedAnswer"] = accepted
    if told:
        fields["suggestedAnswer"] = list(told.values())
    return fields


def _answer(answer: Post) -> dict[str, Any]:
    name = answer.author.name if answer.author else answer.visitor_name
    told = _post(answer, whole(answer.get_absolute_url()), [name] if name else [])
    return {"@type": "Answer", "text": answer.excerpt, **told}
