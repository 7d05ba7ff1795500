"""The import commands as a process of their own: exit codes, and what is left when they are broken off."""

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from sqlite3 import connect

import pytest

from lomwong.imports.tests.factories import archive_zip, lines, mail, mbox, post

MEGABYTE = 2**20


def environment(data: Path) -> dict[str, str]:
    env = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "LOMWONG_DEMO"}}
    return env | {"LOMWONG_DATA": str(data), "LC_ALL": "C.UTF-8"}


def run(data: Path, *words: object, prepare: Callable[[], None] | None = None) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "lomwong", "import", *map(str, words)]
    return subprocess.run(
        command, env=environment(data), capture_output=True, text=True, preexec_fn=prepare, check=False, timeout=300
    )


def count(data: Path, table: str) -> int:
    with closing(connect(data / "lomwong.sqlite3")) as database:
        found: int = database.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]
    return found


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which every table is there and empty."""
    data = tmp_path_factory.mktemp("made") / "data"
    refused = run(data, "people", "nowhere.csv")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr == "lomwong: nowhere.csv: there is no such file.\n"
    return data


@pytest.fixture
def data(made_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made_once, tmp_path / "data"))


def large_archive(path: Path) -> Path:
    """About six megabytes in the database."""
    return archive_zip(path, posts=[post(f"p{n}", text=f"คำ {n} " * 200) for n in range(1500)])


def test_mail_goes_in_and_the_second_time_changes_nothing(data: Path, tmp_path: Path) -> None:
    path = mbox(tmp_path / "list", mail(1), mail(2, sender="pim", answers=1))
    first = run(data, "mail", path, "--community", "AV")
    assert (first.returncode, first.stderr) == (0, "")
    assert "messages: 2 read = 2 new + 0 known already" in first.stdout
    second = run(data, "mail", path, "--community", "AV")
    assert "messages: 2 read = 0 new + 2 known already" in second.stdout
    assert count(data, "posts_post") == 2


def test_file_that_may_not_grow_leaves_nothing(data: Path, tmp_path: Path) -> None:
    path = large_archive(tmp_path / "large.zip")
    most = (data / "lomwong.sqlite3").stat().st_size + MEGABYTE
    refused = run(data, "archive", path, prepare=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)))
    assert refused.returncode == 2
    assert refused.stderr.startswith("lomwong: ")
    assert "Nothing was written" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert count(data, "posts_post") == 0
    assert run(data, "archive", path).returncode == 0
    assert count(data, "posts_post") == 1500


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, in memory, of eight megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "none", place], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("needs the right to mount a disk in memory")
    yield place
    subprocess.run(["umount", place], check=True)


def test_full_disk_leaves_nothing(made_once: Path, small_disk: Path, tmp_path: Path) -> None:
    data = small_disk / "data"
    data.mkdir()
    shutil.copy(made_once / "lomwong.sqlite3", data)
    shutil.copy(made_once / "static.stamp", data)
    (data / "static").symlink_to(made_once / "static")
    refused = run(data, "archive", large_archive(tmp_path / "large.zip"))
    assert refused.returncode == 2
    assert refused.stderr == "lomwong: The disk is full. Nothing was written. Make room and run it again.\n"
    assert count(data, "posts_post") == 0


def test_ctrl_c_leaves_nothing(data: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "ties.csv"
    os.mkfifo(pipe)
    command = [sys.executable, "-m", "lomwong", "import", "ties", str(pipe)]
    process = subprocess.Popen(command, env=environment(data), stderr=subprocess.PIPE, text=True)
    with pipe.open("w") as writer:  # opens when the import does
        writer.write("from,to\n" + "".join(f"{n},{n + 1}\n" for n in range(3000)))
        writer.flush()
        time.sleep(2)  # it has written several batches now, and waits for more
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 130
    assert process.stderr is not None
    assert "Traceback" not in process.stderr.read()
    process.stderr.close()
    assert count(data, "activity_event") == 0
    assert count(data, "people_person") == 0


def test_line_that_breaks_in_the_middle_is_told(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "posts.jsonl"
    path.write_text(lines([post("p1"), post("p2")])[:-30], encoding="utf-8")
    told = run(data, "archive", path)
    assert told.returncode == 0
    assert "posts: 2 read = 1 new + 0 known already + 1 left out" in told.stdout
