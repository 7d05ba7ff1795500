"""The launcher in an empty folder: real files, real processes, an installer that only notes its calls."""

import fcntl
import hashlib
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

LAUNCHER = Path(__file__).parents[2] / "lomwong"
SAY_WHAT_RUNS = '#!/bin/sh\necho "$PWD: $*"\n'
INSTALLER = '#!/bin/sh\n[ "$1" = --version ] && exit\necho "$*" >> "$0.calls"\nexit ${INSTALLER_FAILS:-0}\n'


@dataclass
class Place:
    """A folder with the launcher, two locks, and whatever `.venv` a test gives it."""

    root: Path
    tools: Path

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, str(self.root / "lomwong"), *arguments]

    def env(self, **more: str) -> dict[str, str]:
        return {"PATH": f"{self.tools}:/usr/bin:/bin", "HOME": str(self.root), "LANG": "C.UTF-8", **more}

    def start(self, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*arguments), env=self.env(**env), cwd=self.tools, capture_output=True, text=True
        )

    def installs(self) -> list[str]:
        calls = self.tools / "uv.calls"
        return calls.read_text().splitlines() if calls.exists() else []

    def lock_facts(self, *locks: str) -> list[str]:
        return [f"{lock} {hashlib.sha256((self.root / lock).read_bytes()).hexdigest()}" for lock in locks]

    def finish(self, *locks: str) -> None:
        """A `.venv` as a finished set-up leaves it, but with a Python that only says what it is to run."""
        (self.venv / "bin").mkdir(parents=True)
        (self.venv / "lib" / "python3.11" / "site-packages").mkdir(parents=True)
        write_program(self.venv / "bin" / "python", SAY_WHAT_RUNS)
        facts = [f"root {self.root}", f"python {self.venv / 'bin' / 'python'}", *self.lock_facts(*locks)]
        (self.venv / "lomwong.stamp").write_text("\n".join(facts))


def write_program(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o755)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    root, tools = tmp_path.resolve() / "a house", tmp_path.resolve() / "tools"
    root.mkdir()
    tools.mkdir()
    shutil.copy(LAUNCHER, root / "lomwong")
    (root / "requirements.lock").write_text("one==1\n")
    (root / "requirements-dev.lock").write_text("one==1\ntwo==2\n")
    write_program(tools / "uv", INSTALLER)
    return Place(root, tools)


def test_a_finished_set_up_runs_the_command_where_the_reader_is(place):
    place.finish("requirements.lock")
    done = place.start("demo", "--port", "3")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{place.tools}: -m lomwong demo --port 3\n"
    assert place.installs() == []


def test_no_command_is_passed_on_as_none(place):
    place.finish("requirements.lock")
    assert place.start().stdout == f"{place.tools}: -m lomwong\n"


@pytest.mark.parametrize(
    ("arguments", "runs"),
    [
        (["test", "-k", "x"], "-m pytest -n auto -k x"),
        (["check", "types"], "-m lomwong.site.checks types"),
        (["bench", "search"], "-m benchmarks search"),
    ],
)
def test_developers_commands_run_in_the_project_with_the_larger_lock(place, arguments, runs):
    place.finish("requirements.lock")
    assert place.start(*arguments).stdout == f"{place.root}: {runs}\n"
    assert place.installs()[-1].endswith("--require-hashes -r requirements-dev.lock")
    place.start("demo")
    assert len(place.installs()) == 1, "the larger lock holds the smaller one"


def test_a_changed_lock_is_installed_once(place):
    place.finish("requirements.lock")
    (place.root / "requirements.lock").write_text("one==2\n")
    first, second = place.start("demo"), place.start("demo")
    assert "installing the parts" in first.stderr
    assert (second.returncode, second.stderr) == (0, "")
    assert place.installs() == [
        f"pip install --quiet --python {place.venv}/bin/python --require-hashes -r requirements.lock"
    ]
    path_file = place.venv / "lib" / "python3.11" / "site-packages" / "lomwong.pth"
    assert path_file.read_text() == f"{place.root}/src\n"


@pytest.mark.parametrize(
    ("language", "words"), [("en_GB.UTF-8", "Is the network there"), ("th_TH.UTF-8", "ลองดูว่าเน็ตยังต่ออยู่")]
)
def test_a_failing_installer_is_explained_and_tried_again_next_time(place, language, words):
    place.finish("requirements.lock")
    (place.root / "requirements.lock").write_text("one==2\n")
    failed = place.start("demo", INSTALLER_FAILS="1", LANG="C", LC_ALL=language, PYTHONUTF8="1")
    assert failed.returncode == 2
    assert words in failed.stderr
    assert failed.stdout == ""
    assert not (place.venv / "lomwong.stamp").exists()


def test_a_half_made_folder_is_made_anew(place):
    (place.venv / "bin").mkdir(parents=True)
    (place.venv / "left over").touch()
    done = place.start("demo")
    assert "making a Python folder" in done.stderr
    assert not (place.venv / "left over").exists()
    assert (place.venv / "lomwong.stamp").exists()
    assert "No module named lomwong" in done.stderr, "the new Python was started"


def test_a_catalogue_newer_than_its_compiled_form_is_compiled_first(place):
    place.finish("requirements.lock")
    catalogue = place.root / "src/lomwong/posts/locale/th/LC_MESSAGES/django.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.touch()
    done = place.start("demo")
    assert f"{place.root}: -m lomwong.kit.messages compile" in done.stderr
    catalogue.with_suffix(".mo").touch()
    assert place.start("demo").stderr == ""


def test_a_second_start_waits_for_the_first(place):
    place.finish()
    with (place.root / ".venv.lock").open("w") as first:
        fcntl.flock(first, fcntl.LOCK_EX)
        second = subprocess.Popen(
            place.command("demo"), env=place.env(), cwd=place.tools, stderr=subprocess.PIPE, text=True
        )
        assert second.stderr is not None
        assert "waiting" in second.stderr.readline()
        assert place.installs() == []
    _, rest = second.communicate(timeout=30)
    assert second.returncode == 0
    assert "ready" in rest
    assert len(place.installs()) == 1


def test_a_missing_lock_is_explained(place):
    (place.root / "requirements.lock").unlink()
    done = place.start("demo")
    assert done.returncode == 2
    assert "requirements.lock" in done.stderr
    assert "Traceback" not in done.stderr
