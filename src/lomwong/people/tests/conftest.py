import pytest
from django.core.cache import cache
from pytest_django import Settings


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    """allauth counts tries in the cache; each test begins at none."""
    cache.clear()


@pytest.fixture
def mail_server(settings: Settings) -> None:
    """A house that sends mail, where an address must be proved."""
    settings.EMAIL_HOST = "mail.example"
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
