"""Voice notes: cleaned of all that is no sound, listened to on the page, saved by who likes."""

import io

import pytest
from django.urls import reverse

from lomwong.communities.models import Audience
from lomwong.people.tests.factories import make_person
from lomwong.posts.files import shelf
from lomwong.posts.files.kinds import VIDEO, Unwelcome
from lomwong.posts.files.remake.sound import boxes, number
from lomwong.posts.models import File, Post, Reading
from lomwong.posts.tests import sounds
from lomwong.posts.tests.factories import hang, make_post
from lomwong.posts.tests.pictures import chunk

pytestmark = pytest.mark.django_db

ALL = {
    "a.m4a": (sounds.M4A, "audio/mp4"),
    "a.mp4": (sounds.MOV, "audio/mp4"),
    "a.ogg": (sounds.OGG, "audio/ogg"),
    "a.webm": (sounds.WEBM, "audio/webm"),
    "a.mp3": (sounds.MP3, "audio/mpeg"),
    "a.wav": (sounds.WAV, "audio/wav"),
}
PLACE = (b"07.0063", b"100.4961")


def keep(content: bytes, name: str = "a.m4a") -> bytes:
    return shelf.path_of(shelf.keep(io.BytesIO(content), name).sha256).read_bytes()


def box(kind: bytes, content: bytes) -> bytes:
    return (len(content) + 8).to_bytes(4, "big") + kind + content


def talk(**beside: bytes) -> bytes:
    """An MP4 with a track of sound, and what a telephone puts beside it."""
    handler = box(b"hdlr", bytes(8) + b"soun" + bytes(13))
    head = box(b"mvhd", bytes(4) + b"\xaa" * 8 + b"\x01" * 80)
    inside = box(b"trak", box(b"mdia", handler)) + b"".join(
        box(kind.encode("latin-1"), beside[kind]) for kind in beside
    )
    return box(b"ftyp", b"M4A \x00\x00\x00\x00isom") + box(b"moov", head + inside) + box(b"mdat", b"\x55" * 400)


@pytest.mark.parametrize("name", ALL)
def test_nothing_but_sound_stays(name):
    content, media_type = ALL[name]
    assert b"SECRET" in content
    kept = shelf.keep(io.BytesIO(content), name)
    cleaned = shelf.path_of(kept.sha256).read_bytes()
    assert (kept.kind.media_type, kept.name) == (media_type, name)
    assert kept.size == len(cleaned)
    for secret in (b"SECRET", *PLACE):
        assert secret not in cleaned


@pytest.mark.parametrize("name", ["a.m4a", "a.mp4", "a.webm", "a.wav"])
def test_no_byte_of_sound_is_moved(name):
    content, _ = ALL[name]
    cleaned = keep(content, name)
    assert len(cleaned) == len(content)
    start = {"a.wav": content.find(b"data"), "a.webm": content.find(b"\x1f\x43\xb6\x75")}.get(
        name, content.find(b"mdat")
    )
    after = {"a.m4a": content.find(b"moov") - 4, "a.mp4": content.find(b"moov") - 4}.get(name, len(content))
    after = after if after > start else len(content)
    assert cleaned[start:after] == content[start:after]


def test_the_place_and_the_day_that_a_telephone_writes_are_wiped():
    given = talk(
        udta=box(b"\xa9xyz", b"\x00\x12\x15\xc7+07.0063+100.4961/") + box(b"loci", b"\x00" * 6 + b"SECRETPLACE")
    )
    cleaned = keep(given)
    for secret in (b"07.0063", b"SECRETPLACE", b"xyz", b"loci", b"udta", b"\xaa"):
        assert secret not in cleaned
    assert cleaned.count(b"\x55" * 400) == 1
    kinds = [kind for kind, *_ in boxes(io.BytesIO(cleaned), 0, len(cleaned))]
    assert kinds == [b"ftyp", b"moov", b"mvhd", b"trak", b"mdia", b"hdlr", b"free", b"mdat"]


