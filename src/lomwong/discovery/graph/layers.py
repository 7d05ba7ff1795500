"""From traces to the two layers of the graph, ties and text, and to groups at one resolution."""

from dataclasses import dataclass

from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from .partition import flatten, leiden, split_large
from .shapes import Ints, Matrix, Settings
from .textlayer import text_ties
from .ties import decayed, soften, tie_weights
from .traces import Traces
from .units import discount


@dataclass(frozen=True, slots=True)
class Layers:
    """Three symmetric n x n matrices.

    weights: decayed exchanges, summed; ties: the same softened and freed of what units explain;
    text: cosines of the nearest by words, freed of what units explain.
    """

    weights: Matrix
    ties: Matrix
    text: Matrix


@dataclass(frozen=True, slots=True)
class Groups:
    """Group number of each person: by ties and text together, and by text alone."""

    living: Ints
    latent: Ints


def weave(traces: Traces, settings: Settings) -> Layers:
    """Both layers of the traces; on one processor, for matrices this small lose by being shared out."""
    weights = tie_weights(traces, decayed(traces, settings))
    with threadpool_limits(1):
        ties, text = soften(weights), text_ties(traces.words, traces.units, settings)
    if settings.weigh_units:
        ties = discount(ties, weights, traces.units, settings.pseudo_count)
        text = discount(text, text, traces.units, settings.pseudo_count)
    return Layers(weights, ties, text)


def group(layers: Layers, resolution: float, settings: Settings, seed: int) -> Groups:
    """Partition of both graphs, no group larger than `settings.max_size` where it can be cut."""
    both = flatten(layers.ties, layers.text, settings.text_share)
    return Groups(_cut(both, resolution, settings, seed), _cut(layers.text, resolution, settings, seed))


def _cut(graph: Matrix, resolution: float, settings: Settings, seed: int) -> Ints:
    groups = leiden(graph, resolution, seed)
    return split_large(graph, groups, resolution, settings.max_size, seed)
