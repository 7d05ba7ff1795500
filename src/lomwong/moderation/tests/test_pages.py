"""The pages of care, as somebody goes through them; who sees which names."""

import html

import pytest
from django.test import Client
from django.utils import timezone

from lomwong.communities.models import Audience
from lomwong.communities.tests.factories import make_community
from lomwong.moderation import actions
from lomwong.moderation.models import Deed, Flag
from lomwong.moderation.tests.factories import WHY, Mat, hide, make_operator
from lomwong.people.models import Person
from lomwong.people.tests.factories import make_person
from lomwong.posts.actions import edit_post
from lomwong.posts.models import Authorship, Post, State
from lomwong.posts.tests.factories import make_post, make_reply

pytestmark = pytest.mark.django_db


def page(client: Client, path: str, viewer: Person | None = None, status: int = 200) -> str:
    if viewer:
        client.force_login(viewer)
    response = client.get(path, headers={"accept-language": "en"})
    assert response.status_code == status
    return html.unescape(response.content.decode())


def test_pointed_out_looked_at_hidden_told_appealed_shown_again(client: Client) -> None:
    mat = Mat()
    number = mat.post.pk
    page(client, f"/care/posts/{number}/flag/", mat.reader)
    assert client.post(f"/care/posts/{number}/flag/", {"kind": "advert", "words": "ขายของ"}).status_code == 302
    assert "pointed this out already" in page(client, f"/care/posts/{number}/flag/")
    assert "ขายของ" in page(client, "/care/", mat.host)
    assert "ขายของ" in page(client, f"/care/posts/{number}/")
    page(client, f"/care/posts/{number}/hide/")
    given = {"reason": WHY, "note": "ลงในวงซื้อขายแทนได้นะ"}
    deed = client.post(f"/care/posts/{number}/hide/", given)["Location"]
    assert Post.objects.get(pk=number).state == State.HIDDEN
    assert client.get(f"/posts/{number}/").status_code == 404  # a host goes by the queue and the trail
    page(client, f"/posts/{number}/", mat.reader, 404)
    client.force_login(mat.author)
    assert client.get(f"/posts/{number}/")["Location"] == f"/care/posts/{number}/"
    assert "ของฝากจากงาน" in page(client, f"/care/posts/{number}/")
    assert "ลงในวงซื้อขายแทนได้นะ" in page(client, deed)
    assert client.post(f"{deed}appeal/", {"words": "ไม่ได้ขาย เล่าให้ฟัง"}).status_code == 302
    assert "ไม่ได้ขาย" in page(client, "/care/", mat.operator)
    appeal = Deed.objects.get(kind=Deed.Kind.HIDE).appeal
    page(client, f"/care/appeals/{appeal.pk}/")
    answered = client.post(f"/care/appeals/{appeal.pk}/", {"is_granted": "yes", "answer": "จริงด้วย"})
    assert answered.status_code == 302
    assert "ของฝากจากงาน" in page(client, f"/posts/{number}/", mat.reader)
    assert "จริงด้วย" in page(client, deed, mat.author)


def test_who_pointed_it_out_only_operators_read(client: Client) -> None:
    mat = Mat()
    flagger = make_person("ผู้ชี้ให้ดู")
    actions.flag_post(mat.post, by=flagger, kind=Flag.Kind.UNKIND, words="แรงไป")
    for path in ("/care/", f"/care/posts/{mat.post.pk}/"):
        assert "ผู้ชี้ให้ดู" in page(client, path, mat.operator)
        shown = page(client, path, mat.host)
        assert "แรงไป" in shown
        assert "ผู้ชี้ให้ดู" not in shown
    shown = page(client, f"/care/posts/{mat.post.pk}/", mat.author)
    assert "แรงไป" not in shown
    assert "ผู้ชี้ให้ดู" not in shown


