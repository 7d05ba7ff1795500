"""Forms drawn with our parts, Django's own and other packages' alike; and the two fields that take people's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from lomwong.kit.html import LONGEST_TEXT, shortened

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise


class Renderer(TemplatesSetting):
    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"


class LineField(forms.CharField):
    """A name or a title. Characters that nobody can see do not count as one."""

    def to_python(self, value: Any) -> str:
        return " ".join(seen(super().to_python(value) or "").split())


class TextField(forms.CharField):
    """Somebody's words, kept exactly as typed but for the ends.

    The browser is not told the limit: it would cut a long text that is pasted in, without a word. We say so instead,
    and keep it all on the page.
    """

    def __init__(self, *, rows: int, placeholder: StrOrPromise = "", **options: Any) -> None:
        super().__init__(
            max_length=LONGEST_TEXT,
            widget=forms.Textarea(attrs={"rows": rows, "placeholder": placeholder}),
            error_messages={
                "max_length": _("That is over 100,000 characters. Could you make two of it?"),
                **options.pop("error_messages", {}),
            },
            **options,
        )

    def to_python(self, value: Any) -> str:
        return seen(super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}


class RowsField(forms.ModelMultipleChoiceField[Any]):
    """Several rows. A number larger than any database counts is nobody's, as any other wrong one is."""

    def _check_values(self, value: Any) -> Any:
        try:
            return super()._check_values(value)  # type: ignore[misc]  # django-stubs does not know it
        except OverflowError:
            wrong = {"value": shortened(max(map(str, value), key=len), 20)}
            raise forms.ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice", params=wrong
            ) from None


def seen(text: str) -> str:
    """The text; empty when there is nothing in it that one can see."""
    return text if any(character.isprintable() and not character.isspace() for character in text) else ""
