"""What people type that cannot be done."""

import argparse
import gc
import io
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from lomwong.kit.cli import Refusal
from lomwong.people.models import Person
from lomwong.site import cli, commands, serving


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def make_admin(monkeypatch: pytest.MonkeyPatch, password: bytes, name: str = "Malee") -> int:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(password)))
    return commands.create_admin(argparse.Namespace(email="malee@example.org", name=name))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "password", [b"", b"short\n", b"1234567890\n", b"malee@example.org\n", b"\xff\xfe" * 10 + b"\n"]
)
def test_password_that_nobody_may_have_makes_no_admin(password: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Refusal, match="Nothing was made"):
        make_admin(monkeypatch, password)
    assert not Person.objects.exists()


@pytest.mark.django_db
def test_the_same_address_again_is_the_same_admin(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("Malee", "Malee\n\x1b[31m Jaidee"):
        assert make_admin(monkeypatch, b"a stable of nine horses\n", name) == 0
    assert [person.name for person in Person.objects.all()] == ["Malee [31m Jaidee"]


@pytest.mark.parametrize("text", ["0", "-1", "65536", "abc", "99999999999", "๘๐"])
def test_ports(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="65535"):
        commands.port(text)


def test_address_of_no_machine_is_not_called_busy() -> None:
    with pytest.raises(Refusal, match="cannot be opened here"):
        serving.is_free("192.0.2.1", 8000)


def test_words_in_another_charset_are_refused() -> None:
    with pytest.raises(Refusal, match="UTF-8"):
        cli.refuse_broken_words(argparse.Namespace(community="caf\udce9"))
    cli.refuse_broken_words(argparse.Namespace(community="พัสดุ", limit=3, paths=[Path("caf\udce9")]))


def test_mistakes_of_our_own_are_not_hidden() -> None:
    assert cli.from_outside(ValueError("x")) is None
    assert cli.from_outside(OSError("x")) is None
    assert cli.from_outside(PermissionError(13, "Permission denied", "data/x")) is not None


def test_what_is_read_at_a_start_is_kept_from_the_collector_and_the_rest_is_not() -> None:
    gc.disable()
    before = gc.get_freeze_count()
    try:
        cli.collect_from_here()
        assert gc.isenabled()
        assert gc.get_freeze_count() > before
    finally:
        gc.enable()
        gc.unfreeze()
