"""How a message is shown, and whether it asks."""

import pytest

from lomwong.imports.mail.asking import asks
from lomwong.imports.mail.letter import letter_html
from lomwong.kit.html import excerpt, to_plain

REPLY = """Hold the button.

On Mon, Jan 1, 2024, Malee wrote:
> It stays dark & cold.
>> Which room?

Good luck

--
Somsak <somsak@list.example>
"""


def test_own_words_are_open_and_the_rest_is_folded() -> None:
    shown = letter_html(REPLY, is_reply=True)
    assert excerpt(shown) == "Hold the button. Good luck"
    assert "<summary>On Mon, Jan 1, 2024, Malee wrote:</summary>" in shown
    assert "<summary>Somsak &lt;somsak@list.example&gt;</summary>" in shown
    for word in REPLY.replace(">", " ").replace("<", " ").split():
        assert word in to_plain(shown).replace(">", " ").replace("<", " ").split()


def test_message_of_nothing_but_quotations_is_not_empty() -> None:
    assert excerpt(letter_html("> all of it\n> quoted", is_reply=True)) == "> all of it > quoted"


def test_console_lines_of_a_first_message_stay_open() -> None:
    typed = "I typed this\n\n> ls()\n\nand nothing came"
    assert "<details>" not in letter_html(typed, is_reply=False)
    assert "<details>" in letter_html(typed, is_reply=True)


def test_nothing_in_a_letter_is_markup() -> None:
    shown = letter_html("<script>alert(1)</script> *no*\n\n> <img src=x>\n\n-- \n<b>me</b>", is_reply=True)
    assert "<script" not in shown
    assert "<img" not in shown
    assert "<b>" not in shown
    assert "&lt;script&gt;" in shown


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Projector?", ""),
        ("Projector", "It stays dark. What now?"),
        ("เครื่องฉาย", "มีใครรู้วิธีไหม"),
        ("สอบถามเรื่องใบลา", "ตามหัวข้อ"),
        ("Build error", "see below"),
    ],
)
def test_asks(subject: str, text: str) -> None:
    assert asks(subject, text)


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("New cables", "They are in the cupboard."),
        ("ประชุมวันศุกร์", "พบกันที่ห้องเดิม"),
        ("A page", "Read https://list.example/page?id=7 when you can."),
        ("Thanks", "Done.\n\nOn Monday Malee wrote:\n> How do I do it?"),
    ],
)
def test_tells(subject: str, text: str) -> None:
    assert not asks(subject, text)
