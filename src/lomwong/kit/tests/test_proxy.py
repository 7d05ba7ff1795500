import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from lomwong.kit.middleware import ProxyMiddleware

PROXY = "127.0.0.1"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 2001:db8::7", "2001:db8::7"),  # the first one the reader may have made up
        (2, "198.51.100.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (0, "203.0.113.9", PROXY),
        (2, "203.0.113.9", PROXY),
        (1, "x\r\ny", PROXY),
        (1, "", PROXY),
    ],
)
def test_whose_request_it_is(settings, proxies: int, forwarded: str, address: str) -> None:
    settings.PROXIES = proxies
    request = RequestFactory().get("/", headers={"x-forwarded-for": forwarded}, REMOTE_ADDR=PROXY)
    ProxyMiddleware(lambda _request: HttpResponse())(request)
    assert request.META["REMOTE_ADDR"] == address
