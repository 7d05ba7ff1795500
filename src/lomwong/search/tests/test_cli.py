"""The commands, as typed."""

import argparse
import io
import json
import sys
from collections.abc import Sequence

import pytest
from django.utils import translation

from lomwong.communities.models import Audience
from lomwong.kit.cli import REFUSED, Refusal
from lomwong.people.models import Identity
from lomwong.posts.models import Kind
from lomwong.search import index
from lomwong.search.cli import add_commands
from lomwong.search.tests.factories import make_circle, make_person, make_reply, make_story

pytestmark = pytest.mark.django_db
FIELDS = ["number", "source_id", "kind", "title", "author", "community", "created", "score", "snippet"]


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Exit code, standard output and error, as the command line of the whole house gives them."""
    parser = argparse.ArgumentParser(prog="lomwong")
    add_commands(parser.add_subparsers(required=True))
    try:
        with translation.override("en"):
            chosen = parser.parse_args(arguments)
            code = chosen.run(chosen)
    except SystemExit as stop:
        code = int(stop.code or 0)
    except Refusal as refusal:
        code = REFUSED
        print(refusal, file=sys.stderr)
    printed = capsys.readouterr()
    return code, printed.out, printed.err


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch):
    def put(lines: bytes | Sequence[object]) -> None:
        if not isinstance(lines, bytes):
            lines = "".join(
                (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False)) + "\n" for line in lines
            ).encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines), encoding="utf-8"))

    return put


def test_json_has_exactly_the_promised_fields(capsys: pytest.CaptureFixture[str]) -> None:
    circle = make_circle(name="วงพัสดุ", audience=Audience.ORGANISATION)
    question = make_story("ใครเคยตรวจนับครุภัณฑ์บ้าง", make_person("วรรณา"), circle, title="ตรวจนับ", kind=Kind.QUESTION)
    answer = make_reply(question, "ตรวจนับครุภัณฑ์ด้วยป้ายสี", make_person("เดชา"), Kind.ANSWER)
    code, out, _ = run(capsys, "search", "ครุภัณฑ์", "--json")
    assert code == 0
    printed = json.loads(out)
    assert list(printed) == ["query", "results"]
    assert printed["query"] == "ครุภัณฑ์"
    assert [list(result) for result in printed["results"]] == [FIELDS, FIELDS]
    by_number = {result["number"]: result for result in printed["results"]}
    assert by_number[answer.number] == {
        "number": answer.number,
        "source_id": None,
        "kind": "answer",
        "title": "ตรวจนับ",
        "author": "เดชา",
        "community": "วงพัสดุ",
        "created": answer.created_at.isoformat(),
        "score": by_number[answer.number]["score"],
        "snippet": "ตรวจนับครุภัณฑ์ด้วยป้ายสี",
    }


def test_limit(capsys: pytest.CaptureFixture[str]) -> None:
    for at in range(4):
        make_story(f"น้ำหยด {at}")
    _, out, _ = run(capsys, "search", "น้ำหยด", "--json", "--limit", "3")
    assert len(json.loads(out)["results"]) == 3


@pytest.mark.parametrize("limit", ["0", "-1", "x", "1001", "๓", "1e3"])
def test_a_limit_that_is_none_is_refused(limit: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "search", "น้ำ", f"--limit={limit}")
    assert (code, out) == (2, "")
    assert "1000" in err


def test_for_people_to_read(capsys: pytest.CaptureFixture[str]) -> None:
    story = make_story("ท่อแตกหน้าตึก\x1b[31m", make_person("เดชา"), title="ท่อแตก")
    code, out, _ = run(capsys, "search", "ท่อ")
    assert code == 0
    assert f"{story.number}  ท่อแตก" in out
    assert "เดชา" in out
    assert "\x1b" not in out
    code, out, _ = run(capsys, "search", "รถไฟ")
    assert code == 0
    assert "รถไฟ" in out


def test_as_somebody_sees_what_they_may(capsys: pytest.CaptureFixture[str]) -> None:
    member, outsider = make_person(email="in@example.org"), make_person(email="out@example.org")
    Identity.objects.create(person=outsider, source="people.csv", source_id="S-77")
    make_story("ผลประเมินภายใน", make_person(), make_circle(member))

    def seen(*options: str) -> int:
        code, out, _ = run(capsys, "search", "ประเมิน", "--json", *options)
        assert code == 0
        return len(json.loads(out)["results"])

    assert seen() == 1
    assert seen("--as", "IN@example.org") == 1
    assert seen("--as", str(member.pk)) == 1
    assert seen("--as", "out@example.org") == 0
    assert seen("--as", str(outsider.pk)) == 0
    assert seen("--as", "S-77") == 0


@pytest.mark.parametrize("who", ["nobody@example.org", "", " ", "0", "9" * 30, "๑", "a\0b"])
def test_as_nobody_we_know_is_refused(who: str, capsys: pytest.CaptureFixture[str]) -> None:
    make_story("น้ำหยด")
    code, out, err = run(capsys, "search", "น้ำ", "--as", who)
    assert (code, out) == (2, "")
    assert err.startswith("Nobody here")


def test_batch_answers_each_line_in_turn(capsys: pytest.CaptureFixture[str], typed) -> None:
    story = make_story("น้ำหยดจากเพดาน")
    typed(
        [
            "น้ำหยด",
            {"q": "เพดาน", "asker": 5},
            {"q": "เพดาน", "before": "2001-01-01"},
            {"q": "เพดาน", "before": "2999-01-01T10:00:00+07:00"},
            {"q": "เพดาน", "before": None},
            "",
        ]
    )
    code, out, _ = run(capsys, "search", "--batch", "--json")
    assert code == 0
    lines = [json.loads(line) for line in out.splitlines()]
    assert [line["query"] for line in lines] == ["น้ำหยด", "เพดาน", "เพดาน", "เพดาน", "เพดาน", ""]
    assert [[result["number"] for result in line["results"]] for line in lines] == [
        [story.number],
        [story.number],
        [],
        [story.number],
        [story.number],
        [],
    ]


@pytest.mark.parametrize(
    "bad",
    [
        b"{",
        b"\xff\xfe\xe0",
        b'{"query": "a"}',
        b'{"q": 5}',
        b'{"q": "a", "before": "yesterday"}',
        b'{"q": "a", "before": "2024-02-30"}',
        b'{"q": "a", "before": 2024}',
        b'{"q": ' * 5000,
        b"{" + b'"a":[' * 100_000,
    ],
    ids=lambda bad: repr(bad[:20]),
)
def test_a_bad_line_is_answered_and_the_next_one_too(bad: bytes, capsys: pytest.CaptureFixture[str], typed) -> None:
    story = make_story("น้ำหยด")
    typed(bad + b"\n" + "น้ำ".encode() + b"\n")
    code, out, _ = run(capsys, "search", "--batch")
    first, second = map(json.loads, out.splitlines())
    assert code == 2
    assert first["error"]
    assert [result["number"] for result in second["results"]] == [story.number]


def test_batch_stays_with_the_eyes_it_was_given(capsys: pytest.CaptureFixture[str], typed) -> None:
    member, outsider = make_person(), make_person()
    make_story("ผลประเมินภายใน", make_person(), make_circle(member))
    typed(["ประเมิน", {"q": "ประเมิน", "asker": member.pk}, {"q": "ประเมิน", "as": member.pk}])
    code, out, _ = run(capsys, "search", "--batch", "--as", str(outsider.pk))
    assert code == 0
    assert [json.loads(line)["results"] for line in out.splitlines()] == [[], [], []]


def test_broken_characters_are_no_reason_to_stop(capsys: pytest.CaptureFixture[str], typed) -> None:
    story = make_story("น้ำหยด")
    typed([r'{"q": "น้ำหยด \ud800 \u0000"}'])
    code, out, _ = run(capsys, "search", "--batch")
    assert code == 0
    assert json.loads(out)["results"][0]["number"] == story.number
    code, out, _ = run(capsys, "search", "น้ำหยด \udcff", "--json")
    assert code == 0
    assert json.loads(out)["results"][0]["number"] == story.number


@pytest.mark.parametrize("arguments", [(), ("น้ำ", "--batch"), ("  ",)])
def test_either_words_or_a_batch(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "search", *arguments)
    assert (code, out) == (2, "")
    assert "--batch" in err


def test_reindex_says_how_much(capsys: pytest.CaptureFixture[str]) -> None:
    make_story("หนึ่ง")
    make_story("สอง")
    code, out, _ = run(capsys, "reindex")
    assert code == 0
    assert out.startswith("2 posts indexed")


def test_a_full_disk_does_not_keep_one_from_searching(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(progress: object) -> int:
        raise OSError(28, "No space left on device")

    story = make_story("น้ำหยด")
    monkeypatch.setattr(index, "catch_up", full)
    code, out, err = run(capsys, "search", "น้ำ", "--json")
    assert code == 0
    assert json.loads(out)["results"][0]["number"] == story.number
    assert "disk is full" in err


def test_signs_work_here_as_well(capsys: pytest.CaptureFixture[str]) -> None:
    wanna, circle = make_person("วรรณา แก้วมณี"), make_circle(name="พัสดุไม่ค้างปี")
    hers = make_story("ลาพักผ่อน", wanna, circle).number
    other = make_story("ลาพักผ่อนข้ามปี", make_person("เดชา")).number
    question = make_story("ลาพักผ่อนอย่างไร", wanna, kind=Kind.QUESTION).number

    def numbers(*arguments: str) -> set[int]:
        code, out, _ = run(capsys, "search", "--json", *arguments)
        assert code == 0
        return {result["number"] for result in json.loads(out)["results"]}

    assert numbers("ลาพักผ่อน ผู้เขียน:วรรณา แก้วมณี") == {hers, question}
    assert numbers("ลาพักผ่อน", "author:เดชา") == {other}
    assert numbers("ลาพักผ่อน", "--kind", "question") == numbers("is:unanswered") == {question}
    assert numbers("ลาพักผ่อน", "--community", "พัสดุ") == {hers}
    assert numbers('"ลาพักผ่อนข้ามปี"') == {other}
    assert numbers("ลาพักผ่อน -ข้าม -อย่างไร") == {hers}


def test_newest_first_when_asked(capsys: pytest.CaptureFixture[str]) -> None:
    near = make_story("น้ำหยด น้ำหยด", title="น้ำหยด").number
    new = make_story("เรื่องยาวที่มีน้ำหยดอยู่คำเดียวจากทั้งหมดนี้").number
    orders = []
    for sort in ("near", "new"):
        _, out, _ = run(capsys, "search", "น้ำหยด", "--json", "--sort", sort)
        orders.append([result["number"] for result in json.loads(out)["results"]])
    assert orders == [[near, new], [new, near]]


def test_an_unknown_community_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "search", "น้ำ", "--community", "ไม่มีวงนี้")
    assert (code, out) == (2, "")
    assert "ไม่มีวงนี้" in err


def test_what_was_not_understood_is_said_beside_the_results(capsys: pytest.CaptureFixture[str]) -> None:
    story = make_story("น้ำหยด")
    code, out, err = run(capsys, "search", "น้ำหยด before:พรุ่งนี้", "--json")
    assert code == 0
    assert json.loads(out)["results"][0]["number"] == story.number
    assert "พรุ่งนี้" in err


def test_a_batch_reads_words_only(capsys: pytest.CaptureFixture[str], typed) -> None:
    make_person("วรรณา แก้วมณี")
    story = make_story("น้ำหยด").number
    typed(['น้ำหยด author:วรรณา "คำถามที่มีเครื่องหมายคำพูด"'])
    code, out, _ = run(capsys, "search", "--batch")
    assert code == 0
    assert [result["number"] for result in json.loads(out)["results"]] == [story]
