"""Whom a visitor of the demo may be: people of the casts, and two who are there for that alone."""

from dataclasses import dataclass

PASSWORD = "lomwong-demo"


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who is in no cast. `house`: id of a faculty or office."""

    id: str
    name: str
    house: str
    functions: tuple[str, ...]
    about: str


VICE_PRESIDENT = Account(
    "kasem.watthanasuk",
    "เกษม วัฒนสุข",
    "engineering",
    ("teaching",),
    "สอนวิศวกรรมโยธามายี่สิบปี ตอนนี้ช่วยงานรองอธิการบดี อยากรู้ว่าใครช่วยอะไรกันอยู่บ้าง โดยไม่ต้องขอรายงาน",
)
OPERATOR = Account(
    "thanat.khaimuk",
    "ธนัช ไข่มุก",
    "computer-centre",
    ("it",),
    "ดูแลล้อมวงให้ติดเครื่องอยู่เสมอ",
)
ACTORS = (VICE_PRESIDENT, OPERATOR)

PERSONNEL_OFFICER = "urai.sisuwan"
FACILITATOR = "wanna.kaewmani"
IT_PERSON = "chokchai.rattanaphan"
FOREIGN_LECTURER = "martin.hale"
