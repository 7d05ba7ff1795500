"""What people write, made into safe HTML once, when it is written."""

import html
import re
from collections.abc import Iterator
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
_INLINE_TAGS = {"a", "b", "code", "del", "em", "i", "s", "span", "strong", "sub", "sup"}
_BLANKS = re.compile(r"\s+")
_FOLDED = re.compile(r"<details.*?</details>", re.DOTALL)
_PARAGRAPH_END = re.compile(r"\n(?:[ \t]*\n)+")
_HEADING = re.compile(r"(</?h)([1-6])\b", re.IGNORECASE)
# What no Markdown can do without; a text that has none of it is plain, and several times faster to read as such.
_MAY_BE_MARKUP = re.compile(r"[*_`\[\]<>&|~\\#\x00]|://|^[^\S\n]|[^\S\n]$|^[-+=:]|^\d+[.)]", re.MULTILINE)
_LEADING_VOWELS = "เแโใไ"


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
    parser = MarkdownIt()
    parser.inline = ThaiInline()
    parser.configure("commonmark", {"html": False, "breaks": True, "maxNesting": MOST_LEVELS})
    parser.enable(["table", "strikethrough"])
    parser.disable("image")  # pictures are not shown yet: its words stay, as a link
    parser.core.ruler.push("addresses", _link_addresses)
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


def from_markdown(text: str) -> str:
    """CommonMark with tables, strike-through and line ends kept.

    Not read as markup: a text over LONGEST_TEXT, and one of which no word would remain ("---", "[a]: b").
    """
    if len(text) > LONGEST_TEXT or not _MAY_BE_MARKUP.search(text):
        return from_plain(text)
    shown = clean(_markdown().render(text))
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
    """The words of safe HTML on one line; a space where a block, a cell or a line ended, none inside a word."""
    words = _TAG.sub(lambda m: "" if m[1].removeprefix("/") in _INLINE_TAGS else " ", markup)
    return _BLANKS.sub(" ", html.unescape(words)).strip()


def own_words(markup: str) -> str:
    """The words of safe HTML without what is folded away: quoted mail, signatures."""
    return to_plain(_FOLDED.sub(" ", markup))


def folded_words(markup: str) -> str:
    """The words that `own_words` leaves out."""
    return to_plain(" ".join(_FOLDED.findall(markup)))


def excerpt(markup: str, length: int = 300) -> str:
    """The plain beginning, for cards, at most `length` characters and a "…"; folded quotations left out."""
    return shortened(own_words(markup), length)


def shortened(words: str, length: int) -> str:
    """At most `length` characters and a "…", never cut between a Thai consonant and its vowels and marks."""
    if len(words) <= length:
        return words
    end = length
    while end > 0 and (re.match(r"[\u0e30-\u0e3a\u0e45-\u0e4e]", words[end]) or words[end - 1] in _LEADING_VOWELS):
        end -= 1
    return words[: end or length].rstrip() + "…"
