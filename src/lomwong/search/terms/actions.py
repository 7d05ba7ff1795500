"""Add, change, remove: each at once for every search, and with a job that re-indexes what it touches."""

import secrets
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from lomwong.search.models import EDITION, Edition, Term
from lomwong.search.terms.lines import MOST_WAYS, key, ways_in
from lomwong.search.terms.tasks import reindex_touched


class Taken(Exception):
    """A form belongs to another term, or to two. The message says to which."""


@transaction.atomic
def add_term(ways: Sequence[str]) -> Term:
    """Raises Taken."""
    _refuse_taken(ways, _terms_by_key())
    term = Term.objects.create(forms="\n".join(ways))
    _changed(ways)
    return term


@transaction.atomic
def change_term(term: Term, ways: Sequence[str]) -> None:
    """Raises Taken."""
    if list(ways) == term.ways:
        return
    _refuse_taken(ways, _terms_by_key(), but=term)
    touched = set(ways).symmetric_difference(term.ways)
    term.forms = "\n".join(ways)
    term.save()
    _changed(touched)


@transaction.atomic
def remove_term(term: Term) -> None:
    ways = term.ways
    term.delete()
    _changed(ways)


@transaction.atomic
def add_terms(groups: Iterable[Sequence[str]]) -> int:
    """All or none; returns how many were new or grew. A group that shares a form with a term adds to that term.

    Raises Taken for a group that would join two terms.
    """
    known = _terms_by_key()
    touched: set[str] = set()
    count = 0
    for ways in groups:
        there = {known[key(form)].pk: known[key(form)] for form in ways if key(form) in known}
        if len(there) > 1:
            both = " | ".join(map(str, there.values()))
            raise Taken(_("This would join two that are there: %(terms)s") % {"terms": both})
        term = next(iter(there.values()), None) or Term()
        joined = ways_in("\n".join([*(term.ways if term.pk else []), *ways]))[:MOST_WAYS]
        new = set(joined).difference(term.ways)
        if new:
            term.forms = "\n".join(joined)
            term.save()
            touched |= new
            count += 1
        known.update({key(form): term for form in joined})
    if touched:
        _changed(touched)
    return count


def _terms_by_key() -> dict[str, Term]:
    return {key(form): term for term in Term.objects.all() for form in term.ways}


def _refuse_taken(ways: Sequence[str], known: dict[str, Term], but: Term | None = None) -> None:
    for form in ways:
        term = known.get(key(form))
        if term is not None and term != but:
            raise Taken(_("“%(form)s” is said already in: %(term)s") % {"form": form, "term": term})


def _changed(forms: Iterable[str]) -> None:
    Edition.objects.update_or_create(pk=EDITION, defaults={"version": secrets.randbits(62) + 2})
    reindex_touched.enqueue(sorted(forms))
