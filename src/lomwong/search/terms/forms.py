"""What an operator types: one term, or many at once."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from lomwong.kit.charsets import decode_table
from lomwong.search.models import LONGEST_TERM
from lomwong.search.terms.lines import fault_of, groups_in, ways_in

LARGEST_FILE = 1_000_000  # bytes
FAULTS_SHOWN = 20


class TermForm(forms.Form):
    ways = forms.CharField(
        label=_("Ways to say it"),
        max_length=LONGEST_TERM,
        help_text=_("One a line, or with = between them: an abbreviation, the full words, the English ones."),
        error_messages={"required": _("This is still empty. Fill it in.")},
        widget=forms.Textarea(attrs={"rows": 6, "placeholder": "ลปรร.\nแลกเปลี่ยนเรียนรู้\nknowledge sharing"}),
    )

    def clean_ways(self) -> list[str]:
        ways = ways_in(self.cleaned_data["ways"].replace("\0", ""))
        fault = fault_of(ways)
        if fault:
            raise forms.ValidationError(fault)
        return ways


class ManyForm(forms.Form):
    lines = forms.CharField(
        label=_("One term a line"),
        required=False,
        widget=forms.Textarea(
            attrs={"rows": 12, "placeholder": "CoP = ชุมชนแนวปฏิบัติ = ชุมชนนักปฏิบัติ\nคอมพิวเตอร์ = computer"}
        ),
        help_text=_("With = between the ways to say it. Rows copied from a spreadsheet will do as well."),
    )
    file = forms.FileField(label=_("Or a file"), required=False, help_text=_("CSV or text, one term a line."))

    def clean_file(self) -> str:
        file: UploadedFile[Any] | None = self.cleaned_data["file"]
        if not file:
            return ""
        if (file.size or 0) > LARGEST_FILE:
            raise forms.ValidationError(_("That file is over 1 MB. Could you split it in two?"))
        return decode_table(file.read())

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        read = groups_in(f"{cleaned['lines']}\n{cleaned['file']}".replace("\0", ""))
        if not read.groups and not read.faults:
            self.add_error("lines", _("There is no word here."))
        for line, fault in read.faults[:FAULTS_SHOWN]:
            self.add_error("lines", _("Line %(line)d: %(fault)s") % {"line": line, "fault": fault})
        cleaned["groups"] = read.groups
        return cleaned
