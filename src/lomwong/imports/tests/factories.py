"""Invented files for tests of the imports."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).resolve().parents[5] / "shared" / "data"
MANIFEST = {"format": "lomwong-archive", "version": 1, "source": "test", "name": "Test"}


def shared(path: str) -> Path:
    """A file of the public data beside the project; the test is skipped where it is not."""
    found = SHARED / path
    if not found.exists():
        pytest.skip(f"needs the public data: {found} is not there")
    return found


def lines(records: list[dict[str, Any]]) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def archive_zip(path: Path, *, extra: dict[str, str | bytes] | None = None, **files: list[dict[str, Any]]) -> Path:
    """A zip with a manifest; `posts=[…]` becomes posts.jsonl, `extra` are further files by name."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", json.dumps(MANIFEST))
        for name, records in files.items():
            archive.writestr(f"{name}.jsonl", lines(records))
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return path


def post(id: str, kind: str = "story", **fields: Any) -> dict[str, Any]:
    return {"id": id, "kind": kind, "created": "2026-01-05T10:00:00+07:00", "text": f"คำของ {id}", **fields}


def mail(
    number: int,
    *,
    sender: str = "malee",
    answers: int | None = None,
    subject: str = "Projector",
    text: str = "",
    day: int = 0,
) -> str:
    """One message of an mbox; `answers` is the number of the message it replies to."""
    day = day or number
    head = [
        f"From {sender}@list.example  Mon Jan {day:2d} 10:00:00 2024",
        f"From: {sender.title()} Jaidee <{sender}@list.example>",
        f"Date: Mon, {day} Jan 2024 10:00:00 +0700",
        f"Subject: {subject}",
        f"Message-ID: <m{number}@list.example>",
    ]
    if answers is not None:
        head.append(f"In-Reply-To: <m{answers}@list.example>")
    return "\n".join([*head, "", text or f"Words of message {number}.", "", ""])


def mbox(path: Path, *messages: str) -> Path:
    path.write_text("".join(messages), encoding="utf-8")
    return path
