"""Whoever asks does not know yet: questions, and what askers say below their own, speak for nobody."""

import pytest

from lomwong.experts.finding.queries import who_knows
from lomwong.people.models import OPERATOR
from lomwong.people.tests.factories import make_person
from lomwong.posts.actions import reply, write_post
from lomwong.posts.models import Kind
from lomwong.search.index import catch_up

pytestmark = pytest.mark.django_db


def test_an_asker_is_not_named_for_the_question_nor_for_thanks_below_it() -> None:
    asker, wanna = make_person("คนถาม"), make_person("วรรณา")
    question = write_post(kind=Kind.QUESTION, by=asker, title="ตรวจรับงานจ้าง", text="ตรวจรับงานจ้างอย่างไร")
    answer = reply(question, kind=Kind.ANSWER, by=wanna, text="ดูงวดในสัญญา")
    reply(answer, kind=Kind.COMMENT, by=asker, text="ขอบคุณ ตรวจรับงานจ้างแล้ว")
    for is_indexed in (False, True):
        if is_indexed:
            catch_up()
        assert [knower.person for knower in who_knows("ตรวจรับงานจ้าง", viewer=OPERATOR)] == [wanna]


def test_what_one_says_below_ones_own_story_speaks() -> None:
    teller = make_person("คนเล่า")
    story = write_post(kind=Kind.STORY, by=teller, title="ย้ายครุภัณฑ์", text="เล่าให้ฟัง")
    comment = reply(story, kind=Kind.COMMENT, by=teller, text="ครุภัณฑ์ที่ย้ายต้องติดเลขใหม่")
    catch_up()
    (knower,) = who_knows("ครุภัณฑ์", viewer=OPERATOR)
    assert knower.person == teller
    assert comment.number in knower.evidence
