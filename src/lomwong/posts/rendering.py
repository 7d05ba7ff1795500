"""Text as written → HTML as shown, by the way it was written."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from lomwong.kit import html as kit_html
from lomwong.kit.html import Refer, Referred, references
from lomwong.people.models import Person
from lomwong.posts.models import Draft, File, Markup, Post

RENDERERS: dict[str, Callable[[str], str]] = {
    Markup.PLAIN: kit_html.from_plain,
    Markup.HTML: kit_html.from_html,
}


@dataclass(frozen=True, slots=True)
class Rendered:
    html: str
    excerpt: str


def render_post(text: str, markup: str, *, html: str | None = None, refer: Refer | None = None) -> Rendered:
    """Done once, on write. `html` is given where an import has rendered and cleaned the text in its own way."""
    if html is not None:
        shown = html
    elif markup == Markup.MARKDOWN:
        shown = kit_html.from_markdown(text, refer)
    else:
        shown = RENDERERS[Markup(markup)](text)
    return Rendered(shown, kit_html.excerpt(shown))


def show_references(post: Post) -> None:
    """Render anew what refers to people and files, once these hang on the post. Part of the deed's transaction."""
    if post.markup != Markup.MARKDOWN or not references(post.text):
        return
    rendered = render_post(post.text, post.markup, refer=refer_for(post.text, post=post))
    post.html, post.excerpt = rendered.html, rendered.excerpt
    post.save(update_fields=["html", "excerpt"])


def refer_for(text: str, *, post: Post | None = None, draft: Draft | None = None) -> Refer | None:
    """Where the references in this text lead: to people, and to files of this very post or draft, to no others."""
    found = references(text)
    if not found:
        return None
    people = {number for kind, number in found if kind == "person"}
    files = {number for kind, number in found if kind == "file"}
    known: dict[tuple[str, int], Referred] = {}
    if people:
        for pk in Person.objects.filter(pk__in=people).values_list("pk", flat=True):
            known["person", pk] = Referred(reverse("people:person", args=[pk]))
    if files:
        here = Q(post=post) if post else Q(pk__in=())
        here |= Q(draft=draft) if draft else Q(pk__in=())
        for file in File.objects.filter(here, pk__in=files).defer("words_text"):
            known["file", file.pk] = referred(file)
    return lambda kind, number: known.get((kind, number))


def referred(file: File) -> Referred:
    if not file.is_picture:
        return Referred(file.get_absolute_url())
    return Referred(
        address=file.picture_url,
        width=file.width or 0,
        height=file.height or 0,
        small=file.small_url if file.small_sha256 else "",
        small_width=file.small_width,
        alt=file.words_for_it,
    )
