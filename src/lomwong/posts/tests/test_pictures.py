"""Pictures: made anew when they come, shown to whoever may read the post, gone with it."""

import io
import re
import time
from itertools import pairwise

import pytest
from django.urls import reverse
from PIL import Image, ImageCms

from lomwong.communities.models import Audience
from lomwong.communities.tests.factories import make_community
from lomwong.people.tests.factories import make_person
from lomwong.posts import actions as posts
from lomwong.posts.files import actions, shelf
from lomwong.posts.files.kinds import Unwelcome
from lomwong.posts.files.remake import FULL, SMALL
from lomwong.posts.files.shelf import Kept
from lomwong.posts.models import File, Post, Reading, State
from lomwong.posts.tests.factories import hang, make_post, make_reply
from lomwong.posts.tests.pictures import CAMERA, draw, exif, photo, saved

pytestmark = pytest.mark.django_db

SECRETS = (b"SECRET", b"Exif", b"GPS", b"ICC_PROFILE", b"ICCP", b"XMP", b"http://ns.adobe.com", CAMERA.encode())


@pytest.fixture
def me(client):
    person = make_person()
    client.force_login(person)
    return person


def keep(content: bytes, name: str = "รูป.jpg") -> Kept:
    return shelf.keep(io.BytesIO(content), name)


def bytes_of(sha256: str) -> bytes:
    return shelf.path_of(sha256).read_bytes()


def opened(sha256: str) -> Image.Image:
    return Image.open(io.BytesIO(bytes_of(sha256))).convert("RGB")


def body(client, url: str) -> bytes:
    response = client.get(url)
    assert response.status_code == 200, url
    return b"".join(response)


# Made anew


def test_nothing_that_a_camera_wrote_stays():
    given = photo(width=1200, height=800)
    assert exif().get_ifd(0x8825)  # there is a place to be lost
    for secret in (b"SECRETXMP", b"SECRETCOMMENT", b"Exif", CAMERA.encode(), b"ICC_PROFILE"):
        assert secret in given
    kept = keep(given)
    for sha256 in (kept.sha256, kept.small_sha256):
        content = bytes_of(sha256)
        assert not [secret for secret in SECRETS if secret in content]
        shown = Image.open(io.BytesIO(content))
        assert not shown.getexif()
        assert not {"exif", "xmp", "comment", "icc_profile"} & set(shown.info)


@pytest.mark.parametrize("turn", range(1, 9))
def test_every_picture_stands_upright(turn):
    """What the camera meant: red on the left, whichever way it was held."""
    undone = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    turned = draw(120, 80)
    if turn > 1:
        turned = turned.transpose(Image.Transpose(undone[turn]))
    kept = keep(saved(turned, "JPEG", quality=95, exif=exif(turn)))
    assert (kept.width, kept.height) == (120, 80)
    shown = opened(kept.sha256)
    red, green, _ = shown.getpixel((20, 40))
    assert red > 200 > 60 > green
    assert shown.getpixel((100, 70))[1] > shown.getpixel((100, 10))[1] + 50


@pytest.mark.parametrize(
    ("format", "how", "name", "kind"),
    [
        ("JPEG", {}, "a.JPG", "image/jpeg"),
        ("PNG", {}, "a.png", "image/webp"),
        ("WEBP", {}, "a.webp", "image/webp"),
        ("GIF", {}, "a.gif", "image/webp"),
        ("AVIF", {"speed": 10}, "a.avif", "image/jpeg"),
    ],
)
def test_each_kind_is_taken_and_called_what_it_has_become(format, how, name, kind):
    kept = keep(saved(draw(), format, **how), name)
    assert (kept.width, kept.height) == (120, 80)
    assert kept.kind.media_type in {kind, "image/webp", "image/jpeg"}
    assert kept.name in {"a.jpg", "a.webp"}
    assert opened(kept.sha256).getpixel((20, 40))[0] > 200


