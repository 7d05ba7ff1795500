"""serve, worker, demo, createadmin, and the checks behind `./lomwong check`."""

import argparse
import getpass
import sys

from django.utils.translation import gettext as _

from lomwong.kit.cli import Commands, Refusal, command


def add_commands(commands: Commands) -> None:
    demo = command(commands, "demo", run_demo, help=_("set up a made-up university and open it in the browser"))
    demo.add_argument("--port", type=port, default=8000, help=_("where to listen; another is taken if it is busy"))
    serve = command(commands, "serve", run_serve, help=_("open the house on this machine"))
    serve.add_argument("--port", type=port, default=8000, help=_("where to listen"))
    serve.add_argument("--host", default="127.0.0.1", help=_("address to listen on; 127.0.0.1 is this machine only"))
    serve.add_argument("--workers", type=processes, default=2, help=_("web processes"))
    serve.add_argument("--without-worker", action="store_true", help=_("do not run jobs here; `worker` does"))
    worker = command(commands, "worker", run_worker, help=_("do the work behind the pages: index, find circles"))
    worker.add_argument("--until-parent-ends", type=int, default=0, help=argparse.SUPPRESS)
    admin = command(commands, "createadmin", create_admin, help=_("make somebody who may open /admin/"))
    admin.add_argument("--email", required=True, help=_("the address they sign in with"))
    admin.add_argument("--name", required=True, help=_("what to call them"))


def port(text: str) -> int:
    return number(text, most=65535)


def processes(text: str) -> int:
    return number(text, most=64)


def number(text: str, *, most: int) -> int:
    """From 1 to `most`, for argparse."""
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text[:9]) <= most:
        raise argparse.ArgumentTypeError(_("a number from 1 to %(most)d, please") % {"most": most})
    return int(text)


def run_demo(arguments: argparse.Namespace) -> int:
    from lomwong.site.demo import run

    return run(port=arguments.port)


def run_serve(arguments: argparse.Namespace) -> int:
    from lomwong.site import serving

    return serving.serve(
        host=arguments.host,
        port=arguments.port,
        workers=arguments.workers,
        has_worker=not arguments.without_worker,
    )


def run_worker(arguments: argparse.Namespace) -> int:
    from lomwong.site import serving

    return serving.work(parent=arguments.until_parent_ends)


def create_admin(arguments: argparse.Namespace) -> int:
    from lomwong.people.actions import make_admin

    person = make_admin(email=arguments.email, name=arguments.name, password=password_given())
    print(_("%(name)s can now open /admin/.") % {"name": person.name})
    return 0


def password_given() -> str:
    """From the terminal unseen, or the first line of what is piped in."""
    try:
        if sys.stdin.isatty():
            return getpass.getpass(_("Password: "))
        return sys.stdin.buffer.readline().decode("utf-8").strip()
    except UnicodeDecodeError:
        raise Refusal(_("The password is not UTF-8 text. Nothing was made.")) from None
    except EOFError:
        return ""
