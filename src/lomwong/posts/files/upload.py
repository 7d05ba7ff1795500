"""How files come in from a browser: no more is written down than may be kept, and no word of the form is lost."""

import tempfile
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from lomwong.posts.files.shelf import incoming


class Arriving(TemporaryUploadedFile):
    """Written down on the same disk as the shelf, so that a full one is noticed here and moving costs nothing.

    The given name goes on later: on disk, an odd ending of it might be too long.
    """

    def __init__(self, content_type: str | None, charset: str | None, extra: dict[str, bytes] | None) -> None:
        file = tempfile.NamedTemporaryFile(suffix=".upload", dir=incoming())  # noqa: SIM115 - closed by its reader
        UploadedFile.__init__(self, file, "file", content_type, 0, charset, extra)


class LimitedUploads(FileUploadHandler):
    """What is too big, one too many, or from nobody we know, is read to its end and forgotten.

    The form then gets an empty file with the name and the real size, and can say what is wrong beside the words. To
    break the request off would lose them.
    """

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.count = self.size = 0
        self.file: TemporaryUploadedFile | None = None

    def new_file(self, *args: Any, **options: Any) -> None:
        super().new_file(*args, **options)
        self.count += 1
        self.size = 0
        if self.count <= settings.POST_FILES and self._is_from_colleague():
            self.file = Arriving(self.content_type, self.charset, self.content_type_extra)

    def _is_from_colleague(self) -> bool:
        person = getattr(self.request, "user", None)
        return person is not None and person.is_authenticated

    def receive_data_chunk(self, raw_data: bytes, _start: int) -> None:
        self.size += len(raw_data)
        if self.size > settings.FILE_BYTES:
            self._forget()
        if self.file is not None:
            self.file.write(raw_data)

    def file_complete(self, _file_size: int) -> "UploadedFile[bytes]":
        arrived: UploadedFile[bytes]
        if self.file is None:
            arrived = SimpleUploadedFile(self.file_name or "", b"")
        else:
            self.file.seek(0)
            arrived, self.file = self.file, None
            arrived.name = self.file_name
        arrived.size = self.size
        return arrived

    def upload_interrupted(self) -> None:
        self._forget()

    def _forget(self) -> None:
        if self.file is not None:
            self.file.close()
            self.file = None
