"""The column headings that Thai and English personnel tables use."""

import re
from collections.abc import Sequence

# Compared after `_bare`: lower case, no spaces, no punctuation.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "id": (
        "id", "no", "code", "person id", "staff id", "employee id", "employee no", "employee number", "emp id",
        "personnel id", "user id", "userid", "username", "รหัส", "รหัสบุคลากร", "รหัสพนักงาน", "รหัสประจำตัว",
        "รหัสเจ้าหน้าที่", "รหัสอาจารย์", "รหัสผู้ใช้", "เลขประจำตัว", "เลขที่บุคลากร", "เลขประจำตัวบุคลากร",
        "เลขประจำตำแหน่ง", "ไอดี",
    ),
    "name": (
        "name", "full name", "fullname", "person name", "staff name", "display name", "thai name", "name th",
        "ชื่อ สกุล", "ชื่อ นามสกุล", "ชื่อและสกุล", "ชื่อและนามสกุล", "ชื่อเต็ม", "ชื่อ-ชื่อสกุล", "ชื่อ ชื่อสกุล",
        "ชื่อบุคลากร", "ชื่อไทย", "ชื่อ สกุล ไทย", "รายชื่อ", "ชื่อผู้ใช้งาน",
    ),
    "first_name": ("first name", "firstname", "given name", "forename", "ชื่อ", "ชื่อต้น", "ชื่อจริง", "ชื่อตัว"),
    "last_name": ("last name", "lastname", "surname", "family name", "นามสกุล", "สกุล"),
    "email": (
        "email", "e mail", "mail", "email address", "e mail address", "อีเมล", "อีเมล์", "อีเมลล์", "อีเมลแอดเดรส",
        "ที่อยู่อีเมล", "จดหมายอิเล็กทรอนิกส์", "ไปรษณีย์อิเล็กทรอนิกส์",
    ),
    "campus": ("campus", "site", "วิทยาเขต", "เขตการศึกษา", "ที่ตั้ง"),
    "unit": (
        "unit", "unit path", "organisation", "organization", "org", "org unit", "organisational unit", "affiliation",
        "faculty", "school", "office", "unit name", "หน่วยงาน", "คณะ", "สังกัด", "คณะหน่วยงาน", "หน่วยงานสังกัด",
        "ต้นสังกัด", "ส่วนงาน", "คณะ สำนัก", "คณะ สถาบัน สำนัก", "หน่วยงานต้นสังกัด", "สำนัก", "ส่วนราชการ",
    ),
    "subunit": (
        "subunit", "sub unit", "department", "dept", "division", "section", "team", "ภาควิชา", "ภาค", "สาขาวิชา", "สาขา",
        "ฝ่าย", "กลุ่มงาน", "แผนก", "กอง", "หน่วย", "หน่วยงานย่อย", "ภาควิชา ฝ่าย", "งานสังกัด",
    ),
    "job_functions": (
        "job function", "job functions", "job", "jobs", "function", "functions", "work", "duties", "role", "roles",
        "responsibility", "responsibilities", "job title", "position", "งาน", "สายงาน", "หน้าที่", "งานที่ทำ", "ภาระงาน",
        "หน้าที่งาน", "งานในหน้าที่", "งานที่รับผิดชอบ", "หน้าที่รับผิดชอบ", "หน้าที่ความรับผิดชอบ", "ลักษณะงาน", "ตำแหน่ง",
        "ตำแหน่งงาน", "ด้านงาน",
    ),
}  # fmt: skip


def _bare(heading: str) -> str:
    """Letters and digits only, in lower case: 'E-mail ' and 'e_mail' are one; Thai vowels and marks are letters."""
    return re.sub(r"[^0-9a-z\u0e01-\u0e4e]", "", heading.lower())


_FIELD_OF = {_bare(word): field for field, words in SYNONYMS.items() for word in words}


def understand(headings: Sequence[str]) -> dict[int, str]:
    """{column: field} for the headings that are known; of two columns for one field the first counts.

    ชื่อสกุล beside ชื่อ is the family name, alone the full one; ชื่อ is the full name when no column holds the family name.
    """
    bare = [_bare(heading) for heading in headings]
    fields: dict[int, str] = {}
    for column, heading in enumerate(bare):
        field = _FIELD_OF.get(heading)
        if heading == "ชื่อสกุล" and any(_FIELD_OF.get(other) == "first_name" for other in bare):
            field = "last_name"
        if field and field not in fields.values():
            fields[column] = field
    known = set(fields.values())
    if "first_name" in known and not known & {"last_name", "name"}:
        fields = {column: "name" if field == "first_name" else field for column, field in fields.items()}
    return fields


def names_people(fields: dict[int, str]) -> bool:
    return bool({"name", "first_name"} & set(fields.values()))
