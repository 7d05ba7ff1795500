"""Lomwong under measurement: `serve` with two web processes and the worker."""

import os
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from benchmarks.pages import processes, scenes
from benchmarks.pages.scenes import Server
from benchmarks.pages.visit import Visitor

HOST, PORT = "127.0.0.1", 8391
KEPT_SECONDS = 5  # kit.visitors
HEALTH = f"http://{HOST}:{PORT}/healthz"
QUERIES = ("เงินยืม", "ห้องปฏิบัติการ", "การประชุม", "เครื่องกรองน้ำ", "สอนออนไลน์", "ใบลา")


def command(*, has_worker: bool = True) -> list[str]:
    further = [] if has_worker else ["--without-worker"]
    return [sys.executable, "-m", "lomwong", "serve", "--port", str(PORT), "--workers", "2", *further]


def env_of(data: Path) -> dict[str, str]:
    env = {**os.environ, "LOMWONG_DATA": str(data)}
    env.pop("LOMWONG_DEMO", None)
    return env


@contextmanager
def serving(name: str, data: Path, made: dict[str, Any], *, has_worker: bool = False) -> Iterator[Server]:
    with processes.running(command(has_worker=has_worker), env_of(data), HEALTH, folder=data) as server:
        first = made["stories"][0]

        def pids() -> list[int]:
            ours = processes.tree(server.pid)
            return [*ours, *postgres_backends()]

        yield Server(
            name,
            HOST,
            PORT,
            pids,
            {
                "story": [first],
                "stories": made["stories"],
                "home": ["/"],
                "search": [f"/search/?q={quote(words)}" for words in made["queries"]],
            },
            made["cookies"],
            lambda visitor, nth: comment(visitor, made["stories"][nth % len(made["stories"])], nth),
        )


def comment(visitor: Visitor, story: str, nth: int) -> int:
    fields = {"kind": "comment", "text": f"ลองทำตามแล้ว รอบที่ {nth} **ได้ผล** ขอบคุณที่เล่า https://example.org/{nth}"}
    token = {"X-CSRFToken": "c" * 32, "Referer": f"http://{HOST}:{PORT}{story}"}
    return visitor.post(f"{story}reply/", fields, token).status


def postgres_backends() -> list[int]:
    """Those that serve our database, when it is PostgreSQL on this machine."""
    url = os.environ.get("DATABASE_URL", "")
    name = url.rpartition("/")[2].partition("?")[0]
    return (
        [pid for pid in processes.named(f" {name} ") if "postgres:" in processes.read(Path(f"/proc/{pid}/cmdline"))]
        if name
        else []
    )


def measure(name: str, data: Path, made: dict[str, Any], *, quick: bool) -> dict[str, Any]:
    """Every scene, without the worker: what it does meanwhile is not to count as the page's. It is measured apart."""
    many, some = (200, 60) if quick else (1000, 250)
    found: dict[str, Any] = {}
    with serving(name, data, made) as server:
        scenes.page_cost(server, ["/questions/"], count=20)  # the processes are warm, the stories are not
        found["story, signed out, first time"] = scenes.first_cost(server, server.pages["stories"])
        found["story, signed out"] = scenes.page_cost(server, server.pages["story"], count=many)
        found["story, signed out, unchanged (304)"] = not_modified(server, many)
        found["story, signed in"] = scenes.page_cost(server, server.pages["story"], count=some, cookies=server.cookies)
        found["home, signed out"] = scenes.page_cost(server, server.pages["home"], count=many)
        if not quick:
            found["home, signed out, made anew"] = made_anew(server, server.pages["home"][0])
        found["home, signed in"] = scenes.page_cost(server, server.pages["home"], count=some, cookies=server.cookies)
        searches = server.pages["search"]
        half = len(searches) // 2
        found["search, signed out"] = scenes.page_cost(server, searches[:half], count=some)
        found["search, signed in"] = scenes.page_cost(server, searches[half:], count=some, cookies=server.cookies)
        found["comment posted"] = scenes.comment_cost(server, count=some // 2)
    return found


def made_anew(server: Server, path: str) -> dict[str, Any]:
    """A page for visitors, each time later than it is kept."""
    taken = []
    for _ in range(8):
        time.sleep(KEPT_SECONDS + 1)
        taken.append(scenes.first_cost(server, [path])["cpu"])
    return {"cpu": statistics.median(taken)}


def not_modified(server: Server, count: int) -> dict[str, Any]:
    """What a reader costs who has the page already."""
    visitor = Visitor(server.host, server.port)
    path = server.pages["story"][0]
    tag = {"If-None-Match": visitor.get(path).headers.get("etag", "")}
    statuses: list[int] = []
    spent = processes.cost(lambda: statuses.extend(visitor.get(path, tag).status for _ in range(count)), server.pids)
    visitor.close()
    return {"cpu": spent * 1000 / count, "status": statuses[-1]}


def behind(data: Path, made: dict[str, Any], *, count: int) -> dict[str, Any]:
    """With the worker: CPU ms of it for each comment (index, news), memory of all, seconds from start to an answer."""
    with serving("Lomwong", data, made, has_worker=True) as server:
        worker = [
            pid for pid in server.pids() if processes.read(Path(f"/proc/{pid}/comm")).startswith("lomwong-worker")
        ]
        for path in ("story", "home", "search"):
            scenes.page_cost(server, server.pages[path], count=50)
            scenes.page_cost(server, server.pages[path], count=50, cookies=server.cookies)
        time.sleep(5)
        idle = processes.cost(lambda: time.sleep(5), lambda: worker) / 5
        start, before = time.monotonic(), processes.cpu_seconds(worker)
        scenes.comment_cost(server, count=count)
        time.sleep(5)
        spent = processes.cpu_seconds(worker) - before - idle * (time.monotonic() - start)
        return {
            "worker": max(0.0, spent) * 1000 / count,
            "idle": idle * 1000,
            "memory": processes.bytes_of(processes.tree(server.pids()[0])),
        }


def is_worker(pid: int) -> bool:
    return processes.read(Path(f"/proc/{pid}/comm")).startswith("lomwong-worker")


def cold_start(data: Path, *, tries: int = 5) -> dict[str, float]:
    """Seconds from the command to the first answer, the tables and files being there; the median."""
    walls, cpus = [], []
    for _ in range(tries):
        start = time.monotonic()
        with processes.running(command(), env_of(data), HEALTH, folder=data) as server:
            walls.append(time.monotonic() - start)
            cpus.append(processes.cpu_seconds(processes.tree(server.pid)))
    return {"wall": statistics.median(walls), "cpu": statistics.median(cpus)}
