"""What people write, made into safe HTML once, when it is written.

A text may refer to what lies in the house, by a link `[@ชื่อ](person:12)` or a picture `![what is on it](file:34)`.
Where these lead is asked of whoever has it shown (`Refer`). No other picture is ever shown.
"""

import html
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from markdown_it.utils import EnvType

LONGEST_TEXT = 100_000  # characters; a longer body is refused by the forms, and shown without markup when imported
ALLOWED_TAGS = {
    "a", "b", "blockquote", "br", "code", "dd", "del", "details", "div", "dl", "dt", "em", "h2", "h3", "h4", "hr", "i",
    "li", "ol", "p", "pre", "s", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "th", "thead", "tr",
    "ul",
}  # fmt: skip
ALLOWED_ATTRIBUTES = {
    "*": {"lang"},
    "a": {"href", "title"},
    "td": {"colspan", "rowspan"},
    "ol": {"start"},
}
PICTURE_TAGS = {"figcaption", "figure", "img"}
PICTURE_ATTRIBUTES = {"img": {"src", "width", "height", "alt", "loading", "decoding"}}
MOST_LEVELS = (
    100  # of quotations and lists inside each other: what lies deeper is dropped, and Python's stack is finite
)
LINK_RELATION = "nofollow noopener ugc"
HIGHEST_HEADING, LOWEST_HEADING = 2, 4

# Up to the first blank, bracket, quotation mark or letter outside ASCII: Thai goes on without a space.
_ADDRESS = re.compile(r"""https?://[^\s<>"'`\\^{|}\[\]()]+(?:\([^\s<>"'()]*\)[^\s<>"'`\\^{|}\[\]()]*)*""", re.ASCII)
_AFTER_ADDRESS = ".,;:!?*_~"
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_TAG = re.compile(r'<(/?[a-z][a-z0-9]*)(?:[^>"]|"[^"]*")*>')
_ALT = re.compile(r' alt="([^"]*)"')
_OWN_ADDRESS = re.compile(r' (href|src)="(/(?!/)[^"]*)"')
_REFERENCE = re.compile(r"(person|file):([1-9][0-9]{0,17})")
_INLINE_TAGS = {"a", "b", "code", "del", "em", "i", "s", "span", "strong", "sub", "sup"}
_BLANKS = re.compile(r"\s+")
_FOLDED = re.compile(r"<details.*?</details>", re.DOTALL)
_PICTURES = re.compile(r'<figure>.*?</figure>|<img (?:[^>"]|"[^"]*")*>', re.DOTALL)
_PARAGRAPH_END = re.compile(r"\n(?:[ \t]*\n)+")
_HEADING = re.compile(r"(</?h)([1-6])\b", re.IGNORECASE)
# What no Markdown can do without; a text that has none of it is plain, and several times faster to read as such.
_MAY_BE_MARKUP = re.compile(r"[*_`\[\]<>&|~\\#\x00]|://|^[^\S\n]|[^\S\n]$|^[-+=:]|^\d+[.)]", re.MULTILINE)
_LEADING_VOWELS = "เแโใไ"


@dataclass(frozen=True, slots=True)
class Referred:
    """What a reference leads to. `small`, of the width `small_width`, is shown instead of a wide picture."""

    address: str
    width: int = 0  # pixels; of what is no picture, 0
    height: int = 0
    small: str = ""
    small_width: int = 0
    alt: str = ""  # where the text itself has no words for it


Refer = Callable[[str, int], Referred | None]
"""("person" or "file", its id) -> what to show; None for what is not there, whose words alone stay."""


class ThaiStateInline(StateInline):
    """CommonMark asks for a space or punctuation beside `**` to tell an opening mark from a closing one.

    Thai writes no spaces between words, so `และ **"คำพูด"**ไทย` would stay unmarked. A mark between a Thai letter and
    punctuation may therefore open and close, whatever stands on its other side.
    """

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:
        scanned = super().scanDelims(start, canSplitWord)
        before = self.src[start - 1] if start > 0 else " "
        after_at = start + scanned.length
        after = self.src[after_at] if after_at < self.posMax else " "
        if not (_is_thai(before) or _is_thai(after)) or self.src[start] == "_":
            return scanned
        return Scanned(
            can_open=scanned.can_open or not after.isspace(),
            can_close=scanned.can_close or not before.isspace(),
            length=scanned.length,
        )