def test_a_wide_one_gets_smaller_and_a_smaller_one_beside_it():
    kept = keep(saved(draw(3000, 1000), "JPEG"))
    assert (kept.width, kept.height) == (FULL, 853)
    small = opened(kept.small_sha256)
    assert small.size == (SMALL, 320)
    assert len(bytes_of(kept.small_sha256)) < len(bytes_of(kept.sha256))
    assert keep(saved(draw(900, 600), "JPEG")).small_sha256 == ""


def test_bands_leave_no_seam():
    """A smooth slope stays one where its bands meet."""
    slope = Image.linear_gradient("L").resize((400, 3000), Image.Resampling.BICUBIC).convert("RGB")
    shown = opened(keep(saved(slope, "PNG"), "a.png").sha256)
    column = [shown.getpixel((200, y))[0] for y in range(shown.height)]
    assert max(abs(a - b) for a, b in pairwise(column)) <= 3


def test_colours_of_another_space_are_carried_over():
    """A profile that swaps red and blue cannot be made here; one with another white can."""
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    broken = lab[:200]
    for profile in (lab, broken, b"nonsense"):
        kept = keep(saved(draw(), "JPEG", icc_profile=profile))
        assert opened(kept.sha256).getpixel((20, 40))[0] > 200


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGBA", "1", "I;16", "CMYK", "YCbCr"])
def test_every_way_of_keeping_dots(mode):
    format = "JPEG" if mode in {"CMYK", "YCbCr"} else "PNG"
    grey = Image.new("RGB", (60, 40), (128, 128, 128))
    given = Image.new("I;16", (60, 40), 128 * 257) if mode == "I;16" else grey.convert(mode)
    shown = opened(keep(saved(given, format), "a.png").sha256)
    assert shown.size == (60, 40)
    meant = 128 if mode == "I;16" else given.convert("RGB").getpixel((30, 20))[0]
    assert abs(shown.getpixel((30, 20))[0] - meant) < 12


def test_what_is_transparent_stays_so():
    given = Image.new("RGBA", (60, 40), (200, 0, 0, 0))
    kept = keep(saved(given, "PNG"), "a.png")
    assert Image.open(io.BytesIO(bytes_of(kept.sha256))).getpixel((5, 5))[3] == 0


def test_letters_on_a_drawing_stay_sharp():
    drawing = Image.new("RGB", (300, 200), "white")
    drawing.paste("red", (100, 100, 101, 150))
    kept = keep(saved(drawing, "PNG"), "a.png")
    assert kept.kind.media_type == "image/webp"
    assert list(opened(kept.sha256).get_flattened_data()) == list(drawing.get_flattened_data())


def test_of_a_moving_picture_the_first_frame_stays():
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("red", "green", "blue")]
    moving = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    shown = Image.open(io.BytesIO(bytes_of(keep(moving, "a.gif").sha256)))
    assert getattr(shown, "n_frames", 1) == 1
    assert shown.convert("RGB").getpixel((5, 5))[0] > 200


def test_the_same_picture_is_kept_once():
    assert keep(photo()) == keep(photo())


def test_in_a_trial_nothing_stays():
    shelf.keep(io.BytesIO(photo(width=1200, height=800)), "a.jpg", is_trial=True)
    assert [path for path in shelf.root().glob("*/*") if path.is_file()] == []


def test_a_picture_that_cannot_be_made_out_is_refused():
    with pytest.raises(Unwelcome):
        keep(photo()[:200])


def test_nobody_waits_for_words_in_a_picture():
    file = hang(make_post(), "a.jpg", photo())
    assert file.reading == Reading.EMPTY
    assert not File.objects.waiting().exists()


# Swept away only when nothing shows it


def test_the_small_one_stays_as_long_as_the_large_one():
    file = hang(make_post(), "a.jpg", photo(width=1200, height=800))
    assert actions.held([file.sha256, file.small_sha256, "x"]) == {file.sha256, file.small_sha256}
    assert shelf.sweep(actions.held, older_than=0) == 0
    file.delete()
    assert shelf.sweep(actions.held, older_than=-1) == 2


