"""The whole way from traces to circles; the package docstring names the steps and their sources."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from .evidence import belonging, pairs_inside, share_inside, spans_units, steadiness, unit_count
from .explain import seats, telling_exchanges, telling_terms, unit_mix
from .layers import Layers, weave
from .shapes import Circle, Exchange, Ints, Matrix, Settings
from .ties import active, decayed
from .traces import Traces, gather
from .zoom import Progress, Zoom, look, steadiest

AUTOMATIC = 0
"""The level that stands for the closest one that is as steady as the steadiest."""

STANDARD = Settings()


def find_circles(
    exchanges: Iterable[Exchange],
    *,
    units: Mapping[int, int | None],
    texts: Mapping[int, Sequence[str]],
    now: float,
    level: int = 1,
    settings: Settings = STANDARD,
    progress: Progress | None = None,
) -> list[Circle]:
    """Circles with enough evidence, living ones first, large ones first; the same for the same seed.

    units: unit number of each person, None or absent when unknown.
    texts: person to the segmented words of all they wrote.
    now: days since 1970-01-01; later exchanges are not seen.
    level: 1 (wide) to len(settings.resolutions) (close), or AUTOMATIC.
    progress: told the share of the work done, 0 to 1.
    Raises ValueError for a level that does not exist, or AUTOMATIC with fewer than two reruns.
    """
    traces = gather(exchanges, units, texts, now)
    layers = weave(traces, settings)
    zoom = _zoom(traces, layers, level, settings, progress)
    living = _living(traces, layers, zoom, settings)
    latent = _latent(traces, layers, zoom, settings)
    return _large_first(living) + _large_first(latent)


def group_people(
    exchanges: Iterable[Exchange],
    *,
    units: Mapping[int, int | None],
    texts: Mapping[int, Sequence[str]],
    now: float,
    level: int = 1,
    settings: Settings = STANDARD,
) -> dict[int, int]:
    """Person to group number, before any floor: the partition from which living circles are made."""
    traces = gather(exchanges, units, texts, now)
    if level != AUTOMATIC:
        settings = replace(settings, reruns=0)
    zoom = _zoom(traces, weave(traces, settings), level, settings, None)
    return dict(zip(traces.people.tolist(), zoom.groups.living.tolist(), strict=True))


def _zoom(traces: Traces, layers: Layers, level: int, settings: Settings, progress: Progress | None) -> Zoom:
    if not AUTOMATIC <= level <= len(settings.resolutions):
        raise ValueError(f"level {level} does not exist: choose 1 to {len(settings.resolutions)}")
    if level == AUTOMATIC:
        if settings.reruns < 2:
            raise ValueError("the level can only be chosen with two reruns or more")
        zooms = look(traces, layers, settings.resolutions, settings, progress)
        return zooms[steadiest(zooms, settings)]
    return look(traces, layers, settings.resolutions[level - 1 : level], settings, progress)[0]


def _living(traces: Traces, layers: Layers, zoom: Zoom, settings: Settings) -> Iterator[Circle]:
    """They help each other already, across units."""
    weights = decayed(traces, settings)
    runs = [rerun.living for rerun in zoom.reruns]
    for members, stability in _sound(traces, layers, layers.ties, zoom.groups.living, runs, settings):
        if spans_units(traces.units[members], settings):
            circle = seats(layers.ties, members, traces.people)
            yield Circle(
                kind="living",
                members=circle,
                terms=telling_terms(traces, members, settings),
                exchanges=telling_exchanges(traces, weights, circle, settings),
                units=unit_mix(traces.units[members]),
                stability=stability,
            )


def _latent(traces: Traces, layers: Layers, zoom: Zoom, settings: Settings) -> Iterator[Circle]:
    """The same words in different units (known ones: without units nothing separates them), and few ties."""
    runs = [rerun.latent for rerun in zoom.reruns]
    for members, stability in _sound(traces, layers, layers.text, zoom.groups.latent, runs, settings):
        terms = telling_terms(traces, members, settings)
        apart = share_inside(layers.ties, members) < settings.latent_share
        if apart and unit_count(traces.units[members]) >= settings.group_units and len(terms) >= settings.latent_terms:
            yield Circle(
                kind="latent",
                members=seats(layers.text, members, traces.people),
                terms=terms,
                exchanges=(),
                units=unit_mix(traces.units[members]),
                stability=stability,
            )


def _sound(
    traces: Traces, layers: Layers, graph: Matrix, groups: Ints, runs: Sequence[Ints], settings: Settings
) -> Iterator[tuple[Ints, float]]:
    """Members (positions) and stability of every group above the floors of people, ties and stability."""
    eligible = active(traces, layers.weights, settings)
    steady = steadiness(groups, runs, eligible)
    for members, stability in zip(belonging(graph, groups, eligible, settings), steady, strict=True):
        large = len(members) >= settings.group_people and pairs_inside(graph, members) >= settings.group_ties
        if large and stability >= settings.stability:
            yield members, round(float(stability), 3)


def _large_first(circles: Iterable[Circle]) -> list[Circle]:
    return sorted(circles, key=lambda circle: -len(circle.members))
