import io
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lomwong.imports.mail.parse import Message, read_messages
from lomwong.imports.mail.quotes import split_quotes
from lomwong.imports.mail.threads import Threader
from lomwong.imports.problems import Problem, UnreadableFile

DATA = Path(__file__).resolve().parents[6] / "shared" / "data" / "mail"

SEPARATOR = "From malee at u01.example  Mon Jan  5 10:12:00 2026\n"
HEADERS = (
    "From: malee at u01.example (Malee)\n"
    "Date: Mon, 5 Jan 2026 10:12:00 +0700\n"
    "Subject: [av] projector\n"
    "Message-ID: <a1 at u01.example>\n"
)


def read(text: str | bytes) -> tuple[list[Message], list[Problem]]:
    data = text.encode() if isinstance(text, str) else text
    found = list(read_messages(io.BytesIO(data)))
    return [each for each in found if isinstance(each, Message)], [each for each in found if isinstance(each, Problem)]


def one(headers: str, body: str | bytes) -> tuple[Message, list[Problem]]:
    raw = body.encode() if isinstance(body, str) else body
    messages, problems = read((SEPARATOR + headers + "\n").encode() + raw)
    assert len(messages) == 1
    return messages[0], problems


def reasons(problems: list[Problem]) -> str:
    return " ".join(problem.reason for problem in problems)


def test_a_plain_message() -> None:
    message, problems = one(HEADERS, "สวัสดี\n\nIt flickers.\n\n")
    assert problems == []
    assert message.message_id == message.source_id == "a1@u01.example"
    assert (message.author_name, message.author_address) == ("Malee", "malee@u01.example")
    assert message.at == datetime(2026, 1, 5, 3, 12, tzinfo=UTC)
    assert message.subject == "[av] projector"
    assert message.text == "สวัสดี\n\nIt flickers."
    assert (message.in_reply_to, message.references, message.line) == (None, (), 1)


def test_references_are_unfolded_and_mended() -> None:
    headers = HEADERS + "In-Reply-To: <b2 at u02.example> (Somchai's message of\n\tMonday)\n"
    headers += "References: <b1 at u02.example>\n\t<b2 at u02.example>\n"
    message, _ = one(headers, "x\n")
    assert message.in_reply_to == "b2@u02.example"
    assert message.references == ("b1@u02.example", "b2@u02.example")


def test_a_sentence_that_begins_with_from_stays_in_its_message() -> None:
    body = (
        "First.\n\nFrom the crash report it looks broken.\n\nFrom here on\n"
        "From malee at u01.example  Mon Jan  5 10:12:00 2026\nno empty line before it\n\n"
        "From malee at u01.example  Mon Jan  5 10:12:00 2026\nno header under it\n"
    )
    message, problems = one(HEADERS, body)
    assert message.text == body.strip()
    assert problems == []


def test_escaped_from_is_unescaped_outside_quotations_only() -> None:
    message, _ = one(HEADERS, ">From now on.\n\n> He said\n>From the log I see\n> nothing\n\n>>From deep\n")
    assert message.text == "From now on.\n\n> He said\n>From the log I see\n> nothing\n\n>From deep"


@pytest.mark.parametrize(
    "separator",
    [
        "From malee@u01.example Mon Jan  5 10:12:00 2026",
        "From - Mon Jan 05 10:12:00 2026",
        "From 1854@xxx Mon Jan 05 10:12:00 +0000 2026",
        "From MAILER-DAEMON Mon Jan  5 10:12:00 2026 +0700",
        "From malee at u01.example  Mon Jan  5 10:12 2026",
        "From malee@u01.example Mon, Jan 5 10:12:00 ICT 2026",
    ],
)
def test_separators_of_many_programs(separator: str) -> None:
    messages, _ = read(f"{separator}\nSubject: a\n\nx\n\n{separator}\nSubject: b\n\ny\n")
    assert [message.subject for message in messages] == ["a", "b"]


def test_windows_line_ends_and_a_byte_order_mark() -> None:
    text = "\ufeff" + (SEPARATOR + HEADERS + "\nหนึ่ง\n\n" + SEPARATOR + "Subject: b\n\nสอง\n").replace("\n", "\r\n")
    messages, _ = read(text)
    assert [message.text for message in messages] == ["หนึ่ง", "สอง"]


