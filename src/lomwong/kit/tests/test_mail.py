"""Letters as they go over the wire."""

import re
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage

import pytest
from django.core import mail
from django.utils import translation

from lomwong.kit.mail import BadLetter, make_letter, message_id, send_letter

THAI = "ปิ๊งที่ฎีกาซ้ำ ฟื้นผู้เฒ่าน้ำเต้าญี่ปุ่นกตัญญู " * 5  # over 200 letters, marks above and below
EMOJI = "ปลูกต้นไม้ 👩🏽‍🌾🌿 แล้วเล่าต่อ 🙏🏽"
WORD = re.compile(rb"=\?utf-8\?[bq]\?[^?]*\?=")


def sent(**parts) -> tuple[bytes, EmailMessage]:
    """The letter's bytes, and as a mail program reads them."""
    given = {"to": "a@u.example", "subject": "เรื่อง", "key": "k", "plain": "สวัสดี", **parts}
    raw = make_letter(given.pop("to"), given.pop("subject"), **given).message().as_bytes(linesep="\r\n")
    return raw, message_from_bytes(raw, policy=policy.default)


@pytest.mark.parametrize(
    "subject", [THAI, EMOJI, "ก" * 200, "ก" + "ิ" * 300, "น้ำ" * 70, "Re: 50% ?= =?utf-8?b?", "plain", "🙏" * 80]
)
def test_a_subject_comes_back_as_it_was_written(subject):
    raw, read = sent(subject=subject)
    assert read["subject"].strip() == subject.strip()
    old_reader = message_from_bytes(raw)  # the other parser of the library
    assert str(make_header(decode_header(old_reader["subject"]))).strip() == subject.strip()


@pytest.mark.parametrize("subject", [THAI, EMOJI, "ก" * 200, "a" + "ก" * 90 + "bc" * 60, "🙏" * 80])
def test_no_encoded_word_is_long_or_cut_inside_a_character(subject):
    head = sent(subject=subject)[0].split(b"\r\n\r\n")[0]
    words = WORD.findall(head)
    assert words
    for word in words:
        assert len(word) <= 75
        [(octets, charset)] = decode_header(word.decode())
        assert octets.decode(charset)  # each by itself is whole UTF-8
    assert all(len(line) <= 78 for line in head.split(b"\r\n") if line.startswith((b"Subject", b" =?")))


@pytest.mark.parametrize("place", ["to", "subject", "reply_to", "unsubscribe", "list_name", "headers"])
@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\x0b", "\x85", "\u2028", "\x00"])
def test_line_breaks_are_refused(place, end):
    evil = f"a@u.example{end}Bcc: everyone@u.example"
    with pytest.raises(BadLetter):
        sent(**{place: {"X-Note": evil} if place == "headers" else evil})
    with pytest.raises(BadLetter):
        sent(headers={evil: "x"})


def test_both_forms_say_the_same_and_long_lines_are_folded():
    long = "เล่าให้ฟังว่า" * 300
    raw, read = sent(plain=long, html=f"<p>{long}</p>")
    assert read.get_content_type() == "multipart/alternative"
    assert read.get_body(("plain",)).get_content().strip() == long
    assert read.get_body(("html",)).get_content().strip() == f"<p>{long}</p>"
    assert max(map(len, raw.split(b"\r\n"))) <= 998


def test_the_key_makes_the_message_id():
    assert sent(key="one")[1]["message-id"] == sent(key="one", subject="อื่น")[1]["message-id"] == message_id("one")
    assert sent(key="two")[1]["message-id"] != message_id("one")


def test_machines_know_it_for_a_machine_and_people_can_stop_it(settings):
    settings.PUBLIC_URL = "https://lomwong.u.example"
    address = "https://lomwong.u.example/news/letters/" + "t" * 90 + "/"
    raw, read = sent(list_name="news", unsubscribe=address, reply_to="desk@u.example")
    assert read["auto-submitted"] == "auto-generated"
    assert read["list-id"] == "<news.lomwong.u.example>"
    assert read["list-unsubscribe"].strip() == f"<{address}>"
    assert f"<{address}>".encode() in raw  # not folded inside
    assert read["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
    assert read["reply-to"] == "desk@u.example"
    assert "list-unsubscribe" not in sent()[1]


def test_the_sender_has_a_name(settings):
    settings.DEFAULT_FROM_EMAIL = "no@u.example"
    with translation.override("th"):
        assert sent()[1]["from"].addresses[0].display_name == "ล้อมวง"
    settings.DEFAULT_FROM_EMAIL = "บ้านเรา <no@u.example>"
    read = sent()[1]["from"].addresses[0]
    assert (read.display_name, read.addr_spec) == ("บ้านเรา", "no@u.example")


def test_send_letter_sends():
    send_letter("a@u.example", THAI, key="k", plain="สวัสดี")
    assert [letter.subject for letter in mail.outbox] == [THAI]
