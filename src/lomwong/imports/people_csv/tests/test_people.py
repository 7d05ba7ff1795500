import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lomwong.imports.people_csv.parse import PersonRow, read_people
from lomwong.imports.problems import Problem, UnreadableFile

THAI = (
    "รหัส,ชื่อ-สกุล,อีเมล,สังกัด,สายงาน,เบอร์โทร\n"
    "1001,มาลี ใจดี,Malee@U01.example,วิทยาเขตริมเล > คณะวิทยาศาสตร์,พัสดุและการเงิน; การเจ้าหน้าที่,1234\n"
    "1002,สมชาย รักเรียน,somchai@u01.example,วิทยาเขตริมเล / สำนักคอมพิวเตอร์,ดูแลระบบไอที,\n"
)


def read(text: str | bytes) -> tuple[list[PersonRow], list[Problem]]:
    rows = list(read_people(text.encode() if isinstance(text, str) else text).rows)
    return [row for row in rows if isinstance(row, PersonRow)], [row for row in rows if isinstance(row, Problem)]


def test_thai_headings() -> None:
    table = read_people(THAI.encode())
    assert table.understood == {
        "รหัส": "id",
        "ชื่อ-สกุล": "name",
        "อีเมล": "email",
        "สังกัด": "unit",
        "สายงาน": "job_functions",
    }
    assert table.ignored == ("เบอร์โทร",)
    malee, somchai = list(table.rows)
    assert malee == PersonRow(
        line=2,
        id="1001",
        name="มาลี ใจดี",
        email="malee@u01.example",
        units=("วิทยาเขตริมเล", "คณะวิทยาศาสตร์"),
        job_functions=("พัสดุและการเงิน", "การเจ้าหน้าที่"),
    )
    assert isinstance(somchai, PersonRow)
    assert somchai.units == ("วิทยาเขตริมเล", "สำนักคอมพิวเตอร์")
    assert malee.source_id == "1001"


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp874"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_charset_separator_and_line_end(charset: str, separator: str, end: str) -> None:
    text = THAI.replace(";", "·").replace(",", separator).replace("·", "," if separator == ";" else ";")
    if separator == ";":
        text = text.replace("พัสดุและการเงิน, การเจ้าหน้าที่", '"พัสดุและการเงิน, การเจ้าหน้าที่"')
    people, problems = read(text.replace("\n", end).encode(charset))
    assert problems == []
    assert [person.name for person in people] == ["มาลี ใจดี", "สมชาย รักเรียน"]
    assert people[0].job_functions == ("พัสดุและการเงิน", "การเจ้าหน้าที่")


@pytest.mark.parametrize(
    ("heading", "fields"),
    [
        ("Staff ID,Full Name,E-mail Address,Campus,Faculty,Department,Job functions", 7),
        ("employee_no;first name;surname;mail;org unit;duties", 6),
        ("รหัสบุคลากร,ชื่อ,นามสกุล,อีเมล์,วิทยาเขต,คณะ/หน่วยงาน,ภาควิชา,งานที่รับผิดชอบ", 8),
        ("เลขประจำตัว\tชื่อ - นามสกุล\tE-Mail\tหน่วยงาน\tตำแหน่ง", 5),
        ("ID,NAME,EMAIL", 3),
    ],
)
def test_headings_of_many_tables(heading: str, fields: int) -> None:
    table = read_people((heading + "\n1,a,b@c.example,d,e,f,g,h\n").encode())
    assert len(table.understood) == fields
    assert table.ignored == ()


def test_first_and_last_name_and_a_first_name_alone() -> None:
    people, _ = read("id,ชื่อ,นามสกุล\n1,มาลี,ใจดี\n")
    assert people[0].name == "มาลี ใจดี"
    people, _ = read("id,ชื่อ,ชื่อสกุล\n1,มาลี,ใจดี\n")
    assert people[0].name == "มาลี ใจดี"
    people, _ = read("id,ชื่อสกุล\n1,มาลี ใจดี\n")
    assert people[0].name == "มาลี ใจดี"
    people, _ = read("id,ชื่อ\n1,มาลี ใจดี\n")
    assert people[0].name == "มาลี ใจดี"


