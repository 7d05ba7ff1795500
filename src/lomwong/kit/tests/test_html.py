import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lomwong.kit import html
from lomwong.kit.tests.attacks import ATTACKS

SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:")
RENDERERS = [html.from_markdown, html.from_plain, html.from_html]


class Reader(HTMLParser):
    """What a browser would make of it: tags, attributes, and the words between."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.oddities: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_comment(self, data):
        self.oddities.append(data)

    handle_decl = unknown_decl = handle_pi = handle_comment


def assert_harmless(markup: str) -> None:
    read = Reader(markup)
    assert not read.oddities
    for tag, attributes in read.tags:
        assert tag in html.ALLOWED_TAGS
        assert set(attributes) <= html.ALLOWED_ATTRIBUTES.get(tag, set()) | {"lang"} | (
            {"rel"} if tag == "a" else set()
        )
        if tag == "a":
            assert attributes.get("rel") == html.LINK_RELATION
            target = re.sub(r"[\x00-\x20]", "", attributes.get("href") or "").lower()
            assert not SCHEME.match(target) or target.startswith(("http://", "https://", "mailto:"))


@pytest.mark.parametrize("render", RENDERERS)
@pytest.mark.parametrize("attack", ATTACKS)
def test_attacks_stay_words(render, attack):
    for text in (attack, f"ก{attack}ข", f"**{attack}**", f"> {attack}\n\n- {attack}", attack * 3, attack.upper()):
        shown = render(text)
        assert_harmless(shown)
        assert html.clean(shown) == html.clean(html.clean(shown))  # nothing grows again when it is read anew


@pytest.mark.parametrize("attack", ATTACKS)
def test_attacks_stay_words_in_excerpts(attack):
    """An excerpt is plain text, which templates escape; it may not be cut into something else."""
    for length in (5, 20, 300):
        assert len(html.excerpt(html.from_markdown(attack), length)) <= length + 1


@given(some.text(alphabet="<>/\"'=&;:ab jscript\n\t*_`[]()!#-กไ\u0e48\x00", max_size=80))
def test_no_text_at_all_breaks_out(text):
    for render in RENDERERS:
        assert_harmless(render(text))


# Thai


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('และ**"คำพูด"**ไทย', 'และ<strong>"คำพูด"</strong>ไทย'),
        ('และ **"คำพูด"**ไทย', 'และ <strong>"คำพูด"</strong>ไทย'),
        ("ก**“ข”**ค", "ก<strong>“ข”</strong>ค"),
        ("ลอง**สลับ(เอกสาร)**ดู", "ลอง<strong>สลับ(เอกสาร)</strong>ดู"),
        ("**หัวข้อ:**ข้อความ", "<strong>หัวข้อ:</strong>ข้อความ"),
        ("ข้อความ**(ด่วน)**", "ข้อความ<strong>(ด่วน)</strong>"),
        ("ก*เน้น*ข", "ก<em>เน้น</em>ข"),
        ("ก*'เน้น'*ข", "ก<em>'เน้น'</em>ข"),
        ("ก***เน้นมาก!***ข", "ก<em><strong>เน้นมาก!</strong></em>ข"),
        ("ราคา **500.-**บาท", "ราคา <strong>500.-</strong>บาท"),
        ("**ก.** ข **ค.**", "<strong>ก.</strong> ข <strong>ค.</strong>"),
        ("ก~~ลบ!~~ข", "ก<s>ลบ!</s>ข"),
        # what is no emphasis in any language
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("ก * ข * ค", "ก * ข * ค"),
        ("** ก**", "** ก**"),
        ("snake_case_ไทย_name", "snake_case_ไทย_name"),
        ("ใช้ *args", "ใช้ *args"),
        # and English as CommonMark has it
        ("un**believ**able", "un<strong>believ</strong>able"),
        ('a**"b"**c', 'a**"b"**c'),
    ],
)
def test_emphasis_in_unspaced_thai(text, shown):
    assert html.from_markdown(text).strip() == f"<p>{shown}</p>"


def test_line_ends_and_tables_are_kept():
    assert html.from_markdown("บรรทัดแรก\nบรรทัดสอง").count("<br>") == 1
    shown = html.from_markdown("| ก | ข |\n|---|---|\n| 1 | 2 |")
    assert [tag for tag, _ in Reader(shown).tags].count("td") == 2


def test_headings_stand_below_the_title_of_the_page():
    shown = html.from_markdown("# หนึ่ง\n\n###### หก")
    assert "<h1" not in shown
    assert "<h6" not in shown
    assert shown.index("หนึ่ง") < shown.index("หก")


def test_pictures_leave_their_words():
    shown = html.from_markdown("ก่อน ![ผังโต๊ะ](https://x.example/a.png) หลัง")
    assert "<img" not in shown
    assert "ผังโต๊ะ" in shown
    assert 'href="https://x.example/a.png"' in shown


# References to people and pictures

PLACES = {
    ("person", 12): html.Referred("/people/12/"),
    ("file", 34): html.Referred("/pictures/34/", 2000, 1000, "/pictures/34/small/", 960, alt="ตามแฟ้ม"),
    ("file", 35): html.Referred("/pictures/35/", 300, 200),
    ("file", 36): html.Referred("/files/36/"),
}
SMALL_ONE = '<img src="/pictures/34/small/" width="960" height="480" alt="{}" loading="lazy" decoding="async">'
LINKED = f'<a href="/pictures/34/" rel="{html.LINK_RELATION}">{SMALL_ONE}</a>'
OTHER = LINKED.replace("34/small", "35").replace("34", "35").replace("960", "300").replace("480", "200").format("ข")
OUT = f'<a href="https://x.example" rel="{html.LINK_RELATION}">'


def refer(kind: str, number: int) -> html.Referred | None:
    return PLACES.get((kind, number))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ถาม[@ชื่อ นามสกุล](person:12)ดู", f'<p>ถาม<a href="/people/12/" rel="{html.LINK_RELATION}">@ชื่อ นามสกุล</a>ดู</p>'),
        ("[@ใคร](person:13)", "<p>@ใคร</p>"),
        ("![ผัง](file:34)", f"<figure>{LINKED.format('ผัง')}</figure>"),
        ("![](file:34)", f"<figure>{LINKED.format('ตามแฟ้ม')}</figure>"),
        ('![ก](file:34 "คำใต้รูป")', f"<figure>{LINKED.format('ก')}<figcaption>คำใต้รูป</figcaption></figure>"),
        ("![ก](file:34)\n![ข](file:35)", f"<figure>{LINKED.format('ก')}</figure>\n<figure>{OTHER}</figure>"),
        ("ก่อน ![ผัง](file:34) หลัง", f"<p>ก่อน {LINKED.format('ผัง')} หลัง</p>"),
        ("[![ผัง](file:34)](https://x.example)", f"<p>{OUT}{SMALL_ONE.format('ผัง')}</a></p>"),
        ("![ไม่มีแล้ว](file:99)", "<p>ไม่มีแล้ว</p>"),
        ("![แบบฟอร์ม](file:36)", f'<p><a href="/files/36/" rel="{html.LINK_RELATION}">แบบฟอร์ม</a></p>'),
        ("`[@ชื่อ](person:12)`", "<p><code>[@ชื่อ](person:12)</code></p>"),
        ("![](file:99)", "<p>![](file:99)</p>"),
    ],
)  # fmt: skip
def test_references_lead_where_they_are_told(text, shown):
    assert html.from_markdown(text, refer).strip() == shown


def test_without_anybody_to_ask_the_words_of_references_stay():
    shown = html.from_markdown("[@ชื่อ](person:12) ![ผัง](file:34)")
    assert shown.strip() == "<p>@ชื่อ ผัง</p>"


@pytest.mark.parametrize(
    "text",
    [
        "![x](https://x.example/a.png)",
        "![x](//x.example/a.png)",
        "![x](/pictures/34/)",
        "![x](file:///etc/passwd)",
        "![x](file:34.png)",
        "![x](FILE:34)",
        "![x](file:-1)",
        "![x](file:99999999999999999999)",
        "![x](data:image/png;base64,AAAA)",
        "![x](javascript:alert(1))",
        '<img src="/pictures/34/">',
        '<figure><img src="https://x.example/a.png"></figure>',
    ],
)
def test_no_other_picture_is_ever_shown(text):
    assert "<img" not in html.from_markdown(text, refer)
    assert "<img" not in html.from_html(text)


@pytest.mark.parametrize("attack", ATTACKS)
def test_words_for_pictures_stay_words(attack):
    for text in (f"![{attack}](file:34)", f'![ก](file:34 "{attack}")', f"[{attack}](person:12)"):
        read = Reader(html.from_markdown(text, refer))
        assert not read.oddities
        for tag, attributes in read.tags:
            assert tag in html.ALLOWED_TAGS | html.PICTURE_TAGS
            if tag == "img":
                assert set(attributes) == html.PICTURE_ATTRIBUTES["img"]
                assert attributes["src"] == "/pictures/34/small/"


@given(some.text(alphabet='![]()"\\<>`*_ \nfile:34person12กa', max_size=60))
def test_no_text_makes_a_picture_of_its_own(text):
    for tag, attributes in Reader(html.from_markdown(text, refer)).tags:
        if tag == "img":
            assert attributes["src"] == "/pictures/34/small/"
            assert set(attributes) == html.PICTURE_ATTRIBUTES["img"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[@ก](person:12) ![ข](file:34)\n\n- ![ค](file:35)", {("person", 12), ("file", 34), ("file", 35)}),
        ("`![ข](file:34)`", set()),
        ("person:12 file:34", set()),
        ("[ก][a]\n\n[a]: person:12", {("person", 12)}),
        ("ไม่มี", set()),
    ],
)
def test_what_a_text_refers_to(text, found):
    assert html.references(text) == found


def test_addresses_for_mails_and_feeds_stand_in_full():
    shown = html.from_markdown(
        '![ก](file:34) [ข](/posts/3/) [ค](https://x.example/) [ง](//y.example/) href="/a"', refer
    )
    full = html.absolute(shown, "https://km.example")
    assert 'src="https://km.example/pictures/34/small/"' in full
    assert 'href="https://km.example/pictures/34/"' in full
    assert 'href="https://km.example/posts/3/"' in full
    assert 'href="https://x.example/"' in full
    assert 'href="//y.example/"' in full
    assert html.to_plain(full).endswith('href="/a"')


# No word is lost


@pytest.mark.parametrize(
    "text",
    ["---", "***", "[a]: b", "[a]: https://x.example\n[b]: https://y.example", "#", "> ", "``", "- ", "<>", "|", "\\"],
)
def test_marks_alone_are_shown_as_they_are(text):
    assert html.to_plain(html.from_markdown(text)) or not text.strip("#>-` ")


def test_deep_quotations_keep_their_words():
    assert "คำ" in html.from_markdown("> " * 90 + "คำ")


def test_a_text_beyond_the_limit_is_shown_without_markup_but_whole():
    text = "**ก** " * (html.LONGEST_TEXT // 5)
    shown = html.from_markdown(text)
    assert "<strong>" not in shown
    assert html.to_plain(shown) == text.strip()


LONG = html.LONGEST_TEXT // 3
HARD = [
    "*" * LONG, "[" * LONG, "![" * (LONG // 2), "[a](" * (LONG // 4), "> " * (LONG // 2), "- " * (LONG // 2),
    "`a" * (LONG // 2), "*a_ " * (LONG // 4), "ก*\"**" * (LONG // 5), "a**" * (LONG // 3), "~~a" * (LONG // 3),
    "<" * LONG, "&" * LONG, "https://" * (LONG // 8), "https://a(" * (LONG // 10), "|a" * (LONG // 2),
    "[a]: b\n" * (LONG // 7), "[a]" * (LONG // 3), "\\" * LONG, "ก" * LONG, "\n" * LONG, " " * LONG, "<a" * (LONG // 2),
]  # fmt: skip


@pytest.mark.parametrize("text", HARD, ids=[text[:8].strip() or "blank" for text in HARD])
def test_no_text_takes_for_ever(text):
    started = time.process_time()
    html.excerpt(html.from_markdown(text))
    html.from_plain(text)
    assert time.process_time() - started < 5  # seconds; the slowest takes half of one


# Addresses


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("ดู https://x.example/a?b=1&c=2 ก่อน", "https://x.example/a?b=1&c=2"),
        ("ดูhttps://x.example/aได้เลย", "https://x.example/a"),
        ("(https://x.example/a).", "https://x.example/a"),
        ("https://x.example/wiki/A_(b)", "https://x.example/wiki/A_(b)"),
        ("<https://x.example/a>", "https://x.example/a"),
        ("https://x.example/a,", "https://x.example/a"),
        ("**https://x.example/a**", "https://x.example/a"),
        ("http://localhost:8000/", "http://localhost:8000/"),
    ],
)
@pytest.mark.parametrize("render", [html.from_markdown, html.from_plain])
def test_an_address_becomes_a_link(render, text, address):
    links = [attributes["href"] for tag, attributes in Reader(render(text)).tags if tag == "a"]
    assert links == [address]


@pytest.mark.parametrize("text", ["https://", "`https://x.example`", "ftp://x.example", "x.example", "[ก](ข)"])
def test_what_is_no_web_address_stays(text):
    links = [attributes["href"] for tag, attributes in Reader(html.from_markdown(text)).tags if tag == "a"]
    assert not [link for link in links if link.startswith("http")]


def test_a_link_is_not_linked_twice():
    shown = html.from_markdown("[https://x.example](https://y.example)")
    assert shown.count("<a ") == 1


@given(some.text(alphabet='htps:/ .a(ก)&"', max_size=60))
def test_pieces_of_addresses_are_the_text(text):
    assert "".join(piece for piece, _ in html.addresses(text)) == text


# Plain words and excerpts


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<p>ลอง<b>เน้น</b>คำ</p>", "ลองเน้นคำ"),
        ("<p>un<em>believ</em>able</p>", "unbelievable"),
        ("<p>หนึ่ง</p><p>สอง</p>", "หนึ่ง สอง"),
        ("<p>หนึ่ง<br>สอง</p>", "หนึ่ง สอง"),
        ("<ul><li>ก</li><li>ข</li></ul>", "ก ข"),
        ("<p>ก &lt; ข &amp;amp; ค</p>", "ก < ข &amp; ค"),
        ('<p><a href="x" title="a > b">ลิงก์</a></p>', "ลิงก์"),
        ('<p>ก</p><figure><a href="x"><img src="y" alt="ผัง &lt;โต๊ะ&gt;"></a></figure><p>ข</p>', "ก ผัง <โต๊ะ> ข"),
        ("", ""),
    ],
)
def test_plain_words(markup, words):
    assert html.to_plain(markup) == words


def test_an_excerpt_leaves_folded_quotations_out():
    shown = "<p>ตอบ</p><details><summary>เดิม</summary><p>ข้อความเดิม</p></details><p>ต่อ</p>"
    assert html.excerpt(shown) == "ตอบ ต่อ"


def test_an_excerpt_leaves_pictures_out_unless_there_is_nothing_else():
    assert html.excerpt(html.from_markdown("![ผัง](file:34)\n\nเรื่อง ![ข](file:35) ต่อ", refer)) == "เรื่อง ต่อ"
    assert html.excerpt(html.from_markdown("![ผัง](file:34)", refer)) == "ผัง"


@pytest.mark.parametrize("length", range(1, 24))
def test_a_cut_never_parts_thai_letters(length):
    words = "ปิ๊ง ฟื้นน้ำ เก่า แก่ ใจ ไม้ โต๊ะ ก็"
    short = html.shortened(words, length)
    assert len(short) <= length + 1
    kept = short.removesuffix("…")
    assert words.startswith(kept)
    following = words[len(kept) :].lstrip()[:1]
    if length > 3 and len(words) > length:
        assert not re.match("[\u0e30-\u0e3a\u0e45-\u0e4e]", words[len(kept) : len(kept) + 1] or "-"), short
        assert not kept.endswith(tuple("เแโใไ")), short
        assert following
