"""What somebody hid, or never showed, is in no page, list, program's answer or suggestion that is not theirs."""

import io
import json
import zipfile

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from lomwong.communities.actions import sit_down, start_community
from lomwong.communities.models import Audience, Membership
from lomwong.experts import cli
from lomwong.experts.finding.queries import who_knows
from lomwong.experts.models import AskingChoice, Expertise, ExpertiseEvidence, Origin, TopicState
from lomwong.experts.topics import actions, pages
from lomwong.experts.topics.pages import known_of
from lomwong.people.models import OPERATOR, Person
from lomwong.people.tests.factories import make_person
from lomwong.posts.models import Envelope, Post
from lomwong.posts.stories.actions import withdraw_post
from lomwong.posts.tests.factories import make_answer, make_question
from lomwong.search.index import catch_up

pytestmark = pytest.mark.django_db
WORD = "ไจแอนต์อิเล็กโทรฟอรีซิส"  # stands in the label alone

ASKED = ("/who-knows/", "/search/")  # these pages say the question again


@pytest.fixture
def me() -> Person:
    return make_person("วรรณา แก้วมณี")


def topic(person: Person, state: str, *evidence: Post, label: str = WORD) -> Expertise:
    made = Expertise.objects.create(person=person, label=label, origin=Origin.FOUND, state=state)
    ExpertiseEvidence.objects.bulk_create(ExpertiseEvidence(expertise=made, post=post) for post in evidence)
    return made


def pages_for(viewer: Person, about: Person) -> dict[str, str]:
    """Every page on which a colleague could meet the topic."""
    client = Client()
    client.force_login(viewer)
    paths = {
        f"/people/{about.pk}/": {},
        "/who-knows/": {"q": WORD},
        "/search/": {"q": WORD},
        "/who-knows/me/": {},
        f"/people/{about.pk}/posts/": {},
        "/same-job/": {},
        "/": {},
    }
    return {path: client.get(path, data, follow=True).content.decode() for path, data in paths.items()}


