"""A question without a name and what came of it; the names that must stand nowhere."""

from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.utils import timezone

from lomwong.communities.actions import sit_down
from lomwong.communities.models import Audience
from lomwong.communities.tests.factories import make_community
from lomwong.notifications.actions import take_in
from lomwong.people.models import Person
from lomwong.people.tests.factories import job_function, make_person, make_unit
from lomwong.posts.drafts.typed import new_key
from lomwong.posts.models import Follow, Kind, Post
from lomwong.search.index import catch_up

NAME, EMAIL, PK = "ปริศนา ซ่อนนาม", "prisana-hidden@u.example", 987_654_321
UNIT = "หน่วยซ่อนเร้นเฉพาะกิจ"
TITLE = "เซ็นรับพัสดุทั้งที่ของยังไม่ครบ"
NEEDLES = ("ปริศนา", "ซ่อนนาม", "prisana-hidden", str(PK))
ANSWER = "ทำบันทึกแนบว่ารับแค่ส่วนที่มา"


@dataclass
class Talk:
    """A question without a name and what came of it, done as people do it: by the pages."""

    is_findable: bool = True
    audience: str = Audience.PUBLIC
    is_followed: bool = True

    def __post_init__(self) -> None:
        unit, job = make_unit(UNIT), job_function("procurement_finance")
        self.asker = make_person(NAME, email=EMAIL, unit=unit, pk=PK, is_findable=self.is_findable)
        self.helper = make_person("คนช่วย", unit=make_unit("งานพัสดุ"))
        self.host = make_person("เจ้าของวง")
        self.colleague = make_person("เพื่อนร่วมหน่วย", unit=unit)
        self.operator = make_person("สมหมาย ใจเย็น", is_staff=True, is_superuser=True)
        for person in (self.asker, self.helper, self.colleague):
            person.job_functions.add(job)
        self.circle = make_community("วงพัสดุ", by=self.host, people=[self.helper], audience=self.audience)
        sit_down(self.circle, person=self.asker)
        for follower in (self.colleague, self.host) if self.is_followed else ():
            Follow.objects.create(follower=follower, person=self.asker, followed_at=timezone.now())
        self.ask()
        self.talk_on()

    def ask(self) -> None:
        given = {"title": TITLE, "text": "ทำอย่างไรดี", "tags": "ตรวจรับ", "communities": [self.circle.pk]}
        self.say(self.asker, "/questions/new/", **given, is_unnamed="on")
        self.question = Post.objects.get(title=TITLE)

    def talk_on(self) -> None:
        number = self.question.pk
        self.say(self.helper, f"/posts/{number}/reply/", kind="answer", text=ANSWER)
        self.answer = Post.objects.get(kind=Kind.ANSWER)
        self.say(self.asker, f"/posts/{self.answer.pk}/reply/", text="ขอบคุณ แล้วใครเซ็น")
        self.said = Post.objects.get(text="ขอบคุณ แล้วใครเซ็น")
        self.say(self.helper, f"/posts/{self.said.pk}/reply/", text="หัวหน้างานเซ็น")
        place = {"communities": [self.circle.pk], "tags": "ตรวจรับ"}
        self.say(self.asker, f"/posts/{number}/edit/", title=TITLE, text="ทำอย่างไรดี เพิ่งเคยเจอ", **place)
        self.say(self.asker, f"/posts/{self.answer.pk}/accept/", works="1")
        self.say(self.helper, f"/posts/{number}/flower/")
        self.say(self.asker, "/compose/preview/", text="ลองดู")
        client(self.asker).get(f"/posts/{number}/")
        client(self.asker).post(f"/posts/{number}/read/", headers={"User-Agent": "Mozilla/5.0"})
        catch_up()
        take_in()

    def say(self, person: Person, address: str, **fields: Any) -> None:
        response = client(person).post(address, {"draft": new_key(), **fields})
        assert response.status_code in (200, 302), (address, response.status_code)

    @property
    def numbers(self) -> list[int]:
        return [self.question.pk, self.said.pk]

    @property
    def readers(self) -> list[Person | None]:
        return [None, self.colleague, self.helper, self.host, self.operator]


def client(person: Person | None = None) -> Client:
    made = Client()
    if person:
        made.force_login(person)
    return made


def told(text: str, *more: str) -> list[str]:
    return [needle for needle in (*NEEDLES, *more) if needle in text]


def whole(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode("utf-8", "replace") + str(dict(response.headers))
