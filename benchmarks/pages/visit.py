"""Ask a server for pages, over a few connections that stay open, as browsers do."""

import gzip
import http.client
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

CONNECTIONS = 4  # each is served by the process that took it: some for each


@dataclass
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float

    @property
    def text(self) -> str:
        body = gzip.decompress(self.body) if self.headers.get("content-encoding") == "gzip" else self.body
        return body.decode(errors="replace")


@dataclass
class Visitor:
    """`cookies` as one line; `headers` go along with every request."""

    host: str
    port: int
    cookies: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._lines = [http.client.HTTPConnection(self.host, self.port, timeout=60) for _ in range(CONNECTIONS)]
        self._next = 0

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        return self._ask("GET", path, None, headers or {})

    def post(self, path: str, fields: Mapping[str, str], headers: Mapping[str, str] | None = None) -> Answer:
        body = urlencode(fields).encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})}
        return self._ask("POST", path, body, kind)

    def _ask(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        line = self._lines[self._next]
        self._next = (self._next + 1) % len(self._lines)
        given = {"Accept-Encoding": "gzip", "Accept-Language": "th", **self.headers, **headers}
        if self.cookies:
            given["Cookie"] = self.cookies
        start = time.monotonic()
        line.request(method, path, body, given)
        response = line.getresponse()
        read = response.read()
        found = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, found, read, time.monotonic() - start)

    def close(self) -> None:
        for line in self._lines:
            line.close()


def in_turn(paths: Sequence[str], count: int) -> Iterator[str]:
    return (paths[nth % len(paths)] for nth in range(count))
