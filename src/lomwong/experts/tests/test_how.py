"""What the ranking learnt, told to those whom it concerns."""

import pytest
from django.test import Client
from django.utils import timezone

from lomwong.communities.models import Audience, Community
from lomwong.communities.tests.factories import make_community
from lomwong.experts.models import Tuning
from lomwong.people.tests.factories import make_person

pytestmark = pytest.mark.django_db


def learnt(community: Community | None, questions: int = 84) -> None:
    Tuning.objects.create(
        community=community,
        half_life_days=321,
        blend=0.3,
        questions=questions,
        precision_before=0.41,
        precision_after=0.47,
        measured_at=timezone.now(),
    )


def page(client: Client, email: str) -> str:
    client.force_login(make_person("ผู้อ่าน", email=email))
    return client.get("/who-knows/how/").content.decode()


def test_the_measured_gain_is_shown(client: Client) -> None:
    learnt(None)
    learnt(make_community("พัสดุไม่ค้างปี"))
    shown = page(client, "a@example.org")
    assert shown.count("0.47") == shown.count("0.41") == shown.count("321") == 2
    assert "พัสดุไม่ค้างปี" in shown


def test_a_closed_circle_tells_only_those_who_sit_in_it(client: Client) -> None:
    host = make_person("เจ้าบ้าน")
    learnt(make_community("วงปิด", by=host, audience=Audience.MEMBERS))
    assert "วงปิด" not in page(client, "b@example.org")
    client.force_login(host)
    assert "วงปิด" in client.get("/who-knows/how/").content.decode()


def test_what_too_few_questions_taught_is_not_shown(client: Client) -> None:
    learnt(None, questions=12)
    assert "0.47" not in page(client, "c@example.org")
