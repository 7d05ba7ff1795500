from hypothesis import given, settings
from hypothesis import strategies as st

from lomwong.imports.mail.quotes import split_quotes


def kinds(text: str) -> list[str]:
    return [block.kind for block in split_quotes(text)]


def test_an_answer_under_a_quotation() -> None:
    blocks = split_quotes(
        "On Mon, Ann wrote:\n\n> It flickers.\n>\n> Help\n\nHold the button.\n\n-- \nMalee\nAV desk\n"
    )
    assert [(block.kind, block.attribution, block.text) for block in blocks] == [
        ("quote", "On Mon, Ann wrote:", "> It flickers.\n>\n> Help"),
        ("text", "", "Hold the button."),
        ("signature", "", "-- \nMalee\nAV desk"),
    ]


def test_an_introduction_of_two_lines_and_of_other_languages() -> None:
    blocks = split_quotes("Yes.\n\nOn Tue, Jun 15, 2010 at 6:02 PM, Ann Other\n<ann at u.example> wrote:\n> x")
    assert blocks[1].attribution == "On Tue, Jun 15, 2010 at 6:02 PM, Ann Other\n<ann at u.example> wrote:"
    assert split_quotes("เมื่อ 5 ม.ค. 2569 มาลี เขียนว่า:\n> x")[0].attribution == "เมื่อ 5 ม.ค. 2569 มาลี เขียนว่า:"
    assert split_quotes("Am 5.1.2026 schrieb Ann:\n> x")[0].attribution == "Am 5.1.2026 schrieb Ann:"
    assert split_quotes("Ann wrote:\n> x")[0].attribution == "Ann wrote:"


def test_a_sentence_above_a_quotation_is_not_its_introduction() -> None:
    blocks = split_quotes("This is what I meant.\n> x")
    assert [block.kind for block in blocks] == ["text", "quote"]
    assert blocks[1].attribution == ""


def test_mail_programs_that_quote_without_marks() -> None:
    assert kinds("Thanks.\n\n-----Original Message-----\nFrom: Ann\nSent: Monday\n\nHello") == ["text", "quote"]
    assert kinds("Thanks.\n\nFrom: Ann [mailto:a@b]\nSent: Monday\nTo: me\nSubject: x\n\nHello") == ["text", "quote"]
    assert kinds("ขอบคุณครับ\n\nจาก: มาลี\nวันที่: 5 ม.ค.\nถึง: ผม\n\nสวัสดี") == ["text", "quote"]


def test_footers_and_notices_are_folded() -> None:
    footer = "_______________________________________________\nAV mailing list\nhttps://lists.example/av"
    assert kinds(f"Yes.\n\n{footer}\n") == ["text", "signature"]
    assert kinds("Yes.\n_______________________________________________\nnot a footer") == ["text"]
    notice = "-------------- next part --------------\nA non-text attachment was scrubbed...\nName: a.pdf\nURL: <x>"
    assert kinds(f"See there.\n{notice}") == ["text", "signature"]
    assert kinds(notice) == ["text"]  # else the message would look empty


def test_a_long_text_under_dashes_is_no_signature() -> None:
    assert kinds("One.\n--\n" + "line\n" * 40) == ["text"]


def test_text_goes_on_after_a_signature_and_a_quotation() -> None:
    assert kinds("Top.\n-- \nMe\n\nOn Monday, Ann wrote:\n> x\n\nBelow.") == ["text", "signature", "quote", "text"]


def test_nothing() -> None:
    assert split_quotes("") == []
    assert split_quotes("\n \n") == []


LINES = st.sampled_from(
    ["> a", ">> b", "", " ", "-- ", "--", "words", "On Mon, Ann wrote:", "wrote:", "From: Ann", "To: me", "Sent: x",
     "____________________________", "a mailing list", "-----Original Message-----",
     "A non-text attachment was scrubbed...",
     "Name: x", "-------------- next part --------------", "เขียนว่า:"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, max_size=15))
def test_every_line_stands_in_exactly_one_block(lines: list[str]) -> None:
    text = "\n".join(lines)
    kept = [line for block in split_quotes(text) for line in f"{block.attribution}\n{block.text}".split("\n")]
    assert [line.strip() for line in kept if line.strip()] == [line.strip() for line in lines if line.strip()]
