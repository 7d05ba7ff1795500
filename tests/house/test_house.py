"""Sizes, names, templates, documents: rules of the house that a machine can hold."""

import ast
import re
import subprocess
from pathlib import Path

import pytest
from django.template import engines

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src/lomwong"
LONGEST_FILE, LONGEST_FUNCTION = 400, 40
FORBIDDEN_FOLDERS = {"utils", "common", "helpers", "services", "core"}
SOURCES = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_file_is_short(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("path", [path for path in SOURCES if "tests" not in path.parts], ids=relative)
def test_functions_are_short(path: Path) -> None:
    functions = [
        node
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    lengths = {node.name: (node.end_lineno or 0) - node.lineno + 1 for node in functions}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def test_no_folder_for_everything_and_nothing() -> None:
    assert [relative(path) for path in PACKAGE.rglob("*") if path.is_dir() and path.name in FORBIDDEN_FOLDERS] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=relative)
def test_template_compiles(path: Path) -> None:
    engines["django"].from_string(path.read_text())


@pytest.mark.parametrize("path", TEMPLATES, ids=relative)
def test_template_has_nothing_inline(path: Path) -> None:
    text = path.read_text()
    text = text.replace('<script type="application/ld+json">', "")  # data about the page, which no browser runs
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|hx-on|javascript:", text)


def test_every_part_stands_in_the_gallery() -> None:
    gallery = (PACKAGE / "kit/templates/kit/gallery.html").read_text() + (
        PACKAGE / "site/templates/base.html"
    ).read_text()
    form_parts = {"form.html", "field.html"}  # drawn by {{ form }}
    parts = {path.name for path in (PACKAGE / "kit/templates/ui").glob("*.html")} - form_parts
    assert "{{ form }}" in gallery
    assert {name for name in parts if f"ui/{name}" not in gallery} == set()


def test_every_setting_is_documented() -> None:
    sources = "\n".join(path.read_text() for path in SOURCES if "tests" not in path.parts)
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', sources))
    documented = set(re.findall(r"`([A-Z_]{6,})`", (ROOT / "docs/operate/settings.md").read_text()))
    assert len(read) > 10
    assert read - documented == set()
    assert documented - read == set()


def tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    return [ROOT / line for line in listed.splitlines() if (ROOT / line).is_file()]


def test_no_file_names_a_package_registry() -> None:
    hosts = re.compile(rb"(?:pypi|pythonhosted|npmjs)\.(?:org|com)|deb\.debian\.org", re.IGNORECASE)
    assert [relative(path) for path in tracked_files() if hosts.search(path.read_bytes())] == []


@pytest.mark.parametrize("path", sorted((ROOT / "docs").rglob("*.md")) + sorted(ROOT.glob("*.md")), ids=relative)
def test_links_in_documents_lead_somewhere(path: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", path.read_text())
    assert [target for target in targets if not (path.parent / target).exists()] == []
