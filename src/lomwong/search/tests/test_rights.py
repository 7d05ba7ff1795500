"""Nobody finds what they may not read: on any path, at any moment, not even by a title or a count."""

import pytest
from django.contrib.auth.models import AnonymousUser

from lomwong.communities.actions import change_community, get_up, sit_down
from lomwong.communities.models import Audience, Community
from lomwong.people.models import OPERATOR, Viewer
from lomwong.posts.actions import edit_post
from lomwong.posts.models import Kind, Placement, Post
from lomwong.search import fresh, inquiry
from lomwong.search.index import catch_up
from lomwong.search.matching import Within
from lomwong.search.queries import search, search_documents
from lomwong.search.showing import communities_named, found_posts, people_named, text_of
from lomwong.search.tests.factories import make_circle, make_person, make_reply, make_story

pytestmark = pytest.mark.django_db

WORD = "ลิฟต์"


@pytest.fixture(params=["indexed", "beside the index", "without the second wall"])
def settle(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch):
    """The index, the news beside it, and the index alone: its own filter must hold without the database behind it."""
    catch_up()
    if request.param == "without the second wall":
        monkeypatch.setattr(inquiry, "still_readable", lambda numbers, *_: set(numbers))
    return (lambda: 0) if request.param == "beside the index" else catch_up


def found(viewer: Viewer) -> set[int]:
    numbers = {hit.number for hit in search(WORD, viewer=viewer).hits}
    assert numbers == {document.number for document in search_documents(WORD, viewer=viewer)}
    return numbers


def close(circle: Community, audience: str = Audience.MEMBERS) -> None:
    change_community(circle, by=make_person(), name=circle.name, purpose="", audience=audience, stage=circle.stage)


def test_each_viewer_finds_exactly_what_they_may_read(settle) -> None:
    member, author, outsider = make_person(), make_person(), make_person()
    closed, house = make_circle(member), make_circle(audience=Audience.ORGANISATION)
    opened = make_circle(audience=Audience.PUBLIC)
    public = {
        make_story(WORD, author, audience=Audience.PUBLIC).number,
        make_story(WORD, author, opened).number,
        make_story(WORD, author, closed, opened).number,
    }
    inside = {make_story(WORD, author).number, make_story(WORD, author, house).number}
    story = make_story(WORD, author, closed)
    secret = {story.number, make_reply(story, WORD, member).number}
    settle()
    assert found(AnonymousUser()) == public
    assert found(outsider) == public | inside
    assert found(member) == public | inside | secret
    assert found(author) == public | inside | {story.number}
    assert found(OPERATOR) == public | inside | secret == set(Post.objects.values_list("number", flat=True))


def test_mostly_closed_talk_is_filtered_as_well(settle) -> None:
    member, outsider = make_person(), make_person()
    closed = make_circle(member)
    secret = {make_story(WORD, make_person(), closed).number for _ in range(12)}
    own = make_story(WORD, outsider, closed).number
    public = make_story(WORD, audience=Audience.PUBLIC).number
    settle()
    assert found(AnonymousUser()) == {public}
    assert found(outsider) == {public, own}
    assert found(member) == {public, own} | secret


def test_closing_a_circle_hides_old_posts_at_once(settle) -> None:
    circle = make_circle(audience=Audience.PUBLIC)
    story = make_story(WORD, make_person(), circle)
    settle()
    assert found(AnonymousUser()) == {story.number}
    close(circle)
    assert found(AnonymousUser()) == set()
    assert found(make_person()) == set()
    close(circle, Audience.ORGANISATION)
    assert found(make_person()) == {story.number}
    assert found(AnonymousUser()) == set()


def test_sitting_down_and_getting_up_count_at_once(settle) -> None:
    person, circle = make_person(), make_circle()
    story = make_story(WORD, make_person(), circle)
    settle()
    assert found(person) == set()
    sit_down(circle, person=person)
    assert found(person) == {story.number}
    get_up(circle, person=person)
    assert found(person) == set()


def test_edited_to_narrower_takes_its_replies_along() -> None:
    author, outsider = make_person(), make_person()
    story = make_story(WORD, author, audience=Audience.PUBLIC)
    make_reply(story, WORD)
    catch_up()
    assert len(found(AnonymousUser())) == 2
    edit_post(story, by=author, text=WORD, communities=[make_circle()])
    assert found(AnonymousUser()) == set()
    assert found(outsider) == set()
    catch_up()
    assert found(AnonymousUser()) == set()
    assert found(outsider) == set()
    assert found(author) == {story.number}


def test_edited_to_narrower_is_hidden_by_the_index_itself_after_catching_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    author = make_person()
    story = make_story(WORD, author, audience=Audience.PUBLIC)
    make_reply(story, WORD)
    catch_up()
    edit_post(story, by=author, text=WORD, communities=[make_circle()])
    catch_up()
    monkeypatch.setattr(inquiry, "still_readable", lambda numbers, *_: set(numbers))
    assert found(AnonymousUser()) == set()


