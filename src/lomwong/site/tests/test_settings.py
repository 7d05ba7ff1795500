"""A setting or a data folder that cannot be used is told in a sentence, in the language of the terminal."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from lomwong.site import env
from lomwong.site.settings import new_secret_key, postgresql


def run(*words: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.run(
        [sys.executable, "-m", "lomwong", *words],
        env=kept | {"LC_ALL": "C.UTF-8"} | settings,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_data_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    told = run("circles", LOMWONG_DATA=str(tmp_path / "file" / "data"))
    assert (told.returncode, told.stdout) == (2, "")
    place = tmp_path / "file" / "data"
    sentence = f"lomwong: The folder {place} cannot be made: Not a directory. Name another with LOMWONG_DATA.\n"
    assert told.stderr == sentence


def test_it_is_told_in_thai_before_django_has_its_catalogues(tmp_path: Path) -> None:
    told = run("circles", LOMWONG_DATA=str(tmp_path), LOMWONG_MAIL_PORT="abc", LC_ALL="th_TH.UTF-8")
    assert (told.returncode, told.stderr) == (2, "lomwong: LOMWONG_MAIL_PORT ต้องเป็นตัวเลข 1 ถึง 65535 ไม่ใช่ “abc”\n")


def test_what_is_no_database_is_told_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "lomwong.sqlite3").write_bytes(b"no database at all " * 500)
    told = run("circles", LOMWONG_DATA=str(tmp_path))
    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr.startswith("lomwong: The database cannot be used: file is not a database.")


@pytest.mark.parametrize("value", ["abc", "0", "65536", "-1", "99999999999999", "๒๕"])
def test_ports(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOMWONG_MAIL_PORT", value)
    with pytest.raises(env.BadSetting, match="LOMWONG_MAIL_PORT"):
        env.number("LOMWONG_MAIL_PORT", 587, least=1, most=65535)


@pytest.mark.parametrize("value", ["foo", "ftp://x", "https://", "https://[x"])
def test_addresses(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOMWONG_URL", value)
    with pytest.raises(env.BadSetting, match="LOMWONG_URL"):
        env.address("LOMWONG_URL", "http://127.0.0.1:8000")


@pytest.mark.parametrize("value", ["Mars/Base", "../etc", "/etc/passwd", "x" * 300])
def test_time_zones(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOMWONG_TIME_ZONE", value)
    with pytest.raises(env.BadSetting, match="LOMWONG_TIME_ZONE"):
        env.zone("LOMWONG_TIME_ZONE", "Asia/Bangkok")


@pytest.mark.parametrize(
    "url", ["nonsense", "postgres://", "postgres://u:secret@h:abc/x", "mysql://u:secret@h/x", "postgres://[::1/secret"]
)
def test_database_url_is_refused_without_telling_its_password(url: str) -> None:
    with pytest.raises(env.BadSetting, match="postgres://user:password@host/name") as refused:
        postgresql(url)
    assert "secret" not in str(refused.value)


def test_database_url() -> None:
    config = postgresql("postgres://lomwong@/house?host=/run/here")
    assert (config["NAME"], config["OPTIONS"]["host"]) == ("house", "/run/here")


def test_empty_secret_key_of_a_full_disk_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "secret_key").touch()
    assert run("--help", LOMWONG_DATA=str(tmp_path), LOMWONG_SECRET_KEY="").returncode == 0
    assert len((tmp_path / "secret_key").read_text()) > 40


def test_secret_key_is_written_as_a_whole_and_for_nobody_else(tmp_path: Path) -> None:
    key = new_secret_key(tmp_path / "secret_key")
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]
    assert (tmp_path / "secret_key").read_text() == key
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