@pytest.mark.parametrize(("content", "name"), [(sounds.FILM_MP4, "a.mp4"), (sounds.FILM_WEBM, "a.webm")])
def test_films_are_refused(content, name):
    with pytest.raises(Unwelcome) as refused:
        keep(content, name)
    assert refused.value.reason == VIDEO


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"ID3\x04\x00\x00\x00\x00\x00\x00" + b"<script>alert(1)</script>" * 50, "a.mp3"),
        (b"\xff\xfb" + b"nonsense" * 20, "a.mp3"),
        (b"OggS" + bytes(600), "a.ogg"),
        (b"RIFF\x10\x00\x00\x00WAVE" + b"PK\x03\x04" * 50, "a.wav"),
        (b"\x1aE\xdf\xa3" + bytes(100), "a.webm"),
        (b"\x1aE\xdf\xa3\x9fB\x86\x81\x01" + b"\x00" * 30, "a.webm"),
        (box(b"ftyp", b"M4A ") + box(b"mdat", b"<html>" * 20), "a.m4a"),
        (box(b"ftyp", b"M4A ") + b"\x7f\xff\xff\xffmoov", "a.m4a"),
        (talk() + b"PK\x03\x04" + bytes(100), "a.m4a"),
        (box(b"ftyp", b"M4A ") + box(b"moov", box(b"trak", b"")), "a.m4a"),
        (sounds.M4A[:200], "a.m4a"),
        (sounds.MP3[:80], "a.mp3"),
    ],
)
def test_what_only_begins_like_a_sound_is_refused(content, name):
    with pytest.raises(Unwelcome):
        keep(content, name)
    assert [path for path in shelf.root().glob("*/*") if path.is_file()] == []


def test_boxes_inside_boxes_without_end_do_no_harm():
    nested = b""
    for _ in range(5000):
        nested = box(b"moov", nested)
    with pytest.raises(Unwelcome):
        keep(box(b"ftyp", b"M4A ") + nested)


@pytest.mark.parametrize(
    ("written", "value"),
    [(b"\x81", (1, True)), (b"\x40\x7f", (127, True)), (b"\xff", (127, False)), (b"\x7f\xff", (16383, False))],
)
def test_numbers_of_their_own_length(written, value):
    assert number(io.BytesIO(written), keeps_mark=False) == value


def test_a_recording_that_was_cut_off_is_still_one():
    assert keep(sounds.WEBM[:-20], "a.webm")


# On the page


def test_a_voice_note_is_listened_to_and_saved(client):
    post = make_post(audience=Audience.PUBLIC)
    file = hang(post, "เสียงเล่า.m4a", sounds.M4A)
    assert (file.reading, file.is_sound) == (Reading.EMPTY, True)
    page = client.get(post.get_absolute_url()).content.decode()
    assert f'<audio controls preload="none" src="{file.sound_url}" aria-label="เสียงเล่า.m4a">' in page
    assert f'href="{file.get_absolute_url()}"' in page
    whole = client.get(file.sound_url)
    content = b"".join(whole)
    assert content == shelf.path_of(file.sha256).read_bytes()
    assert whole["Content-Type"] == "audio/mp4"
    assert whole["Accept-Ranges"] == "bytes"
    assert whole["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in whole["Content-Security-Policy"]
    saved = client.get(file.get_absolute_url())
    assert saved["Content-Disposition"].startswith("attachment")
    b"".join(saved)  # which closes it


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [("bytes=0-1", 0, 2), ("bytes=10-", 10, None), ("bytes=-5", -5, None), ("bytes=3-99999999", 3, None)],
)
def test_players_ask_for_parts(client, asked, start, end):
    file = hang(make_post(audience=Audience.PUBLIC), "a.m4a", sounds.M4A)
    content = shelf.path_of(file.sha256).read_bytes()
    response = client.get(file.sound_url, headers={"Range": asked})
    assert response.status_code == 206
    assert response.content == content[start:end]
    first = start % len(content)
    assert response["Content-Range"] == f"bytes {first}-{first + len(response.content) - 1}/{len(content)}"
    assert response["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    ("asked", "code"), [("bytes=99999999-", 416), ("bytes=5-2", 416), ("lines=1-2", 200), ("bytes=-", 200)]
)
def test_parts_that_make_no_sense(client, asked, code):
    file = hang(make_post(audience=Audience.PUBLIC), "a.m4a", sounds.M4A)
    response = client.get(file.sound_url, headers={"Range": asked})
    b"".join(response)  # which closes it
    assert response.status_code == code


def test_a_voice_note_is_for_those_who_may_read(client):
    file = hang(make_post(), "a.m4a", sounds.M4A)
    for headers in ({}, {"Range": "bytes=0-1"}):
        assert client.get(file.sound_url, headers=headers).status_code == 404


def test_a_voice_note_along_with_two_lines(client):
    client.force_login(make_person())
    sent = {"text": "ฟังดู", "attached": [io.BytesIO(sounds.OGG)]}
    sent["attached"][0].name = "เล่า.ogg"
    assert client.post(reverse("posts:journal_new"), sent).status_code == 302
    assert [file.media_type for file in Post.objects.get().files.all()] == ["audio/ogg"]
    assert File.objects.get().width is None


def test_a_chunk_of_a_picture_is_no_sound():
    with pytest.raises(Unwelcome):
        keep(b"RIFF\x00\x00\x00\x00WAVE" + chunk(b"fmt ", b"x"), "a.wav")
