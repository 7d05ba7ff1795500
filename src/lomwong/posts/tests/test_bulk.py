"""Many posts at once end as if they had been written one by one."""

import random
import tracemalloc
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from lomwong.activity.models import Event, Verb
from lomwong.communities.models import Audience
from lomwong.communities.tests.factories import make_community
from lomwong.people.models import OPERATOR
from lomwong.people.tests.factories import make_person
from lomwong.posts import actions, bulk, queries
from lomwong.posts.bulk import BulkWriter, OldPost, Written, refresh_talk
from lomwong.posts.models import Kind, Markup, Placement, Post, State, Tag
from lomwong.posts.tests.factories import make_post, make_reply

pytestmark = pytest.mark.django_db

NOON = datetime(2006, 11, 19, 12, tzinfo=UTC)


def old(source_id: str, parent: str | None = None, *, hour: float = 0, kind: str = "", **fields) -> OldPost:
    return OldPost(
        source_id=source_id,
        kind=kind or (Kind.COMMENT if parent else Kind.STORY),
        author_id=fields.pop("author_id", None),
        created_at=NOON + timedelta(hours=hour),
        text=fields.pop("text", f"ข้อความ {source_id}"),
        parent=parent,
        **fields,
    )


def write(*posts: OldPost, accept: tuple[str, str] | None = None, source: str = "mail") -> Written:
    return write_all(posts, accept=accept, source=source)


def write_all(posts: Iterable[OldPost], *, accept: tuple[str, str] | None = None, source: str = "mail") -> Written:
    with transaction.atomic(), BulkWriter(source) as writer:
        for post in posts:
            writer.add(post)
        if accept:
            writer.accept(*accept)
    return writer.written


def by_id(source_id: str) -> Post:
    return Post.objects.get(source_id=source_id)


def everything() -> list:
    """All that an import leaves behind, without the numbers of rows."""
    posts = Post.objects.order_by("source_id").values_list(
        "source_id", "kind", "author", "parent__source_id", "root__source_id", "title", "text", "html", "excerpt",
        "audience", "created_at", "lifted_at", "reply_count", "accepted_answer__source_id",
    )  # fmt: skip
    placements = Placement.objects.values_list("post__source_id", "community")
    tags = Post.tags.through.objects.values_list("post__source_id", "tag__key")
    numbers = dict(Post.objects.values_list("number", "source_id"))
    events = [
        (numbers.get(event.post_number), event.verb, event.actor_id, event.target_id, event.weight, event.at)
        for event in Event.objects.exclude(post_number=None)
    ]
    return [list(posts), *map(sorted, (placements, tags)), sorted(events, key=str)]


def test_a_thread_goes_in_whole():
    author, community = make_person(), make_community()
    written = write(
        old(
            "q", kind=Kind.QUESTION, author_id=author.pk, title="ถาม", community_ids=[community.pk], tags=["ป้าย", "ป้าย"]
        ),
        old("a", "q", hour=1, kind=Kind.ANSWER),
        old("c", "a", hour=2),
        accept=("q", "a"),
    )
    assert (written.new, written.known, written.orphans) == (3, 0, [])
    question, answer, comment = by_id("q"), by_id("a"), by_id("c")
    assert (answer.parent, answer.root, comment.parent, comment.root) == (question, question, answer, question)
    assert (question.reply_count, question.lifted_at) == (2, NOON + timedelta(hours=2))
    assert question.accepted_answer == answer
    assert question.html == "<p>ข้อความ q</p>"
    assert [tag.key for tag in question.tags.all()] == ["ป้าย"]
    for post in (question, answer, comment):
        assert list(post.communities.all()) == [community]
        assert post.audience is None
    verbs = Event.objects.exclude(post_number=None).order_by("id").values_list("verb", "target_id")
    assert list(verbs) == [
        (Verb.POSTED, None),
        (Verb.REPLIED, author.pk),
        (Verb.REPLIED, None),
        (Verb.ACCEPTED, None),
    ]


def test_a_second_import_changes_nothing():
    posts = [old("q", kind=Kind.QUESTION), old("a", "q", hour=1, kind=Kind.ANSWER), old("x", "nowhere")]
    write(*posts, accept=("q", "a"))
    before = everything()
    written = write(*(replace(post, text="anders", title="anders") for post in posts), accept=("q", "a"))
    assert (written.new, written.known) == (0, 3)
    assert everything() == before


