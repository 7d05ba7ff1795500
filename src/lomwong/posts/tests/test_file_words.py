"""Words of files, read in a process of its own; and files made to harm it."""

import io
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from lomwong.posts.files.extract import MOST_CHARACTERS
from lomwong.posts.files.extract.mend import mended
from lomwong.posts.files.kinds import DOCX, PDF, PPTX, TEXT, XLSX, FileKind
from lomwong.posts.files.reading import Words, run, words_in
from lomwong.posts.models import Reading
from lomwong.posts.tests.papers import make_docx, make_pdf, make_pptx, make_xlsx, packed

THAI = "ขั้นตอนการยืมเงินทดรองราชการ"


def read(tmp_path: Path, content: bytes, kind: FileKind) -> Words:
    path = tmp_path / "file"
    path.write_bytes(content)
    return words_in(path, kind.media_type)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (make_pdf(THAI, "English too"), PDF),
        (make_docx(THAI, "English too"), DOCX),
        (make_pptx(f"{THAI}\nEnglish too"), PPTX),
        (make_xlsx([THAI, 5104010104], ["English too"]), XLSX),
        (f"{THAI}\r\nEnglish too".encode(), TEXT),
        (f"{THAI}\nEnglish too".encode("utf-8-sig"), TEXT),
        (f"{THAI}\nEnglish too".encode("cp874"), TEXT),
        (f"{THAI}\nEnglish too".encode("utf-16"), TEXT),
        (f"{THAI}\nEnglish too".encode("utf-16-le"), TEXT),
    ],
)
def test_thai_words_of_each_kind(tmp_path, content, kind):
    words = read(tmp_path, content, kind)
    assert words.reading == Reading.DONE
    assert words.text.split("\n")[0].split("\t")[0] == THAI
    assert "English too" in words.text


def test_numbers_of_a_table_are_words_too(tmp_path):
    assert "5104010104" in read(tmp_path, make_xlsx(["ค่าพาหนะ", 5104010104]), XLSX).text


def test_glyphs_without_a_letter_say_what_is_meant(tmp_path):
    drawn = make_pdf("ส่งXมัน", actual={"X": "น้ำ"})
    assert read(tmp_path, drawn, PDF).text == "ส่งน้ำมัน"


def test_slides_come_in_their_order(tmp_path):
    words = read(tmp_path, make_pptx(*[f"แผ่นที่ {number}" for number in range(1, 13)]), PPTX)
    assert [line for line in words.text.split("\n") if line] == [f"แผ่นที่ {number}" for number in range(1, 13)]


def test_a_picture_of_a_page_has_nothing_to_read(tmp_path):
    assert read(tmp_path, make_pdf(""), PDF) == Words("", Reading.EMPTY)


def test_no_more_is_kept_than_has_its_use(tmp_path):
    words = read(tmp_path, make_docx(*["ก" * 1000] * 500), DOCX)
    assert (len(words.text), words.reading) == (MOST_CHARACTERS, Reading.DONE)


@pytest.mark.parametrize(
    ("laid_out", "meant"),
    [
        ("นํ้ามัน", "น้ำมัน"),
        ("น้ํามัน", "น้ำมัน"),
        ("ทํ า งาน", "ทำ งาน"),
        ("ท ำงาน", "ทำงาน"),
        ("เ ป็น", "เป็น"),
        ("กี่่", "กี่"),
        ("ท่ี", "ที่"),
        ("ป\uf70bา", "ป้า"),
        ("ป ร ะ ก า ศ", "ประกาศ"),
        ("ป ร ะ ก า ศ  ม ห า วิ ท ย า ลั ย", "ประกาศ มหาวิทยาลัย"),
        ("ครับ ผม ไป", "ครับ ผม ไป"),
        ("ก ข ค", "ก ข ค"),
        ("a b c d e", "a b c d e"),
        ("x\x00y\u200bz", "xyz"),
    ],
)
def test_what_layout_did_to_thai_letters_is_mended(laid_out, meant):
    assert mended(laid_out) == meant


@given(st.text(st.sampled_from("กาำํ้่ีเ \n\t\x00a\uf70b\ud800") | st.characters()))
def test_mending_never_raises_and_leaves_what_a_database_takes(text):
    found = mended(text)
    assert "\x00" not in found
    found.encode()


def test_mending_takes_time_in_proportion():
    started = time.process_time()
    for hostile in ("ก " * 100_000, "ํ" * 200_000, "เ " * 100_000, "\n " * 100_000, "กํ" * 100_000, " " * 200_000):
        mended(hostile)
    assert time.process_time() - started < 10  # quadratic would be minutes


# Files made to harm


