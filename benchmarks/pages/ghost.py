"""Ghost as the npm registry has it, with SQLite, one process as it is meant to run. GHOST_FOLDER names its folder.

The package (`npm pack ghost@5`, unpacked, `npm install --omit=dev` inside) must lie there; its content is copied, never
written to. Its story page holds no comments: a script asks for them, so a story is asked for as the page and that list.
"""

import json
import os
import shutil
import sqlite3
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

from benchmarks.pages import processes
from benchmarks.pages.scenes import TOGETHER, Server

HOST, PORT = "127.0.0.1", 8393
ADDRESS = f"http://{HOST}:{PORT}"
COMMENTS = 50
WORDS = "เรื่องเล่าจากงานประจำที่ทำให้เข้าใจกันมากขึ้น "
MOST_POSTS = 200  # its page of all posts shows the newest only, and putting them in takes a while
AT = "2026-09-01 09:00:00"


def folder() -> Path:
    return Path(os.environ.get("GHOST_FOLDER", "ghost"))


def missing() -> str:
    """Why it cannot be measured here; empty when it can."""
    if not shutil.which("node"):
        return "Ghost: node is not installed"
    if not (folder() / "node_modules").exists():
        return "Ghost: not installed (GHOST_FOLDER names the unpacked package with its modules)"
    return ""


@contextmanager
def serving(posts: int, where: Path) -> Iterator[Server]:
    content = where / "content"
    shutil.copytree(folder() / "content", content)
    for name in ("data", "images", "logs"):
        (content / name).mkdir(exist_ok=True)
    env = {**os.environ, **settings(content)}
    command = ["node", "index.js"]
    with processes.running(command, env, ADDRESS, folder=where, cwd=folder()):
        story = write(min(posts, MOST_POSTS))
    comment_on(story, content / "data/ghost.db")
    with processes.running(command, env, ADDRESS, folder=where, cwd=folder()) as server:
        comments = f"/members/api/comments/post/{story}/?limit={COMMENTS}"
        pages = {"story": [f"/story/{TOGETHER}{comments}"], "home": ["/"]}
        yield Server("Ghost", HOST, PORT, lambda: processes.tree(server.pid), pages)


def settings(content: Path) -> Mapping[str, str]:
    return {
        "NODE_ENV": "production",
        "url": ADDRESS,
        "server__host": HOST,
        "server__port": str(PORT),
        "database__client": "sqlite3",
        "database__connection__filename": str(content / "data/ghost.db"),
        "database__useNullAsDefault": "true",
        "paths__contentPath": str(content),
        "mail__from": "bench@bench.example",
        "privacy__useUpdateCheck": "false",
        "security__staffDeviceVerification": "false",
        "logging__level": "error",
    }


def write(posts: int) -> str:
    """Through its own interface; gives the ID of the story."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def ask(method: str, path: str, body: Any) -> Any:
        head = {"Content-Type": "application/json", "Origin": ADDRESS}
        request = urllib.request.Request(
            f"{ADDRESS}/ghost/api/admin{path}", json.dumps(body).encode(), head, method=method
        )
        with opener.open(request, timeout=60) as answer:
            text = answer.read()
        return json.loads(text) if text.startswith(b"{") else None

    person = {"name": "Bench", "email": "bench@bench.example", "password": "benchbench1"}
    ask("POST", "/authentication/setup/", {"setup": [{**person, "blogTitle": "Bench"}]})
    ask("POST", "/session/", {"username": person["email"], "password": person["password"]})
    ask("PUT", "/settings/", {"settings": [{"key": "comments_enabled", "value": "all"}]})
    for nth in range(posts):
        post = {"title": f"เรื่องที่ {nth}", "status": "published", "html": f"<p>{WORDS * 6}</p>"}
        ask("POST", "/posts/?source=html", {"posts": [post]})
    story = {"title": "เบิกเงินยืมไม่ทันสิ้นเดือน", "slug": "story", "status": "published", "html": f"<p>{WORDS * 5}</p>" * 6}
    made: str = ask("POST", "/posts/?source=html", {"posts": [story]})["posts"][0]["id"]
    return made


def comment_on(story: str, database: Path) -> None:
    """Into its tables, while it does not run: only members may comment, and they sign in by mail."""
    members = [
        (f"{nth:024}", f"uuid-{nth}", f"t-{nth}", f"m{nth}@bench.example", f"คนที่ {nth}", AT, "1") for nth in range(30)
    ]
    comments = [
        (f"{nth + 100:024}", story, f"{nth % 30:024}", f"<p>{WORDS * 2}{nth}</p>", AT, AT) for nth in range(COMMENTS)
    ]
    with closing(sqlite3.connect(database)) as tables, tables:
        tables.executemany(
            "INSERT INTO members (id, uuid, transient_id, email, name, created_at, created_by) VALUES (?,?,?,?,?,?,?)",
            members,
        )
        tables.executemany(
            "INSERT INTO comments (id, post_id, member_id, html, created_at, updated_at) VALUES (?,?,?,?,?,?)", comments
        )
