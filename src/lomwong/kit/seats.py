"""The one illustration: people seated round a mat, drawn as SVG from community data alone.

One hue (1 to 8) per person, from their unit; always at least one open place in front. Hair and head-scarf come from
the seed, never from the person. Colours are CSS classes, so that both themes and a strict CSP hold; the page carries
the one `<pattern id="weave">` (ui/weave.html).
"""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 200, 142
CENTRE_X, CENTRE_Y, RADIUS_X, RADIUS_Y = 100, 88, 90, 47
MOST_PEOPLE = 10


@dataclass(frozen=True, slots=True)
class Place:
    y: float
    x: float
    hue: int | None  # None: an open place
    look: str  # s short hair, b bun, h head-scarf

    @property
    def scale(self) -> float:
        """People further back are drawn smaller."""
        return 0.86 + 0.24 * ((self.y - (CENTRE_Y - RADIUS_Y)) / (2 * RADIUS_Y))


def seated_circle(
    hues: Sequence[int], *, seed: int, open_places: int = 1, cups: int = 3, is_resting: bool = False
) -> str:
    """SVG markup of up to ten people; numbers and class names only, so it is safe to put into a page as it is."""
    places = _places(list(hues)[:MOST_PEOPLE], open_places, random.Random(seed))
    hem = seed % 8 + 1
    mat = (
        f'<ellipse class="m" cx="{CENTRE_X}" cy="{CENTRE_Y}" rx="{RADIUS_X}" ry="{RADIUS_Y}"/>'
        f'<ellipse class="mw" cx="{CENTRE_X}" cy="{CENTRE_Y}" rx="{RADIUS_X}" ry="{RADIUS_Y}"/>'
        f'<ellipse class="mr u{hem}" cx="{CENTRE_X}" cy="{CENTRE_Y}" rx="{RADIUS_X - 4}" ry="{RADIUS_Y - 3.4}"/>'
    )
    drawn = "".join(_figure(place, is_resting) for place in places)
    return (
        f'<svg class="seats" viewBox="0 14 {WIDTH} {HEIGHT - 16}" aria-hidden="true">'
        f"{mat}{'' if is_resting else _cups(cups)}{drawn}</svg>"
    )


def _places(hues: list[int], open_places: int, chance: random.Random) -> list[Place]:
    count = len(hues) + open_places
    places = []
    for index in range(count):
        angle = math.pi / 2 + 2 * math.pi * (index - (open_places - 1) / 2) / count
        hue = None if index < open_places else hues[index - open_places]
        places.append(
            Place(
                y=CENTRE_Y + math.sin(angle) * RADIUS_Y * 0.76 + 3,
                x=CENTRE_X + math.cos(angle) * RADIUS_X * 0.80,
                hue=hue,
                look=chance.choice("sbhs"),
            )
        )
    return sorted(places, key=lambda place: place.y)


def _figure(place: Place, is_resting: bool) -> str:
    if place.hue is None:
        return _open_place(place)
    if is_resting:
        return (
            f'<ellipse class="cush" cx="{place.x:.1f}" cy="{place.y:.1f}" '
            f'rx="{13 * place.scale:.1f}" ry="{7 * place.scale:.1f}"/>'
        )
    return f'<g class="u{place.hue}">{_body(place)}{_head(place)}</g>'


def _open_place(place: Place) -> str:
    x, y, s = place.x, place.y, place.scale
    return (
        f'<ellipse class="open" cx="{x:.1f}" cy="{y:.1f}" rx="{14 * s:.1f}" ry="{8 * s:.1f}"/>'
        f'<path class="plus" d="M{x - 3.6:.1f} {y:.1f}h7.2M{x:.1f} {y - 3.2:.1f}v6.4"/>'
    )


def _body(place: Place) -> str:
    x, y, s = place.x, place.y, place.scale
    shoulders = (
        f"M{x - 10 * s:.1f} {y + 2 * s:.1f}C{x - 12 * s:.1f} {y - 13 * s:.1f} {x - 8 * s:.1f} {y - 18 * s:.1f} "
        f"{x:.1f} {y - 18 * s:.1f}S{x + 12 * s:.1f} {y - 13 * s:.1f} {x + 10 * s:.1f} {y + 2 * s:.1f}"
        f"Q{x:.1f} {y + 5 * s:.1f} {x - 10 * s:.1f} {y + 2 * s:.1f}Z"
    )
    return (
        f'<ellipse class="h" cx="{x:.1f}" cy="{y:.1f}" rx="{14.5 * s:.1f}" ry="{5.6 * s:.1f}"/>'
        f'<path class="b" d="{shoulders}"/>'
    )


def _head(place: Place) -> str:
    x, s = place.x, place.scale
    y, radius = place.y - 23.5 * s, 6.9 * s
    drawn = (
        _scarf(x, y, s) if place.look == "h" else f'<circle class="hair" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>'
    )
    if place.look == "b":
        drawn += f'<circle class="hair" cx="{x:.1f}" cy="{y - radius * 1.15:.1f}" r="{radius * 0.42:.1f}"/>'
    if place.y < CENTRE_Y + 8:  # those in front show their backs: the reader sits in the open place
        tilt = (CENTRE_X - x) / RADIUS_X * 2.2
        drawn += (
            f'<ellipse class="face" cx="{x + tilt:.1f}" cy="{y + 1.7 * s:.1f}" rx="{4.9 * s:.1f}" ry="{5 * s:.1f}"/>'
        )
    return drawn


def _scarf(x: float, y: float, s: float) -> str:
    outline = (
        f"M{x - 7.6 * s:.1f} {y:.1f}A{7.6 * s:.1f} {7.6 * s:.1f} 0 0 1 {x + 7.6 * s:.1f} {y:.1f}"
        f"C{x + 8 * s:.1f} {y + 6 * s:.1f} {x + 10 * s:.1f} {y + 8 * s:.1f} {x + 10 * s:.1f} {y + 11 * s:.1f}"
        f"Q{x:.1f} {y + 16 * s:.1f} {x - 10 * s:.1f} {y + 11 * s:.1f}"
        f"C{x - 10 * s:.1f} {y + 8 * s:.1f} {x - 8 * s:.1f} {y + 6 * s:.1f} {x - 7.6 * s:.1f} {y:.1f}Z"
    )
    return f'<path class="h" d="{outline}"/>'


def _cups(count: int) -> str:
    drawn = []
    for index in range(count):
        angle = 2 * math.pi * index / count + 0.6
        x, y = CENTRE_X + math.cos(angle) * 17, CENTRE_Y + math.sin(angle) * 9
        drawn.append(f'<ellipse class="cup" cx="{x:.1f}" cy="{y:.1f}" rx="4" ry="3"/>')
    return "".join(drawn)
