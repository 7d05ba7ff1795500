"""What was written by hand keeps to the form that the rest of the demo relies on."""

import re
from collections import Counter
from pathlib import Path

import pytest

from lomwong.demo.content import FOLDER, Practice, chatter, practices
from lomwong.demo.university import HOUSE_BY_NAME, JOB_FUNCTIONS

EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[A-Za-z]")
PHONE = re.compile(r"(?<![\d.,/-])0[2-9][ -]?\d{3,4}[ -]?\d{3,4}(?![\d.,])")
TOP_KINDS = {"question", "story", "journal"}
REPLY_KINDS = {"answer", "comment"}

all_practices = pytest.mark.parametrize("practice", practices(), ids=lambda practice: practice.key)


@all_practices
def test_file_is_named_like_its_practice(practice: Practice) -> None:
    assert (FOLDER / f"{practice.key}.json").exists()


@all_practices
def test_cast_sits_in_many_units_and_does_known_work(practice: Practice) -> None:
    units = Counter(actor.unit for actor in practice.cast)
    assert set(units) <= set(HOUSE_BY_NAME)
    assert len(units) >= 6
    assert max(units.values()) <= 3
    assert all(actor.functions and set(actor.functions) <= set(JOB_FUNCTIONS) for actor in practice.cast)
    assert len({actor.key for actor in practice.cast}) == len(practice.cast)


@all_practices
def test_everybody_in_the_cast_speaks(practice: Practice) -> None:
    spoken = Counter(saying.author for thread in practice.threads for saying in thread.everything())
    assert all(spoken[actor.key] >= 3 for actor in practice.cast)


@all_practices
def test_authors_are_of_the_cast(practice: Practice) -> None:
    keys = {actor.key for actor in practice.cast}
    for thread in practice.threads:
        assert thread.author in keys
        for saying in thread.everything():
            assert saying.author in keys or (practice.is_latent and saying.author is None), saying.text


@all_practices
def test_threads_have_their_parts(practice: Practice) -> None:
    for thread in practice.threads:
        assert thread.kind in TOP_KINDS
        assert bool(thread.title) == (thread.kind != "journal"), thread.text
        sayings = list(thread.everything())
        assert all(saying.text.strip() for saying in sayings)
        assert all(saying.kind in REPLY_KINDS for saying in sayings[1:])
        assert sum(saying.is_accepted for saying in sayings) <= 1
        assert all(saying.kind == "answer" for saying in sayings if saying.is_accepted)
        assert thread.kind == "question" or all(saying.kind == "comment" for saying in sayings[1:])


@all_practices
def test_replies_come_after_what_they_answer(practice: Practice) -> None:
    for thread in practice.threads:
        for saying in thread.everything():
            assert all(reply.after_hours > saying.after_hours for reply in saying.replies), saying.text


@all_practices
def test_questions_name_people_who_answer(practice: Practice) -> None:
    answering = {
        saying.author for thread in practice.threads for saying in thread.everything() if saying.kind in REPLY_KINDS
    }
    for asked in practice.questions:
        assert asked.right
        assert set(asked.right) <= answering, asked.question


def test_a_latent_practice_never_talks_across() -> None:
    latent = [practice for practice in practices() if practice.is_latent]
    assert latent
    for practice in latent:
        for thread in practice.threads:
            assert {saying.author for saying in thread.everything()} <= {thread.author, None}


def test_nobody_plays_twice() -> None:
    names = Counter(actor.name for practice in practices() for actor in practice.cast)
    assert [name for name, count in names.items() if count > 1] == []


def test_small_talk_has_a_reply_for_every_mood() -> None:
    talk = chatter()
    assert {mood for opener in talk.openers for mood in opener.moods} <= set(talk.replies)
    assert len({opener.text for opener in talk.openers}) == len(talk.openers)
    for opener in talk.openers:
        assert opener.text.format(place="", unit="", day="")


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_no_addresses_and_no_telephone_numbers(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert EMAIL.findall(text) == []
    assert PHONE.findall(text) == []