@pytest.mark.parametrize("charset", ["tis-620", "windows-874", "iso-8859-11", "x-nobody-knows"])
def test_thai_charsets(charset: str) -> None:
    headers = HEADERS + f"Content-Type: text/plain; charset={charset}\n"
    message, _ = one(headers, "ขอบคุณมากครับ เรื่องพัสดุเรียบร้อยแล้ว\n".encode("cp874"))
    assert message.text == "ขอบคุณมากครับ เรื่องพัสดุเรียบร้อยแล้ว"


def test_names_and_subjects_in_encoded_words() -> None:
    headers = (
        "From: somchai at u02.example (=?windows-874?B?yMHqwu0=?=)\n"
        "Subject: =?UTF-8?B?4Liq4Lin4Lix4Liq4LiU4Li1?= =?UTF-8?Q?_=E0=B8=84=E0?=\n =?UTF-8?Q?=B9=88=E0=B8=B0?=\n"
        "Date: Mon, 5 Jan 2569 10:12:00 +0700\n"
    )
    message, _ = one(headers, "x\n")
    assert message.subject == "สวัสดี ค่ะ"
    assert message.author_address == "somchai@u02.example"
    assert message.author_name == b"\xc8\xc1\xea\xc2\xed".decode("cp874")
    assert message.at.year == 2026  # 2569 is of the Buddhist era


def test_multipart_prefers_plain_text_and_names_attachments() -> None:
    headers = HEADERS + 'Content-Type: multipart/mixed; boundary="xx"\n'
    body = (
        "--xx\nContent-Type: multipart/alternative; boundary=yy\n\n"
        "--yy\nContent-Type: text/html\n\n<p>no</p>\n"
        "--yy\nContent-Type: text/plain; charset=tis-620\nContent-Transfer-Encoding: base64\n\nytfKtNU=\n--yy--\n"
        "--xx\nContent-Type: application/pdf; name*=utf-8''%E0%B8%81.pdf\nContent-Disposition: attachment\n\nJVBERi0=\n"
        '--xx\nContent-Type: image/png\nContent-Disposition: inline; filename="plan.png"\n\nxx\n--xx--\n'
    )
    message, problems = one(headers, body)
    assert message.text == b"\xca\xd7\xca\xb4\xd5".decode("cp874")
    assert message.attachments == ("ก.pdf", "plan.png")
    assert problems == []


def test_html_only_is_stripped() -> None:
    headers = HEADERS + "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n"
    message, _ = one(headers, "<p>ก=\nข</p><script>x</script><p>caf=C3=A9</p>\n")
    assert message.text == "กข\n\ncafé"


def test_a_part_that_is_not_closed_is_kept_and_reported() -> None:
    headers = HEADERS + 'Content-Type: multipart/mixed; boundary="xx"\n'
    message, problems = one(headers, "--xx\nContent-Type: text/plain\n\nhalf a senten\n")
    assert message.text == "half a senten"
    assert "ends in the middle" in reasons(problems)


def test_multipart_without_any_boundary_keeps_its_words() -> None:
    message, problems = one(HEADERS + "Content-Type: multipart/mixed\n", "only words\n")
    assert message.text == "only words"
    assert "cannot be told apart" in reasons(problems)


@pytest.mark.parametrize("cut", [10, 60, 75, 120, 175, 190])
def test_a_truncated_file_keeps_its_last_message(cut: int) -> None:
    whole = SEPARATOR + HEADERS + "\nwhole\n\n"
    last = SEPARATOR + HEADERS.replace("a1", "a2") + "\nthe last one ends here\n"
    messages, problems = read(whole + last[:cut])
    if cut < len(SEPARATOR):  # not even the separator is whole: the words go to the message before
        assert [message.text for message in messages] == ["whole\n\n" + last[:cut].strip()]
    else:
        assert len(messages) == 2
    assert "ends in the middle" in reasons(problems)


