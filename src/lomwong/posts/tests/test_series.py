"""Stories in parts: numbers, neighbours, what is still to come, and what a reader may not know of."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lomwong.activity.models import Event, Verb
from lomwong.communities.models import Audience
from lomwong.communities.tests.factories import make_community
from lomwong.people.tests.factories import make_person
from lomwong.posts import actions
from lomwong.posts.models import Kind, Post, Series
from lomwong.posts.stories.actions import change_series, withdraw_post
from lomwong.posts.stories.queries import series_nav

pytestmark = pytest.mark.django_db
STORY = reverse("posts:story_new")


@pytest.fixture
def me(client):
    person = make_person()
    client.force_login(person)
    return person


def write(by, title, **further):
    return actions.write_post(kind=Kind.STORY, by=by, title=title, text=f"เนื้อของ{title}", **further)


def page_of(client, url, status=200):
    response = client.get(url)
    assert response.status_code == status
    return response.content.decode()


def test_a_series_begins_on_the_writing_page(client, me):
    shown = {"title": "ค้างโต๊ะ", "text": "เนื้อ", "new_series": "ใบยืม", "is_continued": "on", "part": ""}
    client.post(STORY, shown)
    series = Series.objects.get()
    first = Post.objects.get()
    assert (series.owner, series.name, first.series, first.part, first.is_continued) == (me, "ใบยืม", series, 1, True)
    client.post(STORY, {"title": "สลับใบ", "text": "เนื้อ", "new_series": "", "series": series.pk, "part": ""})
    second = Post.objects.get(title="สลับใบ")
    assert (second.series, second.part, second.is_continued) == (series, 2, False)


def test_the_next_part_knows_its_series(client, me):
    series = actions.begin_series("ใบยืม", by=me)
    assert f'value="{series.pk}" selected' in page_of(client, f"{STORY}?series={series.pk}")


def test_a_number_is_given_once(client, me):
    series = actions.begin_series("ใบยืม", by=me)
    write(me, "หนึ่ง", series=series, part=5)
    given = {"title": "สอง", "text": "เนื้อ", "new_series": "", "series": series.pk}
    assert client.post(STORY, {**given, "part": "5"}).status_code == 422
    assert client.post(STORY, {**given, "part": "0"}).status_code == 422
    assert client.post(STORY, {**given, "part": ""}).status_code == 302
    assert Post.objects.get(title="สอง").part == 6


def test_the_number_of_a_withdrawn_part_does_not_return():
    me = make_person()
    write(me, "หนึ่ง", series="ใบยืม")
    withdraw_post(write(me, "สอง", series="ใบยืม"), by=me)
    assert write(me, "สาม", series="ใบยืม").part == 3


def test_nobody_continues_the_series_of_another(client, me):
    actions.begin_series("ของฉัน", by=me)
    theirs = actions.begin_series("ของเขา", by=make_person())
    assert (
        client.post(STORY, {"title": "แทรก", "text": "เนื้อ", "new_series": "", "series": theirs.pk}).status_code == 422
    )


def test_the_part_stands_behind_the_title(client, me):
    post = write(me, "สลับใบ", series="ใบยืม", part=2)
    assert post.part_label
    for language, words in (("th", "(ตอนที่ 2)"), ("en", "(part 2)")):
        client.cookies["django_language"] = language
        assert words in page_of(client, post.get_absolute_url()).replace("\u00a0", " ")


def test_the_way_to_the_neighbours_and_what_is_still_unwritten(client, me):
    first, second, third = (write(me, title, series="ใบยืม") for title in ("ตอนแรก", "ตอนกลาง", "ตอนท้าย"))
    change = actions.change_belonging
    change(third, by=me, is_continued=True)
    page = page_of(client, second.get_absolute_url())
    nav = page[page.index('<nav class="series"') :].split("</nav>")[0]
    assert first.get_absolute_url() in nav
    assert third.get_absolute_url() in nav
    assert "soon" not in nav
    assert 'class="soon"' in page_of(client, third.get_absolute_url())
    change_series(third.series, name="ใบยืม", about="", is_finished=True, parts={})
    assert 'class="soon"' not in page_of(client, third.get_absolute_url())


def test_one_more_part_opens_a_finished_series():
    me = make_person()
    series = write(me, "หนึ่ง", series="ใบยืม").series
    change_series(series, name="ใบยืม", about="", is_finished=True, parts={})
    write(me, "สอง", series=series)
    series.refresh_from_db()
    assert not series.is_finished


def test_a_part_for_few_keeps_its_number_and_tells_no_title(client, me):
    author = make_person()
    closed = make_community(by=author, audience=Audience.MEMBERS)
    first = write(author, "ตอนเปิดเผย", series="ใบยืม")
    secret = write(author, "ชื่อตอนลับ", series="ใบยืม", communities=[closed])
    third = write(author, "ตอนสุดท้าย", series="ใบยืม")
    for url in (first.get_absolute_url(), third.get_absolute_url(), first.series.get_absolute_url()):
        page = page_of(client, url)
        assert "ชื่อตอนลับ" not in page
        assert f"/posts/{secret.number}/" not in page
    nav = series_nav(Post.objects.get(pk=third.pk), me)
    assert (nav.earlier, nav.post.part) == (first, 3)
    client.force_login(author)
    assert "ชื่อตอนลับ" in page_of(client, third.get_absolute_url())


def test_the_name_of_a_series_of_which_one_may_read_nothing_is_not_told(client, me):
    author = make_person()
    closed = make_community(by=author, audience=Audience.MEMBERS)
    series = write(author, "ตอนลับ", series="ชื่อชุดที่ลับ", communities=[closed]).series
    page_of(client, series.get_absolute_url(), status=404)
    assert "ชื่อชุดที่ลับ" not in page_of(client, reverse("posts:by", args=[author.pk]))
    client.force_login(author)
    assert "ชื่อชุดที่ลับ" in page_of(client, series.get_absolute_url())


def test_visitors_see_the_public_parts_alone(client):
    author = make_person()
    first = write(author, "ข้างใน", series="ใบยืม")
    second = write(author, "ข้างนอก", series="ใบยืม", audience=Audience.PUBLIC)
    for url in (first.series.get_absolute_url(), second.get_absolute_url()):
        page = page_of(client, url)
        assert "ข้างนอก" in page
        assert "ข้างใน" not in page


def test_parts_change_places(client, me):
    first, second = write(me, "ก่อน", series="ใบยืม"), write(me, "หลัง", series="ใบยืม")
    url = reverse("posts:series_edit", args=[first.series_id])
    page_of(client, url)
    given = {"name": "ใบยืมใหม่", f"part_{first.number}": "2", f"part_{second.number}": "1"}
    assert client.post(url, {**given, f"part_{second.number}": "2"}).status_code == 422
    client.post(url, given)
    page = page_of(client, first.series.get_absolute_url())
    assert page.index("หลัง") < page.index("ก่อน")
    assert "ใบยืมใหม่" in page


def test_only_its_owner_changes_a_series(client, me):
    theirs = write(make_person(), "หนึ่ง", series="ใบยืม").series
    assert client.get(reverse("posts:series_edit", args=[theirs.pk])).status_code == 403
    assert client.post(reverse("posts:series_delete", args=[theirs.pk])).status_code == 403


def test_only_an_empty_series_goes(client, me):
    post = write(me, "หนึ่ง", series="ใบยืม")
    url = reverse("posts:series_delete", args=[post.series_id])
    client.post(url)
    assert Series.objects.exists()
    actions.change_belonging(post, by=me, series="")
    post.refresh_from_db()
    assert (post.series, post.part) == (None, None)
    client.post(url)
    assert not Series.objects.exists()


def test_neighbours_know_when_a_part_comes_goes_or_is_renamed(me):
    first, second = write(me, "หนึ่ง", series="ใบยืม"), write(me, "สอง", series="ใบยืม")

    def version():
        return Post.objects.values_list("version", flat=True).get(pk=first.pk)

    deeds = (
        lambda: actions.edit_post(second, by=me, title="สองใหม่", text="เนื้อ"),
        lambda: write(me, "สาม", series="ใบยืม"),
        lambda: change_series(first.series, name="ใบยืม", about="", is_finished=True, parts={}),
        lambda: actions.change_belonging(second, by=me, series="ชุดอื่น"),
    )
    for deed in deeds:
        before = version()
        deed()
        assert version() > before


def test_the_ledger_tells_followers_of_the_next_part():
    post = write(make_person(), "หนึ่ง", series="ใบยืม")
    event = Event.objects.get(verb=Verb.POSTED)
    assert Post.objects.get(pk=event.post_number).series == post.series


@pytest.mark.parametrize("is_signed_in", [True, False])
def test_as_many_queries_for_one_part_as_for_three(client, is_signed_in):
    author = make_person()
    small = write(author, "เดี่ยว", series="สั้น", audience=Audience.PUBLIC).series
    for number in range(3):
        circle = make_community(by=author, audience=Audience.PUBLIC)
        large = write(author, f"ตอน {number}", series="ยาว", communities=[circle]).series
    if is_signed_in:
        client.force_login(make_person())
    counts = []
    for series in (small, large):
        with CaptureQueriesContext(connection) as queries:
            page_of(client, series.get_absolute_url())
        counts.append(len(queries))
    assert counts[0] == counts[1]
