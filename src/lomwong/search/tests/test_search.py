"""What is found, in whose words, in which order."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from lomwong.people.models import OPERATOR
from lomwong.posts.actions import edit_post
from lomwong.posts.models import Kind
from lomwong.search import queries
from lomwong.search.index import catch_up, rebuild
from lomwong.search.matching import Within
from lomwong.search.queries import Place, search, search_documents
from lomwong.search.showing import found_posts
from lomwong.search.tests.factories import make_circle, make_person, make_reply, make_story

pytestmark = pytest.mark.django_db


def numbers(query: str, **options: object) -> list[int]:
    return [hit.number for hit in search(query, viewer=OPERATOR, **options).hits]


@pytest.fixture(params=["indexed", "beside the index"])
def settle(request: pytest.FixtureRequest):
    """Both ways a post can be found: by the index, and before the index knows it."""
    return catch_up if request.param == "indexed" else lambda: 0


def test_a_thai_word_inside_an_unspaced_sentence(settle) -> None:
    catch_up()
    found = make_story("เมื่อวานตรวจนับครุภัณฑ์ทั้งตึกเสร็จในวันเดียว")
    make_story("ประกวดราคารอบแรกไม่มีใครยื่นเลย")
    settle()
    assert numbers("ครุภัณฑ์") == [found.number]


@pytest.mark.parametrize(("written", "asked"), [("ปฎิบัติ", "ปฏิบัติ"), ("ปฏิบัติ", "ปฎิบัติ"), ("แนวปฎิบัติ", "แนวปฏิบัติ")])
def test_both_spellings_find_each_other(settle, written: str, asked: str) -> None:
    catch_up()
    found = make_story(f"ชุมชน{written}ของเรา")
    settle()
    assert numbers(asked) == [found.number]


def test_any_of_the_words_is_enough_and_more_of_them_are_better(settle) -> None:
    catch_up()
    one = make_story("ขอวีซ่าให้อาจารย์พิเศษ")
    both = make_story("ต่อวีซ่าและใบอนุญาตทำงานพร้อมกัน")
    settle()
    assert numbers("วีซ่า ใบอนุญาต") == [both.number, one.number]


def test_a_word_in_the_title_weighs_more(settle) -> None:
    catch_up()
    text = "projector broken since Monday, somebody must come"
    make_story(text, title="Classroom")
    titled = make_story("broken since Monday, somebody must come", title="Projector")
    make_story("nothing of that kind in here", title="Leave")
    settle()
    assert numbers("projector")[0] == titled.number


def test_what_one_has_just_written_is_found_without_catching_up() -> None:
    make_story("เรื่องเก่า")
    catch_up()
    new = make_story("โปรเจกเตอร์ห้อง 204 เสีย")
    assert numbers("โปรเจกเตอร์") == [new.number]


def test_without_any_index_the_latest_are_found_and_the_gap_is_admitted() -> None:
    story = make_story("ลาพักผ่อนข้ามปี")
    results = search("ลาพักผ่อน", viewer=OPERATOR)
    assert [hit.number for hit in results.hits] == [story.number]
    assert not results.is_complete


def test_an_edit_replaces_the_old_words(settle) -> None:
    story = make_story("เบิกค่าเดินทาง")
    catch_up()
    edit_post(story, by=story.author, text="จองรถตู้")
    settle()
    assert numbers("เบิก") == []
    assert numbers("รถตู้") == [story.number]


def test_news_and_index_are_ranked_together() -> None:
    for at in range(30):
        make_story(f"ประชุมประจำเดือนครั้งที่ {at} เรื่องทั่วไป")
    weak = make_story("ประชุมเรื่องเครื่องสำรองไฟและเรื่องอื่นอีกหลายเรื่องที่ยาวมากจนจำไม่ได้ว่ามีอะไรบ้าง")
    catch_up()
    strong = make_story("เครื่องสำรองไฟ")
    assert numbers("เครื่องสำรองไฟ", limit=2) == [strong.number, weak.number]
    before = search("เครื่องสำรองไฟ", viewer=OPERATOR).hits
    catch_up()
    after = search("เครื่องสำรองไฟ", viewer=OPERATOR).hits
    assert [hit.number for hit in before] == [hit.number for hit in after]
    assert before[0].score == pytest.approx(after[0].score, rel=0.1)


def test_kind_day_and_circle_narrow(settle) -> None:
    catch_up()
    old = timezone.now() - timedelta(days=400)
    circle = make_circle()
    question = make_story("ห้องเย็นเสีย", make_person(), circle, kind=Kind.QUESTION, at=old)
    answer = make_reply(question, "ห้องเย็นเสียให้โทรหาอาคาร", kind=Kind.ANSWER)
    outside = make_story("ห้องเย็นเสียอีกแล้ว")
    settle()
    assert set(numbers("ห้องเย็น")) == {question.number, answer.number, outside.number}
    assert numbers("ห้องเย็น", within=Within(kinds=["answer"])) == [answer.number]
    assert numbers("ห้องเย็น", within=Within(before=timezone.now() - timedelta(days=1))) == [question.number]
    assert set(numbers("ห้องเย็น", within=Within(community_ids=[circle.pk]))) == {question.number, answer.number}


def test_before_is_exclusive(settle) -> None:
    catch_up()
    at = datetime.fromisoformat("2024-05-01T12:00:00.000123+07:00")
    story = make_story("ลงทะเบียนเรียน", at=at)
    settle()
    assert numbers("ลงทะเบียน", within=Within(before=at)) == []
    assert numbers("ลงทะเบียน", within=Within(before=at + timedelta(microseconds=1))) == [story.number]


def test_pages_follow_each_other_without_gap_or_repeat() -> None:
    every = {make_story(f"สอบเทียบเครื่องชั่งห้อง {at}").number for at in range(7)}
    catch_up()
    every |= {make_story(f"สอบเทียบเครื่องชั่งห้อง {at}").number for at in range(7, 9)}
    seen: list[int] = []
    after = ""
    for _ in range(3):
        page = search("เครื่องชั่ง", viewer=OPERATOR, limit=4, after=after)
        seen += [hit.number for hit in page.hits]
        after = page.further
    assert len(seen) == len(every)
    assert set(seen) == every
    assert after == ""


def test_more_equals_than_one_leafs_through_are_all_there_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "DEEPEST", 3)
    stories = [make_story(f"สอบเทียบเครื่องชั่งห้อง {at}").number for at in range(8)]
    catch_up()
    assert numbers("เครื่องชั่ง", limit=7) == stories[:0:-1]


@pytest.mark.parametrize("text", ["", "x", "1", "nan,1", "inf,3", "1.5,", "1e999,2", "๑,๒"])
def test_a_place_of_nonsense_is_the_beginning(text: str) -> None:
    story = make_story("น้ำรั่ว")
    assert [hit.number for hit in search("น้ำรั่ว", viewer=OPERATOR, after=text).hits] in ([story.number], [])
    assert Place.parse(text) is None or text == "๑,๒"


def test_quoted_mail_counts_less_than_own_words_but_is_found() -> None:
    own = make_story("อ่านแล้ว kerberos")
    story = make_story("อ่านแล้ว")
    story.html = "<p>อ่านแล้ว</p><details class='quote'><summary>…</summary>kerberos ticket</details>"
    story.save()
    rebuild()
    assert numbers("kerberos") == [own.number, story.number]
    assert numbers("ticket") == [story.number]


def test_a_post_deleted_past_the_ledger_is_not_shown() -> None:
    story = make_story("ยกเลิกประกาศ")
    catch_up()
    story.delete()
    assert found_posts(search("ประกาศ", viewer=OPERATOR).hits, "ประกาศ", OPERATOR) == []


HOSTILE = [
    "",
    " \t\n",
    "!?.,;:()[]{}*^~\"'\\/|&+-=<>@#$%",
    'title:(a OR b) AND NOT "c d"~3 [1 TO 5] {a TO *} field:* ^2 +x -y /re.*/ \\',
    "AND OR NOT IN [",
    "ก" * 10_000,
    "น้ำ " * 2_500,
    "่" * 10_000,
    "กิ่ก้๋" * 2_000,
    "0" * 10_000,
    "\0\ud800 a\udfffb \u200b\ufeff",
    "👩‍🔧" * 2_000,
    " ".join(map(str, range(2_000))),
    "ก.ก.ก.ก." * 1_500,
]


@pytest.mark.parametrize("query", HOSTILE, ids=lambda query: repr(query[:12]))
def test_no_query_raises(query: str, settle) -> None:
    catch_up()
    make_story("น้ำรั่ว 1999")
    settle()
    search(query, viewer=make_person())
    search_documents(query, viewer=make_person())


def test_documents_of_replies_are_found_by_the_words_of_their_question(settle) -> None:
    catch_up()
    question = make_story("ใครเคยทำ universal binary บ้าง", kind=Kind.QUESTION)
    answer = make_reply(question, "ใช้ lipo รวมสองไฟล์", kind=Kind.ANSWER)
    settle()
    with_context = search_documents("universal binary", viewer=OPERATOR, kinds=["answer"])
    assert [(found.number, found.author_id) for found in with_context] == [(answer.number, answer.author_id)]
    assert with_context[0].created == answer.created_at


def test_few_hits_bring_the_replies_below_them_along(settle) -> None:
    catch_up()
    entry = make_story("เรื่องชุมชนแนวปฎิบัติ")
    comment = make_reply(entry, "น่าสนใจมาก รออ่านตอนต่อไป")
    make_reply(make_story("เรื่องอื่น"), "ขอบคุณ")
    settle()
    assert numbers("แนวปฏิบัติ") == [entry.number, comment.number]
    assert numbers("แนวปฏิบัติ", limit=1) == [entry.number]


def test_many_hits_do_not(settle) -> None:
    catch_up()
    entries = [make_story(f"เรื่องแนวปฏิบัติ {at}") for at in range(3)]
    make_reply(entries[0], "น่าสนใจมาก")
    settle()
    assert set(numbers("แนวปฏิบัติ", limit=2)) <= {entry.number for entry in entries}
