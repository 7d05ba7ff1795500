"""What facets count by is what the database holds, whether the index knows it or only the news beside it."""

from collections.abc import Callable

import pytest

from lomwong.communities.models import Audience
from lomwong.people.models import OPERATOR
from lomwong.posts.actions import write_post
from lomwong.posts.models import Kind, Post
from lomwong.search.index import catch_up
from lomwong.search.queries import PAGE, search
from lomwong.search.rows import rows_of
from lomwong.search.schema import KINDS, to_moment
from lomwong.search.tests.asking import VISITOR
from lomwong.search.tests.factories import make_circle, make_person, make_reply, make_story

pytestmark = pytest.mark.django_db

WORD = "ตู้เย็น"


@pytest.fixture(params=["indexed", "beside the index"])
def settle(request: pytest.FixtureRequest) -> Callable[[], object]:
    catch_up()
    return {"indexed": catch_up, "beside the index": lambda: 0}[request.param]


def test_each_kind_has_its_place_in_the_index() -> None:
    assert set(KINDS) == set(Kind)


def test_they_agree_with_the_database(settle) -> None:
    author, one, two = make_person(), make_circle(), make_circle()
    tagged = write_post(kind=Kind.STORY, by=author, title=WORD, text=WORD, tags=["ห้องแล็บ"], communities=[one, two])
    asked = make_story(WORD, kind=Kind.QUESTION, audience=Audience.PUBLIC)
    solved = make_story(WORD, kind=Kind.QUESTION)
    answer = make_reply(solved, WORD, kind=Kind.ANSWER)
    settle()
    found = {one.number: one for one in search(WORD, viewer=OPERATOR, counting=500).counted}
    for post in (tagged, asked, solved, answer):
        traits = found[post.number]
        assert traits.kind == post.kind
        assert traits.created == to_moment(post.created_at)
        assert traits.author_id == post.author_id
        assert set(traits.community_ids) == set(post.communities.values_list("pk", flat=True))
        assert traits.is_tagged == post.tags.exists()
        assert traits.is_open == (post == asked)


def test_counting_changes_nothing_of_a_page(settle) -> None:
    for at in range(2 * PAGE):
        make_story(f"{WORD} {'ห้องแล็บ ' * (at % 7)}", audience=Audience.PUBLIC)
    settle()
    for words in (WORD, f"{WORD} ห้องแล็บ"):
        plain, counting = search(words, viewer=VISITOR), search(words, viewer=VISITOR, counting=500)
        assert plain.hits == counting.hits
        assert plain.further == counting.further
        assert len(counting.counted) == 2 * PAGE
        assert [one.number for one in list(counting.counted)[:PAGE]] == [hit.number for hit in plain.hits]


def test_a_row_is_called_and_found_as_its_post() -> None:
    titled, untitled = make_story("หนึ่ง", title="ตู้เย็นเสีย"), make_story("ตู้เย็นเสียอีกแล้ว", title="", kind=Kind.JOURNAL)
    reply = make_reply(titled, "ซ่อมแล้ว")
    rows = rows_of([titled.number, untitled.number, reply.number], OPERATOR)
    for post in Post.objects.all():
        row = rows[post.number]
        assert row.address == post.get_absolute_url()
        assert row.label == (post.root or post).label
        assert row.hue == (post.author.hue if post.author else 8)
        assert row.kind_label == post.get_kind_display()
    assert rows_of([titled.number], VISITOR) == {}
