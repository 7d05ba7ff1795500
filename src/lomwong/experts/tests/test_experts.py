"""Who is named, for what, and to whom."""

import io
import json
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from lomwong.communities.actions import sit_down, start_community
from lomwong.communities.models import Audience
from lomwong.experts import cli
from lomwong.experts.finding.queries import who_knows
from lomwong.people.models import OPERATOR, Person
from lomwong.people.tests.factories import make_imported, make_person
from lomwong.posts.actions import reply, write_post
from lomwong.posts.models import Kind, Post
from lomwong.search.index import catch_up

pytestmark = pytest.mark.django_db


def ask_and_answer(answerer: Person, *, title: str, answer: str, at: datetime | None = None, **where: object) -> Post:
    asker = make_person()
    question = write_post(kind=Kind.QUESTION, by=asker, title=title, text="ช่วยบอกหน่อย", at=at, **where)
    return reply(question, kind=Kind.ANSWER, by=answerer, text=answer, at=at)


def names(question: str, **options: object) -> list[str]:
    return [knower.person.name for knower in who_knows(question, viewer=options.pop("viewer", OPERATOR), **options)]


def test_the_one_who_answered_such_things_is_named_first_with_the_answer_as_evidence() -> None:
    wanna = make_person("วรรณา")
    answer = ask_and_answer(wanna, title="ตรวจรับงานจ้างไม่ครบ", answer="เปิดสัญญาดูว่าแบ่งงวดตรวจรับไหม")
    ask_and_answer(make_person("เดชา"), title="โปรเจกเตอร์ภาพสั่น", answer="เปลี่ยนสายแล้วภาพนิ่ง")
    catch_up()
    found = who_knows("ตรวจรับงานจ้างอย่างไร", viewer=OPERATOR)
    assert found[0].person == wanna
    assert answer.number in found[0].evidence
    assert any(is_hit for reason in found[0].reasons for _words, is_hit in reason.words)


def test_an_answer_is_found_by_the_words_of_its_question() -> None:
    ask_and_answer(make_person("ฟาตีเมาะห์"), title="วีซ่าอาจารย์ชาวต่างชาติหมดอายุ", answer="ไปต่อก่อนสามสิบวันจ้า")
    catch_up()
    assert "ฟาตีเมาะห์" in names("วีซ่าหมดอายุ")


def test_what_was_just_written_counts_before_the_index_has_it() -> None:
    catch_up()
    ask_and_answer(make_person("สุไลมาน"), title="เงินยืมคืนช้า", answer="เงินยืมคืนได้ในสามสิบวัน")
    assert "สุไลมาน" in names("เงินยืมคืนเมื่อไร")


def test_nobody_is_named_without_evidence() -> None:
    make_person("คนเงียบ")
    assert names("ตรวจรับงานจ้าง") == []


def test_whoever_asked_not_to_be_found_is_not() -> None:
    hidden = make_person("ขอไม่ให้เจอ")
    ask_and_answer(hidden, title="ตรวจรับงานจ้าง", answer="ตรวจรับตามงวด")
    assert names("ตรวจรับงานจ้าง")[:1] != []
    hidden.is_findable = False
    hidden.save()
    assert "ขอไม่ให้เจอ" not in names("ตรวจรับงานจ้าง")


def test_words_of_a_members_only_circle_speak_for_nobody_outside() -> None:
    insider, outsider, colleague = make_person("คนใน"), make_person("คนนอก"), make_person("คนในอีกคน")
    circle = start_community(name="วงปิด", by=insider, audience=Audience.MEMBERS)
    sit_down(circle, person=colleague)
    ask_and_answer(insider, title="เลื่อนขั้นปีนี้", answer="เลื่อนขั้นต้องยื่นก่อนมีนาคม", communities=[circle])
    for is_indexed in (False, True):
        if is_indexed:
            catch_up()
        assert "คนใน" in names("เลื่อนขั้น", viewer=colleague)
        assert names("เลื่อนขั้น", viewer=outsider) == []


def test_before_sees_only_earlier_traces() -> None:
    long_ago = timezone.now() - timedelta(days=400)
    ask_and_answer(make_person("คนเก่า"), title="สอบเทียบเครื่องชั่ง", answer="สอบเทียบปีละครั้ง", at=long_ago)
    ask_and_answer(make_person("คนใหม่"), title="สอบเทียบเครื่องชั่ง", answer="สอบเทียบปีละสองครั้ง")
    catch_up()
    found = names("สอบเทียบเครื่องชั่ง", before=timezone.now() - timedelta(days=300))
    assert "คนเก่า" in found
    assert "คนใหม่" not in found


def test_page_names_people_but_not_the_asker(client: Client) -> None:
    me, wanna = make_person("ฉันเอง"), make_person("วรรณา")
    ask_and_answer(wanna, title="ครุภัณฑ์หาย", answer="ครุภัณฑ์หายให้แจ้งในเจ็ดวัน")
    ask_and_answer(me, title="ครุภัณฑ์หาย", answer="ครุภัณฑ์หายฉันก็เคย")
    client.force_login(me)
    page = client.get("/who-knows/", {"q": "ครุภัณฑ์หาย"}).content.decode()
    assert "วรรณา" in page
    assert f'<h2 class="name"><a href="/people/{me.pk}/"' not in page
    assert "<mark>" in page


@pytest.mark.parametrize("question", ["", "   ", "???", "<script>alert(1)</script>", "ก" * 5000, '"+-:^~*'])
def test_page_takes_any_question(client: Client, question: str) -> None:
    client.force_login(make_person())
    response = client.get("/who-knows/", {"q": question})
    assert response.status_code == 200
    assert "<script>" not in response.content.decode()


def test_page_is_for_colleagues(client: Client) -> None:
    assert client.get("/who-knows/", {"q": "วีซ่า"}).status_code == 302


def test_batch_answers_each_line_and_leaves_the_asker_out(capsys: pytest.CaptureFixture[str]) -> None:
    imported = make_imported("Ann", email="ann@u.example")
    ask_and_answer(imported, title="universal binary", answer="Build a universal binary with both architectures")
    ask_and_answer(
        make_imported("Ben", email="ben@u.example"), title="universal binary", answer="A universal binary, yes"
    )
    lines = [
        b"universal binary\n",
        json.dumps({"q": "universal binary", "asker": "ann@u.example"}).encode() + b"\n",
        b'{"q": 3}\n',
        b"\xff\xfe\n",
    ]
    code = cli.run_batch(io.BytesIO(b"".join(lines)), None, 10)
    out = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {person["source_id"] for person in out[0]["people"]} >= {"ann@u.example", "ben@u.example"}
    assert "ann@u.example" not in {person["source_id"] for person in out[1]["people"]}
    assert set(out[0]["people"][0]) == {"id", "source_id", "name", "unit", "score", "evidence"}
    assert "error" in out[2]
    assert "error" in out[3]
    assert code == 2


def test_a_question_that_nobody_knows_is_taken_along_whole(client: Client) -> None:
    client.force_login(make_person())
    page = client.get("/who-knows/", {"q": "R&D #1 เบิกอย่างไร"}).content.decode()
    assert "?title=R%26D" in page
    assert "%231" in page


def test_a_name_does_not_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    ask_and_answer(make_person("เด\x1b[31mชา"), title="ตรวจรับงานจ้าง", answer="แบ่งงวดตรวจรับ")
    cli.print_found("ตรวจรับ", who_knows("ตรวจรับ", viewer=OPERATOR))
    shown = capsys.readouterr().out
    assert "ชา" in shown
    assert "\x1b" not in shown
