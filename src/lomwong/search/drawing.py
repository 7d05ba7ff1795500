"""What stands many times on a page of results, as HTML: see `kit.moulds`."""

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from django.utils.html import format_html
from django.utils.safestring import SafeString

from lomwong.kit.dates import ago
from lomwong.kit.moulds import Mould, address
from lomwong.kit.templatetags.ui import initial
from lomwong.search.asked import Asked
from lomwong.search.facets import Choice, Facet
from lomwong.search.queries import Order
from lomwong.search.rows import Circle
from lomwong.search.showing import Found, Pieces

CARD = "search/_found.html"
GAPS = (
    *("hue", "initial", "address", "title", "author_address", "author", "unit", "created", "ago", "where"),
    *("file_address", "file", "passage"),
)
CHOICE = "search/_choice.html"
FACET = "search/_facet.html"
ORDERS = "search/_orders.html"


def cards(found: Iterable[Found]) -> SafeString:
    moulds: dict[tuple[object, ...], Mould] = {}
    return SafeString("".join([card(one, moulds) for one in found]))


def card(one: Found, moulds: dict[tuple[object, ...], Mould]) -> str:
    post, file, unit = one.post, one.file, one.post.unit_label
    who = post.author_id is None, post.is_unnamed, not unit
    key = post.kind, post.root_id is None, *who, file is None, not one.passage
    mould = moulds.get(key) or moulds.setdefault(key, mould_for(one))
    return mould.fill(
        {
            "hue": str(post.hue),
            "initial": initial(post.author_name or "?"),
            "address": post.address,
            "title": marked(one.title),
            "author_address": address("people:person", post.author_id) if post.author_id else "",
            "author": post.author_name or "",
            "unit": unit,
            "created": post.created_at.isoformat(),
            "ago": ago(post.created_at),
            "where": SafeString("".join(map(link, one.circles))),
            "file_address": file.address if file else "",
            "file": file.name if file else "",
            "passage": marked(one.passage),
        }
    )


def mould_for(one: Found) -> Mould:
    settled = {
        "kind": one.post.kind,
        "kind_label": one.post.kind_label,
        "is_in_thread": one.post.root_id is not None,
        "has_author": one.post.author_id is not None,
        "is_unnamed": one.post.is_unnamed,
        "has_unit": bool(one.post.unit_label),
        "has_file": one.file is not None,
        "has_passage": bool(one.passage),
    }
    return Mould.of(CARD, GAPS, tuple(settled.items()))


@lru_cache(maxsize=1000)
def link(circle: Circle) -> SafeString:
    return format_html(' · <a href="{}">{}</a>', circle.address, circle.name)


def marked(pieces: Pieces) -> SafeString:
    return SafeString("".join(f"<mark>{escape(piece)}</mark>" if is_hit else escape(piece) for piece, is_hit in pieces))


def orders(asked: Asked) -> SafeString:
    mould = Mould.of(ORDERS, ("near", "new"), (("order", str(asked.order)),))
    return SafeString(mould.fill({str(order): asked.sorted(order).address for order in Order}))


def facets(listed: Iterable[Facet]) -> SafeString:
    mould, moulds = Mould.of(FACET, ("name", "heading", "choices")), (choice_mould(), choice_mould("has_count"))
    drawn = []
    for facet in listed:
        choices = SafeString("".join([choice(one, moulds[one.count is not None]) for one in facet.choices]))
        drawn.append(mould.fill({"name": facet.name, "heading": facet.heading, "choices": choices}))
    return SafeString("".join(drawn))


def choice(one: Choice, mould: Mould) -> str:
    if one.is_chosen:
        mould = choice_mould("is_chosen")
    return mould.fill({"address": one.address, "label": one.label, "count": str(one.count)})


def choice_mould(*flags: str) -> Mould:
    return Mould.of(CHOICE, ("address", "label", "count"), tuple(dict.fromkeys(flags, True).items()))
