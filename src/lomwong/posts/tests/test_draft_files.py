"""Files that lie with a draft: nobody else has them, they move to the post, a faulty form loses none."""

import io

import pytest
from django.conf import settings as house
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lomwong.communities.models import Audience
from lomwong.people.tests.factories import make_person
from lomwong.posts.drafts.actions import Typed, discard_draft, save_draft
from lomwong.posts.drafts.typed import new_key
from lomwong.posts.files import actions, shelf
from lomwong.posts.files.drafts import attach_to_draft, move_to_post
from lomwong.posts.models import Draft, File, Kind, Post
from lomwong.posts.tests.factories import hang, make_post
from lomwong.posts.tests.papers import make_docx, make_pdf
from lomwong.posts.tests.pictures import photo

pytestmark = pytest.mark.django_db

STORY = reverse("posts:story_new")


@pytest.fixture
def me(client):
    person = make_person()
    client.force_login(person)
    return person


def make_draft(by, *, post: Post | None = None, kind: str = Kind.STORY) -> Draft:
    return save_draft(new_key(), Typed(text="ร่าง", title="", fields={}), by=by, kind=kind, post=post)


def add(client, draft: Draft, content: bytes, name: str = "a.jpg"):
    url = reverse("posts:draft_file_add", args=[draft.key])
    return client.post(url, {"file": SimpleUploadedFile(name, content)})


def status(client, url: str) -> int:
    response = client.get(url)
    b"".join(response)  # which closes it
    return response.status_code


# One by one, while writing


def test_a_picture_is_added_and_says_what_it_has_become(client, me):
    answer = add(client, make_draft(me), photo(width=1200, height=800), "โต๊ะ.JPG")
    file = File.objects.get()
    assert answer.status_code == 201
    assert answer.json() == {
        "id": file.pk,
        "name": "โต๊ะ.jpg",
        "kind": "รูป",
        "is_picture": True,
        "is_sound": False,
        "alt": "",
        "url": file.picture_url,
        "small": file.small_url,
        "width": 960,
        "height": 640,
        "markdown": f"![](file:{file.pk})",
    }
    assert (file.post_id, file.draft.owner_id) == (None, me.pk)


def test_a_document_is_added_too(client, me):
    answer = add(client, make_draft(me), make_pdf("x"), "ก.pdf").json()
    assert (answer["name"], answer["is_picture"], answer["markdown"]) == ("ก.pdf", False, "")
    assert answer["url"] == File.objects.get().get_absolute_url()


@pytest.mark.parametrize(
    ("content", "name", "advice"),
    [
        (b"MZ" + bytes(500), "a.exe", "เราไม่รับไฟล์ชนิดนี้"),
        (photo()[:300], "a.jpg", "อ่านรูปนี้ไม่ออก"),
        (b"", "a.jpg", "ไม่มีอะไรอยู่ข้างใน"),
    ],
)
def test_what_is_not_taken_is_said_in_the_readers_language(client, me, content, name, advice):
    draft = make_draft(me)
    answer = add(client, draft, content, name)
    assert answer.status_code == 422
    assert advice in answer.json()["error"]
    assert not File.objects.exists()
    client.cookies["django_language"] = "en"
    assert answer.json()["error"] != add(client, draft, content, name).json()["error"]


def test_without_a_file_nothing_breaks(client, me):
    assert client.post(reverse("posts:draft_file_add", args=[make_draft(me).key])).status_code == 422


def test_too_big_is_said(client, me, settings):
    settings.FILE_BYTES = 1024 * 1024
    answer = add(client, make_draft(me), b"%PDF-1.4" + bytes(2 * 1024 * 1024), "a.pdf")
    assert answer.status_code == 422
    assert "เกิน 1 MB" in answer.json()["error"]


def test_there_is_room_for_so_many_and_no_more(client, me, settings):
    settings.POST_FILES = 2
    draft = make_draft(me)
    assert [add(client, draft, make_docx(str(at)), "a.docx").status_code for at in range(3)] == [201, 201, 422]
    post = make_post(by=me)
    hang(post)
    change = make_draft(me, post=post)
    assert [add(client, change, make_docx(str(at)), "a.docx").status_code for at in range(2)] == [201, 422]