def test_a_flag_shows_to_nobody_else(client: Client) -> None:
    mat = Mat()
    actions.flag_post(mat.post, by=mat.reader, kind=Flag.Kind.UNKIND, words="แรงไปหน่อยไหม")
    for viewer in (make_person(), mat.reader):
        page(client, f"/care/posts/{mat.post.pk}/", viewer, 404)
        assert "แรงไปหน่อยไหม" not in page(client, "/care/")
        page(client, f"/care/posts/{mat.post.pk}/hide/", status=404)
        page(client, "/care/deeds/", status=403)


def test_the_verbs_on_pages(client: Client) -> None:
    mat = Mat()
    other = make_post("เรื่องเดียวกัน", communities=[mat.circle])
    actions.flag_post(mat.post, by=mat.reader, kind=Flag.Kind.PLACE)
    client.force_login(mat.host)
    shown = page(client, f"/care/posts/{mat.post.pk}/")
    assert all(f"/care/posts/{mat.post.pk}/{verb}/" in shown for verb in ("keep", "hide", "lock", "merge"))
    assert f"/care/posts/{mat.post.pk}/move/" not in shown  # there is no further circle to move it to
    assert client.post(f"/care/posts/{mat.post.pk}/lock/", {"reason": ""}).status_code == 422
    assert client.post(f"/care/posts/{mat.post.pk}/lock/", {"reason": WHY}).status_code == 302
    assert client.post(f"/care/posts/{mat.post.pk}/lock/", {"reason": WHY}).status_code == 403
    assert client.get(f"/posts/{mat.post.pk}/reply/").status_code == 403
    wrong = client.post(f"/care/posts/{mat.post.pk}/merge/", {"reason": WHY, "into": mat.post.pk})
    assert wrong.status_code == 422
    into = client.post(f"/care/posts/{mat.post.pk}/merge/", {"reason": WHY, "into": other.pk})
    assert into.status_code == 302
    undo = f"{into['Location']}undo/"
    page(client, undo)
    assert client.post(undo, {"reason": WHY}).status_code == 302
    assert client.post(undo, {"reason": WHY}).status_code == 403
    assert Post.objects.get(pk=mat.post.pk).root_id is None


def test_what_stands_in_the_way_of_taking_back_is_said(client: Client) -> None:
    mat = Mat()
    deed = hide(make_reply(mat.post), mat.host)
    hide(mat.post, mat.host)
    client.force_login(mat.host)
    response = client.post(f"{deed.get_absolute_url()}undo/", {"reason": WHY}, headers={"accept-language": "en"})
    assert response.status_code == 422
    assert "The whole thread is hidden" in response.content.decode()


def test_the_trail_of_a_host_is_that_of_the_own_circles(client: Client) -> None:
    mat, other = Mat(), Mat()
    hide(mat.post, mat.host, reason="เหตุผลของวงนี้")
    hide(other.post, other.host, reason="เหตุผลของวงอื่น")
    shown = page(client, "/care/deeds/", mat.host)
    assert "เหตุผลของวงนี้" in shown
    assert "เหตุผลของวงอื่น" not in shown
    page(client, Deed.objects.get(post=other.post).get_absolute_url(), mat.host, 404)
    shown = page(client, "/care/deeds/", mat.operator)
    assert "เหตุผลของวงนี้" in shown
    assert "เหตุผลของวงอื่น" in shown


def test_a_circle_that_a_thread_left_still_sees_why(client: Client) -> None:
    mat = Mat()
    operator, to = make_operator(), Mat().circle
    actions.move_to_circle(mat.post, to=[to], by=operator, reason="ย้ายไปวงที่ตรงกว่า")
    assert "ย้ายไปวงที่ตรงกว่า" in page(client, "/care/deeds/", mat.host)


