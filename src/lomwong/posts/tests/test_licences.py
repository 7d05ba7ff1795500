"""What others may do with an entry."""

import pytest
from django.conf import settings as configured
from django.urls import reverse

from lomwong.people.tests.factories import make_person
from lomwong.posts import actions
from lomwong.posts.models import Habit, Kind, Licence, Post
from lomwong.posts.stories.licences import TERMS
from lomwong.posts.tests.factories import make_post

pytestmark = pytest.mark.django_db
STORY = reverse("posts:story_new")


def licence_of(**given):
    return actions.write_post(kind=Kind.STORY, text="เนื้อ", **given).licence


def test_the_setting_knows_every_licence():
    assert Licence.values == configured.LICENCES
    assert list(TERMS) == list(Licence)


def test_the_default_is_the_habit_then_the_blog_then_the_house(settings):
    me = make_person()
    blog = actions.open_blog("สมุด", by=me, licence=Licence.CC_BY_SA)
    assert licence_of(by=me) == Licence.RESERVED
    settings.LICENCE = Licence.ORGANISATION
    assert licence_of(by=me) == Licence.ORGANISATION
    assert licence_of(by=me, blog=blog) == Licence.CC_BY_SA
    assert not Habit.objects.exists(), "what was not chosen is no habit"
    assert licence_of(by=me, licence=Licence.CC0) == Licence.CC0
    assert licence_of(by=me, blog=blog) == Licence.CC0
    assert licence_of(by=make_person()) == Licence.ORGANISATION


def test_what_was_chosen_last_is_offered_next(client):
    me = make_person()
    client.force_login(me)
    client.post(STORY, {"title": "เรื่อง", "text": "เนื้อ", "licence": "cc-by-nc"})
    assert Post.objects.get().licence == Licence.CC_BY_NC
    assert client.get(STORY).context["form"]["licence"].value() == Licence.CC_BY_NC


def test_a_licence_that_does_not_exist_is_refused(client):
    client.force_login(make_person())
    assert client.post(STORY, {"title": "เรื่อง", "text": "เนื้อ", "licence": "cc-by-xx"}).status_code == 422


@pytest.mark.parametrize(
    ("licence", "deed"),
    [
        (Licence.CC_BY_NC_SA, "https://creativecommons.org/licenses/by-nc-sa/4.0/"),
        (Licence.CC0, "https://creativecommons.org/publicdomain/zero/1.0/"),
    ],
)
def test_the_page_names_it_and_leads_to_its_text(client, licence, deed):
    post = actions.write_post(kind=Kind.STORY, by=make_person(), text="เนื้อ", audience="public", licence=licence)
    page = client.get(post.get_absolute_url()).content.decode()
    assert f'href="{deed}"' in page
    assert str(TERMS[licence].label) in page


def test_of_what_was_imported_nobody_has_said(client):
    me = make_person()
    client.force_login(me)
    post = make_post(by=me)
    Post.objects.filter(pk=post.pk).update(licence="", source="mail")
    page = client.get(post.get_absolute_url()).content.decode()
    assert "creativecommons" not in page
    url = reverse("posts:belonging", args=[post.number])
    assert client.get(url).context["form"]["licence"].value() == ""
    client.post(url, {"new_blog": "", "licence": "cc-by"})
    post.refresh_from_db()
    assert post.licence == Licence.CC_BY


def test_changing_it_warns_that_what_was_taken_stays_so(client):
    me = make_person()
    client.force_login(me)
    post = actions.write_post(kind=Kind.STORY, by=me, text="เนื้อ", licence=Licence.CC_BY)
    client.cookies["django_language"] = "en"
    page = client.get(reverse("posts:belonging", args=[post.number])).content.decode()
    assert "under the old one" in page


def test_only_the_author_says_what_others_may_do(client):
    post = make_post()
    client.force_login(make_person())
    assert client.post(reverse("posts:belonging", args=[post.number]), {"licence": "cc0"}).status_code == 403
