"""Text as written → HTML as shown, by the way it was written."""

from dataclasses import dataclass

from lomwong.kit import html as kit_html
from lomwong.posts.models import Markup

RENDERERS = {
    Markup.MARKDOWN: kit_html.from_markdown,
    Markup.PLAIN: kit_html.from_plain,
    Markup.HTML: kit_html.from_html,
}


@dataclass(frozen=True, slots=True)
class Rendered:
    html: str
    excerpt: str


def render_post(text: str, markup: str, *, html: str | None = None) -> Rendered:
    """Done once, on write. `html` is given where an import has rendered and cleaned the text in its own way."""
    shown = RENDERERS[Markup(markup)](text) if html is None else html
    return Rendered(shown, kit_html.excerpt(shown))
