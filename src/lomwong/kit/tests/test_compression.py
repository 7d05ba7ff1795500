import gzip

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from lomwong.kit.compression import CompressionMiddleware

PAGE = "<p>เล่าสู่กันฟัง</p>" * 200


def answer(response: HttpResponse, accepts: str = "gzip, br") -> HttpResponse:
    request = RequestFactory().get("/", headers={"accept-encoding": accepts})
    return CompressionMiddleware(lambda _request: response)(request)


def test_a_page_is_sent_compressed_and_comes_out_whole() -> None:
    sent = answer(HttpResponse(PAGE, headers={"ETag": '"a"'}))
    assert sent["Content-Encoding"] == "gzip"
    assert gzip.decompress(sent.content).decode() == PAGE
    assert len(sent.content) < len(PAGE.encode()) / 10
    assert sent["Content-Length"] == str(len(sent.content))
    assert sent["ETag"] == 'W/"a"'
    assert sent["Vary"] == "Accept-Encoding"


def test_its_length_does_not_tell_what_is_in_it() -> None:
    assert len({len(answer(HttpResponse(PAGE)).content) for _ in range(40)}) > 5


@pytest.mark.parametrize(
    ("response", "accepts"),
    [
        (HttpResponse(PAGE), "identity"),
        (HttpResponse("short"), "gzip"),
        (HttpResponse(PAGE, content_type="image/png"), "gzip"),
        (HttpResponse(PAGE, headers={"Content-Encoding": "br"}), "gzip"),
    ],
)
def test_what_is_not_to_be_compressed_goes_out_as_it_is(response: HttpResponse, accepts: str) -> None:
    assert answer(response, accepts).content == response.content
    assert answer(response, accepts).get("Content-Encoding") in {None, "br"}
