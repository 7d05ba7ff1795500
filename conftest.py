"""What every test stands on: plain static files, fast password hashing, an index and a mail folder of its own."""

from pathlib import Path

import pytest
from pytest_django import Settings

from lomwong.kit.fragments import FRAGMENTS


@pytest.fixture(autouse=True)
def plain_surroundings(settings: Settings, tmp_path: Path) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    FRAGMENTS.clear()
