"""What is hidden, held or withdrawn is found by nobody: on any path, before and after the index has caught up."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from lomwong.activity.actions import record
from lomwong.activity.models import Verb
from lomwong.people.models import OPERATOR, Person
from lomwong.posts.actions import recount, tags_named, touch_thread
from lomwong.posts.models import Kind, Post, State
from lomwong.posts.queries import feed, questions, tagged, unanswered
from lomwong.posts.tests.factories import hang
from lomwong.search.index import catch_up, rebuild
from lomwong.search.nearby import related, similar
from lomwong.search.queries import search, search_documents
from lomwong.search.suggest import suggest
from lomwong.search.tests.asking import VISITOR, choices, found
from lomwong.search.tests.factories import make_circle, make_person, make_reply, make_story
from lomwong.text.normalise import normalise

pytestmark = pytest.mark.django_db

WORD = "ตู้อบสุญญากาศ"
STATES = (State.HELD, State.HIDDEN, State.WITHDRAWN)


@pytest.fixture(params=["indexed", "beside the index", "built anew"])
def settle(request: pytest.FixtureRequest) -> Callable[[], object]:
    catch_up()
    return {"indexed": catch_up, "beside the index": lambda: 0, "built anew": rebuild}[request.param]


def take_out(post: Post, state: str = State.HIDDEN) -> None:
    """As the verbs do: the state, the counters of the thread, a line in the ledger."""
    Post.objects.filter(pk=post.pk).update(state=state)
    recount(Post.objects.get(pk=post.root_id)) if post.root_id else touch_thread(post.number)
    record(Verb.MODERATED, actor_id=None, target_id=post.author_id, post_number=post.number)


def put_back(post: Post) -> None:
    take_out(post, State.SHOWN)


def everyone(*people: Person) -> list[object]:
    return [AnonymousUser(), OPERATOR, *people]


@pytest.mark.parametrize("state", STATES)
def test_it_leaves_the_results_and_comes_back(settle, state: str) -> None:
    author = make_person()
    story = make_story(f"{WORD} เสียอีกแล้ว", author, title=f"ซ่อม{WORD}", audience="public")
    other = make_story("ตู้อบธรรมดาก็ใช้ได้", author, audience="public")
    catch_up()
    for viewer in everyone(author):
        assert story.number in found(WORD, viewer)
    take_out(story, state)
    settle()
    for viewer in everyone(author, make_person()):
        assert story.number not in found(WORD, viewer)
        assert story.number not in found(f'"{WORD}"', viewer)
        assert story.number not in {one.number for one in search_documents(WORD, viewer=viewer)}
        assert story.number not in found("", viewer, author=author.pk) | found("", viewer, kind="story")
    assert other.number in found("ตู้อบ", VISITOR)
    put_back(story)
    settle()
    assert story.number in found(WORD, VISITOR)


@pytest.mark.parametrize("state", STATES)
def test_no_spelling_suggestion_or_completion_comes_from_it(settle, state: str) -> None:
    author = make_person()
    story = make_story("เรื่อง spectrophotometer ตัวใหม่", author, title="spectrophotometer", audience="public")
    story.tags.set(tags_named(["spectroscopy"]))
    record(Verb.EDITED, actor_id=author.pk, post_number=story.number)
    catch_up()
    assert suggest("spectr", author)
    assert search("spectrofotometer", viewer=author).searched or search("spectrofotometer", viewer=author).suggestion
    take_out(story, state)
    settle()
    for viewer in (author, VISITOR):
        assert not suggest("spectr", viewer)
        results = search("spectrofotometer", viewer=viewer)
        assert not results.hits
        assert "spectrophotometer" not in results.suggestion + results.searched
        assert not feed(viewer, tagged(story.tags.get())).posts
    assert story.number not in found("tag:spectroscopy", author)


def test_its_file_is_not_read_out(settle) -> None:
    author = make_person()
    story = make_story("ดูไฟล์แนบ", author)
    file = hang(story, "คู่มือ.docx")
    file.words_text, file.reading = f"วิธีใช้ {WORD}", "done"
    file.save()
    record(Verb.ATTACHED, actor_id=None, post_number=story.number)
    settle()
    assert found(WORD, author) == {story.number}
    take_out(story)
    settle()
    assert found(WORD, author) == found(WORD) == set()
    assert not type(file).objects.visible_to(author).exists()


def test_counts_of_facets_leave_it_out(settle) -> None:
    author, circle = make_person(), make_circle(audience="organisation")
    kinds = ["story", "story", "story", "question"]
    posts = [make_story(f"{WORD} {n}", author, circle, kind=kind) for n, kind in enumerate(kinds)]
    settle()
    assert choices(author, WORD)["kind"] == {"Stories": 3, "Questions": 1, "Nobody has answered yet": 1}
    take_out(posts[0])
    settle()
    assert choices(author, WORD)["kind"] == {"Stories": 2, "Questions": 1, "Nobody has answered yet": 1}


def test_a_hidden_answer_is_none(settle) -> None:
    asker = make_person()
    question = make_story("ซ่อมอย่างไร", asker, title=WORD, kind=Kind.QUESTION)
    answer = make_reply(question, "ตบข้างเครื่อง", kind=Kind.ANSWER)
    settle()
    assert found(f"{WORD} is:unanswered", asker) == set()
    take_out(answer)
    settle()
    assert found(f"{WORD} is:unanswered", asker) == {question.number}
    assert unanswered().filter(pk=question.pk).exists()
    assert feed(asker, questions(is_open=True)).posts[0].is_answered is False
    assert [near.answer_count for near in similar(f"{WORD}", asker)] == [0]


def test_the_words_of_a_hidden_first_post_speak_for_no_reply(settle) -> None:
    author = make_person()
    story = make_story(f"{WORD} ของใครหาย", author)
    reply = make_reply(story, "ของผมเอง")
    settle()
    assert reply.number in found(WORD, author)
    take_out(story)
    settle()
    assert found(WORD, author) == set()


def test_it_is_near_to_nothing(settle) -> None:
    author = make_person()
    mine = make_story(f"เครื่อง {WORD} ในห้องปฏิบัติการเคมีเสีย", author, title=f"{WORD} เสีย", kind=Kind.QUESTION)
    near = make_story(f"เครื่อง {WORD} ในห้องปฏิบัติการเคมีเสีย ซ่อมแล้ว", title=f"ซ่อม {WORD} ในห้องปฏิบัติการ")
    settle()
    assert near.number in {one.post.number for one in related(mine, author)}
    assert near.number in {one.post.number for one in similar(f"{WORD} ในห้องปฏิบัติการ", author)}
    take_out(near)
    settle()
    assert near.number not in {one.post.number for one in related(mine, author)}
    assert near.number not in {one.post.number for one in similar(f"{WORD} ในห้องปฏิบัติการ", author)}


def test_pages_show_nothing_of_it(settle, client: Client) -> None:
    author = make_person()
    story = make_story(f"{WORD} เสีย", author, title=f"{WORD} ของเรา", audience="public")
    settle()
    assert WORD in client.get("/search/", {"q": "ของเรา"}).content.decode()
    take_out(story)
    settle()
    client.force_login(author)
    for address in ("/", f"/people/{author.pk}/posts/", "/search/suggest/?q=" + WORD[:4], "/questions/"):
        assert normalise(WORD) not in normalise(client.get(address).content.decode())
