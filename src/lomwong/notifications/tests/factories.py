"""News in tests."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from lomwong.notifications import actions
from lomwong.notifications.models import Letter
from lomwong.people.models import Person
from lomwong.posts.models import Post
from lomwong.posts.tests.factories import make_post, make_reply


def reply_to(author: Person, talker: Person, text: str = "ลองหยิบ **เล่มเหลือง** ก่อน") -> Post:
    post = make_post("ปู่กตัญญูปิ๊งที่ฎีกาซ้ำ", by=author)
    reply = make_reply(post, text, by=talker)
    actions.take_in()
    return reply


def state_of_the_letter() -> str:
    return Letter.objects.get().state


def tomorrow(hour: int = 7, minute: int = 0) -> datetime:
    """In Bangkok."""
    there = timezone.now().astimezone(ZoneInfo("Asia/Bangkok")) + timedelta(days=1)
    return there.replace(hour=hour, minute=minute, second=0, microsecond=0)
