"""One box for everything: what was written, who wrote it, where it is talked about."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from lomwong.kit.access import public
from lomwong.people.models import Viewer
from lomwong.search import drawing, queries, showing
from lomwong.search.asked import Asked
from lomwong.search.facets import COUNTED, facets, shown_in
from lomwong.search.matching import Within
from lomwong.search.narrowing import Condition, Narrowed, narrow, within_all
from lomwong.search.queries import Results
from lomwong.search.rows import Circles
from lomwong.search.traits import Traits

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
    results, circles = found(narrowed, viewer, after=after, counting=0 if after else COUNTED), Circles(viewer)
    context |= {
        **shown(narrowed, results, viewer, circles),
        **around(narrowed, results, viewer, circles),
        **(names(narrowed, viewer, circles) if not after and not narrowed.conditions else {}),
        "removable": [(condition, condition.left_out_of(asked)) for condition in narrowed.conditions],
        "said": plain,
        "ask_url": f"{reverse('posts:question_new')}?{urlencode({'title': plain[:LONGEST_TITLE]})}",
        "people_url": f"{reverse('experts:experts')}?{urlencode({'q': plain})}",
    }
    if not results.hits and not after:
        context["advice"] = advice(narrowed, viewer)
    return render(request, "search/search.html", context)


def found(
    narrowed: Narrowed, viewer: Viewer, *, within: Within | None = None, after: str = "", counting: int = 0
) -> Results:
    """A page of hits, and what there is to count in all pages of them."""
    return queries.search(
        narrowed.words,
        viewer=viewer,
        within=narrowed.within if within is None else within,
        order=narrowed.asked.order,
        is_literal=narrowed.asked.is_literal,
        after=after,
        counting=counting,
        enough=queries.PAGE,
    )


def shown(narrowed: Narrowed, results: Results, viewer: Viewer, circles: Circles) -> dict[str, Any]:
    """The list, and how to go on in it."""
    asked = narrowed.asked
    signs = [part for condition in narrowed.conditions for part in condition.parts]
    marks, also = showing.marks_for(narrowed, results), partial(showing.marks_beside, narrowed, results)
    posts = showing.found_posts(results.hits, marks, viewer, also, circles)
    return {
        "found": posts,
        "cards": drawing.cards(posts),
        "further": asked.further(results.further) if results.further else "",
        "is_complete": results.is_complete,
        "instead": results.searched if results.instead else "",
        "suggestion": results.suggestion,
        "suggested": asked.with_words(results.suggestion, *signs) if results.suggestion else None,
        "drawn_orders": drawing.orders(asked) if narrowed.words else "",
    }


def around(narrowed: Narrowed, results: Results, viewer: Viewer, circles: Circles) -> dict[str, Any]:
    """Ways to narrow what was found, counted in what all its pages show."""
    traits = results.counted
    if results.hits and not traits:  # further down the list
        traits = found(narrowed, viewer, counting=COUNTED).counted
    listed = facets(
        narrowed.asked,
        traits,
        viewer,
        settled={condition.facet for condition in narrowed.conditions},
        instead=instead_of_chosen(narrowed, viewer) if traits else {},
        known=circles,
    )
    return {
        "facets": listed,
        "drawn_facets": drawing.facets(listed),
        "counted": len(traits),
        "are_all_counted": len(traits) < COUNTED,
    }


def instead_of_chosen(narrowed: Narrowed, viewer: Viewer) -> dict[str, Traits]:
    """For each facet in which a value is chosen: what is found without that choice. Not where a sign was typed."""
    typed = {shown_in(condition.facet) for condition in narrowed.conditions if condition.parts}
    hits: dict[str, Traits] = {}
    for facet in {shown_in(condition.facet) for condition in narrowed.conditions if condition.facet} - typed:
        others = (condition for condition in narrowed.conditions if shown_in(condition.facet) != facet)
        hits[facet] = found(narrowed, viewer, within=within_all(others), counting=COUNTED).counted
    return hits


def names(narrowed: Narrowed, viewer: Viewer, known: Circles) -> dict[str, Any]:
    """People and circles that are called so."""
    return {
        "people": showing.people_named(narrowed.words, viewer),
        "circles": showing.communities_named(narrowed.words, viewer, known),
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
