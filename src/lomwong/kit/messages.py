"""The Thai catalogues, one for each feature, kept without the gettext programs.

`python -m lomwong.kit.messages update | check | compile`

A feature is a folder of the package. Its strings are those in its Python files and in its templates (`.html`
and `.txt` below a `templates` folder), its catalogue is `locale/th/LC_MESSAGES/django.po` in the same folder.
Catalogues carry no line numbers and no dates, so that a change of code that changes no words changes no
catalogue.
"""

import argparse
import io
import os
import re
import sys
import tokenize
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, PoFileParser, generate_po
from django.utils.translation.template import templatize

PACKAGE_DIR = Path(__file__).resolve().parent.parent
CATALOGUE = Path("locale/th/LC_MESSAGES/django.po")
EXTRACTOR = "babel.messages.extract:extract_python"  # by its short name Babel would look through every package
NOT_SHOWN = {"tests", "migrations"}  # folders whose strings no reader sees

HEADER = r"""msgid ""
msgstr ""
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Language: th\n"
"Plural-Forms: nplurals=1; plural=0;\n"

"""

ONE, PLURAL = (1,), (1, 2)
IN_CONTEXT, PLURAL_IN_CONTEXT = ((1, "c"), 2), ((1, "c"), 2, 3)
KEYWORDS = {
    "_": ONE,
    "mark": ONE,
    "gettext": ONE,
    "gettext_lazy": ONE,
    "gettext_noop": ONE,
    "ngettext": PLURAL,
    "ngettext_lazy": PLURAL,
    "pgettext": IN_CONTEXT,
    "pgettext_lazy": IN_CONTEXT,
    "npgettext": PLURAL_IN_CONTEXT,
    "npgettext_lazy": PLURAL_IN_CONTEXT,
}

Key = tuple[str | None, str]  # context, English singular: what gettext looks up

NAMED = re.compile(r"%\(\w+\)[-#0+]*\d*(?:\.\d+)?[a-zA-Z]|\{\w+(?:![rsa])?(?::[^{}]*)?\}")
BY_POSITION = re.compile(r"%[-#0+]*\d*(?:\.\d+)?[sdrfgx]|\{\}")


class MessagesError(Exception):
    """A file cannot be read; the text begins with `file:` or `file:line:`."""


@dataclass(frozen=True)
class Source:
    """A string in the code: its English, and where it was first met."""

    path: Path
    line: int
    context: str | None
    singular: str
    plural: str | None

    @property
    def key(self) -> Key:
        return self.context, self.singular

    @property
    def id(self) -> str | tuple[str, str]:
        return self.singular if self.plural is None else (self.singular, self.plural)


# Reading code and catalogues


def shown(path: Path) -> str:
    """As short as the reader's place allows."""
    return os.path.relpath(path) if path.is_relative_to(Path.cwd()) else str(path)


def features(package: Path) -> list[Path]:
    return sorted(path for path in package.iterdir() if path.is_dir() and path.name != "__pycache__")


def source_files(feature: Path) -> Iterator[Path]:
    """The feature's Python files and templates, in a stable order."""
    for path in sorted(feature.rglob("*")):
        folders = set(path.relative_to(feature).parent.parts)
        is_template = path.suffix in {".html", ".txt"} and "templates" in folders
        if (path.suffix == ".py" or is_template) and not folders & NOT_SHOWN:
            yield path


def as_python(path: Path) -> str:
    """The file's text, a template turned into calls of gettext on the same lines.

    Indentation of a template means nothing, but would trip the tokenizer.
    """
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text
    return "\n".join(line.lstrip() for line in templatize(text, origin=str(path)).split("\n"))


def strings_of_file(path: Path) -> Iterator[Source]:
    try:
        code = io.BytesIO(as_python(path).encode())
        for line, found, _comments, context in extract(EXTRACTOR, code, KEYWORDS):
            singular, plural = (found, None) if isinstance(found, str) else found
            yield Source(path, line, context, singular, plural)
    except (tokenize.TokenError, SyntaxError, UnicodeDecodeError) as error:
        raise MessagesError(f"{shown(path)}: cannot be read: {error}") from error


def strings_of_feature(feature: Path) -> dict[Key, Source]:
    """Every string once, in order of files and lines; a plural form wins over the same words without one."""
    strings: dict[Key, Source] = {}
    for path in source_files(feature):
        for source in strings_of_file(path):
            known = strings.get(source.key)
            if known is None or (known.plural is None and source.plural is not None):
                strings[source.key] = source
    return strings


def read_catalogue(path: Path) -> Catalog:
    """The catalogue at `path`, empty when there is none; MessagesError when it is broken."""
    catalogue = Catalog(locale="th", charset="utf-8", header_comment="", fuzzy=False)
    if not path.exists():
        return catalogue
    try:
        with path.open(encoding="utf-8") as lines:
            PoFileParser(catalogue, abort_invalid=True).parse(lines)
    except PoFileError as error:
        raise MessagesError(f"{shown(path)}:{error.lineno + 1}: {error}") from error
    except (UnicodeDecodeError, ValueError, LookupError, AssertionError) as error:
        raise MessagesError(f"{shown(path)}: is no catalogue in UTF-8: {error}") from error
    return catalogue