def test_campus_unit_and_department_make_one_path() -> None:
    people, _ = read("id,name,วิทยาเขต,คณะ,ภาควิชา\n1,ก,ริมเล,ริมเล > วิทยาศาสตร์/เทคโนโลยี,ฟิสิกส์\n2,ข,-,,\n")
    assert people[0].units == ("ริมเล", "วิทยาศาสตร์/เทคโนโลยี", "ฟิสิกส์")
    assert people[1].units == ()


def test_a_title_above_the_headings_and_empty_lines_between() -> None:
    people, problems = read("บุคลากร ปี 2569,,\n\nรหัส,ชื่อ-สกุล,อีเมล\n\n1,มาลี,m@u.example\n,,\n2,อารี,\n")
    assert [(person.line, person.name) for person in people] == [(5, "มาลี"), (7, "อารี")]
    assert problems == []


def test_bad_rows_are_reported_with_number_and_reason_and_the_others_go_in() -> None:
    people, problems = read(
        "id,name,email\n1,มาลี,m@u.example\n2,,x@u.example\n3,สมชาย,not an address\n1,อารี,a@u.example\n"
        "4,วิทย์,M@u.example\n,นิรนาม,\n5," + "ย" * 2000 + ",\n6,สุดา,-\n,กานดา,k@u.example\n"
    )
    assert [person.name for person in people] == ["มาลี", "สุดา", "กานดา"]
    assert [(problem.where, problem.reason.split(".")[0]) for problem in problems] == [
        ("line 3", "The name is missing"),
        ("line 4", "This is not an e-mail address"),
        ("line 5", "This id stands in an earlier row"),
        ("line 6", "This e-mail address stands in an earlier row"),
        (
            "line 7",
            "There is neither an id nor an e-mail address, so a later import could not recognise this person",
        ),
        ("line 8", "A cell holds more text than any name or unit"),
    ]
    assert people[2].source_id == "k@u.example"


def test_people_without_an_id_are_no_duplicates_of_each_other() -> None:
    people, problems = read("name,email\nก,a@u.example\nข,b@u.example\n")
    assert len(people) == 2
    assert problems == []


def test_quoted_cells_may_hold_separators_and_line_breaks() -> None:
    people, problems = read('id,name,งาน\n1,"ใจดี, มาลี","พัสดุ\nการเงิน"\n2,อารี,ไอที\n')
    assert [person.name for person in people] == ["ใจดี, มาลี", "อารี"]
    assert people[0].job_functions == ("พัสดุ", "การเงิน")
    assert problems == []


def test_an_open_quotation_mark_spoils_one_row_only() -> None:
    rows = "".join(f"{number},คนที่ {number},\n" for number in range(2, 30))
    people, problems = read('id,name,email\n1,"มาลี,\n' + rows)
    assert [person.id for person in people] == [str(number) for number in range(2, 30)]
    assert [problem.where for problem in problems] == ["line 2"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not a text file"),
        (b"PK\x03\x04 xl/workbook.xml", "workbook"),
        ("1001,มาลี,m@u.example\n".encode(), "names the columns"),
        (b"id,name,email\n", "no people"),
        (b"id,name,email\n,,\n", "no people"),
    ],
)
def test_wrong_files_are_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words):
        read_people(data)


ANYTHING = st.lists(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=30), max_size=8)
# A file that says nothing of its charset is taken for Thai when it reads as Thai, in words: not for any Thai letters.
THAI_WORDS = st.lists(st.sampled_from(["มาลี", "พัสดุ", "งานเงิน", "ฝ่าย", " ", ",", "7", '"', ";"]), max_size=12)
IN_THAI = st.lists(THAI_WORDS.map("".join), max_size=8)


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(st.tuples(ANYTHING, st.sampled_from(["utf-8", "utf-16"])), st.tuples(IN_THAI, st.sampled_from(["cp874"])))
)
def test_no_row_is_lost_and_nothing_raises(given: tuple[list[str], str]) -> None:
    rows, charset = given
    text = "id,name,email\n1,มาลี,\n" + "\n".join(rows)
    people, _ = read(text.encode(charset, errors="replace"))
    assert people[0].name == "มาลี"


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_random_bytes_never_raise_anything_else(data: bytes) -> None:
    try:
        rows = list(read_people(data).rows)
    except UnreadableFile:
        return
    assert all(isinstance(row, PersonRow | Problem) for row in rows)
