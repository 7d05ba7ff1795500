"""One box for everything: what was written, who wrote it, where it is talked about."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from lomwong.kit.access import public
from lomwong.people.models import Viewer
from lomwong.search import queries, showing
from lomwong.search.asked import Asked
from lomwong.search.facets import COUNTED, facets, shown_in
from lomwong.search.matching import Within
from lomwong.search.narrowing import Condition, Narrowed, narrow, within_all
from lomwong.search.queries import Order, Results

LONGEST_TITLE = 300  # of the question that may be asked instead
MOST_ADVICE = 6


@dataclass(frozen=True, slots=True)
class Advice:
    """An empty page is not the end: without these, something is there."""

    conditions: Sequence[Condition]
    asked: Asked


@public
def search(request: HttpRequest) -> HttpResponse:
    """Results as plain links; the words come from the bar on top of every page, the rest from links of this one."""
    viewer = request.user
    narrowed = narrow(Asked.of(request.GET.dict()), viewer)
    asked = narrowed.asked
    context: dict[str, Any] = {"asked": asked, "query": asked.text, "notes": narrowed.notes}
    if not narrowed.words and not narrowed.conditions:
        return render(request, "search/search.html", context)
    after = request.GET.get("after", "")
    plain = " ".join(filter(None, [narrowed.words, *narrowed.within.exact]))
    results = found(narrowed, viewer, after=after)
    context |= {
        **shown(narrowed, results, viewer),
        **(names(narrowed, viewer) if not after and not narrowed.conditions else {}),
        "removable": [(condition, condition.left_out_of(asked)) for condition in narrowed.conditions],
        "said": plain,
        "ask_url": f"{reverse('posts:question_new')}?{urlencode({'title': plain[:LONGEST_TITLE]})}",
        "people_url": f"{reverse('experts:experts')}?{urlencode({'q': plain})}",
    }
    if not results.hits and not after:
        context["advice"] = advice(narrowed, viewer)
    return render(request, "search/search.html", context)


def found(
    narrowed: Narrowed, viewer: Viewer, *, within: Within | None = None, after: str = "", limit: int = queries.PAGE
) -> Results:
    """However many are asked for, the same as on pages."""
    return queries.search(
        narrowed.words,
        viewer=viewer,
        within=narrowed.within if within is None else within,
        order=narrowed.asked.order,
        is_literal=narrowed.asked.is_literal,
        after=after,
        limit=limit,
        enough=queries.PAGE,
    )


def shown(narrowed: Narrowed, results: Results, viewer: Viewer) -> dict[str, Any]:
    """The list, and what stands around it."""
    asked = narrowed.asked
    signs = [part for condition in narrowed.conditions for part in condition.parts]
    numbers = [hit.number for hit in found(narrowed, viewer, limit=COUNTED).hits] if results.hits else []
    return {
        "found": showing.found_posts(
            results.hits, showing.marks_for(narrowed, results), viewer, showing.marks_beside(narrowed, results)
        ),
        "further": asked.further(results.further) if results.further else "",
        "is_complete": results.is_complete,
        "instead": results.searched if results.instead else "",
        "suggestion": results.suggestion,
        "suggested": asked.with_words(results.suggestion, *signs),
        "orders": [(order, asked.sorted(order)) for order in Order] if narrowed.words else [],
        "facets": facets(
            asked,
            numbers,
            viewer,
            settled={condition.facet for condition in narrowed.conditions},
            instead=instead_of_chosen(narrowed, viewer) if numbers else {},
        ),
        "counted": len(numbers),
        "are_all_counted": len(numbers) < COUNTED,
    }


def instead_of_chosen(narrowed: Narrowed, viewer: Viewer) -> dict[str, list[int]]:
    """For each facet in which a value is chosen: what is found without that choice. Not where a sign was typed."""
    typed = {shown_in(condition.facet) for condition in narrowed.conditions if condition.parts}
    hits: dict[str, list[int]] = {}
    for facet in {shown_in(condition.facet) for condition in narrowed.conditions if condition.facet} - typed:
        others = (condition for condition in narrowed.conditions if shown_in(condition.facet) != facet)
        without = found(narrowed, viewer, within=within_all(others), limit=COUNTED)
        hits[facet] = [hit.number for hit in without.hits]
    return hits


def names(narrowed: Narrowed, viewer: Viewer) -> dict[str, Any]:
    """People and circles that are called so."""
    return {
        "people": showing.people_named(narrowed.words, viewer),
        "circles": showing.communities_named(narrowed.words, viewer),
    }


def advice(narrowed: Narrowed, viewer: Viewer) -> list[Advice]:
    """Which of the conditions empties the page; all of them, where it takes more than one."""
    conditions = narrowed.conditions[:MOST_ADVICE]
    one_less = [[condition] for condition in conditions]
    helpful = [left_out for left_out in one_less if has_any(narrowed, left_out, viewer)]
    if not helpful and len(conditions) > 1 and narrowed.words and has_any(narrowed, narrowed.conditions, viewer):
        helpful = [narrowed.conditions]
    return [Advice(left_out, without(narrowed.asked, left_out)) for left_out in helpful]


def has_any(narrowed: Narrowed, left_out: Sequence[Condition], viewer: Viewer) -> bool:
    within = within_all(condition for condition in narrowed.conditions if condition not in left_out)
    literal = narrowed.asked.is_literal
    return bool(queries.search(narrowed.words, viewer=viewer, within=within, limit=1, is_literal=literal).hits)


def without(asked: Asked, left_out: Sequence[Condition]) -> Asked:
    for condition in left_out:
        asked = condition.left_out_of(asked)
    return asked