ENTITIES = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def locked_pdf() -> bytes:
    writer = PdfWriter(PdfReader(io.BytesIO(make_pdf(THAI))))
    writer.encrypt("a password", algorithm="RC4-128")
    memory = io.BytesIO()
    writer.write(memory)
    return memory.getvalue()


def test_a_bomb_of_blanks_goes_off_in_its_box(tmp_path):
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as package, package.open("word/document.xml", "w") as part:
        part.write(b"<d>")
        for _ in range(12):
            part.write(b" " * 2**24)
    assert len(memory.getvalue()) < 2**20
    assert read(tmp_path, memory.getvalue(), DOCX) == Words("", Reading.TOO_MUCH)


@pytest.mark.parametrize(
    ("content", "kind", "outcome"),
    [
        (locked_pdf(), PDF, Reading.LOCKED),
        (b"%PDF-1.7\n" + b"\x00\xff" * 5000, PDF, Reading.DAMAGED),
        (make_docx(THAI, before=ENTITIES), DOCX, Reading.DAMAGED),
        (make_docx("&a;", before=OUTSIDE), DOCX, Reading.DAMAGED),
        (make_docx(THAI)[:300], DOCX, Reading.DAMAGED),
        (packed({"word/document.xml": "<w:document><w:t>x"}), DOCX, Reading.DAMAGED),
        (make_docx(THAI), PDF, Reading.DAMAGED),
        (packed({"word/document.xml": "<a>" * 1_000_000}), DOCX, Reading.DAMAGED),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_breaks(tmp_path, content, kind, outcome):
    assert read(tmp_path, content, kind) == Words("", outcome)


def test_half_a_pdf_gives_what_it_has(tmp_path):
    whole = make_pdf(THAI, pages=3)
    words = read(tmp_path, whole[: whole.index(b"xref")], PDF)
    assert words.reading in (Reading.DONE, Reading.DAMAGED)


def test_a_file_that_is_gone_is_no_accident(tmp_path):
    assert words_in(tmp_path / "nothing", PDF.media_type).reading == Reading.DAMAGED


STUCK = """
import os, sys, time
child = os.fork()
with open(sys.argv[1], "a") as lines:
    lines.write(f"{os.getpid()}\\n")
time.sleep(600)
"""


def test_whoever_takes_too_long_is_ended_with_all_it_started(tmp_path):
    children = tmp_path / "children"
    with Path(os.devnull).open("rb") as nothing:
        code, _answer = run([sys.executable, "-c", STUCK, str(children)], nothing, seconds=3)
    assert code is None
    pids = [int(line) for line in children.read_text().split()]
    assert len(pids) == 2
    end = time.monotonic() + 10  # SIGKILL has been sent; a busy machine takes its time over it
    while any(is_running(pid) for pid in pids) and time.monotonic() < end:
        time.sleep(0.05)
    assert not any(is_running(pid) for pid in pids)


def is_running(pid: int) -> bool:
    """A process that was ended, and whose parent has not looked yet, runs no more."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


LIMITS = """
import resource, sys
from lomwong.posts.files.extract.__main__ import limit
limit()
try:
    {deed}
except (MemoryError, OSError) as error:
    sys.exit(type(error).__name__)
"""


@pytest.mark.parametrize(
    ("deed", "outcome"),
    [
        ("bytearray(2 * 2**30)", "MemoryError"),
        ("[open('/dev/null') for _ in range(100)]", "OSError"),
        ("assert sys.dont_write_bytecode; raise OSError", "OSError"),
        ("import signal; assert signal.alarm(0) > 0; raise OSError", "OSError"),
        ("sys.stdout.buffer.write(bytes(2 * 2**20)); sys.stdout.flush()", "OSError"),
    ],
)
def test_the_reader_limits_itself(tmp_path, deed, outcome):
    env = {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    with (tmp_path / "answer").open("wb") as answer:
        ended = subprocess.run(
            [sys.executable, "-c", LIMITS.format(deed=deed)], stdout=answer, stderr=subprocess.PIPE, env=env, text=True
        )
    assert ended.stderr.strip().splitlines()[-1].startswith(outcome)


def test_the_reader_knows_no_secrets(monkeypatch):
    monkeypatch.setenv("LOMWONG_SECRET_KEY", "a secret")
    with Path(os.devnull).open("rb") as nothing:
        code, answer = run([sys.executable, "-c", "import os; print(dict(os.environ))"], nothing)
    assert code == 0
    assert b"PYTHONPATH" in answer
    assert b"secret" not in answer


def test_many_small_parts_do_no_harm(tmp_path):
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as package:
        for number in range(20_000):
            package.writestr(f"x/{number}", b"")
        package.writestr("word/document.xml", "<d><t>ถึงแล้ว</t></d>")
    assert read(tmp_path, memory.getvalue(), DOCX).text == "ถึงแล้ว"