def test_the_second_wall_holds_where_the_index_was_told_nothing() -> None:
    circle = make_circle()
    story = make_story(WORD, audience=Audience.PUBLIC)
    catch_up()
    Post.objects.update(audience=None)
    Placement.objects.create(post=story, community=circle)
    assert found_posts(search(WORD, viewer=AnonymousUser()).hits, WORD, AnonymousUser()) == []
    make_story("อื่น")  # now the index is behind, and trusted with nothing
    assert search(WORD, viewer=AnonymousUser()).hits == []


def test_while_the_index_is_too_far_behind_the_database_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    story = make_story(WORD, audience=Audience.PUBLIC)
    catch_up()
    edit_post(story, by=story.author, text=WORD, communities=[make_circle()])
    for _ in range(3):
        make_story("อื่น")
    monkeypatch.setattr(fresh, "MOST", 2)
    assert found(AnonymousUser()) == set()


def test_a_long_thread_that_closes_hides_every_reply_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    story = make_story("ข้างใน", audience=Audience.PUBLIC)
    for _ in range(5):
        make_reply(story, WORD)
    catch_up()
    monkeypatch.setattr(fresh, "MOST", 3)
    edit_post(story, by=story.author, text="ข้างใน", communities=[make_circle()])
    assert found(AnonymousUser()) == found(make_person()) == set()
    assert len(found(OPERATOR)) == 5


def test_asking_within_a_closed_circle_finds_nothing(settle) -> None:
    circle = make_circle()
    make_story(WORD, make_person(), circle)
    settle()
    assert search(WORD, viewer=make_person(), within=Within(community_ids=[circle.pk])).hits == []


def test_ones_own_reply_does_not_show_the_title_of_a_closed_thread() -> None:
    person, circle = make_person(), make_circle()
    sit_down(circle, person=person)
    story = make_story("ข้างใน", make_person(), circle, title="เรื่องลับของวง")
    mine = make_reply(story, WORD, person)
    catch_up()
    get_up(circle, person=person)
    (own,) = found_posts(search(WORD, viewer=person).hits, WORD, person)
    assert own.post.number == mine.number
    assert "ลับ" not in text_of(own.title)
    (seen,) = found_posts(search(WORD, viewer=OPERATOR).hits, WORD, OPERATOR)
    assert text_of(seen.title) == "เรื่องลับของวง"


def test_ones_own_reply_does_not_tell_what_a_closed_thread_says_now(settle) -> None:
    person, other, circle = make_person(), make_person(), make_circle()
    sit_down(circle, person=person)
    story = make_story("ข้างใน", other, circle)
    mine = make_reply(story, "รับทราบ", person)
    make_story("ไม่เกี่ยวกัน")
    get_up(circle, person=person)
    edit_post(story, by=other, text=WORD)
    settle()
    assert found(person) == set()
    assert found(OPERATOR) == {story.number, mine.number}
    assert search("รับทราบ", viewer=person).hits[0].number == mine.number


def test_pages_and_scores_do_not_count_what_is_hidden() -> None:
    circle = make_circle()
    for _ in range(25):
        make_story(WORD, make_person(), circle)
    make_story(WORD)
    catch_up()
    results = search(WORD, viewer=make_person(), limit=1)
    assert len(results.hits) == 1
    assert results.further == ""


def test_a_long_question_does_not_tell_which_words_stand_where_one_may_not_read() -> None:
    """Of its many words the most telling are asked for, and a hidden one must not take the place of another."""
    words = [f"word{letter}" for letter in "abcdefghijklmnopqrstuvwx"]
    outsider = make_person()
    make_story(" ".join(words[1:]))
    common = [make_story(words[0]).number for _ in range(3)]
    make_story("lobster", make_person(), make_circle())
    catch_up()
    question = " ".join([*words, "lobster"])
    assert {hit.number for hit in search(question, viewer=outsider, limit=50).hits} >= set(common)
    assert {one.number for one in search_documents(question, viewer=outsider)} >= set(common)


def test_names_are_for_colleagues_only() -> None:
    person = make_person("สมหญิง ใจดี")
    circle = make_circle(name="วงสมหญิง")
    assert people_named("สมหญิง", make_person("ก")) == [person]
    assert people_named("สมหญิง", AnonymousUser()) == []
    assert communities_named("สมหญิง", make_person("ข")) == [circle]
    assert communities_named("สมหญิง", AnonymousUser()) == []
    person.is_active = False
    person.save()
    assert people_named("สมหญิง", make_person("ค")) == []


def test_an_answer_does_not_show_a_question_of_another_kind() -> None:
    question = make_story(WORD, kind=Kind.QUESTION)
    answer = make_reply(question, WORD, kind=Kind.ANSWER)
    catch_up()
    hits = search(WORD, viewer=make_person(), within=Within(kinds=["answer"])).hits
    assert [hit.number for hit in hits] == [answer.number]
