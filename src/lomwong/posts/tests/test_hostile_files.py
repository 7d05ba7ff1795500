"""Each hostile file is refused, or hangs there and can do no harm. What it costs: `./lomwong bench uploads`."""

import io

import pytest

from lomwong.communities.models import Audience
from lomwong.posts.files import shelf
from lomwong.posts.files.kinds import DOCUMENTS, PDF, Unwelcome
from lomwong.posts.files.reading import words_in
from lomwong.posts.models import Reading
from lomwong.posts.tests.factories import hang, make_post
from lomwong.posts.tests.hostile_files import ATTACKS, RIGHT_TO_LEFT, Attack

pytestmark = pytest.mark.django_db

SHOWN = {"image/jpeg", "image/webp"}
REFUSED = [attack for attack in ATTACKS if not attack.is_taken]
TAKEN = [attack for attack in ATTACKS if attack.is_taken]


def title(attack: Attack) -> str:
    return attack.title


@pytest.mark.parametrize("attack", REFUSED, ids=title)
def test_what_has_no_use_is_refused_and_leaves_nothing(attack):
    with pytest.raises(Unwelcome) as refused:
        shelf.keep(io.BytesIO(attack.content()), attack.name)
    assert str(refused.value.reason)
    assert [path for path in shelf.root().glob("*/*") if path.is_file()] == []


@pytest.mark.parametrize("attack", TAKEN, ids=title)
def test_what_is_taken_can_do_nothing(client, attack):
    file = hang(make_post(audience=Audience.PUBLIC), attack.name, attack.content())
    assert RIGHT_TO_LEFT not in file.name
    assert not file.name.endswith((".html", ".php", ".exe", ".js"))
    for url in (file.get_absolute_url(), *([file.picture_url, file.small_url] if file.is_picture else [])):
        response = client.get(url)
        content = b"".join(response)
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
        if file.is_picture:
            assert response["Content-Type"] in SHOWN
            assert not [mark for mark in (b"ATTACK", b"PK\x03\x04", b"<script") if mark in content]
        else:
            assert response["Content-Disposition"].startswith("attachment")
            assert response["Content-Type"] in {kind.media_type for kind in DOCUMENTS}


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("Word of 10 GB", Reading.TOO_MUCH),
        ("Word in Word in Word", Reading.DAMAGED),
        ("Word of 50,000 parts", Reading.EMPTY),
    ],
)
def test_a_paper_that_grows_is_given_up(name, outcome):
    attack = next(attack for attack in ATTACKS if attack.title == name)
    kept = shelf.keep(io.BytesIO(attack.content()), attack.name)
    assert words_in(shelf.path_of(kept.sha256), kept.kind.media_type).reading == outcome


def test_a_page_that_says_it_is_a_paper_is_one():
    attack = next(attack for attack in ATTACKS if attack.title == "PDF that is a page")
    assert shelf.keep(io.BytesIO(attack.content()), attack.name).kind == PDF