def told_by_program(capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    found = who_knows(WORD, viewer=OPERATOR)
    print(json.dumps([cli.person_of(knower, {}) for knower in found], ensure_ascii=False, default=str))
    cli.print_found("?", found)
    return capsys.readouterr().out


def test_a_shown_topic_is_found_or_the_tests_below_prove_nothing(
    me: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    topic(me, TopicState.SHOWN)
    seen = pages_for(make_person(), me)
    assert WORD in seen[f"/people/{me.pk}/"]
    assert me.name in seen["/who-knows/"]
    assert me.name in told_by_program(capsys)


@pytest.mark.parametrize("state", [TopicState.DRAFT, TopicState.HIDDEN])
def test_what_is_not_shown_is_nowhere(me: Person, state: str, capsys: pytest.CaptureFixture[str]) -> None:
    answer = make_answer(make_question("ชวนเล่าหน่อย", by=make_person()), "ยินดี", by=me)
    topic(me, state, answer)
    for viewer in (make_person(), make_person(is_staff=True, is_superuser=True)):
        for path, page in pages_for(viewer, me).items():
            assert (me.name if path in ASKED else WORD) not in page, path
    assert me.name not in told_by_program(capsys)
    assert known_of(me, OPERATOR).topics == []
    own = Client()
    own.force_login(me)
    assert WORD in own.get("/who-knows/me/").content.decode()
    assert WORD not in own.get("/who-knows/me/as-others/").content.decode()
    assert WORD not in own.get(f"/people/{me.pk}/").content.decode()


def test_hidden_is_gone_at_once_and_with_it_the_way_by_what_they_wrote(me: Person) -> None:
    asker = make_person()
    answer = make_answer(make_question("ตู้อบสุญญากาศเสีย", by=make_person()), "ตู้อบสุญญากาศต้องเปลี่ยนซีล", by=me)
    catch_up()
    mine = topic(me, TopicState.SHOWN, answer, label="ตู้อบสุญญากาศ")
    for is_new in (False, True):
        if is_new:
            make_answer(make_question("ซีลตู้อบสุญญากาศ", by=make_person()), "ตู้อบสุญญากาศใช้ซีลยาง", by=me)
        assert [knower.person for knower in who_knows("ตู้อบสุญญากาศ", viewer=asker)] == [me]
        actions.hide_topic(mine)
        assert who_knows("ตู้อบสุญญากาศ", viewer=asker) == []
        assert who_knows("ตู้อบสุญญากาศ", viewer=OPERATOR) == []
        actions.accept_topic(mine)


def test_whoever_is_not_to_be_found_shows_nothing_of_it(me: Person, capsys: pytest.CaptureFixture[str]) -> None:
    topic(me, TopicState.SHOWN)
    actions.choose_asking(me, per_week=1, how="โทร 1234", resting_until=None)
    Person.objects.filter(pk=me.pk).update(is_findable=False)
    me.refresh_from_db()
    seen = pages_for(make_person(), me)
    assert WORD not in seen[f"/people/{me.pk}/"]
    assert "โทร 1234" not in seen[f"/people/{me.pk}/"]
    assert me.name not in seen["/who-knows/"]
    assert me.name not in told_by_program(capsys)


def test_a_visitor_sees_no_topics(me: Person) -> None:
    topic(me, TopicState.SHOWN)
    assert known_of(me, AnonymousUser()).topics == []
    assert Client().get(f"/people/{me.pk}/").status_code == 302


def test_evidence_from_a_closed_circle_is_neither_shown_nor_counted_outside(me: Person) -> None:
    insider, outsider = make_person(), make_person()
    circle = start_community(name="วงปิด", by=me, audience=Audience.MEMBERS)
    sit_down(circle, person=insider)
    question = make_question("ความลับหนึ่ง", by=insider, communities=[circle])
    secrets = [make_answer(question, f"ความลับข้อ{n}", by=me) for n in range(2)]
    topic(me, TopicState.SHOWN, *secrets)
    inside, outside = pages_for(insider, me)[f"/people/{me.pk}/"], pages_for(outsider, me)[f"/people/{me.pk}/"]
    assert "ความลับหนึ่ง" in inside
    for trace in ("ความลับ", "วงปิด", *(f"/posts/{question.number}/#p{secret.number}" for secret in secrets)):
        assert trace in inside or trace == "วงปิด"
        assert trace not in outside
    # The page for somebody from whom evidence is kept is the one for a topic that has none.
    ((_topic, quotes),) = known_of(me, outsider).topics
    assert quotes == []
    Membership.objects.filter(community=circle, person=insider).delete()
    ((_topic, quotes),) = known_of(me, insider).topics
    assert quotes == []


def test_evidence_that_was_withdrawn_is_quoted_to_nobody(me: Person) -> None:
    answer = make_answer(make_question("เงินยืม", by=make_person()), "คำที่ถอนแล้ว", by=me)
    mine = topic(me, TopicState.SHOWN, answer)
    assert "คำที่ถอนแล้ว" in pages_for(make_person(), me)[f"/people/{me.pk}/"]
    withdraw_post(answer, by=me)
    assert "คำที่ถอนแล้ว" not in pages_for(make_person(), me)[f"/people/{me.pk}/"]
    own = pages.own_topics(me)
    assert [one.quotes for one in own.shown] == [[]]
    assert own.shown[0].topic == mine


def test_a_draft_whose_evidence_is_gone_is_not_even_shown_to_its_owner(me: Person) -> None:
    answer = make_answer(make_question("เงินยืม", by=make_person()), "คำตอบ", by=me)
    topic(me, TopicState.DRAFT, answer)
    assert len(pages.own_topics(me).drafts) == 1
    withdraw_post(answer, by=me)
    assert pages.own_topics(me).drafts == []


@pytest.mark.parametrize("is_unnamed", [False, True])
def test_whoever_asked_does_not_see_in_a_topic_to_whom_their_question_went(me: Person, is_unnamed: bool) -> None:
    asker, other = make_person(), make_person()
    question = make_question("ใบเสร็จหายคืนเงินยืมยังไง", by=asker)
    if is_unnamed:
        Post.objects.filter(pk=question.pk).update(author=None, is_unnamed=True)
        Envelope.objects.create(post=question, author=asker)
    topic(me, TopicState.SHOWN, question, label="เงินยืม")
    seen = {
        viewer: [quote.post for _, quotes in known_of(me, viewer).topics for quote in quotes]
        for viewer in (asker, other)
    }
    assert seen == {asker: [], other: [question]}
    assert "เงินยืม" in pages_for(asker, me)[f"/people/{me.pk}/"]


def test_choices_of_asking_are_shown_and_nothing_beside_them(me: Person) -> None:
    actions.choose_asking(me, per_week=7, how="ช่วงบ่าย", resting_until=None)
    assert AskingChoice.objects.get(person=me).per_week == 7
    page = pages_for(make_person(), me)[f"/people/{me.pk}/"]
    assert "ช่วงบ่าย" in page
    assert "7 " not in page.split("ช่วงบ่าย")[1][:200], "how many questions somebody takes is theirs to know"


def test_one_takes_ones_own_topics_home_and_nobody_elses(me: Person) -> None:
    other = make_person()
    topic(other, TopicState.SHOWN, label="ของคนอื่น")
    client = Client()
    client.force_login(me)
    answer = make_answer(make_question("ชวนเล่า", by=make_person()), "ยินดี", by=me)
    assert "topics.md" not in " ".join(taken_home(client))
    topic(me, TopicState.SHOWN, answer, label="เรื่องที่ให้เห็น & <b>")
    topic(me, TopicState.HIDDEN, label="เรื่องที่ซ่อน")
    topic(me, TopicState.DRAFT, answer, label="เรื่องที่ร่าง")
    actions.choose_asking(me, per_week=2, how="ช่วงบ่าย", resting_until=None)
    (name,) = [name for name in taken_home(client) if name.endswith("topics.md")]
    told = taken_home(client)[name]
    for words in ("เรื่องที่ให้เห็น & <b>", "เรื่องที่ซ่อน", "เรื่องที่ร่าง", "ช่วงบ่าย", ": 2", str(answer.number)):
        assert words in told
    assert "ของคนอื่น" not in told


def taken_home(client: Client) -> dict[str, str]:
    answer = client.post("/take-away/pack/")
    content = b"".join(answer) if answer.streaming else answer.content
    with zipfile.ZipFile(io.BytesIO(content)) as zipped:
        return {name: zipped.read(name).decode("utf-8", "replace") for name in zipped.namelist()}
