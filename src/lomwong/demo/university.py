"""The made-up university: campuses, faculties, offices, and the work that each of them has."""

from collections.abc import Mapping
from dataclasses import dataclass

NAME = "มหาวิทยาลัยริมเล"
SOURCE = "rimlay"
EMAIL_HOST = "rimlay.example"

OWN_WORDS = (
    ("ม.ริมเล", "มหาวิทยาลัยริมเล", "Rim Lay University"),
    ("โปรเจกเตอร์", "โปรเจคเตอร์", "เครื่องฉายภาพ", "projector"),
    ("e-doc", "e-document", "อีด็อก", "ระบบสารบรรณอิเล็กทรอนิกส์"),
    ("วีซ่า", "visa"),
    ("ใบอนุญาตทำงาน", "work permit"),
    ("ตม.", "สำนักงานตรวจคนเข้าเมือง", "immigration office"),
    ("แล็บ", "แลบ", "แลป", "ห้องปฏิบัติการ", "lab", "laboratory"),
    ("ไวไฟ", "WiFi", "Wi-Fi"),
)
"""Ways to say one thing, in addition to those that every new house knows."""

JOB_FUNCTIONS: Mapping[str, str] = {
    "personnel": "การเจ้าหน้าที่",
    "procurement_finance": "พัสดุและการเงิน",
    "academic_service": "บริการวิชาการ",
    "teaching": "การเรียนการสอน",
    "it": "ดูแลระบบไอที",
    "student_service": "บริการนักศึกษา",
}

FACULTY_WORK: Mapping[str, float] = {
    "teaching": 0.58,
    "academic_service": 0.15,
    "student_service": 0.09,
    "procurement_finance": 0.07,
    "it": 0.06,
    "personnel": 0.05,
}


@dataclass(frozen=True, slots=True)
class Campus:
    id: str
    name: str
    name_en: str


@dataclass(frozen=True, slots=True)
class House:
    """A faculty or an office. `short`: what people call it; `size`: its people; `work`: share of each job function."""

    id: str
    campus: str
    name: str
    name_en: str
    short: str
    size: int
    work: Mapping[str, float]

    @property
    def is_faculty(self) -> bool:
        return self.work is FACULTY_WORK


CAMPUSES = (
    Campus("campus-bansuan", "วิทยาเขตบ้านสวน", "Ban Suan Campus"),
    Campus("campus-rimlay", "วิทยาเขตริมเล", "Rim Lay Campus"),
    Campus("campus-khuanlom", "วิทยาเขตควนลม", "Khuan Lom Campus"),
)


def _faculty(id: str, campus: str, name: str, name_en: str, short: str, size: int) -> House:
    return House(id, campus, name, f"Faculty of {name_en}", short, size, FACULTY_WORK)


HOUSES = (
    _faculty("management", "campus-bansuan", "คณะวิทยาการจัดการ", "Management Sciences", "คณะวิทยาการจัดการ", 46),
    _faculty("engineering", "campus-bansuan", "คณะวิศวกรรมศาสตร์", "Engineering", "คณะวิศวะ", 58),
    _faculty("nursing", "campus-bansuan", "คณะพยาบาลศาสตร์", "Nursing", "คณะพยาบาล", 46),
    _faculty("medicine", "campus-bansuan", "คณะแพทยศาสตร์", "Medicine", "คณะแพทย์", 68),
    _faculty("liberal-arts", "campus-bansuan", "คณะศิลปศาสตร์", "Liberal Arts", "คณะศิลปศาสตร์", 44),
    _faculty("science", "campus-bansuan", "คณะวิทยาศาสตร์", "Science", "คณะวิทย์", 56),
    _faculty("natural-resources", "campus-rimlay", "คณะทรัพยากรธรรมชาติ", "Natural Resources", "คณะทรัพย์", 40),
    _faculty(
        "fisheries", "campus-rimlay", "คณะประมงและเทคโนโลยีทางทะเล", "Fisheries and Marine Technology", "คณะประมง", 34
    ),
    _faculty("tourism", "campus-rimlay", "คณะการท่องเที่ยวและบริการ", "Tourism and Hospitality", "คณะท่องเที่ยว", 34),
    _faculty("education", "campus-khuanlom", "คณะศึกษาศาสตร์", "Education", "คณะศึกษา", 40),
    _faculty(
        "industrial-technology",
        "campus-khuanlom",
        "คณะเทคโนโลยีอุตสาหกรรม",
        "Industrial Technology",
        "คณะเทคโนฯ",
        34,
    ),
    _faculty(
        "humanities",
        "campus-khuanlom",
        "คณะมนุษยศาสตร์และสังคมศาสตร์",
        "Humanities and Social Sciences",
        "คณะมนุษย์",
        40,
    ),
    House(
        "library",
        "campus-bansuan",
        "หอสมุดกลาง",
        "Central Library",
        "หอสมุด",
        20,
        {"academic_service": 0.7, "it": 0.15, "procurement_finance": 0.1, "personnel": 0.05},
    ),
    House(
        "computer-centre",
        "campus-bansuan",
        "ศูนย์คอมพิวเตอร์",
        "Computer Centre",
        "ศูนย์คอม",
        22,
        {"it": 0.8, "academic_service": 0.1, "procurement_finance": 0.05, "personnel": 0.05},
    ),
    House(
        "finance-division",
        "campus-bansuan",
        "กองคลัง",
        "Finance Division",
        "กองคลัง",
        18,
        {"procurement_finance": 0.85, "it": 0.05, "personnel": 0.05, "academic_service": 0.05},
    ),
)

HOUSE_BY_NAME: Mapping[str, House] = {house.name: house for house in HOUSES}
