"""Narrower: by who, where, when, by what exactly stands there, and by what does not. And the newest first."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from lomwong.communities.actions import get_up
from lomwong.people.models import OPERATOR, Viewer
from lomwong.posts.actions import accept_answer, delete_posts, edit_post, take_back_accepted
from lomwong.posts.models import File, Kind, Tag
from lomwong.search import inquiry, queries
from lomwong.search.index import catch_up, rebuild
from lomwong.search.inquiry import inquire
from lomwong.search.matching import Within
from lomwong.search.phrases import squeezed, stands_in
from lomwong.search.queries import Order, search
from lomwong.search.tests.factories import make_circle, make_person, make_reply, make_story

pytestmark = pytest.mark.django_db


def numbers(query: str, viewer: Viewer = OPERATOR, order: Order = Order.NEAREST, **within: object) -> list[int]:
    results = search(query, viewer=viewer, within=Within(**within), order=order)  # type: ignore[arg-type]
    return [hit.number for hit in results.hits]


@pytest.fixture(params=["indexed", "beside the index", "without the second wall"])
def settle(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch):
    catch_up()
    if request.param == "without the second wall":
        monkeypatch.setattr(inquiry, "still_readable", lambda numbers, *_: set(numbers))
    return (lambda: 0) if request.param == "beside the index" else catch_up


def test_by_author_tag_time_and_place(settle) -> None:
    at = datetime.fromisoformat("2024-05-01T12:00:00+07:00")
    wanna, circle = make_person(), make_circle()
    here = make_story("ลิฟต์ค้าง", wanna, circle, at=at)
    edit_post(here, by=wanna, text="ลิฟต์ค้าง", tags=["อาคาร"])
    other = make_story("ลิฟต์ค้าง", at=at + timedelta(days=1))
    settle()
    tag = Tag.objects.get(key="อาคาร")
    assert numbers("ลิฟต์", author_ids=[wanna.pk]) == numbers("ลิฟต์", tag_ids=[tag.pk]) == [here.number]
    assert numbers("ลิฟต์", community_ids=[circle.pk, 0]) == [here.number]
    assert numbers("ลิฟต์", after=at + timedelta(days=1)) == [other.number]
    assert numbers("ลิฟต์", before=at + timedelta(days=1)) == [here.number]
    assert set(numbers("ลิฟต์", after=at)) == {here.number, other.number}
    assert numbers("ลิฟต์", author_ids=[]) == numbers("ลิฟต์", tag_ids=[0]) == []


def test_unanswered_follows_the_answers_at_once(settle) -> None:
    question = make_story("ใครซ่อมลิฟต์", kind=Kind.QUESTION)
    make_story("ลิฟต์เล่า")
    settle()
    assert numbers("ลิฟต์", is_unanswered=True) == [question.number]
    comment = make_reply(question, "อยากรู้ด้วย")
    settle()
    assert numbers("", is_unanswered=True) == [question.number]
    answer = make_reply(question, "โทรหาอาคาร", kind=Kind.ANSWER)
    settle()
    assert numbers("ลิฟต์", is_unanswered=True) == []
    delete_posts([answer], by=make_person())
    settle()
    assert numbers("ลิฟต์", is_unanswered=True) == [question.number]
    accept_answer(comment, by=question.author)
    settle()
    assert numbers("ลิฟต์", is_unanswered=True) == []
    take_back_accepted(comment, by=question.author)
    settle()
    assert numbers("ลิฟต์", is_unanswered=True) == [question.number]


@pytest.mark.parametrize(
    ("written", "phrase", "is_there"),
    [
        ("เขียนแนวปฏิบัติที่ดีไว้", "แนวปฏิบัติที่ดี", True),
        ("เขียนแนวปฎิบัติ ที่ดีไว้", "แนวปฏิบัติที่ดี", True),
        ("เขียนแนวปฏิ\u200bบัติที่ดี", "แนวปฏิบัติ ที่ดี", True),
        ("แนวปฏิบัติของเขาที่ดี", "แนวปฏิบัติที่ดี", False),
        ("ครูใหญ่มา", "ครู", True),
        ("ครุฑมา", "ครู", False),
        ("ใช้กันมาก", "มา", True),
        ("ใช้กรรมการ", "กา", True),
        ("ใช้กำลัง", "ก", False),
        ("The New  Network\nPlan", "new network plan", True),
        ("the newest network", "new", False),
        ("ใช้django5.2กับpostgresqlครับ", "django5.2", True),
        ("งบ ๒๕๖๗", "งบ 2567", True),
        ("covid-19 ระบาด", "covid 19", False),
        ("อีเมล a@b.example นะ", "a@b.example", True),
    ],
)
def test_exact_is_what_one_reads(settle, written: str, phrase: str, is_there: bool) -> None:
    story = make_story(written, title="หัวเรื่อง")
    make_story("อย่างอื่น")
    settle()
    assert numbers("", exact=(phrase,)) == ([story.number] if is_there else [])
    assert numbers("ไม่มีคำนี้", exact=(phrase,)) == ([story.number] if is_there else [])
    assert (story.number not in numbers("", without=(phrase, "อย่างอื่น"))) == is_there or len(phrase) <= 2


def test_a_phrase_stands_in_title_text_or_file_but_not_across(settle) -> None:
    titled = make_story("เนื้อความ", title="คู่มือการเบิกจ่าย")
    with_file = make_story("ดูในไฟล์", title="ไฟล์แนบ")
    File.objects.create(
        post=with_file,
        name="รายงาน.pdf",
        media_type="application/pdf",
        size=1,
        sha256="0" * 64,
        attached_at=timezone.now(),
        words_text="หน้าแรก\nคู่มือการเบิกจ่าย\nหน้าหลัง",
    )
    make_story("การเบิกจ่าย", title="คู่มือ")
    settle()
    assert set(numbers("", exact=("คู่มือการเบิกจ่าย",))) == {titled.number, with_file.number}
    assert numbers("หน้าหลัง") == [with_file.number]


def test_without_a_word_or_a_phrase(settle) -> None:
    lift = make_story("ลิฟต์ค้างชั้นสาม")
    both = make_story("ลิฟต์กับบันไดเลื่อน")
    settle()
    assert numbers("ลิฟต์", without=("บันได",)) == [lift.number]
    assert numbers("ลิฟต์", without=("ค้างชั้นสาม",)) == [both.number]
    assert numbers("ลิฟต์", without=("ค้างชั้นสาม", "บันได")) == []
    assert set(numbers("", without=("ไม่มีเลย",))) == {lift.number, both.number}


def test_pages_of_a_phrase_have_neither_gap_nor_repeat(monkeypatch: pytest.MonkeyPatch) -> None:
    there = {make_story(f"แผนกการเงินและบัญชีห้อง {at}").number for at in range(9)}
    for at in range(30):
        make_story(f"แผนกการเงิน กับแผนกอื่นและบัญชีห้อง {at}")
    catch_up()
    monkeypatch.setattr(queries, "DEEPEST", 10)
    for order in Order:
        seen: list[int] = []
        after = ""
        for _ in range(9):
            page = search(
                "ห้อง", viewer=OPERATOR, limit=2, within=Within(exact=("การเงินและบัญชี",)), order=order, after=after
            )
            seen += [hit.number for hit in page.hits]
            after = page.further
            if not after:
                break
        assert len(seen) == len(there)
        assert set(seen) == there


def test_the_newest_first_page_by_page(settle) -> None:
    at = datetime.fromisoformat("2024-05-01T12:00:00+07:00")
    stories = [make_story(f"ลิฟต์ {day % 3}", at=at + timedelta(days=day // 2)).number for day in range(9)]
    settle()
    newest = make_story("ลิฟต์").number
    seen: list[int] = []
    after = ""
    while True:
        page = search("ลิฟต์", viewer=OPERATOR, limit=3, order=Order.NEWEST, after=after)
        seen += [hit.number for hit in page.hits]
        after = page.further
        if not after:
            break
    assert seen == [newest, *stories[::-1]]


def test_without_words_the_newest_of_what_is_narrowed(settle) -> None:
    circle = make_circle()
    older, newer = make_story("หนึ่ง", make_person(), circle), make_story("สอง", make_person(), circle)
    make_story("ที่อื่น")
    settle()
    assert numbers("", community_ids=[circle.pk]) == [newer.number, older.number]
    assert search("", viewer=OPERATOR).hits == []


def test_equally_good_ones_come_newest_first_whatever_the_page() -> None:
    stories = [make_story("สอบเทียบเครื่องชั่ง").number for _ in range(60)]
    catch_up()
    seen: list[int] = []
    after = ""
    while True:
        page = search("เครื่องชั่ง", viewer=OPERATOR, limit=7, after=after)
        seen += [hit.number for hit in page.hits]
        after = page.further
        if not after:
            break
    assert seen == stories[::-1]


SECRET = "แผนยุบสามแผนก"


def test_no_way_of_asking_tells_of_what_one_may_not_read(settle) -> None:
    member, outsider = make_person(), make_person()
    circle = make_circle(member)
    secret = make_story(SECRET, member, circle, kind=Kind.QUESTION)
    edit_post(secret, by=member, text=SECRET, tags=["ลับ"])
    for at in range(4):
        make_story(f"เรื่องทั่วไป {at}", member)
    settle()
    tag = Tag.objects.get(key="ลับ")
    ways: list[tuple[str, dict[str, object]]] = [
        (SECRET, {}),
        ("", {"exact": (SECRET,)}),
        ("", {"exact": ("ยุบสามแผนก",), "without": ("เรื่อง",)}),
        ("", {"tag_ids": [tag.pk]}),
        ("", {"community_ids": [circle.pk]}),
        ("", {"is_unanswered": True}),
        ("", {"without": ("เรื่องทั่วไป",)}),
        ("", {"author_ids": [member.pk], "kinds": ["question"]}),
    ]
    for query, within in ways:
        for order in Order:
            assert numbers(query, member, order, **within) == [secret.number], (query, within)
            for viewer in (outsider, AnonymousUser()):
                page = search(query, viewer=viewer, within=Within(**within), order=order, limit=1)  # type: ignore[arg-type]
                assert (page.hits, page.further) == ([], ""), (query, within)
    assert inquire(member).stands("ยุบ")
    assert not inquire(outsider).stands("ยุบ")
    assert not inquire(AnonymousUser()).stands("ยุบ")
    get_up(circle, person=member)
    assert numbers(SECRET, member) == [secret.number], "their own words stay theirs"


def test_a_word_that_only_deleted_posts_had_stands_nowhere() -> None:
    stories = [make_story("แผนยุบแผนก") for _ in range(8)]
    make_story("อื่น")
    catch_up()
    viewer = make_person()
    assert inquire(viewer).stands("ยุบ")
    delete_posts(stories, by=viewer)
    assert not inquire(viewer).stands("ยุบ")
    catch_up()
    assert not inquire(viewer).stands("ยุบ")


def test_what_is_counted_is_what_one_may_read(settle) -> None:
    make_story(SECRET, make_person(), make_circle())
    shown = make_story(SECRET)
    rebuild()
    gone = make_story(SECRET)
    catch_up()
    delete_posts([gone], by=make_person())
    asked = inquire(make_person())
    question = {"body": {"ยุบ": 1.0}}
    assert asked.view is not None
    hits = asked.view.searcher.search(asked.to_count(question), 10).hits
    assert asked.view.searcher.fast_field_values("number", [at for _, at in hits]) == [shown.number]


@pytest.mark.parametrize("phrase", ["", " ", "?!", "\0", "\ud800", "ก" * 5000, "่", "a b c " * 900, "[.*(", "🙂"])
def test_no_phrase_raises(phrase: str, settle) -> None:
    make_story("น้ำรั่ว ?! 🙂")
    settle()
    search("", viewer=make_person(), within=Within(exact=(phrase,)))
    search("น้ำ", viewer=make_person(), within=Within(without=(phrase,), exact=(phrase, "น้ำ")))


@pytest.mark.parametrize(
    ("text", "phrase"),
    [("ทำต่าง ๆ นานา", "ต่างๆ นานา"), ("ทำต่างๆ นานา", "ต่าง ๆ"), ("งบฯ กลาง", "งบ ฯ"), ("日本語テスト", "日本")],
)
def test_a_phrase_is_found_however_its_signs_are_spaced(settle, text: str, phrase: str) -> None:
    story = make_story(text)
    settle()
    assert numbers("", exact=(phrase,)) == [story.number]


def test_squeezed_texts_meet() -> None:
    assert squeezed(" ก  ข\n ก ") == "กขก"
    assert squeezed("A  b ๑") == "a b 1"
    assert not stands_in("", "ก")
