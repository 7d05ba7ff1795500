import pytest

from lomwong.kit.templatetags import ui


@pytest.mark.parametrize(
    ("name", "shown"), [("วรรณา", "ว"), ("เดชา", "เด"), ("amy ward", "A"), ("  แดง", "แด"), ("", ""), ("๑๒", "๑")]
)
def test_the_letters_on_a_seat(name, shown):
    assert ui.initial(name) == shown


def test_a_name_is_no_markup():
    class Somebody:
        name, hue = "<script>", 3

    assert "<script>" not in ui.avatar(Somebody())
    assert ">?<" in ui.avatar(None)
