"""The gallery shows every part that pages are made of."""

from pathlib import Path

import pytest
from django.urls import reverse

from lomwong.kit.templatetags import ui

pytestmark = pytest.mark.django_db

UI = Path(ui.__file__).parent.parent / "templates" / "ui"


def test_the_gallery_shows_every_part(client, settings):
    settings.HAS_GALLERY = True
    response = client.get(reverse("kit:gallery"))
    assert response.status_code == 200
    shown = {template.name for template in response.templates}
    assert {f"ui/{path.name}" for path in UI.iterdir()} <= shown


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_gallery_has_no_control_without_a_label(client, settings, language):
    settings.HAS_GALLERY = True
    client.cookies["django_language"] = language
    page = client.get(reverse("kit:gallery")).content.decode()
    ids = [part.split('"')[0] for part in page.split(' id="')[1:]]
    assert len(ids) == len(set(ids))
    for part in page.split("<textarea")[1:] + page.split("<input")[1:]:
        tag = part.split(">")[0]
        if 'type="hidden"' in tag or "aria-label" in tag:
            continue
        assert f'for="{tag.split(" id=")[1].split(chr(34))[1]}"' in page


def test_the_gallery_is_for_builders(client, settings):
    settings.HAS_GALLERY = False
    assert client.get(reverse("kit:gallery")).status_code == 404
    assert reverse("kit:gallery") not in client.get("/").content.decode()