def test_the_same_id_of_another_source_is_another_post():
    write(old("1"))
    assert write(old("1"), source="gotoknow").new == 1
    assert Post.objects.filter(source_id="1").count() == 2


def test_a_double_within_one_import_goes_in_once():
    written = write(old("1", text="แรก"), old("1", text="ซ้ำ"))
    assert (written.new, written.known) == (1, 1)
    assert by_id("1").text == "แรก"


def test_what_comes_later_hangs_below_what_came_before():
    write(old("q", audience=Audience.PUBLIC))
    write(old("a", "q", hour=5))
    question = by_id("q")
    assert by_id("a").root == question
    assert (question.reply_count, question.lifted_at) == (1, NOON + timedelta(hours=5))
    assert by_id("a").audience == Audience.PUBLIC


@pytest.mark.parametrize("batch", [1, 2, 3, 1000])
def test_any_order_and_any_batch_give_the_same(monkeypatch, batch):
    community = make_community()
    people = [make_person().pk for _ in range(3)]
    chance = random.Random(7)
    posts = [old("0", author_id=people[0], community_ids=[community.pk])]
    for number in range(1, 30):
        parent = None if number % 9 == 0 else str(chance.randrange(number))
        posts.append(
            old(
                str(number), parent, hour=number, author_id=people[number % 3], community_ids=[community.pk], tags=["ก"]
            )
        )
    write(*posts)
    expected = everything()
    for _ in range(3):
        transaction.set_rollback(False)
        Event.objects.exclude(post_number=None).delete()
        Post.objects.update(parent=None, root=None)
        Post.objects.all().delete()
        shuffled = chance.sample(posts, len(posts))
        monkeypatch.setattr(bulk, "BATCH", batch)
        write(*shuffled)
        assert everything() == expected


def test_who_waits_for_a_parent_that_never_comes_begins_a_thread():
    written = write(old("1", "gone", hour=1), old("2", "1", hour=2), old("3", "self", hour=3))
    assert sorted(written.orphans) == ["1", "3"]
    first = by_id("1")
    assert (first.parent, first.kind, first.reply_count) == (None, Kind.STORY, 1)
    assert by_id("2").root == first
    assert len(queries.feed(OPERATOR).posts) == 2


@pytest.mark.parametrize("links", [{"1": "1"}, {"1": "2", "2": "1"}, {"1": "2", "2": "3", "3": "1", "4": "2"}])
def test_a_ring_of_parents_is_cut_once(links):
    write(*(old(one, other) for one, other in links.items()))
    roots = Post.objects.filter(parent=None)
    assert roots.count() == 1
    assert roots.get().thread.count() == roots.get().reply_count == len(links) - 1
    for post in Post.objects.all():
        seen = set()
        while post.parent and post.pk not in seen:
            seen.add(post.pk)
            post = post.parent
        assert post == roots.get()


def test_a_long_chain_in_reverse_is_one_thread():
    count = 3000
    write(*(old(str(number), str(number - 1) if number else None, hour=number) for number in reversed(range(count))))
    root = by_id("0")
    assert root.thread.count() == root.reply_count == count - 1
    assert root.lifted_at == NOON + timedelta(hours=count - 1)


@pytest.mark.parametrize("is_reversed", [False, True])
def test_a_reply_is_as_closed_as_its_thread(is_reversed):
    """Archives name circles on the first post only; a reply must not fall back to everybody."""
    closed = make_community(audience=Audience.MEMBERS)
    posts = [old("q", community_ids=[closed.pk]), old("a", "q"), old("c", "a")]
    write(*(reversed(posts) if is_reversed else posts))
    assert not Post.objects.visible_to(make_person()).exists()
    assert not Post.objects.visible_to(AnonymousUser()).exists()
    assert Post.objects.in_community(closed).count() == 3


def test_accepting_waits_for_both_and_holds_to_the_thread():
    write(
        old("other", kind=Kind.QUESTION),
        old("a", "q", hour=1, kind=Kind.ANSWER),
        old("q", kind=Kind.QUESTION),
        accept=("q", "a"),
    )
    assert by_id("q").accepted_answer == by_id("a")
    write(accept=("other", "a"))  # an answer to something else
    write(accept=("other", "nowhere"))
    assert by_id("other").accepted_answer is None
    assert Event.objects.filter(verb=Verb.ACCEPTED).count() == 1


