"""One resolution seen again and again with a part of the traces left out, and which resolution to trust."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from .layers import Groups, Layers, group, weave
from .shapes import Settings
from .traces import Traces, thin

Progress = Callable[[float], None]
"""Told the share of the work that is done, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Zoom:
    """Groups at one resolution, and those of the same people in each rerun."""

    groups: Groups
    reruns: tuple[Groups, ...]


def look(
    traces: Traces,
    layers: Layers,
    resolutions: Sequence[float],
    settings: Settings,
    progress: Progress | None = None,
) -> list[Zoom]:
    """A Zoom for each resolution; every rerun draws `settings.sample` of the traces anew."""
    first = [group(layers, resolution, settings, settings.seed) for resolution in resolutions]
    reruns: list[list[Groups]] = []
    for run in range(settings.reruns):
        seed = settings.seed + 1 + run
        thinned = weave(thin(traces, settings.sample, seed), settings)
        reruns.append([group(thinned, resolution, settings, seed) for resolution in resolutions])
        if progress:
            progress((run + 1) / settings.reruns)
    return [Zoom(groups, tuple(run[index] for run in reruns)) for index, groups in enumerate(first)]


def steadiest(zooms: Sequence[Zoom], settings: Settings) -> int:
    """Index of the last zoom (the closest) that is as steady as the steadiest, within one standard error.

    Steady: the adjusted Rand index (Hubert and Arabie 1985) between the groups and those of each rerun, times the share
    of people whose group is large enough to be a circle: a level on which everybody is alone never changes, and
    shows nothing. The rule of one standard error is Breiman's (Classification and Regression Trees, 1984). No truth is
    needed.
    """
    from sklearn.metrics import adjusted_rand_score  # slow to load: only when circles are looked for

    scores = np.array(
        [
            [
                adjusted_rand_score(zoom.groups.living, rerun.living) * in_company(zoom.groups, settings)
                for rerun in zoom.reruns
            ]
            for zoom in zooms
        ]
    )
    means = scores.mean(axis=1)
    best = int(np.argmax(means))
    error = float(scores[best].std(ddof=1)) / float(np.sqrt(scores.shape[1]))
    return int(np.flatnonzero(means >= means[best] - error)[-1])


def in_company(groups: Groups, settings: Settings) -> float:
    """The share of people in groups of at least `settings.group_people`; 0 when there is nobody."""
    labels, sizes = np.unique(groups.living, return_counts=True)
    large = sizes[sizes >= settings.group_people].sum()
    return float(large) / max(1, int(sizes.sum())) if len(labels) else 0.0