# Shown


def test_a_picture_is_shown_and_can_do_nothing(client):
    file = hang(make_post(audience=Audience.PUBLIC), "ภาพ.jpg", photo(width=1200, height=800))
    for url, media_type, sha256 in (
        (file.picture_url, "image/jpeg", file.sha256),
        (file.small_url, "image/webp", file.small_sha256),
    ):
        response = client.get(url)
        assert b"".join(response) == bytes_of(sha256)
        assert response["Content-Type"] == media_type
        assert response["Content-Disposition"].startswith("inline")
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cache-Control"] == "private, no-cache"
        again = client.get(url, headers={"If-None-Match": response["ETag"]})
        assert again.status_code == 304
        assert again["Cache-Control"] == "private, no-cache"


def test_a_picture_without_a_smaller_one_is_its_own(client):
    file = hang(make_post(audience=Audience.PUBLIC), "a.jpg", photo())
    small = reverse("posts:picture_small", args=[file.pk])
    assert body(client, small) == body(client, file.picture_url) == bytes_of(file.sha256)


def test_only_a_picture_is_shown(client):
    document = hang(make_post(audience=Audience.PUBLIC))
    for name in ("picture", "picture_small", "sound"):
        assert client.get(reverse(f"posts:{name}", args=[document.pk])).status_code == 404


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.HIDDEN, State.HELD])
def test_what_is_not_shown_any_more_is_gone_even_for_whoever_keeps_a_copy(client, state):
    post = make_post(audience=Audience.PUBLIC)
    file = hang(post, "a.jpg", photo(width=1200, height=800))
    response = client.get(file.picture_url)
    b"".join(response)  # which closes it
    etag = response["ETag"]
    Post.objects.filter(pk=post.pk).update(state=state)
    for url in (file.picture_url, file.small_url):
        assert client.get(url, headers={"If-None-Match": etag}).status_code == 404


def test_pictures_of_a_closed_circle_are_its_peoples(client):
    host, outsider = make_person(), make_person()
    closed = make_community(audience=Audience.MEMBERS, by=host)
    file = hang(make_post(by=host, communities=[closed]), "a.jpg", photo(width=1200, height=800))
    for viewer, status in ((None, 404), (outsider, 404), (host, 200)):
        if viewer:
            client.force_login(viewer)
        for url in (file.picture_url, file.small_url):
            response = client.get(url)
            b"".join(response)  # which closes it
            assert response.status_code == status


# In the words and below them


def test_a_picture_stands_in_the_words_it_belongs_to(client, me):
    post = make_post(by=me, audience=Audience.PUBLIC)
    file = hang(post, "a.jpg", photo(width=1200, height=800))
    beside = hang(post, "b.jpg", photo(width=1000, height=500))
    posts.edit_post(post, by=me, title="x", text=f"ก่อน\n\n![โต๊ะตัวนั้น](file:{file.pk})\n\nหลัง")
    page = client.get(post.get_absolute_url()).content.decode()
    assert page.count(f'src="{file.small_url}"') == 1
    assert page.count(f'src="{beside.small_url}"') == 1
    shown = re.search(r"<figure>.*?</figure>", page, re.DOTALL)
    assert shown
    for part in (
        f'<a href="{file.picture_url}"',
        f'src="{file.small_url}"',
        'width="960" height="640"',
        'alt="โต๊ะตัวนั้น"',
    ):
        assert part in shown[0]
    assert 'loading="lazy" decoding="async"' in shown[0]


def test_a_picture_of_another_post_is_only_its_words(client, me):
    theirs = hang(make_post(), "a.jpg", photo())
    mine = make_post(by=me, text=f"ดู ![ของเขา](file:{theirs.pk}) นี่")
    assert mine.html == "<p>ดู ของเขา นี่</p>\n"


