"""How fast an archive goes in, and how much memory that takes, at two sizes.

    python benchmarks/import_archive.py [--posts 10000 100000] [--reversed] [--database URL]

Writes an archive of invented text (threads of a question or story with its answers and comments, 40 circles, 600
people for each 10,000 posts), then runs `lomwong import archive` on it, search index and all, in a process and a data
folder of its own. Memory that does not grow with the archive is the aim; the target for time is 100,000 posts in 300
seconds. --reversed puts every reply before what it answers, the worst order there is. --database takes the URL of an
empty PostgreSQL database, for one size.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from lomwong.imports.archive.write import ArchiveWriter

START = datetime(2024, 1, 8, 8, 0, tzinfo=UTC)
THAI = """
    การ ความ งาน เอกสาร ระบบ เครื่อง ห้อง อาจารย์ นักศึกษา ประชุม จัดซื้อ พัสดุ ส่ง ขอ ลอง ทำ ดู แล้ว ยัง ไม่ ได้ ก่อน
    หลัง วันนี้ เมื่อวาน คณะ ภาควิชา สำนัก หน่วย ใบ ลา เบิก จ่าย อนุมัติ แก้ ปัญหา เปิด ปิด ไฟ จอ สาย ต่อ ใหม่ เก่า ช่วย
    บอก ถาม ตอบ เขียน อ่าน หนังสือ ราชการ ลงนาม ผู้อำนวยการ วิทยาเขต โครงการ แบบฟอร์ม
"""
ENGLISH = "projector tender visa server e-document form budget meeting password update driver scan PDF network"
THAI_WORDS, ENGLISH_WORDS = THAI.split(), ENGLISH.split()


def sentence(dice: random.Random) -> str:
    thai = "".join(dice.choices(THAI_WORDS, k=dice.randint(4, 14)))
    return f"{thai} {dice.choice(ENGLISH_WORDS)}" if dice.random() < 0.4 else thai


def text(dice: random.Random, paragraphs: int) -> str:
    """Every third one uses Markdown."""
    lines = [" ".join(sentence(dice) for _ in range(dice.randint(1, 6))) for _ in range(paragraphs)]
    if dice.random() < 0.33:
        lines[0] = f"**{lines[0]}**"
        lines.append("\n".join(f"- {sentence(dice)}" for _ in range(3)))
    return "\n\n".join(lines)


def posts(count: int, people: int, dice: random.Random) -> Iterator[dict[str, Any]]:
    made = 0
    while made < count:
        at = START + timedelta(minutes=made * 5)
        kind = dice.choice(["question", "question", "story", "journal"])
        root = f"p{made}"
        circles = [f"c{dice.randrange(40)}"] if dice.random() < 0.8 else []
        yield {
            "id": root,
            "kind": kind,
            "author": f"u{dice.randrange(people)}",
            "created": at,
            "title": sentence(dice)[:100],
            "text": text(dice, dice.randint(1, 4)),
            "tags": dice.sample(THAI_WORDS, 2),
            "communities": circles,
        }
        replies = min(dice.randint(0, 8), count - made - 1)
        for reply in range(1, replies + 1):
            is_answer = kind == "question" and reply % 2 == 1
            yield {
                "id": f"p{made + reply}",
                "kind": "answer" if is_answer else "comment",
                "parent": root if is_answer else f"p{made + reply - 1}",
                "author": f"u{dice.randrange(people)}",
                "created": at + timedelta(minutes=reply * 40),
                "text": text(dice, dice.randint(1, 2)),
                "accepted": is_answer and reply == 1 and dice.random() < 0.5,
            }
        made += 1 + replies


def write_archive(folder: Path, count: int, *, is_reversed: bool) -> None:
    dice = random.Random(7)
    people = max(20, count * 600 // 10_000)
    with ArchiveWriter(folder, source=f"bench-{count}", name="Invented for a measurement") as archive:
        for number in range(30):
            above = f"f{number // 6 * 6}" if number % 6 else None
            archive.unit({"id": f"f{number}", "name": f"หน่วยงานสมมติ {number}", "parent": above})
        for number in range(people):
            archive.person({"id": f"u{number}", "name": f"คนสมมติ {number}", "unit": f"f{number % 30}"})
        for number in range(40):
            members = [f"u{dice.randrange(people)}" for _ in range(15)]
            archive.community({"id": f"c{number}", "name": f"วงสมมติ {number}", "members": members, "created": START})
        records = posts(count, people, dice)
        for record in reversed(list(records)) if is_reversed else records:
            archive.post(record)


def run(count: int, *, is_reversed: bool, database: str | None) -> None:
    with tempfile.TemporaryDirectory(prefix="lomwong-bench-") as folder:
        archive = Path(folder) / "archive"
        write_archive(archive, count, is_reversed=is_reversed)
        size = sum(path.stat().st_size for path in archive.iterdir()) / 1e6
        env = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
        env |= {"LOMWONG_DATA": str(Path(folder) / "data"), **({"DATABASE_URL": database} if database else {})}
        started = time.monotonic()
        command = [sys.executable, "-m", "lomwong", "import", "archive", str(archive)]
        process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - started
        if status:
            sys.exit(f"the import ended with status {status}")
        cpu = usage.ru_utime + usage.ru_stime
        print(
            f"{count:>8,} posts {size:7.1f} MB {seconds:7.1f} s {cpu:7.1f} CPU s {count / seconds:7.0f} posts/s "
            f"{count / cpu:7.0f} posts/CPU s   peak {usage.ru_maxrss / 1024:6.0f} MB",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--reversed", action="store_true")
    parser.add_argument("--database")
    arguments = parser.parse_args()
    for count in arguments.posts:
        run(count, is_reversed=arguments.reversed, database=arguments.database)


if __name__ == "__main__":
    main()
