from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lomwong.imports.mail.parse import Message
from lomwong.imports.mail.threads import Threader, clean_subject, is_reply_subject

START = datetime(2026, 1, 5, 10, tzinfo=UTC)


def message(
    key: str,
    *,
    day: float = 0,
    subject: str = "projector",
    author: str = "",
    to: str | None = None,
    references: tuple[str, ...] = (),
    text: str = "words",
    source_id: str = "",
) -> Message:
    return Message(
        message_id=key,
        in_reply_to=to,
        references=references,
        author_name="",
        author_address=author or f"{key}@u.example",
        at=START + timedelta(days=day),
        subject=subject,
        text=text,
        source_id=source_id or key,
    )


@pytest.mark.parametrize(
    ("subject", "clean"),
    [
        ("Re: [R-SIG-Mac] Fonts", "Fonts"),
        ("[R-SIG-Mac] Re: AW: Fwd: Fonts", "Fonts"),
        ("RE[2]: Re (3): Sv: fonts", "fonts"),
        ("ตอบ: ส่งต่อ: ประชุม", "ประชุม"),
        ("ตอบกลับ : [พัสดุ] ใบเสนอราคา", "ใบเสนอราคา"),
        ("  many   spaces ", "many spaces"),
        ("Re:", ""),
        ("[only a tag]", "[only a tag]"),
        ("Reading list: summer", "Reading list: summer"),
        ("", ""),
    ],
)
def test_clean_subject(subject: str, clean: str) -> None:
    assert clean_subject(subject) == clean


def test_reply_marks() -> None:
    assert is_reply_subject("[list] Re: x")
    assert is_reply_subject("ตอบ: x")
    assert not is_reply_subject("[list] regarding x")


def test_in_reply_to_comes_before_references_and_subject() -> None:
    thread = Threader(
        [message("a"), message("b", day=1, to="a"), message("c", day=2, to="a", references=("a", "b"), subject="other")]
    )
    assert thread.resolve() == {"b": "a", "c": "a"}


def test_the_nearest_reference_that_is_known() -> None:
    thread = Threader([message("a"), message("b", day=1, to="a"), message("c", day=2, references=("a", "b", "gone"))])
    assert thread.resolve()["c"] == "b"


def test_a_parent_that_arrives_later() -> None:
    threader = Threader()
    child = message("b", day=1, to="a", subject="x")
    threader.feed(child)
    assert threader.parent_of(child) is None
    threader.feed(message("a", subject="y"))
    assert threader.parent_of(child) == "a"
    assert threader.resolve() == {"b": "a"}


def test_subject_within_sixty_days() -> None:
    opener = message("a")
    assert Threader([opener, message("b", day=59, subject="Re: [av] Projector")]).resolve() == {"b": "a"}
    assert Threader([opener, message("b", day=61, subject="Re: projector")]).resolve() == {}
    chain = [message("b", day=50, subject="Re: projector"), message("c", day=100, subject="Re: projector")]
    assert Threader([opener, *chain]).resolve() == {"b": "a", "c": "b"}


def test_a_monthly_announcement_is_no_reply() -> None:
    first, second = (message(key, day=day, author="desk@u", subject="Open hours") for key, day in (("a", 0), ("b", 30)))
    assert Threader([first, second]).resolve() == {}
    quoting = message("c", day=31, author="desk@u", subject="Open hours", text="> when?\nNow.")
    assert Threader([first, second, quoting]).resolve() == {"c": "b"}


@pytest.mark.parametrize("subject", ["", "(no subject)", "Re:", "Hello", "สวัสดี"])
def test_empty_subjects_join_nobody(subject: str) -> None:
    assert Threader([message("a", subject=subject), message("b", day=1, subject=subject)]).resolve() == {}


def test_rings_are_broken() -> None:
    thread = Threader([message("a", to="c"), message("b", day=1, to="a"), message("c", day=2, to="b")])
    parents = thread.resolve()
    assert parents == {"b": "a", "c": "b"}
    assert Threader([message("a", to="a")]).resolve() == {}


def test_one_id_for_two_messages_means_the_one_of_the_same_subject() -> None:
    thread = Threader(
        [
            message("x", subject="compiling"),
            message("x", subject="release", source_id="sha256:1"),
            message("b", day=1, to="x", subject="Re: release"),
        ]
    )
    assert thread.resolve() == {"b": "sha256:1"}


def test_a_message_fed_twice_counts_once() -> None:
    again = message("a")
    assert Threader([again, again, message("b", to="a", day=1)]).resolve() == {"b": "a"}


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.one_of(st.none(), st.integers(0, 12)), st.integers(0, 90), st.booleans()),
        max_size=10,
    )
)
def test_no_ring_ever(raw: list[tuple[int, int | None, int, bool]]) -> None:
    messages = [
        message(str(number), to=None if to is None else str(to), day=day, subject="Re: a" if same else f"s{key}")
        for number, (key, to, day, same) in enumerate(raw)
    ]
    parents = Threader(messages).resolve()
    for start in parents:
        seen, current = set(), start
        while current in parents:
            assert current not in seen
            seen.add(current)
            current = parents[current]