def test_scrubbed_attachments_are_named() -> None:
    notice = "A non-text attachment was scrubbed...\nName: plan.pdf\nType: x\n"
    body = f"See.\n-------------- next part --------------\n{notice}"
    message, _ = one(HEADERS, body)
    assert message.attachments == ("plan.pdf",)


@pytest.mark.parametrize(
    "date", ["", "Date: tomorrow\n", "Date: Mon, 99 Foo 2026 10:00:00 +0700\n", "Date: 1 Jan 1970\n"]
)
def test_a_bad_date_falls_back_to_the_separator(date: str) -> None:
    message, problems = one("From: a@b.example\nMessage-ID: <x@y>\n" + date, "x\n")
    assert message.at == datetime(2026, 1, 5, 10, 12, tzinfo=UTC)
    assert "separator" in reasons(problems)


def test_no_date_at_all_takes_the_message_before() -> None:
    impossible = "From malee at u01.example  Mon Feb 31 10:12:00 2026\n"
    messages, problems = read(
        impossible + "Subject: a\n\nx\n\n" + SEPARATOR + HEADERS + "\nx\n\n" + impossible + "Subject: b\n\ny\n"
    )
    assert [message.at.year for message in messages] == [1970, 2026, 2026]
    assert "none before it" in reasons(problems)
    assert "message before it" in reasons(problems)


def test_a_missing_id_becomes_a_key_of_the_content() -> None:
    headers = "From: a@b.example\nDate: Mon, 5 Jan 2026 10:12:00 +0700\nSubject: s\n"
    first, _ = one(headers, "hello\n")
    again, _ = one(headers, "hello\n\n")
    other, _ = one(headers, "hello!\n")
    assert first.source_id.startswith("sha256:")
    assert first.source_id == again.source_id != other.source_id


def test_an_id_used_twice_is_reported_and_both_are_kept_apart() -> None:
    whole = SEPARATOR + HEADERS + "\nfirst\n\n"
    messages, problems = read(whole + whole.replace("first", "second") + whole + whole)
    assert len(messages) == len({message.source_id for message in messages}) == 4
    assert [message.is_repeat for message in messages] == [False, False, True, True]
    assert "same Message-ID" in reasons(problems)
    assert "more than once" in reasons(problems)
    assert read(whole * 2)[0][0].source_id == messages[0].source_id


def test_nobody_in_the_headers() -> None:
    message, problems = one("Subject: s\n", "x\n")
    assert message.author_address == "malee@u01.example"
    assert "who wrote it" in reasons(problems)


def test_words_before_the_first_message_are_reported() -> None:
    messages, problems = read("Archive of the list\n\n" + SEPARATOR + HEADERS + "\nx\n")
    assert len(messages) == 1
    assert problems == [Problem("line 1", problems[0].reason, "Archive of the list")]


def test_ids_longer_than_a_column_are_hashed_alike_everywhere() -> None:
    long = "x" * 400 + "@u.example"
    message, _ = one(HEADERS.replace("a1 at u01.example", long) + f"In-Reply-To: <{long}>\n", "x\n")
    assert len(message.source_id) <= 300
    assert message.in_reply_to == message.message_id


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\n\n\n", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "not a text file"),
        (b"\x1f\x8b\x08\x00rest", "compressed"),
        (b"PK\x03\x04\x14\x00", "compressed"),
        (b"Dear all,\n\nFrom here it goes on.\n", "No mail"),
        (("one line\n" * 5000).encode(), "No mail"),
        (b"From: a@b.example\nDate: Mon, 5 Jan 2026 10:12:00 +0700\nSubject: x\n\nwords\n", "one saved e-mail"),
    ],
)
def test_wrong_files_are_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words):
        list(read_messages(io.BytesIO(data)))


def test_an_overlong_message_is_cut_and_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lomwong.imports.mail.mbox.LONGEST_MESSAGE", 2000)
    messages, problems = read(SEPARATOR + HEADERS + "\n" + "long\n" * 1000 + "\n" + SEPARATOR + "Subject: b\n\ny\n")
    assert len(messages) == 2
    assert "32 MB" in reasons(problems)


