import pytest

from lomwong.imports.mail.headers import decode_words, message_ids, plain_address, read_author, read_date


@pytest.mark.parametrize(
    ("value", "name", "address"),
    [
        ("person0001 at u01.example (=?ISO-8859-1?Q?Angel_Mac=EDas?=)", "Angel Macías", "person0001@u01.example"),
        ("Malee Dee <Malee@U01.example>", "Malee Dee", "malee@u01.example"),
        ('"Dee, Malee" <malee@u01.example>', "Dee, Malee", "malee@u01.example"),
        ("=?utf-8?B?4Lih4Liy4Lil4Li1?= <m@u.example>", "มาลี", "m@u.example"),
        ("m@u.example (Malee (AV))", "Malee (AV)", "m@u.example"),
        ("m (at) u.example", "", "m@u.example"),
        ("m@u.example", "", "m@u.example"),
        ("Malee at Work <m at u.example>", "Malee at Work", "m@u.example"),
        ("m at u.example (m at u.example)", "", "m@u.example"),
        ("Only A Name", "Only A Name", ""),
        ("", "", ""),
        ("<>", "<>", ""),
    ],
)
def test_authors(value: str, name: str, address: str) -> None:
    assert read_author(value) == (name, address)


def test_addresses() -> None:
    assert plain_address("<a [at] b.example>") == "a@b.example"
    assert plain_address("mailto:a@b.example") == "a@b.example"
    assert plain_address("a b c") == ""


def test_message_ids() -> None:
    assert message_ids("<a at b> junk <c@d>\t<a at b>") == ("a@b", "c@d")
    assert message_ids("a@b") == ("a@b",)
    assert message_ids("your message of Monday") == ()


def test_broken_encoded_words_stay() -> None:
    assert decode_words("=?utf-8?B?!!!?= x") != ""
    assert decode_words("no words here") == "no words here"
    assert decode_words("=?x-none?Q?a=20b?=") == "a b"


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("Mon, 5 Jan 2026 10:12:00 +0700 (ICT)", "2026-01-05T10:12:00+07:00"),
        ("5 Jan 2569 10:12:00 +0700", "2026-01-05T10:12:00+07:00"),
        ("Mon Jan  5 10:12:00 2026", "2026-01-05T10:12:00+00:00"),
        ("2026-01-05 10:12", "2026-01-05T10:12:00+00:00"),
    ],
)
def test_dates(value: str, iso: str) -> None:
    at = read_date(value)
    assert at is not None
    assert at.isoformat() == iso


@pytest.mark.parametrize(
    "value", ["", "no date", "Thu, 1 Jan 1970 00:00:00 +0000", "5 Jan 99999 10:00", "Mon, 5 Jan 2026 99:99"]
)
def test_dates_that_are_none(value: str) -> None:
    assert read_date(value) is None
