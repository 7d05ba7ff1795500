"""Words without an account: where the circle allows it, held, marked, let in; nobody else learns of them."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from lomwong.activity.models import Event, Verb
from lomwong.communities.models import Audience
from lomwong.communities.tests.factories import make_community
from lomwong.moderation import actions, rules
from lomwong.moderation.forms import stamp
from lomwong.moderation.models import Deed
from lomwong.moderation.tests.factories import Mat, make_operator, undo
from lomwong.people.tests.factories import make_person
from lomwong.posts.models import Placement, Post, State
from lomwong.posts.tests.factories import make_post
from lomwong.search.index import catch_up
from lomwong.search.tests.asking import VISITOR, found

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_has_written_yet() -> None:
    cache.clear()


@pytest.fixture
def mat() -> Mat:
    mat = Mat(audience=Audience.PUBLIC)
    mat.circle.lets_visitors_comment = True
    mat.circle.save()
    return mat


def address(post: Post) -> str:
    return f"/care/visitor/{post.pk}/"


def say(client: Client, post: Post, words: str = "ขอบคุณครับ ได้ใช้เลย", name: str = "ผ่านมา", **further: Any) -> Any:
    """As a person does: the form is fetched, some seconds pass, it is sent."""
    given = stamp(post.pk, at=timezone.now() - timedelta(seconds=20))
    return client.post(address(post), {"name": name, "words": words, "stamp": given, **further})


def test_somebody_without_an_account_speaks_and_waits(client: Client, mat: Mat) -> None:
    page = client.get(address(mat.post))
    assert page.status_code == 200
    assert not page.cookies
    response = say(client, mat.post)
    assert response["Location"] == f"{address(mat.post)}?sent=1"
    assert not response.cookies
    assert "sent" not in client.get(response["Location"]).cookies
    held = Post.objects.get(state=State.HELD)
    assert (held.author_id, held.visitor_name, held.parent_id) == (None, "ผ่านมา", mat.post.pk)
    event = Event.objects.get(verb=Verb.HELD)
    assert (event.actor_id, event.post_number, event.community_id) == (None, held.pk, mat.circle.pk)
    root = Post.objects.get(pk=mat.post.pk)
    assert (root.reply_count, root.version, root.lifted_at) == (0, mat.post.version, mat.post.lifted_at)


def test_no_csrf_cookie_is_needed(mat: Mat) -> None:
    assert say(Client(enforce_csrf_checks=True), mat.post).status_code == 302


def test_nobody_but_those_who_look_after_the_circle_learns_of_held_words(client: Client, mat: Mat) -> None:
    say(client, mat.post, "คำลับสุดยอดกระดาษไข")
    held = Post.objects.get(state=State.HELD)
    catch_up()
    people = [VISITOR, mat.author, mat.reader]
    for viewer in people:
        assert found("กระดาษไข", viewer) == set()
    for viewer in people:
        client.logout()
        if viewer.is_authenticated:
            client.force_login(viewer)
        for path in ("/", f"/posts/{mat.post.pk}/", mat.circle.get_absolute_url(), "/search/?q=กระดาษไข"):
            shown = client.get(path).content.decode()
            assert "คำลับ" not in shown
            assert "ผ่านมา" not in shown
        assert client.get(f"/posts/{held.pk}/").status_code == 404
        about = client.get(f"/care/posts/{held.pk}/")
        assert about.status_code == 404 if viewer.is_authenticated else about.status_code == 302
    client.force_login(mat.host)
    assert "คำลับ" in client.get("/care/").content.decode()


def test_let_in_it_is_a_comment_like_any_other(client: Client, mat: Mat) -> None:
    say(client, mat.post, "ดูที่ https://a.example/<b> **ไม่หนา** ![x](file:1) [@คน](person:1)")
    held = Post.objects.get(state=State.HELD)
    host = Client()
    host.force_login(mat.host)
    assert host.post("/care/held/", {"does": f"let_in:{held.pk}"}).status_code == 302
    assert Post.objects.get(pk=held.pk).state == State.SHOWN
    assert Post.objects.get(pk=mat.post.pk).reply_count == 1
    assert Event.objects.filter(verb=Verb.REPLIED, actor_id=None, post_number=held.pk).exists()
    shown = client.get(f"/posts/{mat.post.pk}/").content.decode()
    assert "ผ่านมา" in shown
    assert 'rel="nofollow noopener ugc"' in shown
    assert "<img" not in Post.objects.get(pk=held.pk).html
    assert "/people/" not in Post.objects.get(pk=held.pk).html
    catch_up()
    assert held.pk in found("ไม่หนา", VISITOR)
    undo(Deed.objects.get(kind=Deed.Kind.LET_IN))
    assert Post.objects.get(pk=held.pk).state == State.HELD
    assert "ผ่านมา" not in client.get(f"/posts/{mat.post.pk}/").content.decode()


def test_many_are_let_in_or_turned_away_at_once(client: Client, mat: Mat) -> None:
    held = [actions.visitor_says(mat.post, name="แวะมา", words=f"คำที่ {n}") for n in range(4)]
    other = actions.visitor_says(Mat(audience=Audience.PUBLIC).post, name="แวะมา", words="ที่อื่น")
    client.force_login(mat.host)
    client.post("/care/held/", {"does": "let_in", "chosen": [held[0].pk, held[1].pk, other.pk, "x"]})
    client.post("/care/held/", {"does": "turn_away", "chosen": [held[2].pk]})
    client.post("/care/held/", {"does": f"turn_away:{held[3].pk}", "chosen": [held[0].pk]})
    states = [Post.objects.get(pk=post.pk).state for post in [*held, other]]
    assert states == [State.SHOWN, State.SHOWN, State.HIDDEN, State.HIDDEN, State.HELD]
    assert Deed.objects.count() == 4


def test_who_looks_after_nothing_lets_nobody_in(client: Client, mat: Mat) -> None:
    held = actions.visitor_says(mat.post, name="แวะมา", words="คำ")
    client.force_login(mat.reader)
    assert client.post("/care/held/", {"does": f"let_in:{held.pk}"}).status_code == 403
    assert Post.objects.get(pk=held.pk).state == State.HELD


def test_what_looks_like_advertising_is_kept_and_marked(client: Client, mat: Mat) -> None:
    assert say(client, mat.post, "สล็อตเว็บตรง", website="http://a.example").status_code == 302
    held = Post.objects.get(state=State.HELD)
    assert held.extra["suspicions"] == ["trap", "known"]
    client.force_login(mat.host)
    page = client.get("/care/", headers={"accept-language": "en"}).content.decode()
    assert "Looks like advertising" in page
    assert "words that advertisements use" in page


@pytest.mark.parametrize("given", ["", "1", "x:y:z", "1:1t5xNl:AAAA"])
def test_a_stamp_that_is_not_ours_keeps_the_words_and_gives_a_new_one(client: Client, mat: Mat, given: str) -> None:
    response = say(client, mat.post, "คำที่พิมพ์ไว้", stamp=given)
    shown = response.content.decode()
    assert response.status_code == 422
    assert "คำที่พิมพ์ไว้" in shown
    assert stamp(mat.post.pk)[:8] in shown
    assert not Post.objects.filter(state=State.HELD).exists()


def test_a_stamp_of_another_thread_of_this_second_or_of_yesterday_is_none(client: Client, mat: Mat) -> None:
    other = make_post()
    assert say(client, mat.post, stamp=stamp(other.pk)).status_code == 422
    assert say(client, mat.post, stamp=stamp(mat.post.pk)).status_code == 422
    old = stamp(mat.post.pk, at=timezone.now() - timedelta(days=1))
    assert say(client, mat.post, stamp=old).status_code == 422


def test_too_many_from_one_address_wait_with_their_words(client: Client, mat: Mat) -> None:
    for n in range(5):
        assert say(client, mat.post, f"คำที่ {n}").status_code == 302
    response = say(client, mat.post, "คำที่หก")
    assert response.status_code == 422
    assert "คำที่หก" in response.content.decode()
    assert Post.objects.filter(state=State.HELD).count() == 5


@pytest.mark.parametrize("change", ["off", "closed", "locked", "hidden", "second circle", "outside circles"])
def test_only_where_every_circle_lets_visitors_speak(client: Client, mat: Mat, change: str) -> None:
    assert rules.can_comment_as_visitor(mat.post)
    if change == "off":
        mat.circle.lets_visitors_comment = False
        mat.circle.save()
    elif change == "closed":
        mat.circle.audience = Audience.ORGANISATION
        mat.circle.save()
    elif change == "locked":
        actions.lock_thread(mat.post, by=mat.host, reason="พอแล้ว")
    elif change == "hidden":
        actions.hide_post(mat.post, by=mat.host, reason="พอแล้ว")
    elif change == "second circle":
        Placement.objects.create(post=mat.post, community=make_community(audience=Audience.PUBLIC))
    else:
        mat.post = make_post(audience=Audience.PUBLIC)
    assert client.get(address(mat.post)).status_code == 404
    assert say(client, mat.post).status_code == 404
    assert not Post.objects.filter(state=State.HELD).exists()


def test_members_use_their_own_form(client: Client, mat: Mat) -> None:
    client.force_login(make_person())
    assert client.get(address(mat.post))["Location"] == f"/posts/{mat.post.pk}/reply/"
    assert say(client, mat.post).status_code == 302
    assert not Post.objects.filter(state=State.HELD).exists()


def test_the_way_in_stands_on_the_page_of_the_thread(client: Client, mat: Mat) -> None:
    assert address(mat.post) in client.get(f"/posts/{mat.post.pk}/").content.decode()
    closed = make_post(audience=Audience.PUBLIC)
    assert address(closed) not in client.get(f"/posts/{closed.pk}/").content.decode()
    client.force_login(mat.reader)
    assert address(mat.post) not in client.get(f"/posts/{mat.post.pk}/").content.decode()


def test_the_circle_chooses(client: Client) -> None:
    mat = Mat(audience=Audience.PUBLIC)
    client.force_login(mat.host)
    given = {"name": mat.circle.name, "purpose": "", "stage": "coalescing", "lets_visitors_comment": "on"}
    edit = f"/circles/{mat.circle.slug}/edit/"
    assert client.post(edit, {**given, "audience": "organisation"}).status_code == 422
    assert client.post(edit, {**given, "audience": "public"}).status_code == 302
    mat.circle.refresh_from_db()
    assert mat.circle.takes_visitors
    assert client.post(edit, {**given, "audience": "members", "lets_visitors_comment": ""}).status_code == 302
    mat.circle.refresh_from_db()
    assert not mat.circle.lets_visitors_comment


def test_the_admin_page_of_a_circle_has_the_choice(client: Client) -> None:
    mat = Mat(audience=Audience.PUBLIC)
    client.force_login(make_operator(is_superuser=True))
    address = f"/admin/communities/community/{mat.circle.pk}/change/"
    shown = client.get(address)
    given = {name: value for name, value in shown.context["adminform"].form.initial.items() if value is not None}
    day, clock = given.pop("created_at").strftime("%Y-%m-%d %H:%M:%S").split()
    sent = {**given, "created_at_0": day, "created_at_1": clock, "lets_visitors_comment": "on"}
    assert client.post(address, sent).status_code == 302
    mat.circle.refresh_from_db()
    assert mat.circle.takes_visitors
    assert client.get(f"/admin/people/person/{mat.host.pk}/change/").status_code == 200