def test_words_for_it_come_from_the_picture_where_the_text_has_none(me):
    post = make_post(by=me)
    file = hang(post, "a.jpg", photo())
    File.objects.filter(pk=file.pk).update(alt="ศาลาริมน้ำ")
    posts.edit_post(post, by=me, title="x", text=f"![](file:{file.pk})")
    assert 'alt="ศาลาริมน้ำ"' in post.html
    assert post.excerpt == "ศาลาริมน้ำ"


def test_editing_keeps_pictures_and_taking_one_away_leaves_its_words(me):
    post = make_post(by=me)
    file = hang(post, "a.jpg", photo())
    posts.edit_post(post, by=me, title="x", text=f"![ศาลา](file:{file.pk})")
    posts.edit_post(post, by=me, title="x", text=f"ใหม่\n\n![ศาลา](file:{file.pk})")
    assert "<img" in post.html
    posts.edit_post(post, by=me, title="x", text=post.text, take_away=[file])
    assert "<img" not in post.html
    assert "ศาลา" in post.html


def test_an_operator_who_takes_a_picture_away_leaves_no_hole(client, me):
    post = make_post(by=me)
    file = hang(post, "a.jpg", photo())
    posts.edit_post(post, by=me, title="x", text=f"![ศาลา](file:{file.pk})")
    assert "<img" in client.get(post.get_absolute_url()).content.decode()
    actions.take_away([file], by=make_person())
    page = client.get(post.get_absolute_url()).content.decode()
    assert file.picture_url not in page
    assert "ศาลา" in page


def test_a_picture_in_a_reply(client, me):
    story = make_post()
    reply = make_reply(story, by=me)
    file = hang(reply, "a.jpg", photo())
    posts.edit_post(reply, by=me, text=f"ดูนี่\n\n![หน้าจอ](file:{file.pk})")
    page = client.get(story.get_absolute_url()).content.decode()
    assert page.count(file.small_url) == 2  # the link and the picture, once


def test_a_mention_leads_to_the_person_and_an_unknown_one_to_nobody(me):
    colleague = make_person()
    html = make_post(by=me, text=f"ถาม[@{colleague.name}](person:{colleague.pk}) กับ [@ใคร](person:999999)").html
    assert f'<a href="/people/{colleague.pk}/" rel="nofollow noopener ugc">@{colleague.name}</a>' in html
    assert "@ใคร" in html
    assert html.count("<a ") == 1


def test_words_for_pictures_are_asked_on_the_edit_page_without_a_script(client, me):
    post = make_post(by=me, text="ดูรูป")
    file, other = hang(post, "a.jpg", photo()), hang(make_post(), "b.jpg", photo(width=200))
    url = reverse("posts:post_edit", args=[post.pk])
    page = client.get(url).content.decode()
    assert f'name="alt_{file.pk}"' in page
    assert f'src="{file.small_url}"' in page
    sent = {"title": "x", "text": "ดูรูป", f"alt_{file.pk}": "บันไดหน้าตึก", f"alt_{other.pk}": "ของคนอื่น"}
    assert client.post(url, sent).status_code == 302
    file.refresh_from_db()
    other.refresh_from_db()
    assert (file.alt, other.alt) == ("บันไดหน้าตึก", "")
    assert 'alt="บันไดหน้าตึก"' in client.get(post.get_absolute_url()).content.decode()
    assert client.post(url, {"title": "x", "text": "ดูรูป"}).status_code == 302  # a page that did not ask
    file.refresh_from_db()
    assert file.alt == "บันไดหน้าตึก"


def test_words_for_a_picture_are_found(me):
    post = make_post(by=me)
    file = hang(post, "a.jpg", photo())
    posts.edit_post(post, by=me, title="x", text=f"เรื่อง\n\n![เรือกอและลำใหญ่](file:{file.pk})")
    from lomwong.kit.html import own_words

    assert "เรือกอและลำใหญ่" in own_words(post.html)
    assert post.excerpt == "เรื่อง"


def test_a_picture_takes_no_more_time_than_one_waits():
    started = time.monotonic()
    keep(photo(width=2400, height=1800))
    assert time.monotonic() - started < 30  # one second; a busy machine takes its time
