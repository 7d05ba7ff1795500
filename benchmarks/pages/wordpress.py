"""WordPress as Debian packages it, with a classic theme, php-fpm with two processes behind nginx, and MariaDB.

All of it in a folder of its own and on loopback; its tables in a database that is dropped afterwards. The CPU time of
MariaDB counts: it works for the page.
"""

import grp
import json
import os
import pwd
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from benchmarks.pages import processes
from benchmarks.pages.ours import QUERIES
from benchmarks.pages.scenes import Server
from benchmarks.pages.visit import Visitor

HOST, PORT, DATABASE = "127.0.0.1", 8392, "lomwong_bench_wordpress"
PACKAGE = Path("/usr/share/wordpress")
OWN = Path(__file__).with_name("wordpress_site")  # its files hold @names@ for what differs from run to run
FILES = {
    "wp-config.php": "site",
    "no-redirect.php": "site/wp-content/mu-plugins",
    "setup.php": "site",
    "fpm.conf": ".",
    "nginx.conf": ".",
}
MYSQL = ("mariadb", "--host=127.0.0.1", "--user=root")


def missing() -> str:
    """Why it cannot be measured here; empty when it can."""
    for program in ("nginx", "php", "mariadb"):
        if not shutil.which(program):
            return f"WordPress: {program} is not installed (Debian: wordpress, php-fpm, php-mysql, nginx-light)"
    if not (PACKAGE / "wp-content/themes/twentytwentyone").exists():
        return "WordPress: not installed (Debian: wordpress, wordpress-theme-twentytwentyone)"
    if not fpm():
        return "WordPress: php-fpm is not installed"
    if subprocess.run([*MYSQL, "-e", "SELECT 1"], capture_output=True, check=False).returncode:
        return "WordPress: no MariaDB on 127.0.0.1 that lets root in"
    return ""


def fpm() -> str:
    return next((str(path) for path in sorted(Path("/usr/sbin").glob("php-fpm*"))), "")


@contextmanager
def serving(posts: int, folder: Path) -> Iterator[Server]:
    try:
        made = set_up(posts, folder)
        php_command = [fpm(), "-R", "-y", str(folder / "fpm.conf")]
        web_command = ["nginx", "-c", str(folder / "nginx.conf")]
        with (
            processes.running(php_command, os.environ, folder / "fpm.sock", folder=folder) as php,
            processes.running(web_command, os.environ, f"http://{HOST}:{PORT}/", folder=folder) as web,
        ):

            def pids() -> list[int]:
                return [*processes.tree(php.pid), *processes.tree(web.pid), *processes.named("mariadbd")]

            yield server_of(made, pids)
    finally:
        subprocess.run([*MYSQL, "-e", f"DROP DATABASE IF EXISTS {DATABASE}"], check=False)


def set_up(posts: int, folder: Path) -> dict[str, str]:
    """A copy of the package with a configuration and a database of its own; gives address and cookies."""
    user = pwd.getpwuid(os.getuid()).pw_name
    values = {
        "database": DATABASE, "host": HOST, "port": PORT, "posts": posts, "folder": folder,
        "user": user, "group": grp.getgrgid(os.getgid()).gr_name,
    }  # fmt: skip
    site = folder / "site"
    shutil.copytree(PACKAGE, site, symlinks=False, ignore_dangling_symlinks=True)
    (folder / "tmp").mkdir()
    (site / "wp-content/mu-plugins").mkdir(exist_ok=True)
    for name, place in FILES.items():
        (folder / place / name).write_text(filled((OWN / name).read_text(), values))
    database = f"DROP DATABASE IF EXISTS {DATABASE}; CREATE DATABASE {DATABASE} CHARACTER SET utf8mb4"
    subprocess.run([*MYSQL, "-e", database], check=True)
    told = subprocess.run(["php", "setup.php"], cwd=site, check=True, capture_output=True, text=True).stdout
    (site / "setup.php").unlink()
    made: dict[str, str] = json.loads(told[told.index("{") :])
    return made


def filled(text: str, values: Mapping[str, object]) -> str:
    for name, value in values.items():
        text = text.replace(f"@{name}@", str(value))
    return text


def server_of(made: dict[str, str], pids: Callable[[], list[int]]) -> Server:
    pages = {"story": [made["story"]], "home": ["/"], "search": [f"/?s={quote(words)}" for words in QUERIES]}
    return Server("WordPress", HOST, PORT, pids, pages, made["cookies"], lambda v, nth: comment(v, made["id"], nth))


def comment(visitor: Visitor, story: str, nth: int) -> int:
    fields = {"comment_post_ID": story, "comment": f"ลองทำตามแล้ว รอบที่ {nth} ได้ผล ขอบคุณที่เล่า", "comment_parent": "0"}
    return visitor.post("/wp-comments-post.php", fields).status
