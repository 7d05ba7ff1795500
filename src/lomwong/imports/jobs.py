"""Which job function a file means, whether it writes งาน in front or not, in Thai or English, in part or with more."""

import re

from lomwong.people.models import JobFunction
from lomwong.text.normalise import normalise

_PREFIX = re.compile(r"^(?:สายงาน|กลุ่มงาน|ฝ่าย|งาน|ด้าน)")
_SHORTEST_PART = 4  # letters


class JobFinder:
    """Knows the list as it stood when it was made."""

    def __init__(self) -> None:
        self._by_key: dict[str, JobFunction] = {}
        for job in JobFunction.objects.all():
            for name in (job.name, job.name_en, job.slug):
                self._by_key.setdefault(bare(name), job)
        self._by_key.pop("", None)

    def find(self, name: str) -> JobFunction | None:
        """The one with this name; else the only one whose name holds this one, or is held by it."""
        wanted = bare(name)
        if wanted in self._by_key:
            return self._by_key[wanted]
        near = {
            job.pk: job
            for key, job in self._by_key.items()
            if min(len(key), len(wanted)) >= _SHORTEST_PART and (wanted in key or key in wanted)
        }
        return next(iter(near.values())) if len(near) == 1 else None


def bare(name: str) -> str:
    """Letters alone, one spelling, without the word for work in front."""
    letters = re.sub(r"[^0-9a-z\u0e01-\u0e4e]", "", normalise(name))
    return _PREFIX.sub("", letters)