def test_a_co_author_reads_what_was_done(client: Client) -> None:
    mat = Mat()
    along, asked, now = make_person(), make_person(), timezone.now()
    Authorship.objects.create(post=mat.post, person=along, invited_at=now, accepted_at=now)
    Authorship.objects.create(post=mat.post, person=asked, invited_at=now)
    hide(mat.post, mat.host, reason="เหตุผลเดียวกัน")
    assert "เหตุผลเดียวกัน" in page(client, "/care/about-my-posts/", along)
    assert "เหตุผลเดียวกัน" not in page(client, "/care/about-my-posts/", asked)
    assert page(client, f"/care/posts/{mat.post.pk}/", asked, 404)


def test_what_everybody_may_know_names_nobody_and_tells_nothing_closed(client: Client) -> None:
    mat, closed = Mat(), Mat(audience=Audience.MEMBERS)
    hide(mat.post, mat.host, reason="เป็นโฆษณาเครื่องกรองน้ำ", note="คำถึงคนเขียน")
    hide(closed.post, closed.host, reason="เรื่องลับในวง")
    ends_at = timezone.now() + timezone.timedelta(days=3)
    actions.suspend_person(mat.author, by=mat.operator, reason="เรื่องของคนคนเดียว", ends_at=ends_at)
    shown = page(client, "/care/visible/", make_person())
    assert "เป็นโฆษณาเครื่องกรองน้ำ" in shown
    for secret in ("คำถึงคนเขียน", "เรื่องลับในวง", "เรื่องของคนคนเดียว", mat.host.name, mat.author.name, mat.post.title):
        assert secret not in shown
    assert "Hidden: 2 times" in " ".join(shown.split())
    assert client.logout() is None
    assert client.get("/care/visible/").status_code == 302


def test_the_menu_offers_what_fits(client: Client) -> None:
    mat = Mat()
    menu = f"/posts/{mat.post.pk}/menu/"
    flag, about = f"/care/posts/{mat.post.pk}/flag/", f'"/care/posts/{mat.post.pk}/"'
    shown = page(client, menu, mat.reader)
    assert flag in shown
    assert about not in shown
    shown = page(client, menu, mat.host)
    assert flag in shown
    assert about in shown
    shown = page(client, menu, mat.author)
    assert flag not in shown
    assert about not in shown
    actions.keep_post(mat.post, by=mat.host, reason=WHY, note="ดูแล้ว ดีอยู่")
    assert about in page(client, menu, mat.author)


def test_pages_that_are_not_there(client: Client) -> None:
    client.force_login(make_operator())
    for path in ("posts/999/", "deeds/999/", "appeals/999/", "posts/999/hide/", "visitor/999/"):
        assert client.get(f"/care/{path}").status_code == 404
    post = make_post()
    assert client.get(f"/care/posts/{post.pk}/burn/").status_code == 404


def fill(mat: Mat) -> None:
    """One more of everything that a page of care lists."""
    flagged = make_reply(mat.post)
    for _ in range(2):
        actions.flag_post(flagged, by=make_person(), kind=Flag.Kind.UNKIND, words="ดูหน่อย")
    actions.visitor_says(mat.post, name="แวะมา", words="สล็อต")
    reply = make_reply(mat.post, by=mat.author)
    actions.appeal_deed(hide(reply, mat.operator), by=mat.author, words="ไม่ใช่")
    actions.undo_deed(hide(make_reply(mat.post, by=mat.author), mat.host), by=mat.host, reason=WHY)


@pytest.mark.parametrize("path", ["/care/", "/care/deeds/", "/care/about-my-posts/", "/care/visible/", "about"])
@pytest.mark.parametrize("who", ["host", "operator"])
def test_pages_cost_the_same_for_one_and_for_many(
    path: str, who: str, client: Client, django_assert_num_queries, django_assert_max_num_queries
) -> None:
    mat = Mat(audience=Audience.PUBLIC)
    fill(mat)
    viewer = mat.author if path == "/care/about-my-posts/" else getattr(mat, who)
    other = make_operator() if who == "operator" and path != "/care/about-my-posts/" else viewer
    client.force_login(other)
    address = f"/care/posts/{Flag.objects.first().post_id}/" if path == "about" else path
    client.get(address)
    with django_assert_max_num_queries(30) as once:
        assert client.get(address).status_code == 200
    for _ in range(3):
        fill(mat)
    if path == "about":
        for _ in range(3):
            actions.flag_post(Post.objects.get(pk=Flag.objects.first().post_id), by=make_person(), kind="other")
            actions.keep_post(Post.objects.get(pk=Flag.objects.first().post_id), by=mat.host, reason=WHY)
    with django_assert_num_queries(len(once)):
        client.get(address)


