"""The page of what one knows: its owner decides, colleagues see what they may."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from lomwong.communities.actions import sit_down, start_community
from lomwong.communities.models import Audience
from lomwong.experts.models import AskingChoice, Expertise, Origin, TopicState
from lomwong.experts.tests.knowing import answered, draft, drafts, thank
from lomwong.experts.topics import actions
from lomwong.people.models import Person
from lomwong.people.tests.factories import make_person

pytestmark = pytest.mark.django_db
HERE = "/who-knows/me/"


@pytest.fixture
def me() -> Person:
    return make_person("วรรณา แก้วมณี")


@pytest.fixture
def mine(client: Client, me: Person) -> Client:
    client.force_login(me)
    return client


def test_my_page_shows_drafts_with_quotes_and_decides_with_one_tap(mine: Client, me: Person) -> None:
    post = answered(me, "เงินยืมคืนช้า", "เงินยืมต้องคืนในสามสิบวัน")
    topic = draft(me, "เงินยืม", post)
    page = mine.get(HERE).content.decode()
    assert "เงินยืม</h3>" in page
    assert "ต้องคืนในสามสิบวัน" in page
    assert f"{HERE}topics/{topic.pk}/accept/" in page
    assert mine.post(f"{HERE}topics/{topic.pk}/accept/").status_code == 302
    topic.refresh_from_db()
    assert topic.state == TopicState.SHOWN
    mine.post(f"{HERE}topics/{topic.pk}/hide/")
    topic.refresh_from_db()
    assert topic.state == TopicState.HIDDEN
    assert "เงินยืม" in mine.get(HERE).content.decode()


def test_renaming_keeps_the_first_name_and_refuses_another_topics_name(mine: Client, me: Person) -> None:
    topic = draft(me, "เงินยืม")
    actions.declare_topic(me, "วีซ่า")
    answer = mine.post(f"{HERE}topics/{topic.pk}/rename/", {"label": "วีซ่า "})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert mine.post(f"{HERE}topics/{topic.pk}/rename/", {"label": "!!!"}).status_code == 422
    assert mine.post(f"{HERE}topics/{topic.pk}/rename/", {"label": "เงินทดรองจ่าย"}).status_code == 302
    topic.refresh_from_db()
    assert (topic.label, topic.found_label, topic.state) == ("เงินทดรองจ่าย", "เงินยืม", TopicState.SHOWN)


def test_ask_me_about(mine: Client, me: Person) -> None:
    for label in ("", "   ", "…", "ก" * 81):
        assert mine.post(f"{HERE}topics/", {"label": label}).status_code == 422
    for _ in range(2):
        assert mine.post(f"{HERE}topics/", {"label": " สอบเทียบ  เครื่องชั่ง "}).status_code == 302
    (topic,) = Expertise.objects.filter(person=me)
    assert (topic.label, topic.state, topic.origin) == ("สอบเทียบ เครื่องชั่ง", TopicState.SHOWN, Origin.DECLARED)
    mine.post(f"{HERE}topics/{topic.pk}/forget/")
    assert not Expertise.objects.exists()


def test_declaring_a_draft_or_a_hidden_topic_shows_it(me: Person) -> None:
    topic = draft(me, "เงินยืม")
    actions.hide_topic(topic)
    assert actions.declare_topic(me, "เงินยืม") == topic
    topic.refresh_from_db()
    assert (topic.state, topic.origin) == (TopicState.SHOWN, Origin.FOUND)


def test_what_was_found_is_hidden_rather_than_forgotten(mine: Client, me: Person) -> None:
    topic = draft(me, "เงินยืม")
    mine.post(f"{HERE}topics/{topic.pk}/forget/")
    topic.refresh_from_db()
    assert topic.state == TopicState.HIDDEN


@pytest.mark.parametrize("label", ["a", "The", "ที่", "มีการ", "!?"])
def test_words_that_are_about_nothing_are_no_topic(mine: Client, me: Person, label: str) -> None:
    assert mine.post(f"{HERE}topics/", {"label": label}).status_code == 422
    assert mine.post(f"{HERE}topics/{draft(me).pk}/rename/", {"label": label}).status_code == 422
    assert not Expertise.objects.filter(state=TopicState.SHOWN).exists()


def test_thirty_topics_are_the_most(mine: Client, me: Person) -> None:
    for n in range(30):
        actions.declare_topic(me, f"ระบบ X{n}")
    with pytest.raises(actions.Refused):
        actions.declare_topic(me, "อีกเรื่อง")
    topic = draft(me, "เงินยืม")
    assert mine.post(f"{HERE}topics/{topic.pk}/accept/").status_code == 302
    topic.refresh_from_db()
    assert topic.state == TopicState.DRAFT


@pytest.mark.parametrize(("typed", "days"), [("iso", 40), ("buddhist", 40), ("", None), ("yesterday", None)])
def test_how_to_be_asked(mine: Client, me: Person, typed: str, days: int | None) -> None:
    day = timezone.localdate() + timedelta(days=days if days is not None else -1)
    written = {"iso": day.isoformat(), "buddhist": f"{day.day}/{day.month}/{day.year + 543}", "": ""}
    given = {"per_week": "0", "how": "ช่วงบ่าย", "resting_until": written.get(typed, day.isoformat())}
    assert mine.post(f"{HERE}asking/", given).status_code == 302
    choice = AskingChoice.objects.get(person=me)
    assert (choice.per_week, choice.how) == (0, "ช่วงบ่าย")
    assert choice.resting_until == (day if days is not None else None)


@pytest.mark.parametrize("wrong", [{"per_week": "99"}, {"per_week": "x"}, {"resting_until": "ไม่รู้"}, {"how": "ก" * 301}])
def test_a_choice_that_makes_no_sense_is_said_and_nothing_is_kept(mine: Client, wrong: dict[str, str]) -> None:
    answer = mine.post(f"{HERE}asking/", {"per_week": "3", "how": "", "resting_until": "", **wrong})
    assert answer.status_code == 422
    assert not AskingChoice.objects.exists()


def test_a_topic_from_a_closed_circle_is_marked_and_asks_once_more(mine: Client, me: Person) -> None:
    circle = start_community(name="วงปิด", by=me, audience=Audience.MEMBERS)
    topic = draft(me, "เลื่อนขั้น", answered(me, "เลื่อนขั้นปีนี้", communities=[circle]))
    assert "lock-simple" in mine.get(HERE).content.decode()
    for way in ("accept", "rename"):
        answer = mine.post(f"{HERE}topics/{topic.pk}/{way}/", {"label": "งานบุคคล"})
        assert answer.status_code == 200
        assert ("งานบุคคล" in answer.content.decode()) == (way == "rename")
        topic.refresh_from_db()
        assert topic.state == TopicState.DRAFT
    mine.post(f"{HERE}topics/{topic.pk}/rename/", {"label": "งานบุคคล", "sure": "1"})
    topic.refresh_from_db()
    assert (topic.label, topic.state) == ("งานบุคคล", TopicState.SHOWN)


def test_looking_again_by_hand(mine: Client, me: Person) -> None:
    thank(answered(me, "คืนช้า", tags=("เงินยืม",)))
    assert mine.post(f"{HERE}look-again/").status_code == 302
    assert drafts(me) == {"เงินยืม"}
    assert mine.get(f"{HERE}look-again/").status_code == 405


@pytest.mark.parametrize("what", ["accept", "rename", "hide", "forget"])
def test_nobody_decides_for_somebody_else(client: Client, me: Person, what: str) -> None:
    topic = draft(me, "เงินยืม")
    client.force_login(make_person(is_staff=True, is_superuser=True))
    assert client.post(f"{HERE}topics/{topic.pk}/{what}/", {"label": "อื่น", "sure": "1"}).status_code == 404
    topic.refresh_from_db()
    assert (topic.label, topic.state) == ("เงินยืม", TopicState.DRAFT)


def test_the_pages_are_for_colleagues(client: Client) -> None:
    for path in (HERE, f"{HERE}as-others/"):
        assert client.get(path).status_code == 302


def test_while_suspended_one_may_still_hide(mine: Client, me: Person) -> None:
    topic = actions.declare_topic(me, "เงินยืม")
    Person.objects.filter(pk=me.pk).update(suspended_until=timezone.now() + timedelta(days=3))
    mine.post(f"{HERE}topics/{topic.pk}/hide/")
    topic.refresh_from_db()
    assert topic.state == TopicState.HIDDEN
    mine.post(f"{HERE}topics/", {"label": "อีกเรื่อง"})
    assert Expertise.objects.count() == 1


def test_while_suspended_one_may_still_rest_and_writes_nothing_for_others(mine: Client, me: Person) -> None:
    actions.choose_asking(me, per_week=3, how="ตอนบ่าย", resting_until=None)
    Person.objects.filter(pk=me.pk).update(suspended_until=timezone.now() + timedelta(days=3))
    mine.post(f"{HERE}asking/", {"per_week": "0", "how": "ซื้อของฉันที่ร้าน", "resting_until": ""})
    choice = AskingChoice.objects.get(person=me)
    assert (choice.per_week, choice.how) == (0, "ตอนบ่าย")


@pytest.mark.parametrize("count", [1, 30])
def test_as_many_queries_for_one_as_for_thirty(
    mine: Client, me: Person, count: int, django_assert_max_num_queries: object
) -> None:
    for n in range(count):
        topic = draft(me, f"ระบบ X{n}", answered(me, f"ระบบ X{n}"), answered(me, f"อีก X{n}"))
        if n % 2:
            actions.accept_topic(topic)
    other = Client()
    other.force_login(make_person())
    for page, most in ((HERE, 9), (f"{HERE}as-others/", 7)):
        mine.get(page)
        with django_assert_max_num_queries(most):  # type: ignore[operator]
            mine.get(page)


def test_a_colleague_sees_what_i_show_with_what_they_may_read(mine: Client, me: Person) -> None:
    circle = start_community(name="วงปิด", by=me, audience=Audience.MEMBERS)
    insider = make_person()
    sit_down(circle, person=insider)
    inside = answered(me, "เงินยืมลับ", "คำในวง", communities=[circle])
    actions.accept_topic(draft(me, "เงินยืม", inside, answered(me, "เงินยืมเปิด", "คำนอกวง")))
    actions.choose_asking(me, per_week=3, how="ช่วงบ่าย", resting_until=timezone.localdate() + timedelta(days=9))
    seen = {}
    for name, person in (("insider", insider), ("outsider", make_person())):
        other = Client()
        other.force_login(person)
        seen[name] = other.get(f"/people/{me.pk}/").content.decode()
    seen["as_others"] = mine.get(f"{HERE}as-others/").content.decode()
    for page in seen.values():
        assert "เงินยืม</h3>" in page
        assert "ช่วงบ่าย" in page
        assert "คำนอกวง" in page
    assert "คำในวง" in seen["insider"]
    for name in ("outsider", "as_others"):
        assert "คำในวง" not in seen[name]
        assert "เงินยืมลับ" not in seen[name]
    assert f"invite={me.pk}" in seen["outsider"]


def test_two_taps_at_once_make_no_thirty_first_topic(me: Person) -> None:
    """Both looked at the page before either was taken in."""
    for n in range(actions.MOST_SHOWN - 1):
        actions.declare_topic(me, f"เรื่องที่ {n + 1}")
    topic = draft(me, "เงินยืม")
    other, stale = draft(me, "วีซ่า"), Expertise.objects.get(pk=topic.pk)
    actions.accept_topic(topic)
    actions.accept_topic(stale)  # the same one twice: nothing happens
    with pytest.raises(actions.Refused):
        actions.accept_topic(other)
    assert Expertise.objects.filter(person=me, state=TopicState.SHOWN).count() == actions.MOST_SHOWN


def test_a_page_left_open_does_not_undo_what_was_decided_meanwhile(me: Person) -> None:
    topic = draft(me, "เงินยืม")
    stale = Expertise.objects.get(pk=topic.pk)
    actions.rename_topic(topic, "เงินทดรองจ่าย")
    actions.accept_topic(stale)
    topic.refresh_from_db()
    assert (topic.label, topic.found_label) == ("เงินทดรองจ่าย", "เงินยืม")


def test_a_name_that_clashes_only_as_it_is_written_is_refused_and_no_fault(me: Person) -> None:
    """As when another tap comes between: the look saw nothing, the table does."""
    topic = draft(me, "เงินยืม")
    actions.declare_topic(me, "วีซ่า")
    Expertise.objects.filter(pk=topic.pk).update(label="วีซ่า")  # its key is still the old one
    with pytest.raises(actions.Refused):
        actions.accept_topic(topic)
    assert Expertise.objects.get(pk=topic.pk).state == TopicState.DRAFT
