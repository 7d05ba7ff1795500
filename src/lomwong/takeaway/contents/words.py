"""One post in words: Markdown with what is known of it on top, and HTML that opens from a disk."""

import json
import re
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from lomwong.kit import html
from lomwong.kit.html import shortened
from lomwong.posts.models import Draft, Post
from lomwong.takeaway.contents.names import file_names, link

QUOTE = 120  # characters of what somebody else said, on one line
_PLAIN = re.compile(r"[\[\]\\]")  # what would end a link's words in Markdown
_FILE = re.compile(r' (href|src)="/(?:files|pictures|sounds)/(\d+)/(?:small/)?"')
_REFERENCE = re.compile(r"\]\(<?(file|person):(\d+)>?((?:\s[^)\n]*)?)\)")


def address_of(post: Post) -> str:
    return settings.PUBLIC_URL + post.get_absolute_url()


def authors_of(post: Post) -> list[str]:
    names = [post.author.name] if post.author else []
    return [*names, *(each.person.name for each in post.coauthorships)]  # type: ignore[attr-defined]


def quoted(post: Post) -> str:
    """One line of what a reply answers: who, and how it began. Empty when its author may not read it now."""
    answered: Post | None = getattr(post, "answered", None)
    if answered is None:
        return ""
    name = answered.author.name if answered.author else answered.visitor_name
    words = shortened(" ".join((answered.title or answered.excerpt).split()), QUOTE)
    return f"{name}: {words}" if name else words


def facts(post: Post) -> dict[str, Any]:
    """What is known of it, without what is empty."""
    told = {
        "number": post.number,
        "kind": post.kind,
        "title": post.title,
        "authors": authors_of(post),
        "created": post.created_at.isoformat(timespec="seconds"),
        "edited": post.edited_at.isoformat(timespec="seconds") if post.edited_at else None,
        "licence": post.licence,
        "tags": [tag.name for tag in post.tags.all()],
        "circles": [circle.name for circle in post.communities.all()],
        "audience": post.audience,
        "blog": post.blog.name if post.blog else None,
        "series": post.series.name if post.series else None,
        "part": post.part,
        "state": post.state if post.state != "shown" else None,
        "address": address_of(post),
    }
    return {name: value for name, value in told.items() if value}


def front_matter(told: dict[str, Any]) -> str:
    """YAML of which each value is JSON, which YAML reads: no title can break out of its line."""
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in told.items()]
    return "---\n" + "\n".join(_one_line(line) for line in lines) + "\n---\n"


def _one_line(text: str) -> str:
    """JSON leaves these as they are; YAML ends a line at them, or refuses them."""
    return re.sub("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", lambda found: f"\\u{ord(found[0]):04x}", text)


def markdown(post: Post, *, to_root: str) -> str:
    """The words as they were written. `to_root`: the way from the file up to the folder with all in it."""
    parts = [f"# {post.title}\n" if post.title else "", _linked(post.text, _places(post), to_root).rstrip() + "\n"]
    parts.append(file_lines(_places(post), to_root))
    return front_matter(facts(post)) + "\n" + "\n".join(part for part in parts if part)


def draft_markdown(draft: Draft, *, to_root: str) -> str:
    told = {"draft": draft.pk, "kind": draft.kind, "title": draft.title, "saved": draft.saved_at.isoformat()}
    files = file_names(draft.files.defer("words_text").order_by("pk"))
    text = _linked(draft.text, files, to_root).rstrip()
    parts = [f"# {draft.title}\n" if draft.title else "", f"{text}\n", file_lines(files, to_root)]
    known = {name: value for name, value in told.items() if value}
    return front_matter(known) + "\n" + "\n".join(part for part in parts if part)


def page(post: Post, *, to_root: str) -> str:
    """A whole HTML page."""
    names = _places(post)
    context = {
        "post": post,
        "authors": authors_of(post),
        "body": offline(post.html, names, to_root),
        "files": listed_files(names, to_root),
        "address": address_of(post),
        "to_root": to_root,
    }
    return render_to_string("takeaway/_entry.html", context)


def reply_words(post: Post, names: dict[int, str], *, to_root: str) -> str:
    return _linked(post.text, names, to_root).strip()


def listed_files(names: dict[int, str], to_root: str) -> list[tuple[str, str]]:
    """What each is called, and the way to it."""
    return [(name.partition("/")[2], f"{to_root}files/{link(name)}") for name in names.values()]


def file_lines(names: dict[int, str], to_root: str) -> str:
    """A Markdown list."""
    return "".join(f"- [{_PLAIN.sub('', name)}]({place})\n" for name, place in listed_files(names, to_root))


def offline(markup: str, names: dict[int, str], to_root: str) -> str:
    """Safe HTML whose files lie beside it; all other addresses lead to the house."""

    def beside(found: re.Match[str]) -> str:
        name = names.get(int(found[2]))
        return f' {found[1]}="{to_root}files/{link(name)}"' if name else found[0]

    return html.absolute(_FILE.sub(beside, markup), settings.PUBLIC_URL)


def _linked(text: str, names: dict[int, str], to_root: str) -> str:
    """Markdown whose references lead somewhere outside of the house too."""

    def leading(found: re.Match[str]) -> str:
        number = int(found[2])
        if found[1] == "person":
            return f"]({settings.PUBLIC_URL}{reverse('people:person', args=[number])}{found[3]})"
        return f"]({to_root}files/{link(names[number])}{found[3]})" if number in names else found[0]

    return _REFERENCE.sub(leading, text)


def _places(post: Post) -> dict[int, str]:
    return file_names(post.files.all())
