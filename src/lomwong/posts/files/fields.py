"""Files that come along with words: the field, and the part of a form that has it."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import Any, BinaryIO, cast

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lomwong.kit.forms import RowsField
from lomwong.posts.files.kinds import OFFERED, Unwelcome, recognise
from lomwong.posts.files.shelf import Kept, keep
from lomwong.posts.models import Draft, File, Post, Reading

MEGABYTE = 1024 * 1024
LONGEST_ALT = 300
NOT_READ = {
    Reading.LOCKED: gettext_lazy("locked with a password: search cannot read it"),
    Reading.DAMAGED: gettext_lazy("damaged: search cannot read it"),
    Reading.TOO_MUCH: gettext_lazy("too much in it: search cannot read it"),
}
CHOOSE_AGAIN = "choose_again"


class FilesInput(forms.FileInput):
    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__(attrs={"accept": ",".join(OFFERED)})


class FilesField(forms.FileField):
    """Cleans to files whose bytes are kept, each of a kind that we take and of a size that we keep.

    `kept` are those that are good, also where others are not. What neither a post nor a draft has a day later goes.
    """

    widget = FilesInput

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("Attach files"),
            required=False,
            help_text=lazy(hint, str)(),
            template_name="posts/_attach.html",  # type: ignore[call-arg]  # django-stubs does not know it yet
        )
        self.kept: list[Kept] = []

    def clean(self, data: Any, _initial: Any = None) -> list[Kept]:
        uploads: Sequence[UploadedFile[bytes]] = data or []
        self.kept = []
        if len(uploads) > settings.POST_FILES:  # of those beyond, nothing was kept that could be looked at
            raise forms.ValidationError(too_many())
        faults = []
        for upload in uploads:
            try:
                self.kept.append(kept_of(upload))
            except Unwelcome as unwelcome:
                faults.append(f"{upload.name}: {unwelcome.reason}")
        if faults:
            raise forms.ValidationError(faults)
        return self.kept


def hint() -> str:
    return _("Pictures, voice notes, PDF, Word, Excel, PowerPoint or text; each up to %(size)d MB, %(most)d in all") % {
        "size": settings.FILE_BYTES // MEGABYTE,
        "most": settings.POST_FILES,
    }


def kept_of(upload: UploadedFile[bytes]) -> Kept:
    """Raises `Unwelcome`."""
    if (upload.size or 0) > settings.FILE_BYTES:
        raise Unwelcome(
            _("It is over %(most)d MB. Make it smaller, or put it elsewhere and write its address here.")
            % {"most": settings.FILE_BYTES // MEGABYTE}
        )
    stream, name = cast(BinaryIO, upload.file), upload.name or ""
    recognise(stream, name)  # before it is copied
    return keep(stream, name)


class FileChoices(RowsField):
    def label_from_instance(self, file: File) -> str:
        fault = NOT_READ.get(Reading(file.reading))
        return f"{file.name} ({fault})" if fault else file.name


class AltField(forms.CharField):
    """What is to be seen on a picture that is there. Asked for, never demanded."""

    def __init__(self, file: File) -> None:
        super().__init__(
            label=gettext_lazy("What is to be seen?"),
            help_text=gettext_lazy("For colleagues who cannot see it, and for search. One sentence will do."),
            required=False,
            max_length=LONGEST_ALT,
            initial=file.alt,
            template_name="posts/_alt.html",  # type: ignore[call-arg]  # django-stubs does not know it yet
        )
        self.file = file


class WithFiles(forms.Form):
    """`post` is the one being changed, `draft` where files lie until it is posted: they can be taken away."""

    attached = FilesField()
    take_away = FileChoices(
        label=gettext_lazy("Take away"),
        queryset=File.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, post: Post | None = None, draft: Draft | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.post, self.draft = post, draft
        self.take_stock()

    def take_stock(self) -> None:
        """Which files are there already, and a field for the words of each picture among them."""
        found = files_of(self.post, self.draft)
        self.there = list(found)
        for name in [name for name, field in self.fields.items() if isinstance(field, AltField)]:
            del self.fields[name]
        self.fields.pop("take_away", None)
        if not self.there:
            return
        others = list(self.fields)
        self.fields["take_away"] = deepcopy(self.base_fields["take_away"])
        self.fields["take_away"].queryset = found  # type: ignore[attr-defined]
        for file in self.there:
            if file.is_picture:
                self.fields[alt_name(file)] = AltField(file)
        ours = [name for name in self.fields if name not in others]
        at = others.index("attached") + 1
        self.order_fields([*others[:at], *ours, *others[at:]])

    @property
    def kept(self) -> list[Kept]:
        """The files that came along and are good."""
        return cast(FilesField, self.fields["attached"]).kept

    def alts(self) -> dict[int, str]:
        """Number of each picture whose words the page asked for, and these words."""
        asked = {file.pk: alt_name(file) for file in self.there if self.add_prefix(alt_name(file)) in self.data}
        return {pk: self.cleaned_data.get(name, "") for pk, name in asked.items()}

    def full_clean(self) -> None:
        """Files are not typed but chosen, and no browser chooses them again: whatever is wrong, say so."""
        super().full_clean()
        if not self.is_bound or not (sent := self.files.getlist("attached")):
            return
        staying = len(self.there) - len(getattr(self, "cleaned_data", {}).get("take_away", ()))
        if "attached" not in self.errors and len(sent) + staying > settings.POST_FILES:
            self.add_error("attached", too_many())
        if self.errors:
            again = _("Choose the files once more when you send it again: they did not stay.")
            self.add_error("attached", forms.ValidationError(again, code=CHOOSE_AGAIN))

    def stayed_with(self, draft: Draft) -> None:
        """The files that came along lie with the draft now."""
        self.draft = draft
        faults = self.errors.get("attached")
        if faults:
            faults.data = [fault for fault in faults.as_data() if fault.code != CHOOSE_AGAIN]
            if not faults.data:
                del self.errors["attached"]
        self.take_stock()


def files_of(post: Post | None, draft: Draft | None) -> Any:
    here = Q(pk__in=())
    if post:
        here |= Q(post=post)
    if draft:
        here |= Q(draft=draft)
    return File.objects.filter(here).defer("words_text")


def alt_name(file: File) -> str:
    return f"alt_{file.pk}"


def too_many() -> str:
    most = settings.POST_FILES
    return ngettext(
        "There is room for %(most)d file. Which matters?", "There is room for %(most)d files. Which matter most?", most
    ) % {"most": most}