def test_the_same_picture_twice_lies_there_once(client, me):
    draft = make_draft(me)
    assert add(client, draft, photo()).json() == add(client, draft, photo()).json()
    assert File.objects.count() == 1


def test_nobody_else_has_the_files_of_a_draft(client, me):
    draft = make_draft(me)
    add(client, draft, photo(width=1200, height=800))
    file = File.objects.get()
    pages = [file.picture_url, file.small_url, file.get_absolute_url()]
    deeds = [reverse(f"posts:draft_file_{deed}", args=[file.pk]) for deed in ("alt", "remove")]
    assert {status(client, page) for page in pages} == {200}
    for other in (make_person(), make_person(is_staff=True, is_superuser=True)):
        client.force_login(other)
        assert {status(client, page) for page in pages} == {404}
        assert {client.post(deed).status_code for deed in deeds} == {404}
        assert add(client, draft, photo()).status_code == 404
    assert client.get(reverse("admin:posts_file_changelist")).content.decode().count(file.name) == 0
    client.logout()
    assert {status(client, page) for page in pages} == {404}
    assert client.post(deeds[0])["Location"].startswith("/accounts/login/")
    assert File.objects.filter(pk=file.pk).exists()


def test_files_of_a_post_are_not_changed_by_the_way_of_drafts(client, me):
    file = hang(make_post(by=me), "a.jpg", photo())
    for deed in ("alt", "remove"):
        assert client.post(reverse(f"posts:draft_file_{deed}", args=[file.pk]), {"alt": "x"}).status_code == 404


def test_words_for_a_picture_and_taking_it_away(client, me):
    add(client, make_draft(me), photo())
    file = File.objects.get()
    answer = client.post(reverse("posts:draft_file_alt", args=[file.pk]), {"alt": " บันได\nหน้าตึก\x00 " + "ก" * 400})
    file.refresh_from_db()
    assert answer.json()["alt"] == file.alt
    assert file.alt.startswith("บันได หน้าตึก ก")
    assert len(file.alt) == 300
    remove = reverse("posts:draft_file_remove", args=[file.pk])
    assert client.get(remove).status_code == 405
    assert client.post(remove).json() == {}
    assert not File.objects.exists()


@pytest.mark.parametrize(("back", "code"), [("/stories/new/", 302), ("https://x.example/", 200), ("//x.example/", 200)])
def test_without_a_script_one_comes_back(client, me, back, code):
    add(client, make_draft(me), photo())
    remove = reverse("posts:draft_file_remove", args=[File.objects.get().pk])
    assert client.post(remove, {"next": back}).status_code == code


def test_nobody_waits_for_the_words_of_a_drafts_file(client, me):
    add(client, make_draft(me), make_pdf("x"), "a.pdf")
    assert not File.objects.waiting().exists()


# Becoming a post


def test_files_move_to_the_post_and_the_picture_stands_in_its_words(client, me):
    draft = make_draft(me)
    picture = add(client, draft, photo(width=1200, height=800)).json()
    add(client, draft, make_docx("x"), "ข.docx")
    text = f"ดูนี่\n\n{picture['markdown']}"
    sent = {"draft": draft.key, "title": "มีรูป", "text": text, f"alt_{picture['id']}": "ศาลา", "audience": "public"}
    assert client.post(STORY, sent).status_code == 302
    post = Post.objects.get()
    assert [file.name for file in post.files.all()] == ["a.jpg", "ข.docx"]
    assert not File.objects.filter(draft__isnull=False).exists()
    assert f'src="/pictures/{picture["id"]}/small/"' in post.html
    assert 'alt="ศาลา"' in post.html
    assert post.excerpt == "ดูนี่"
    client.logout()
    assert status(client, f"/pictures/{picture['id']}/small/") == 200


def test_what_a_draft_adds_to_a_post_hangs_beside_what_was_there(client, me):
    post = make_post(by=me)
    there = hang(post, "เก่า.docx", make_docx("เก่า"))
    draft = make_draft(me, post=post)
    again, fresh = add(client, draft, make_docx("เก่า"), "a.docx").json(), add(client, draft, photo()).json()
    assert again["id"] == there.pk
    sent = {"draft": draft.key, "title": "x", "text": f"![](file:{fresh['id']})"}
    assert client.post(reverse("posts:post_edit", args=[post.pk]), sent).status_code == 302
    post.refresh_from_db()
    assert {file.pk for file in post.files.all()} == {there.pk, fresh["id"]}
    assert "<img" in post.html


