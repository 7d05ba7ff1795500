"""Start the web server and the worker, as one tree of processes that ends together."""

import ctypes
import errno
import gc
import hashlib
import os
import signal
import socket
from contextlib import suppress
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.context import ForkProcess
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Thread

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.urls import get_resolver
from django.utils.translation import gettext as _
from django.utils.translation import override

import lomwong
from lomwong.kit.cli import Refusal
from lomwong.kit.jobs.worker import run as run_worker_loop
from lomwong.search import vocabulary
from lomwong.text.lexicon import LEXICON

STATIC_STAMP = "static.stamp"
LAST_PORT = 65535
PATIENCE = 5  # seconds for a web process to end by itself
ARENA_MAX = -8  # M_ARENA_MAX of malloc.h
THREADS = 4  # of a web process: the database is the narrow place, not waiting


def prepare() -> None:
    """Tables, static files: brought up to date, quickly when they are."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)
    collect_static()


def collect_static() -> None:
    stamp_path: Path = settings.DATA_DIR / STATIC_STAMP
    stamp = static_stamp()
    if stamp_path.exists() and stamp_path.read_text() == stamp and settings.STATIC_ROOT.exists():
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp_path.write_text(stamp)


def static_stamp() -> str:
    """Changes when any of our own static files does, or what is made of them."""
    digest = hashlib.sha256(lomwong.__version__.encode())
    for path in [settings.PACKAGE_DIR / "kit/static_files.py", *sorted(settings.PACKAGE_DIR.glob("*/static/**/*"))]:
        status = path.stat()
        digest.update(f"{path.name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def is_free(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return False
            raise Refusal(
                _("%(host)s, port %(port)d, cannot be opened here: %(error)s. Choose others with --host and --port.")
                % {"host": host, "port": port, "error": error.strerror}
            ) from None
    return True


def free_port(host: str, wanted: int) -> int:
    """`wanted`, or the next of twenty that is free."""
    last = min(wanted + 19, LAST_PORT)
    for port in range(wanted, last + 1):
        if is_free(host, port):
            return port
    raise Refusal(_("Ports %(from)d to %(to)d are all busy. Name another with --port.") % {"from": wanted, "to": last})


def serve(*, host: str, port: int, workers: int = 2, has_worker: bool = True) -> int:
    """Listen until told to stop. Everything started here ends with it."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    if not is_free(host, port):
        raise Refusal(_("Port %(port)d is busy. Name another with --port.") % {"port": port})
    load_what_is_shared()
    let_go_of_database()
    helper = start_worker_process() if has_worker else None
    server = Granian(
        "lomwong.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        workers_kill_timeout=PATIENCE,
        log_level=LogLevels.error,
        log_access=False,
        websockets=False,
    )
    on_hang_up = server.signal_handler_interrupt if ends_with_terminal() else signal.SIG_IGN
    server.on_startup(lambda: signal.signal(signal.SIGHUP, on_hang_up))  # granian would go on, with new web processes
    os.register_at_fork(after_in_child=leave_terminal_to_parent)
    try:
        server.serve()
    finally:
        if helper:
            end(helper)
    return 0


def load_what_is_shared() -> None:
    """Before the others part from this process: what they only read is in memory once, and they need not load it."""
    keep_few_heaps()
    gc.disable()
    import_module("lomwong.site.wsgi")
    get_resolver().check()
    LEXICON.load()
    vocabulary.current().index_terms("ล้อมวง")
    for language, _name in settings.LANGUAGES:
        with override(language):
            _("Home")
    gc.collect()
    gc.freeze()  # the collector would write into every object, and each process get a copy of its own
    gc.enable()


def keep_few_heaps() -> None:
    """The C library gives each thread a heap of its own, of which most stays empty; ours share two."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").mallopt(ARENA_MAX, 2)


def let_go_of_database() -> None:
    """Before the web processes fork: with a pool of their parent's they would all speak on one and the same line, and
    read each other's answers; and none of them would have the threads that open another.
    """
    connection.close()
    if close_pool := getattr(connection, "close_pool", None):  # PostgreSQL has one
        close_pool()


def ends_with_terminal() -> bool:
    """As all do, unless started with nohup."""
    return signal.getsignal(signal.SIGHUP) != signal.SIG_IGN


def leave_terminal_to_parent() -> None:
    """Ctrl-C and hanging up reach all processes of a terminal. A web process that is then ended by its parent, too,
    may hang.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})


def start_worker_process() -> ForkProcess:
    """As a fork of this one, with which it shares what was loaded."""
    process = get_context("fork").Process(target=work_beside, args=(os.getpid(),), daemon=True)
    process.start()
    return process


def work_beside(parent: int) -> None:
    with suppress(OSError):
        Path("/proc/self/comm").write_text("lomwong-worker")  # what `ps -o comm` and `top` show
    work(parent=parent)


def end(process: ForkProcess) -> None:
    process.terminate()
    process.join(timeout=10)
    if process.is_alive():
        process.kill()
        process.join()


def work(*, parent: int = 0) -> int:
    """The worker's loop, until a signal, or until the process that started it is gone."""
    from lomwong.site.chores import chores

    stop = Event()
    stop_on_signal(stop)
    if parent:
        Thread(target=watch_parent, args=(parent, stop), daemon=True).start()
    run_worker_loop(chores(), stop=stop)
    return 0


def stop_on_signal(stop: Event) -> None:
    """From a thread: were the event set by the handler itself, it could wait for ever for the loop it interrupts."""
    heard: SimpleQueue[int] = SimpleQueue()  # whose `put` a handler may call
    numbers = [signal.SIGINT, signal.SIGTERM]
    if ends_with_terminal():
        numbers.append(signal.SIGHUP)
    for number in numbers:
        signal.signal(number, lambda number, _: heard.put(number))

    def wait() -> None:
        heard.get()
        stop.set()

    Thread(target=wait, daemon=True).start()


def watch_parent(parent: int, stop: Event) -> None:
    while os.getppid() == parent:
        if stop.wait(1.0):
            return
    stop.set()
