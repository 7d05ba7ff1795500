"""Find or make units of the organisation's tree."""

import re
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q

from lomwong.people.models import Unit

CAMPUS = re.compile(r"วิทยาเขต|campus\b|.*\bcampus$", re.IGNORECASE)
LONGEST_NAME = 200


@transaction.atomic
def unit_at(path: Sequence[str]) -> Unit:
    """The unit at the end of a path of names, from the top down; what is missing of it is made.

    A path that begins below the campus finds its beginning anywhere in the tree when only one unit is called so: then
    a file without campuses does not double what a file with campuses made. Thai and English names both count.
    Raises ValueError for a path without a name.
    """
    names = [squeeze(part) for part in path if squeeze(part)]
    if not names:
        raise ValueError("a path without a name leads to no unit")
    unit = top_unit(names[0])
    for name in names[1:]:
        unit = place_unit(name=name, parent=unit)
    return unit


def squeeze(name: str) -> str:
    return " ".join(name.replace("\x00", "").split())[:LONGEST_NAME]


def top_unit(name: str) -> Unit:
    is_campus = bool(CAMPUS.match(name))
    if not is_campus:
        called_so = list(Unit.objects.filter(is_called(name))[:2])
        if len(called_so) == 1:
            return called_so[0]
    return place_unit(name=name, is_campus=is_campus)


def is_called(name: str) -> Q:
    return Q(name__iexact=name) | Q(name_en__iexact=name)


@transaction.atomic
def place_unit(*, name: str, parent: Unit | None = None, name_en: str = "", is_campus: bool = False) -> Unit:
    """The unit of this name below `parent` (None: at the top), made when there is none; fills in what was not known."""
    unit = Unit.objects.filter(is_called(squeeze(name)), parent=parent).first()
    if unit is None:
        return Unit.objects.create(name=squeeze(name), parent=parent, name_en=squeeze(name_en), is_campus=is_campus)
    if (name_en and not unit.name_en) or (is_campus and not unit.is_campus):
        unit.name_en = unit.name_en or squeeze(name_en)
        unit.is_campus = unit.is_campus or is_campus
        unit.save()
    return unit