def test_long_trails_go_on(client: Client) -> None:
    mat = Mat()
    for n in range(55):
        actions.keep_post(mat.post, by=mat.host, reason=f"ครั้งที่ {n}.")
    first = page(client, "/care/deeds/", mat.operator)
    last = Deed.objects.order_by("-pk")[49].pk
    assert f"after={last}" in first
    assert "ครั้งที่ 54." in first
    assert "ครั้งที่ 4." not in first
    assert "ครั้งที่ 4." in page(client, f"/care/deeds/?after={last}")
    page(client, "/care/deeds/?after=x")


def test_words_of_people_stay_words(client: Client) -> None:
    attack = "<script>alert(1)</script>"
    mat = Mat(audience=Audience.PUBLIC)
    actions.flag_post(mat.post, by=mat.reader, kind=Flag.Kind.OTHER, words=attack)
    actions.visitor_says(mat.post, name=attack, words=attack)
    reply = make_reply(mat.post, attack, by=mat.author)
    deed = hide(reply, mat.operator, reason=attack, note=attack)
    actions.appeal_deed(deed, by=mat.author, words=attack)
    client.force_login(make_operator())
    posts = [f"/care/posts/{post.pk}/" for post in (mat.post, reply)]
    for path in ("/care/", "/care/deeds/", "/care/visible/", deed.get_absolute_url(), *posts):
        assert attack not in client.get(path).content.decode()


def test_who_writes_along_is_not_told_what_others_point_out_about_it(client: Client) -> None:
    mat, along = Mat(), make_operator()
    now = timezone.now()
    Authorship.objects.create(post=mat.post, person=along, invited_at=now, accepted_at=now)
    actions.flag_post(mat.post, by=make_person("ผู้ชี้ให้ดู"), kind=Flag.Kind.UNKIND, words="แรงไป")
    shown = page(client, "/care/", along)
    assert "แรงไป" not in shown
    assert "ผู้ชี้ให้ดู" not in shown
    assert "แรงไป" in page(client, "/care/", mat.operator)


def test_whom_a_deed_met_is_not_told_who_did_it(client: Client) -> None:
    mat = Mat()
    mat.host.name = "ผู้ซ่อน ของเขา"
    mat.host.save()
    deed = hide(mat.post, mat.host)
    for path in ("/care/about-my-posts/", f"/care/posts/{mat.post.pk}/", deed.get_absolute_url()):
        assert mat.host.name not in page(client, path, mat.author)


def test_a_circle_that_a_thread_left_is_not_told_what_it_is_called_since(client: Client) -> None:
    mat = Mat()
    to = make_community(audience=Audience.MEMBERS, people=[mat.author])
    deed = actions.move_to_circle(mat.post, to=[to], by=make_operator(), reason=WHY)
    edit_post(Post.objects.get(pk=mat.post.pk), by=mat.author, title="ชื่อในวงปิด", text="เนื้อ")
    for path in ("/care/deeds/", deed.get_absolute_url()):
        shown = page(client, path, mat.host)
        assert WHY in shown
        assert "ชื่อในวงปิด" not in shown
    assert "ชื่อในวงปิด" in page(client, "/care/deeds/", mat.operator)
    assert "ชื่อในวงปิด" in page(client, deed.get_absolute_url(), mat.author)
