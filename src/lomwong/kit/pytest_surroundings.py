"""A pytest plugin, loaded before the settings are read: tests never touch the data folder of the house."""

import os
import shutil
import tempfile

import pytest

DATA_DIR = tempfile.mkdtemp(prefix="lomwong-tests-")
os.mkdir(os.path.join(DATA_DIR, "static"))  # where whitenoise looks
os.environ["LOMWONG_DATA"] = DATA_DIR
os.environ["LOMWONG_DEMO"] = "1"
os.environ["LOMWONG_POOL"] = "0"  # tests of threads and killed workers leave connections behind
os.environ["LOMWONG_SECRET_KEY"] = "for tests only, and long enough that nothing warns about it"


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(DATA_DIR, ignore_errors=True)
