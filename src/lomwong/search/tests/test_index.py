"""The index keeps up, may be lost or damaged at any moment, and never has two writers."""

import logging
import os
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest
from django.conf import settings
from tantivy import Query

import lomwong
from lomwong.activity.queries import last_position, position_of
from lomwong.people.models import OPERATOR
from lomwong.posts.actions import delete_posts, edit_post
from lomwong.posts.models import Kind, Post
from lomwong.search import folder, index
from lomwong.search.index import catch_up, rebuild, rewrite
from lomwong.search.queries import search
from lomwong.search.reader import Reader
from lomwong.search.schema import SCHEMA
from lomwong.search.tests.factories import make_person, make_reply, make_story
from lomwong.text.segment import index_terms

pytestmark = pytest.mark.django_db


def is_found(word: str) -> bool:
    return bool(search(word, viewer=OPERATOR).hits)


def in_use() -> Path:
    path = folder.current()
    assert path is not None
    return path


def test_catching_up_takes_in_each_post_once() -> None:
    make_story("หนึ่ง")
    assert catch_up() == 1
    make_story("สอง")
    story = make_story("สาม")
    edit_post(story, by=story.author, text="สี่")
    assert catch_up() == 2
    assert catch_up() == 0
    assert position_of("search") == last_position()


def test_many_batches_and_commits(monkeypatch: pytest.MonkeyPatch) -> None:
    catch_up()
    make_story("ก่อน")
    catch_up()
    monkeypatch.setattr(index, "BATCH", 2)
    monkeypatch.setattr(index, "COMMIT_EVERY", 3)
    for at in range(11):
        make_story(f"เครื่องปรับอากาศ {at}")
    assert catch_up() == 11
    view = Reader().view()
    assert view is not None
    assert view.searcher.num_docs == 12


def test_a_killed_run_is_made_good_from_the_last_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    make_story("ก่อน")
    catch_up()
    monkeypatch.setattr(index, "BATCH", 1)
    monkeypatch.setattr(index, "COMMIT_EVERY", 2)
    for at in range(5):
        make_story(f"เครื่องปรับอากาศ {at}")

    def stop_at_three(counts, total):
        for count in counts:
            if count == 4:
                raise KeyboardInterrupt
            yield count

    with pytest.raises(KeyboardInterrupt):
        catch_up(stop_at_three)
    assert position_of("search") < last_position()
    assert catch_up() == 3
    view = Reader().view()
    assert view is not None
    assert view.searcher.num_docs == 6


def test_a_changed_question_changes_what_its_answers_are_found_by() -> None:
    story = make_story("คำเดิม")
    make_reply(story, "ตอบ")
    catch_up()
    edit_post(story, by=story.author, text="คำใหม่")
    assert catch_up() == 2


def test_progress_is_told_how_far_it_goes() -> None:
    for at in range(3):
        make_story(str(at))
    seen: list[tuple[int, int]] = []

    def watch(counts, total):
        for count in counts:
            seen.append((count, total))
            yield count

    rebuild(watch)
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_a_reader_reads_on_while_the_index_is_built_anew() -> None:
    make_story("แอร์เสีย")
    catch_up()
    reader = Reader()
    old = reader.view()
    assert old is not None
    first = in_use()
    make_story("แอร์เสียอีกตัว")
    rebuild()
    assert not first.exists()
    assert old.searcher.num_docs == 1
    words = Query.term_query(SCHEMA, "body", index_terms("แอร์")[0], index_option="freq")
    assert len(old.searcher.search(words, 5).hits) == 1
    fresh_view = reader.view()
    assert fresh_view is not None
    assert fresh_view.searcher.num_docs == 2


def test_another_process_writing_is_left_alone() -> None:
    make_story("แอร์เสีย")
    with folder.writing(wait=False) as is_ours:
        assert is_ours
        assert catch_up() == 0
        assert is_found("แอร์")
    assert catch_up() == 1


def test_the_lock_holds_between_processes() -> None:
    hold = (
        "import fcntl, sys; f = open(sys.argv[1], 'a'); fcntl.flock(f, fcntl.LOCK_EX); "
        "print('held', flush=True); sys.stdin.read()"
    )
    make_story("แอร์เสีย")
    folder.root().mkdir(parents=True, exist_ok=True)
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(folder.root() / "lock")], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        other.stdout.readline()
        assert catch_up() == 0
        other.stdin.close()
    assert catch_up() == 1


def test_rebuilding_waits_for_the_other_writer() -> None:
    make_story("แอร์เสีย")
    order: list[str] = []

    def wait_for_turn() -> None:
        with folder.writing(wait=True):
            order.append("second")

    with folder.writing(wait=False):
        thread = Thread(target=wait_for_turn)
        thread.start()
        thread.join(0.2)
        order.append("first")
    thread.join(5)
    assert order == ["first", "second"]


def test_a_lost_index_is_built_anew(caplog: pytest.LogCaptureFixture) -> None:
    make_story("น้ำท่วมห้องเก็บของ")
    catch_up()
    folder.link().unlink()
    assert is_found("น้ำท่วม")
    assert not search("น้ำท่วม", viewer=OPERATOR).is_complete
    with caplog.at_level(logging.WARNING):
        assert catch_up() == 1
    assert "building it anew" in caplog.text
    assert search("น้ำท่วม", viewer=OPERATOR).is_complete


def test_an_index_of_another_version_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    make_story("น้ำท่วมห้องเก็บของ")
    catch_up()
    old = in_use()
    monkeypatch.setattr(folder, "VERSION", folder.VERSION + 1)
    assert folder.current() is None
    assert catch_up() == 1
    assert in_use().name.startswith(f"v{folder.VERSION}-")
    assert not old.exists()


