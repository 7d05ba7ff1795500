"""Files that come along with words: the field, and the part of a form that has it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lomwong.posts.files.kinds import SUFFIXES, Unwelcome, recognise
from lomwong.posts.models import File, Post, Reading

MEGABYTE = 1024 * 1024
NOT_READ = {
    Reading.LOCKED: gettext_lazy("locked with a password: search cannot read it"),
    Reading.DAMAGED: gettext_lazy("damaged: search cannot read it"),
    Reading.TOO_MUCH: gettext_lazy("too much in it: search cannot read it"),
}


class FilesInput(forms.FileInput):
    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__(attrs={"accept": ",".join(SUFFIXES)})


class FilesField(forms.FileField):
    """Cleans to a list of uploads, each of a kind that we take and of a size that we keep."""

    widget = FilesInput

    def __init__(self) -> None:
        super().__init__(label=gettext_lazy("Attach files"), required=False, help_text=lazy(hint, str)())

    def clean(self, data: Any, _initial: Any = None) -> list[UploadedFile[bytes]]:
        uploads: Sequence[UploadedFile[bytes]] = data or []
        if len(uploads) > settings.POST_FILES:  # of those beyond, nothing was kept that could be looked at
            raise forms.ValidationError(too_many())
        faults = [f"{upload.name}: {fault}" for upload in uploads if (fault := fault_of(upload))]
        if faults:
            raise forms.ValidationError(faults)
        return list(uploads)


def hint() -> str:
    return _("PDF, Word, Excel, PowerPoint or text; each up to %(size)d MB, %(most)d in all") % {
        "size": settings.FILE_BYTES // MEGABYTE,
        "most": settings.POST_FILES,
    }


def fault_of(upload: UploadedFile[bytes]) -> str:
    if (upload.size or 0) > settings.FILE_BYTES:
        return _("It is over %(most)d MB. Make it smaller, or put it elsewhere and write its address here.") % {
            "most": settings.FILE_BYTES // MEGABYTE
        }
    try:
        recognise(upload.file, upload.name or "")  # type: ignore[arg-type]
    except Unwelcome as unwelcome:
        return str(unwelcome.reason)
    return ""


class FileChoices(forms.ModelMultipleChoiceField[File]):
    def label_from_instance(self, file: File) -> str:
        fault = NOT_READ.get(Reading(file.reading))
        return f"{file.name} ({fault})" if fault else file.name


class WithFiles(forms.Form):
    """`post` is the one being changed: its files can be taken away."""

    attached = FilesField()
    take_away = FileChoices(
        label=gettext_lazy("Take away"),
        queryset=File.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, post: Post | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.post = post
        self.there = list(post.files.defer("words_text")) if post else []
        if post and self.there:
            self.fields["take_away"].queryset = post.files.defer("words_text")  # type: ignore[attr-defined]
        else:
            del self.fields["take_away"]

    def full_clean(self) -> None:
        """Files are not typed but chosen, and no browser chooses them again: whatever is wrong, say so."""
        super().full_clean()
        if not self.is_bound or not (sent := self.files.getlist("attached")):
            return
        staying = len(self.there) - len(getattr(self, "cleaned_data", {}).get("take_away", ()))
        if "attached" not in self.errors and len(sent) + staying > settings.POST_FILES:
            self.add_error("attached", too_many())
        if self.errors:
            self.add_error("attached", _("Choose the files once more when you send it again: they did not stay."))


def too_many() -> str:
    most = settings.POST_FILES
    return ngettext(
        "There is room for %(most)d file. Which matters?", "There is room for %(most)d files. Which matter most?", most
    ) % {"most": most}