def test_numbers_are_given_once():
    last = make_post()
    written = write(*(old(str(number)) for number in range(5)))
    numbers = list(Post.objects.filter(source="mail").order_by("number").values_list("number", flat=True))
    assert written.new == len(set(numbers)) == 5
    assert min(numbers) > last.number
    Post.objects.filter(number=numbers[-1]).delete()
    assert make_post().number > numbers[-1]


def test_a_broken_import_leaves_nothing():
    make_post()
    before = (Post.objects.count(), Event.objects.count(), Tag.objects.count())

    def broken_off():
        yield from (old(str(number), tags=["ก"]) for number in range(bulk.BATCH + 1))
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_all(broken_off())
    assert (Post.objects.count(), Event.objects.count(), Tag.objects.count()) == before


def test_given_html_is_kept_and_other_markup_is_made():
    write(
        old("given", text="ต้นฉบับ", html="<p>ที่ทำไว้</p>", markup=Markup.PLAIN),
        old("plain", text="ก < ข\nค", markup=Markup.PLAIN),
        old("html", text="<p onclick=x>ก<script>1</script></p>", markup=Markup.HTML),
    )
    assert by_id("given").html == "<p>ที่ทำไว้</p>"
    assert by_id("plain").html == "<p>ก &lt; ข<br>ค</p>"
    assert by_id("html").html == "<p>ก</p>"


def test_an_import_may_be_talked_on_here():
    write(old("q"))
    reply = make_reply(by_id("q"))
    assert by_id("q").reply_count == 1
    write(old("late", "q", hour=-1))
    assert by_id("q").reply_count == 2
    assert by_id("q").lifted_at == reply.created_at


def test_refresh_talk_looks_at_everything_said():
    community, silent = make_community(), make_community()
    write(old("q", community_ids=[community.pk]), old("a", "q", hour=9, community_ids=[community.pk]))
    refresh_talk([community, silent])
    community.refresh_from_db()
    silent.refresh_from_db()
    assert community.talked_at == NOON + timedelta(hours=9)
    assert silent.talked_at is None


def test_memory_does_not_grow_with_the_number_of_posts(monkeypatch):
    monkeypatch.setattr(bulk, "BATCH", 100)

    def peak(count: int, source: str) -> int:
        tracemalloc.start()
        with transaction.atomic(), BulkWriter(source) as writer:
            for number in range(count):
                parent = str(number - number % 10) if number % 10 else None
                writer.add(old(str(number), parent, hour=number, text="ข้อความ " * 1000, html="<p>x</p>"))
        _, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return highest

    peak(100, "warm")
    small = peak(200, "small")
    assert peak(700, "large") < small * 1.3


def test_replies_that_are_not_shown_are_not_counted_when_more_come():
    write(old("a"), old("b", "a", hour=1), old("c", "a", hour=5))
    Post.objects.filter(source_id="c").update(state=State.HIDDEN)
    write(old("a"), old("d", "a", hour=2))
    thread = by_id("a")
    assert (thread.reply_count, thread.lifted_at) == (2, NOON + timedelta(hours=2))


@pytest.mark.parametrize("change", [{"state": State.WITHDRAWN}, {"state": State.HIDDEN}])
def test_an_answer_that_is_not_shown_is_not_accepted_by_the_same_import_again(change):
    posts = (old("q", kind=Kind.QUESTION), old("a", "q", kind=Kind.ANSWER))
    write(*posts, accept=("q", "a"))
    Post.objects.filter(source_id="q").update(accepted_answer=None)
    Post.objects.filter(source_id="a").update(**change)
    write(*posts, accept=("q", "a"))
    assert by_id("q").accepted_answer is None


def test_an_answer_that_did_not_work_after_all_is_not_accepted_by_the_same_import_again():
    asker = make_person()
    posts = (old("q", kind=Kind.QUESTION, author_id=asker.pk), old("a", "q", kind=Kind.ANSWER))
    write(*posts, accept=("q", "a"))
    actions.take_back_accepted(by_id("a"), by=asker)
    write(*posts, accept=("q", "a"))
    assert by_id("q").accepted_answer is None
    assert Event.objects.filter(verb=Verb.ACCEPTED).count() == 1