def key_of(message: Message) -> Key:
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def entries(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def thai(message: Message) -> str:
    """The Thai words; Thai has one form for every number."""
    return message.string if isinstance(message.string, str) else (message.string or [""])[0]


# Checking


def placeholders(text: str) -> tuple[set[str], list[str]]:
    """The named ones, which may move and repeat, and those by position, which may not."""
    text = text.replace("%%", "")
    return set(NAMED.findall(text)), BY_POSITION.findall(text)


def entry_problems(message: Message, source: Source | None) -> Iterator[str]:
    """What is wrong with one entry; `source` is the string in the code that it translates."""
    english = message.id if isinstance(message.id, str) else message.id[1]
    if source is None:
        yield "no longer in the code"
    elif source.id != message.id:
        yield "other plural form than in the code"
    if message.fuzzy:
        yield "fuzzy: read it again and take the mark away"
    if not thai(message):
        yield "no Thai yet"
    elif placeholders(thai(message)) != placeholders(english):
        yield "placeholders differ from the English"


def feature_problems(feature: Path) -> list[str]:
    """Every difference between a feature's code and its catalogue, a line each, beginning with file:line."""
    path = feature / CATALOGUE
    strings, catalogue = strings_of_feature(feature), read_catalogue(path)
    known = {key_of(message): message for message in entries(catalogue)}
    problems = [
        f"{shown(source.path)}:{source.line}: not in the catalogue of {feature.name}: {source.singular!r}"
        for key, source in strings.items()
        if key not in known
    ]
    for key, message in known.items():
        for problem in entry_problems(message, strings.get(key)):
            problems.append(f"{shown(path)}:{message.lineno}: {problem}: {key[1]!r}")
    if catalogue.obsolete:
        problems.append(f"{shown(path)}:1: {len(catalogue.obsolete)} obsolete entries (#~)")
    return problems


def conflicts(package: Path) -> list[str]:
    """Strings that two features translate differently: Django would show one of them in both, silently."""
    first: dict[Key, tuple[str, str]] = {}
    problems = []
    for feature in features(package):
        path = feature / CATALOGUE
        for message in filter(thai, entries(read_catalogue(path))):
            here = f"{shown(path)}:{message.lineno}"
            there, words = first.setdefault(key_of(message), (here, thai(message)))
            if words != thai(message):
                problems.append(f"{here}: other Thai than in {there}; agree, or use pgettext: {message.id!r}")
    return problems


# Writing


def write_whole(path: Path, content: bytes) -> None:
    """Put `content` at `path` at once: a reader sees the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    unfinished.write_bytes(content)
    unfinished.replace(path)


def as_text(catalogue: Catalog) -> str:
    comment = catalogue.header_comment.strip()
    body = generate_po(catalogue, width=0, no_location=True, omit_header=True, ignore_obsolete=True)
    return (f"{comment}\n" if comment else "") + HEADER + "".join(body).rstrip("\n") + "\n"


def updated(old: Catalog, strings: dict[Key, Source]) -> Catalog:
    """The entries of `old` still in the code, in their order, then the new ones, with no Thai yet."""
    known = {key_of(message): message for message in entries(old)}
    new = Catalog(locale="th", charset="utf-8", header_comment=old.header_comment, fuzzy=False)
    for key in [*(key for key in known if key in strings), *(key for key in strings if key not in known)]:
        source, message = strings[key], known.get(key)
        if message is not None and message.id == source.id:
            new[message.id] = message
        else:
            new.add(source.id, context=source.context)
    return new


def update(feature: Path) -> bool:
    """Bring the feature's catalogue to what its code says. Whether anything changed."""
    path = feature / CATALOGUE
    strings = strings_of_feature(feature)
    before = path.read_bytes() if path.exists() else b""
    after = as_text(updated(read_catalogue(path), strings)).encode() if strings else b""
    if after == before:
        return False
    if strings:
        write_whole(path, after)
    else:
        path.unlink()
    return True


def compile_catalogue(path: Path) -> bool:
    """Write `django.mo` beside `path` when it is absent or older. Whether it was written."""
    target = path.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime >= path.stat().st_mtime:
        return False
    content = io.BytesIO()
    write_mo(content, read_catalogue(path))
    write_whole(target, content.getvalue())
    return True


# The command line


def run_compile(package: Path) -> int:
    for path in sorted(package.glob(f"*/{CATALOGUE}")):
        compile_catalogue(path)
    return 0


def run_update(package: Path) -> int:
    for feature in features(package):
        if update(feature):
            print(f"updated {shown(feature / CATALOGUE)}")
    return 0


def run_check(package: Path) -> int:
    problems = [problem for feature in features(package) for problem in feature_problems(feature)]
    problems += conflicts(package)
    print("\n".join(problems) if problems else "The Thai catalogues are complete.")
    if problems:
        print("Add and remove entries: .venv/bin/python -m lomwong.kit.messages update; the Thai is yours.")
    return 1 if problems else 0


COMMANDS = {"compile": run_compile, "update": run_update, "check": run_check}


def main(arguments: Sequence[str], package: Path = PACKAGE_DIR) -> int:
    """Exit code: 0 well, 1 the catalogues are not complete, 2 a file cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m lomwong.kit.messages", description=__doc__)
    parser.add_argument("command", choices=list(COMMANDS))
    try:
        return COMMANDS[parser.parse_args(arguments).command](package)
    except MessagesError as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
