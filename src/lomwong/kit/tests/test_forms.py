import pytest
from django import forms

from lomwong.kit.forms import LineField, TextField
from lomwong.kit.html import LONGEST_TEXT


class Sample(forms.Form):
    name = LineField(max_length=10, help_text="ชื่อที่ใช้เรียก")
    text = TextField(rows=3, required=False)
    choice = forms.ChoiceField(choices=[("a", "ก")], widget=forms.RadioSelect, help_text="เลือกสักข้อ")
    several = forms.MultipleChoiceField(choices=[("a", "ก")], widget=forms.CheckboxSelectMultiple, required=False)
    yes = forms.BooleanField(required=False)


def cleaned(**given: str) -> dict:
    form = Sample({"name": "x", "choice": "a", **given})
    assert form.is_valid(), form.errors
    return form.cleaned_data


@pytest.mark.parametrize(
    ("typed", "kept"),
    [(" ก   ข ", "ก ข"), ("ก\nข", "ก ข"), ("ก\u200bข", "ก\u200bข"), ("🙂", "🙂")],
)
def test_a_line_is_one_line(typed, kept):
    assert cleaned(name=typed)["name"] == kept


@pytest.mark.parametrize("typed", ["", " ", "\u200b", "\u2060\ufeff\u00ad", "\t\n", "\x00", "ก\x00"])
def test_what_cannot_be_seen_is_no_name(typed):
    assert "name" in Sample({"name": typed, "choice": "a"}).errors


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("ก\r\nข\rค\n", "ก\nข\nค"), ("  - ก\n    ข", "- ก\n    ข"), ("\u200b\n\u200b", ""), ("ก\u200bข", "ก\u200bข")],
)
def test_a_text_is_kept_as_typed(typed, kept):
    assert cleaned(text=typed)["text"] == kept


def test_line_ends_do_not_count_twice():
    assert len(cleaned(text="ก" + "\r\n" * (LONGEST_TEXT - 2) + "ก")["text"]) == LONGEST_TEXT


def test_controls_are_tied_to_hints_and_errors():
    page = str(Sample({"name": ""}))
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    for part in ('id="id_name_helptext"', 'id="id_name_error"', 'id="id_choice_helptext"', 'id="id_choice_error"'):
        assert page.count(part) == 1
    assert 'class="field bad"' in page


def test_errors_and_words_are_no_markup():
    class Strict(Sample):
        def clean_name(self):
            raise forms.ValidationError(["<u>1</u>", "<u>2</u>"])

        def clean(self):
            raise forms.ValidationError("<i>whole</i>")

    page = str(Strict({"name": "<script>", "text": "</textarea><script>", "choice": "<script>"}))
    for raw in ("<script>", "<u>", "<i>", "</textarea><"):
        assert raw not in page
    assert page.count('id="id_name_error"') == 1
    assert "&lt;u&gt;2" in page