def test_bytes_that_came_to_the_post_meanwhile_stand_in_no_way(me):
    post = make_post(by=me)
    draft = make_draft(me, post=post)
    kept = shelf.keep(io.BytesIO(photo()), "a.jpg")
    attach_to_draft(draft, [kept])
    actions.attach(post, [kept])
    move_to_post(draft, post)
    assert post.files.count() == File.objects.count() == 1


def test_the_preview_shows_pictures_of_the_draft_alone(client, me):
    draft = make_draft(me)
    mine = add(client, draft, photo()).json()
    theirs = hang(make_post(), "b.jpg", photo(width=200))
    text = f"{mine['markdown']}\n\n![ของเขา](file:{theirs.pk})"
    page = client.post(reverse("posts:preview"), {"draft": draft.key, "text": text}).content.decode()
    assert f'src="{mine["url"]}"' in page
    assert theirs.picture_url not in page
    client.force_login(make_person())
    assert "<img" not in client.post(reverse("posts:preview"), {"draft": draft.key, "text": text}).content.decode()


# Without a script


def test_a_faulty_form_keeps_good_files_and_shows_them(client, me):
    key = new_key()
    files = [SimpleUploadedFile("โต๊ะ.jpg", photo()), SimpleUploadedFile("ดี.pdf", make_pdf("x"))]
    files.append(SimpleUploadedFile("ไม่ดี.exe", b"MZ" + bytes(500)))
    response = client.post(STORY, {"draft": key, "title": "", "text": "คำ", "attached": files})
    page = response.content.decode()
    assert response.status_code == 422
    assert "ไม่ดี.exe: เราไม่รับไฟล์ชนิดนี้" in page
    assert "เลือกไฟล์อีกครั้ง" not in page
    picture, paper = File.objects.filter(draft__key=key)
    for part in (f'name="take_away" value="{picture.pk}"', "ดี.pdf", f'name="alt_{picture.pk}"', picture.small_url):
        assert part in page
    sent = {"draft": key, "title": "ชื่อ", "text": "คำ", "take_away": [paper.pk], f"alt_{picture.pk}": "โต๊ะไม้"}
    assert client.post(STORY, sent).status_code == 302
    assert [(file.name, file.alt) for file in Post.objects.get().files.all()] == [("โต๊ะ.jpg", "โต๊ะไม้")]
    assert not File.objects.filter(pk=paper.pk).exists()


def test_as_many_as_there_is_room_for_stay(client, me, settings):
    settings.POST_FILES = 2
    key = new_key()
    files = [SimpleUploadedFile(f"{at}.docx", make_docx(str(at))) for at in range(2)]
    client.post(STORY, {"draft": key, "title": "ย" * 301, "text": "คำ", "attached": files[:1]})
    files = [SimpleUploadedFile(f"{at}.docx", make_docx(f"x{at}")) for at in range(2)]
    response = client.post(STORY, {"draft": key, "title": "ชื่อ", "text": "คำ", "attached": files})
    assert response.status_code == 422
    assert "แนบได้ไม่เกิน 2 ไฟล์" in response.content.decode()
    assert File.objects.count() == house.POST_FILES == 2


# The end of a draft


def test_bytes_of_a_draft_are_held_until_it_is_forgotten(client, me):
    draft = make_draft(me)
    add(client, draft, photo(width=1200, height=800))
    assert shelf.sweep(actions.held, older_than=-1) == 0
    discard_draft(draft)
    Draft.objects.all().delete()
    assert shelf.sweep(actions.held, older_than=-1) == 2


def test_audience_of_the_post_decides_at_once(client, me):
    draft = make_draft(me)
    url = add(client, draft, photo()).json()["url"]
    sent = {"draft": draft.key, "title": "ชื่อ", "text": "คำ", "audience": Audience.ORGANISATION}
    assert client.post(STORY, sent).status_code == 302
    client.logout()
    assert status(client, url) == 404