class ThaiInline(ParserInline):
    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        state = ThaiStateInline(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def _is_thai(character: str) -> bool:
    return "\u0e01" <= character <= "\u0e5b"


def addresses(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces: (piece, whether it is a web address). Joined, the pieces are the text."""
    at = 0
    for match in _ADDRESS.finditer(text):
        found = _NOT_ASCII.split(match[0], maxsplit=1)[0].rstrip(_AFTER_ADDRESS)
        if len(found) <= len("https://"):
            continue
        yield text[at : match.start()], False
        yield found, True
        at = match.start() + len(found)
    yield text[at:], False


class Markdown(MarkdownIt):
    def validateLink(self, url: str) -> bool:
        return bool(_REFERENCE.fullmatch(url)) or super().validateLink(url)


def references(text: str) -> set[tuple[str, int]]:
    """What a Markdown text refers to: ("person", 12), ("file", 34). What stands in code refers to nothing."""
    if len(text) > LONGEST_TEXT or not ("person:" in text or "file:" in text):
        return set()
    found: set[tuple[str, int]] = set()
    _markdown().render(text, {"refer": lambda kind, number: found.add((kind, number))})
    return found


def _resolve_references(state: StateCore) -> None:
    """A paragraph of nothing but pictures becomes figures."""
    for at, block in enumerate(state.tokens):
        if block.type != "inline" or not block.children:
            continue
        if not any(token.type in {"image", "link_open"} for token in block.children):
            continue
        block.children = list(_resolved(block.children, state.env.get("refer")))
        pictures = [token for token in block.children if token.type == "picture"]
        is_alone = all(token.type in {"picture", "softbreak", "hardbreak"} for token in block.children)
        if pictures and is_alone and state.tokens[at - 1].type == "paragraph_open":
            state.tokens[at - 1].hidden = state.tokens[at + 1].hidden = True
            block.children = pictures
            for picture in pictures:
                picture.block = True


def _resolved(tokens: Iterable[Token], refer: Refer | None) -> Iterator[Token]:
    is_inside = is_lost = False  # of a link; of one that leads nowhere
    for token in tokens:
        if token.type == "link_open":
            is_reference, referred = _looked_up(str(token.attrGet("href") or ""), refer)
            is_lost = is_reference and referred is None
            is_inside = not is_lost
            if referred:
                token.attrSet("href", referred.address)
        elif token.type == "image":
            yield from _resolved_picture(token, refer, is_inside=is_inside)
            continue
        if not (is_lost and token.type in {"link_open", "link_close"}):
            yield token
        if token.type == "link_close":
            is_inside = is_lost = False


def _looked_up(address: str, refer: Refer | None) -> tuple[bool, Referred | None]:
    """Whether it is a reference, and what it leads to."""
    reference = _REFERENCE.fullmatch(address)
    if not reference:
        return False, None
    return True, refer(reference[1], int(reference[2])) if refer else None


def _resolved_picture(token: Token, refer: Refer | None, *, is_inside: bool) -> Iterator[Token]:
    """A picture of ours is shown; of any other its words stay, as a link where one may stand."""
    address = str(token.attrGet("src") or "")
    is_reference, referred = _looked_up(address, refer)
    words = " ".join("".join(child.content or " " for child in token.children or () if not child.nesting).split())
    if referred and referred.width:
        title = str(token.attrGet("title") or "")
        meta = {"referred": referred, "alt": words or referred.alt, "title": title, "is_inside": is_inside}
        yield Token("picture", "img", 0, meta=meta, level=token.level)
        return
    address = referred.address if referred else "" if is_reference else address
    text = Token("text", "", 0, content=words or address, level=token.level)
    if address and not is_inside:
        opened = Token("link_open", "a", 1, attrs={"href": address}, level=token.level)
        yield from (opened, text, Token("link_close", "a", -1, level=token.level))
    elif text.content:
        yield text


def _drawn_picture(_renderer: object, tokens: list[Token], at: int, _options: object, _env: object) -> str:
    meta = tokens[at].meta
    shown: Referred = meta["referred"]
    width = shown.small_width if shown.small else shown.width
    height = max(1, round(shown.height * width / shown.width))
    picture = (
        f'<img src="{html.escape(shown.small or shown.address)}" width="{width}" height="{height}"'
        f' alt="{html.escape(meta["alt"])}" loading="lazy" decoding="async">'
    )
    if not meta["is_inside"]:
        picture = f'<a href="{html.escape(shown.address)}">{picture}</a>'
    if not tokens[at].block:
        return picture
    caption = f"<figcaption>{html.escape(meta['title'])}</figcaption>" if meta["title"] else ""
    return f"<figure>{picture}{caption}</figure>\n"


def _link_addresses(state: StateCore) -> None:
    """A web address written as it is becomes a link, unless it stands in one already."""
    for block in state.tokens:
        if block.type != "inline" or not block.children or "://" not in block.content:
            continue
        depth, children = 0, []
        for token in block.children:
            depth += {"link_open": 1, "link_close": -1}.get(token.type, 0)
            children += [token] if depth or token.type != "text" else _linked(token)
        block.children = children


def _linked(token: Token) -> list[Token]:
    tokens = []
    for piece, is_address in addresses(token.content):
        text = Token("text", "", 0, content=piece, level=token.level)
        if is_address:
            opened = Token("link_open", "a", 1, attrs={"href": piece}, level=token.level)
            tokens += [opened, text, Token("link_close", "a", -1, level=token.level)]
        elif piece:
            tokens.append(text)
    return tokens


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    parser = Markdown()
    parser.inline = ThaiInline()
    parser.configure("commonmark", {"html": False, "breaks": True, "maxNesting": MOST_LEVELS})
    parser.enable(["table", "strikethrough"])
    parser.core.ruler.push("references", _resolve_references)
    parser.core.ruler.push("addresses", _link_addresses)
    parser.add_render_rule("picture", _drawn_picture)
    return parser


def lower_headings(markup: str) -> str:
    """The levels that are used become h2, h3, h4: none is skipped, and h1 stays the page's own."""
    used = sorted({found[2] for found in _HEADING.finditer(markup)})
    levels = {level: min(HIGHEST_HEADING + step, LOWEST_HEADING) for step, level in enumerate(used)}
    return _HEADING.sub(lambda found: f"{found[1]}{levels[found[2]]}", markup)


def clean(markup: str) -> str:
    """Only the tags of a letter: no scripts, pictures, forms. Headings stand in steps of one, below the page's own."""
    return nh3.clean(
        lower_headings(markup),
        tags=ALLOWED_TAGS,
        attributes=ALLOWED_ATTRIBUTES,
        link_rel=LINK_RELATION,
        url_schemes={"http", "https", "mailto"},
    )


def _clean_with_pictures(markup: str) -> str:
    """As above, with pictures that lie in this house."""
    return nh3.clean(
        lower_headings(markup),
        tags=ALLOWED_TAGS | PICTURE_TAGS,
        attributes=ALLOWED_ATTRIBUTES | PICTURE_ATTRIBUTES,
        attribute_filter=lambda tag, name, value: (
            None if (tag, name) == ("img", "src") and not _is_own(value) else value
        ),
        link_rel=LINK_RELATION,
        url_schemes={"http", "https", "mailto"},
    )


def _is_own(address: str) -> bool:
    return address.startswith("/") and not address.startswith(("//", "/\\"))


def from_markdown(text: str, refer: Refer | None = None) -> str:
    """CommonMark with tables, strike-through and line ends kept; references as `refer` has them.

    Not read as markup: a text over LONGEST_TEXT, and one of which no word would remain ("---", "[a]: b").
    """
    if len(text) > LONGEST_TEXT or not _MAY_BE_MARKUP.search(text):
        return from_plain(text)
    rendered = _markdown().render(text, {"refer": refer})
    if "<img" in rendered:
        return _clean_with_pictures(rendered)
    shown = clean(rendered)
    return shown if to_plain(shown) else from_plain(text)


def from_plain(text: str) -> str:
    """Paragraphs at blank lines, line ends kept, web addresses linked: for mail and for text that is no markup."""
    paragraphs = [part for part in _PARAGRAPH_END.split(text.strip("\n")) if part.strip()]
    return "\n".join(f"<p>{_plain_line_ends(part)}</p>" for part in paragraphs)


def _plain_line_ends(paragraph: str) -> str:
    pieces = []
    for piece, is_address in addresses(paragraph):
        shown = html.escape(piece)
        pieces.append(f'<a href="{shown}" rel="{LINK_RELATION}">{shown}</a>' if is_address else shown)
    return "".join(pieces).replace("\n", "<br>")


def from_html(text: str) -> str:
    return clean(text)


def to_plain(markup: str) -> str:
    """The words of safe HTML on one line; a space where a block, a cell or a line ended, none inside a word.

    A picture's words are those that say what is on it.
    """
    words = _TAG.sub(_words_of_tag, markup)
    return _BLANKS.sub(" ", html.unescape(words)).strip()


def _words_of_tag(tag: re.Match[str]) -> str:
    name = tag[1].removeprefix("/")
    if name == "img":
        alt = _ALT.search(tag[0])
        return f" {alt[1]} " if alt else " "
    return "" if name in _INLINE_TAGS else " "


def own_words(markup: str) -> str:
    """The words of safe HTML without what is folded away: quoted mail, signatures."""
    return to_plain(_FOLDED.sub(" ", markup))


def folded_words(markup: str) -> str:
    """The words that `own_words` leaves out."""
    return to_plain(" ".join(_FOLDED.findall(markup)))


def excerpt(markup: str, length: int = 300) -> str:
    """The plain beginning, for cards, at most `length` characters and a "…"; folded quotations left out.

    So are pictures, unless there is nothing else.
    """
    return shortened(own_words(_PICTURES.sub(" ", markup)) or own_words(markup), length)


def absolute(markup: str, base: str) -> str:
    """Safe HTML for mails and feeds: addresses in this house with `base`, such as https://km.example, before them."""
    return _TAG.sub(lambda tag: _OWN_ADDRESS.sub(rf' \1="{html.escape(base)}\2"', tag[0]), markup)


def shortened(words: str, length: int) -> str:
    """At most `length` characters and a "…", never cut between a Thai consonant and its vowels and marks."""
    if len(words) <= length:
        return words
    end = length
    while end > 0 and (re.match(r"[\u0e30-\u0e3a\u0e45-\u0e4e]", words[end]) or words[end - 1] in _LEADING_VOWELS):
        end -= 1
    return words[: end or length].rstrip() + "…"