def test_an_older_program_leaves_the_index_of_a_newer_one_alone() -> None:
    newer = folder.root() / f"v{folder.VERSION + 1}-0000"
    newer.mkdir(parents=True)
    rebuild()
    assert newer.exists()


DAMAGE = {
    "zeroes": lambda path: path.write_bytes(b"\0" * path.stat().st_size),
    "zeroes before the end": lambda path: path.write_bytes(
        b"\0" * (path.stat().st_size - 106) + path.read_bytes()[-106:]
    ),
    "half": lambda path: os.truncate(path, path.stat().st_size // 2),
    "empty": lambda path: os.truncate(path, 0),
    "gone": lambda path: path.unlink(),
    "noise": lambda path: path.write_bytes(os.urandom(path.stat().st_size)),
}


CASES = [
    *((name, how) for name in ("meta.json", "*.store") for how in DAMAGE),
    *(
        (name, how)
        for name in ("*.term", "*.idx", "*.fast", "*.fieldnorm")
        for how in ("zeroes before the end", "gone")
    ),
]


@pytest.mark.parametrize(("name", "how"), CASES)
def test_a_damaged_index_is_built_anew(name: str, how: str, caplog: pytest.LogCaptureFixture) -> None:
    for at in range(3):
        make_story(f"น้ำท่วมห้อง {at}")
    catch_up()
    (path,) = in_use().glob(name)
    DAMAGE[how](path)
    folder.forget_checks()  # as in a process that starts now
    broken = Reader()
    with caplog.at_level(logging.WARNING):
        assert broken.view() is None
        assert broken.view() is None
    assert caplog.text.count("cannot be read") == 1
    assert catch_up() == 3
    view = broken.view()
    assert view is not None
    assert view.searcher.num_docs == 3
    assert not folder.doubt().exists()


def test_a_doubt_without_reason_costs_nothing() -> None:
    make_story("น้ำท่วม")
    catch_up()
    before = in_use()
    folder.doubt().touch()
    assert catch_up() == 0
    assert in_use() == before
    assert not folder.doubt().exists()


def test_nothing_written_yet_makes_an_empty_index() -> None:
    assert catch_up() == 0
    assert search("อะไรก็ได้", viewer=OPERATOR).is_complete
    assert list(Path(settings.SEARCH_INDEX_DIR).glob("v*-*")) == [in_use()]


def test_a_failed_building_leaves_the_old_index_and_no_litter(monkeypatch: pytest.MonkeyPatch) -> None:
    make_story("น้ำท่วม")
    catch_up()
    before = in_use()

    def break_off(counts, total):
        next(counts)
        raise OSError("no")

    with pytest.raises(OSError, match="no"):
        rebuild(break_off)
    assert in_use() == before
    assert list(Path(settings.SEARCH_INDEX_DIR).glob("v*-*")) == [before]
    assert is_found("น้ำท่วม")


def test_posts_that_are_gone_leave_the_index() -> None:
    story = make_story("น้ำท่วม")
    catch_up()
    edit_post(story, by=story.author, text="น้ำท่วมอีก")
    Post.objects.filter(pk=story.pk).delete()
    catch_up()
    view = Reader().view()
    assert view is not None
    assert view.searcher.num_docs == 0


def test_a_deleted_post_leaves_the_index_and_its_question_is_open_again() -> None:
    question = make_story("ใครซ่อมแอร์", kind=Kind.QUESTION)
    answer = make_reply(question, "โทรหาอาคาร", kind=Kind.ANSWER)
    catch_up()
    delete_posts([answer], by=make_person())
    assert not search("โทรหาอาคาร", viewer=OPERATOR, is_literal=True).hits
    catch_up()
    view = Reader().view()
    assert view is not None
    assert view.searcher.num_docs == 1
    assert len(view.searcher.search(Query.term_query(SCHEMA, "unanswered", 1), 5).hits) == 1


def test_writing_anew_takes_in_what_the_ledger_does_not_tell() -> None:
    story, other = make_story("แอร์เสีย"), make_story("แอร์ดัง")
    catch_up()
    Post.objects.filter(pk=story.pk).update(html="<p>น้ำท่วม</p>")
    Post.objects.filter(pk=other.pk).delete()
    assert rewrite([story.number, other.number, 10**9]) == 1
    view = Reader().view()
    assert view is not None
    assert view.searcher.num_docs == 1
    assert is_found("น้ำท่วม")
    folder.link().unlink()
    assert rewrite([story.number]) == 0


def test_one_searches_on_while_the_index_is_built_anew() -> None:
    for at in range(5):
        make_story(f"น้ำท่วมห้อง {at}")
    catch_up()
    seen: list[int] = []

    def look(counts, total):
        for count in counts:
            if count <= 3:
                make_story(f"น้ำท่วมตึก {count}")
            seen.append(len(search("น้ำท่วม", viewer=OPERATOR).hits))
            yield count

    rebuild(look)
    assert seen == [6, 7, 8, 8, 8, 8, 8, 8]
    assert len(search("น้ำท่วม", viewer=OPERATOR).hits) == 8
    catch_up()
    assert len(search("น้ำท่วม", viewer=OPERATOR).hits) == 8


def test_a_worker_killed_at_any_moment_loses_nothing(tmp_path: Path) -> None:
    """Real processes on a database and an index of their own."""
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "LOMWONG_"))}
    surroundings |= {"LOMWONG_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "lomwong.site.settings"}
    source = Path(lomwong.__file__).parents[1]
    ended = subprocess.run(
        [sys.executable, "-m", "lomwong.search.tests.killed_worker", "6"],
        cwd=source,
        env=surroundings,
        capture_output=True,
        text=True,
        timeout=170,
        check=False,
    )
    assert ended.stdout.strip() == "6 []", ended.stderr
