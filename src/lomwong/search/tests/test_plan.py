"""What is asked for beside the words as typed, and what a viewer is told of it."""

import pytest

from lomwong.communities.models import Audience
from lomwong.people.models import OPERATOR
from lomwong.search.index import catch_up
from lomwong.search.matching import Levers
from lomwong.search.queries import search
from lomwong.search.terms.actions import add_term
from lomwong.search.tests.factories import make_circle, make_person, make_story

pytestmark = pytest.mark.django_db

NONE = Levers(title=False, grams=False, spelling=False, keyboard=False, synonyms=False, threads=False)


def numbers(results) -> list[int]:
    return [hit.number for hit in results.hits]


@pytest.fixture
def posts():
    found = make_story("ขั้นตอนขอ certificate ความปลอดภัยของห้องปฏิบัติการ"), make_story("ติดตั้งพัดลมดูดอากาศในโรงอาหาร")
    catch_up()
    return found


def test_a_misspelt_word_alone_finds_what_was_meant_and_says_so(posts) -> None:
    results = search("certifciate", viewer=OPERATOR)
    assert numbers(results) == [posts[0].number]
    assert (results.searched, results.instead, results.suggestion) == ("certificate", True, "")


def test_beside_a_known_word_it_is_suggested(posts) -> None:
    results = search("ขั้นตอน ความปลอดภัญ", viewer=OPERATOR)
    assert (results.searched, results.instead) == ("ขั้นตอน ความปลอดภัญ", False)
    assert results.suggestion == "ขั้นตอน ความปลอดภัย"
    assert numbers(results) == [posts[0].number]


def test_literally_is_literally(posts) -> None:
    results = search("certifciate", viewer=OPERATOR, is_literal=True)
    assert (results.hits, results.instead, results.suggestion) == ([], False, "")


def test_the_other_keyboard_layout(posts) -> None:
    results = search("8;k,x]vf4yp", viewer=OPERATOR)
    assert numbers(results) == [posts[0].number]
    assert (results.searched, results.instead) == ("ความปลอดภัย", True)
    assert search("8;k,x]vf4yp", viewer=OPERATOR, is_literal=True).hits == []


@pytest.mark.parametrize("is_indexed", [True, False])
def test_part_of_a_longer_word_is_found(is_indexed: bool) -> None:
    catch_up()
    found = make_story("เครื่องวัด thermohygrometer ในคลังยา")
    make_story("เครื่องวัดอย่างอื่น")
    if is_indexed:
        catch_up()
    assert numbers(search("hygromet", viewer=OPERATOR)) == [found.number]
    assert search("hygromex", viewer=OPERATOR, levers=NONE).hits == []


def test_suggestions_hold_only_words_the_viewer_may_read() -> None:
    member, other = make_person(), make_person()
    closed = make_circle(member, audience=Audience.MEMBERS)
    secret = make_story("โครงการ synchrotron รุ่นใหม่", member, closed, audience=Audience.MEMBERS)
    make_story("โครงการปลูกผัก")
    catch_up()
    known = search("synchroton", viewer=member)
    assert (known.searched, known.instead) == ("synchrotron", True)
    assert numbers(known) == [secret.number]
    for query in ("synchroton", "โครงการ synchroton", "หัืแ้พนะพนื"):
        told = search(query, viewer=other)
        assert secret.number not in numbers(told)
        assert "synchrotron" not in (told.searched + told.suggestion)


def test_a_word_of_closed_posts_is_answered_as_one_that_nobody_wrote() -> None:
    member, other = make_person(), make_person()
    closed = make_circle(member, audience=Audience.MEMBERS)
    make_story("เรื่องของ moonligth ล้วน", member, closed, audience=Audience.MEMBERS)
    open_one = make_story("เรื่องของ moonlight ล้วน")
    catch_up()
    written, invented = (search(query, viewer=other) for query in ("moonligth", "moonlihgt"))
    assert (written.searched, written.instead) == (invented.searched, invented.instead) == ("moonlight", True)
    assert numbers(written) == numbers(invented) == [open_one.number]


def test_what_an_unknown_compound_is_made_of_is_found_where_all_of_it_stands() -> None:
    both = make_story("ต้องทำจัดซื้อก่อน แล้วค่าจ้างล่ะ")
    make_story("จัดโต๊ะใหม่")
    catch_up()
    assert numbers(search("จัดซื้อจัดจ้าง", viewer=OPERATOR)) == [both.number]
    assert numbers(search("procurement", viewer=OPERATOR)) == [both.number], "which is the same said otherwise"


def test_a_word_of_the_dictionary_is_doubted_only_where_nobody_wrote_it() -> None:
    written = make_story("เลี้ยงส่งพี่ที่เกษียณ")
    catch_up()
    results = search("เกษียน", viewer=OPERATOR)
    assert (results.searched, results.instead, numbers(results)) == ("เกษียณ", True, [written.number])
    make_story("เกษียนหนังสือแล้วส่งต่อ")
    catch_up()
    assert search("เกษียน", viewer=OPERATOR).instead is False
    assert search("เกษม", viewer=OPERATOR).hits == []


def test_a_slip_that_leaves_no_rest_is_believed_first() -> None:
    make_story("หาใบเสร็จ ใบ นี้จนเสร็จ ถอยร้น")
    catch_up()
    assert search("ใบเสร้จ", viewer=OPERATOR).suggestion == "ใบเสร็จ"
    assert search("ใบเสร้จถอย", viewer=OPERATOR).suggestion == "ใบเสร็จถอย"


def test_short_english_words_are_not_taken_for_others() -> None:
    make_story("a good tick, she had some color left")
    catch_up()
    for asked in ("sick", "solar", "hood"):
        assert search(asked, viewer=OPERATOR).hits == [], asked
    assert search("tikc", viewer=OPERATOR).searched == "tick"


def test_english_glue_does_not_outweigh_what_is_asked_for() -> None:
    glue = make_story("how do I know a good chair")
    about = make_story("ใครเคยต่อ visa บ้าง")
    make_story("นัดประชุมเรื่องย้ายตึก")
    catch_up()
    words_alone = Levers(grams=False)
    found = numbers(search("how do I extend a visa", viewer=OPERATOR, levers=words_alone))
    assert found.index(about.number) < found.index(glue.number)
    assert numbers(search("how do I", viewer=OPERATOR)) == [glue.number]


def test_a_rare_way_to_say_it_is_worth_no_more_than_the_word_asked_for() -> None:
    add_term(["ครุภัณฑ์", "equipment"])
    asked = [make_story(f"ตรวจครุภัณฑ์ประจำปี รอบที่ {number}") for number in range(12)]
    [make_story(f"ไปกินข้าวกัน วันที่ {number}") for number in range(12)]
    other = make_story("ตรวจ equipment ประจำปี รอบที่ 99")
    catch_up()
    found = numbers(search("ครุภัณฑ์", viewer=OPERATOR))
    assert set(found) == {other.number, *(story.number for story in asked)}
    assert found[-1] == other.number
