"""The organisation's own words. Everything else that search knows lies in the index, made anew whenever need be."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_TERM = 2000  # characters, all forms together
EDITION = 1


class Term(models.Model):
    """One thing and the ways to say it: `forms` has one a line, as people write them (ลปรร., แลกเปลี่ยนเรียนรู้)."""

    forms = models.TextField(_("ways to say it"), max_length=LONGEST_TERM)
    changed_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[models.Manager["Term"]] = models.Manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("word of the house")
        verbose_name_plural = _("words of the house")

    def __str__(self) -> str:
        return " = ".join(self.ways)

    @property
    def ways(self) -> list[str]:
        return self.forms.split("\n")


class Edition(models.Model):
    """One row. `version` is a new random number after every change of a term, so that no two states ever share one."""

    version = models.BigIntegerField()

    objects: ClassVar[models.Manager["Edition"]] = models.Manager()

    def __str__(self) -> str:
        return str(self.version)