@pytest.mark.parametrize(
    "headers",
    [
        "Subject: " + "Re: " * 50_000,
        "Subject: x\n" + " y\n" * 100_000,
        "From: " + "at." * 50_000 + " x",
        "From: (" + "(" * 100_000,
        "Content-Type: x/y; " + "name*=" * 50_000,
        "References: " + "<" * 100_000,
        "Date: " + "1 " * 50_000,
        "Subject: " + "=?x?q?" * 30_000,
    ],
)
@pytest.mark.parametrize(
    "body", ["--\n" * 30_000, "_" * 30 + "\n", "schrieb " * 20_000 + "\n> x", " " * 50_000 + "-" * 9]
)
def test_hostile_mail_is_read_quickly(headers: str, body: str) -> None:
    began = time.process_time()
    message, _ = one(headers + "\n", body)
    split_quotes(message.text)
    Threader([message]).resolve()
    assert time.process_time() - began < 5


FRAGMENTS = st.sampled_from(
    [
        b"From malee at u01.example  Mon Jan  5 10:12:00 2026", b"From the start", b">From x", b"", b"", b" folded",
        b"Subject: =?utf-8?B?4Li?= =?x?q?=zz?=", b"Subject: x", b"From: a at b (=?tis-620?Q?=A1?=)", b"Date: 32 Foo",
        b"Content-Type: multipart/mixed; boundary=x", b"--x", b"--x--", b"Content-Type: text/html; charset=tis-620",
        b"Content-Transfer-Encoding: base64", b"Content-Transfer-Encoding: quoted-printable", b"Message-ID: <a at b>",
        b"Content-Type: message/rfc822", b"In-Reply-To: <<a>", b"References: <a> <b", b"\xa1\xa2\xe0", b"=A1=", b"<p>x",
        b"Content-Disposition: attachment; filename*=x'y'%zz", b"\x00", b"> quoted", b"-- ",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(FRAGMENTS, st.binary(max_size=20)), max_size=40).map(b"\n".join))
def test_broken_mail_never_raises_anything_else(data: bytes) -> None:
    try:
        found = list(read_messages(io.BytesIO(b"From a@b.example Mon Jan  5 10:12:00 2026\n" + data)))
    except UnreadableFile:
        return
    messages = [each for each in found if isinstance(each, Message)]
    assert len({message.source_id for message in messages}) == len(messages)
    threads = Threader(messages).resolve()
    assert set(threads) <= {message.source_id for message in messages}


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_random_bytes_never_raise_anything_else(data: bytes) -> None:
    try:
        list(read_messages(io.BytesIO(data)))
    except UnreadableFile:
        return


BODIES = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"], include_characters="\n\t"), max_size=60
)


@settings(max_examples=100, deadline=None)
@given(st.lists(BODIES, min_size=1, max_size=8))
def test_no_message_is_lost_or_made_up(bodies: list[str]) -> None:
    """As many messages come out as went in, each with its own words, whatever the words are."""
    text = "".join(
        SEPARATOR + f"Subject: {number}\nMessage-ID: <{number}@u>\n\n" + body.replace("From ", "From, ") + "\n\n"
        for number, body in enumerate(bodies)
    )
    messages, _ = read(text)
    assert [message.subject for message in messages] == [str(number) for number in range(len(bodies))]
    for message, body in zip(messages, bodies, strict=True):
        assert message.text.split() == body.replace("From ", "From, ").split()


@pytest.mark.parametrize(
    ("name", "count", "replies"),
    [("list_mac_2009_2010.txt", 2251, 1665), ("list_package_devel_2015_2016.txt", 1240, 951)],
)
def test_the_real_archives(name: str, count: int, replies: int) -> None:
    path = DATA / name
    if not path.exists():
        pytest.skip(f"the public test archive {name} is not beside the project (../shared/data/mail)")
    with path.open("rb") as stream:
        found = list(read_messages(stream))
    messages = [each for each in found if isinstance(each, Message)]
    assert len(messages) == len({message.source_id for message in messages}) == count
    assert all(message.author_address and message.text is not None for message in messages)
    threads = Threader(messages).resolve()
    assert len(threads) >= replies
