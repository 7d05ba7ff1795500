"""The Thai catalogues: what is extracted, what is complained of, what is written."""

import gettext
import os
from pathlib import Path

import pytest

from lomwong.kit import messages

VIEWS = """
from django.utils.translation import gettext as _, ngettext, pgettext

def view(count: int) -> list[str]:
    return [_("Sit with us"), pgettext("month", "May"), ngettext("%(n)d post", "%(n)d posts", count)]
"""
PAGE = """{% load i18n %}
<main>
    {% translate "Roll out a mat" %}
  <p>{% blocktranslate with name=person trimmed %}
    Hello {{ name }},
      come in
  {% endblocktranslate %}
</main>
"""
ENTRY = '\nmsgid "{0}"\nmsgstr "{1}"\n'
COMPLETE = (
    messages.HEADER
    + ENTRY.format("Sit with us", "เข้ามานั่งด้วย")
    + '\nmsgctxt "month"\nmsgid "May"\nmsgstr "พฤษภาคม"\n'
    + '\nmsgid "%(n)d post"\nmsgid_plural "%(n)d posts"\nmsgstr[0] "%(n)d เรื่อง"\n'
    + ENTRY.format("Roll out a mat", "ปูเสื่อ ตั้งวงใหม่")
    + ENTRY.format("Hello %(name)s, come in", "%(name)s เข้ามาเลย")
)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package with one feature, its strings in code and template, and no catalogue."""
    templates = tmp_path / "posts" / "templates" / "posts"
    templates.mkdir(parents=True)
    (tmp_path / "posts" / "views.py").write_text(VIEWS)
    (templates / "page.html").write_text(PAGE)
    return tmp_path


def catalogue_of(package: Path, feature: str = "posts") -> Path:
    path = package / feature / messages.CATALOGUE
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def check(package: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    code = messages.main(["check"], package)
    return code, capsys.readouterr().out


def test_a_package_without_strings_is_complete(tmp_path, capsys):
    (tmp_path / "text").mkdir()
    assert messages.main(["update"], tmp_path) == messages.main(["compile"], tmp_path) == 0
    assert check(tmp_path, capsys) == (0, "The Thai catalogues are complete.\n")


def test_strings_come_from_code_and_templates(package):
    assert list(messages.strings_of_feature(package / "posts")) == [
        (None, "Roll out a mat"),
        (None, "Hello %(name)s, come in"),
        (None, "Sit with us"),
        ("month", "May"),
        (None, "%(n)d post"),
    ]


def test_strings_of_tests_migrations_and_data_are_left_out(package):
    for folder in ("tests", "migrations"):
        (package / "posts" / folder).mkdir()
        (package / "posts" / folder / "some.py").write_text('_("Nobody reads this")')
    (package / "posts" / "words.txt").write_text('{% translate "Nobody reads this" %}')
    assert (None, "Nobody reads this") not in messages.strings_of_feature(package / "posts")


def test_check_names_file_and_line_of_a_missing_entry(package, capsys):
    code, out = check(package, capsys)
    assert code == 1
    assert f"{package}/posts/views.py:5: not in the catalogue of posts: 'Sit with us'" in out
    assert f"{package}/posts/templates/posts/page.html:3: not in the catalogue" in out


def test_check_passes_a_complete_catalogue(package, capsys):
    catalogue_of(package).write_text(COMPLETE)
    assert check(package, capsys) == (0, "The Thai catalogues are complete.\n")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('msgstr "เข้ามานั่งด้วย"', 'msgstr ""', "no Thai yet: 'Sit with us'"),
        ('msgid "Sit', '#, fuzzy\nmsgid "Sit', "fuzzy"),
        ("%(n)d เรื่อง", "%(m)d เรื่อง", "placeholders differ from the English: '%(n)d post'"),
        ("%(name)s เข้ามาเลย", "เข้ามาเลย", "placeholders differ"),
        ('msgid "Roll out a mat"', 'msgid "Gone"', "no longer in the code: 'Gone'"),
        ('msgid "Roll out a mat"\nmsgstr', '#~ msgid "Roll out a mat"\n#~ msgstr', "1 obsolete entries"),
        ('msgid_plural "%(n)d posts"', 'msgid_plural "%(n)d stories"', "other plural form"),
    ],
)
def test_check_finds_what_is_wrong_with_an_entry(package, capsys, old, new, problem):
    assert old in COMPLETE
    catalogue_of(package).write_text(COMPLETE.replace(old, new))
    code, out = check(package, capsys)
    assert code == 1
    assert problem in out


def test_check_finds_two_features_that_disagree(package, capsys):
    catalogue_of(package).write_text(COMPLETE)
    catalogue_of(package, "people").write_text(messages.HEADER + ENTRY.format("Sit with us", "สมัครสมาชิก"))
    (package / "people" / "views.py").write_text('_("Sit with us")')
    code, out = check(package, capsys)
    assert code == 1
    assert f"{catalogue_of(package)}:10: other Thai than in {catalogue_of(package, 'people')}:10" in out


def test_update_adds_removes_and_keeps_order_words_and_comments(package):
    kept = "\n# said at the door" + ENTRY.format("Sit with us", "เข้ามานั่งด้วย")
    path = catalogue_of(package)
    path.write_text("# Words of posts\n" + messages.HEADER + ENTRY.format("Gone", "ไปแล้ว") + kept)
    assert messages.update(package / "posts")
    text = path.read_text()
    assert text.startswith("# Words of posts\nmsgid")
    assert "Gone" not in text
    assert kept in text
    ids = [messages.key_of(entry)[1] for entry in messages.entries(messages.read_catalogue(path))]
    assert ids == ["Sit with us", "Roll out a mat", "Hello %(name)s, come in", "May", "%(n)d post"]
    assert not messages.update(package / "posts"), "a second update has nothing to do"


def test_update_leaves_a_complete_catalogue_with_its_words(package, capsys):
    path = catalogue_of(package)
    path.write_text(COMPLETE)
    messages.update(package / "posts")
    assert check(package, capsys)[0] == 0
    assert "views.py" not in path.read_text()


def test_update_is_blind_to_moved_lines(package):
    messages.update(package / "posts")
    views = package / "posts" / "views.py"
    views.write_text("\n\n# moved\n" + views.read_text())
    assert not messages.update(package / "posts")


def test_update_removes_a_catalogue_with_nothing_left_to_say(package):
    path = catalogue_of(package, "text")
    path.write_text(messages.HEADER + ENTRY.format("Gone", "ไปแล้ว"))
    assert messages.update(package / "text")
    assert not path.exists()


def test_compiled_catalogue_speaks_thai(package):
    path = catalogue_of(package)
    path.write_text(COMPLETE + "\n#, fuzzy" + ENTRY.format("Perhaps", "มั้ง"))
    assert messages.main(["compile"], package) == 0
    with path.with_suffix(".mo").open("rb") as compiled:
        thai = gettext.GNUTranslations(compiled)
    assert thai.gettext("Sit with us") == "เข้ามานั่งด้วย"
    assert thai.pgettext("month", "May") == "พฤษภาคม"
    assert [thai.ngettext("%(n)d post", "%(n)d posts", n) for n in (1, 5)] == ["%(n)d เรื่อง"] * 2
    assert thai.gettext("Perhaps") == "Perhaps"
    assert sorted(each.name for each in path.parent.iterdir()) == ["django.mo", "django.po"]


def test_compile_again_only_when_the_catalogue_is_newer(package):
    path = catalogue_of(package)
    path.write_text(COMPLETE)
    assert messages.compile_catalogue(path)
    assert not messages.compile_catalogue(path)
    later = path.with_suffix(".mo").stat().st_mtime + 5
    os.utime(path, (later, later))
    assert messages.compile_catalogue(path)


@pytest.mark.parametrize(
    "content",
    [
        b"\x00\x01\xff\xfe binary",
        b'msgid "half',
        b"msgid\n",
        b'"no keyword"\n',
        b'msgid "a"\nmsgid_plural "b"\nmsgstr[9] "c"\n',
    ],
)
def test_a_broken_catalogue_is_named_and_nothing_is_written(package, capsys, content):
    path = catalogue_of(package)
    path.write_bytes(content)
    for command in ("compile", "check", "update"):
        assert messages.main([command], package) == 2
        assert str(path) in capsys.readouterr().err
    assert [each.name for each in path.parent.iterdir()] == ["django.po"]
    assert path.read_bytes() == content


def test_a_broken_template_is_named(package, capsys):
    page = package / "posts" / "templates" / "posts" / "page.html"
    page.write_text("{% blocktranslate %}{% if x %}{% endblocktranslate %}")
    assert messages.main(["check"], package) == 2
    assert str(page) in capsys.readouterr().err
