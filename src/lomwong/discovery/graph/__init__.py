"""Circles found in traces. Pure: numbers in, dataclasses out; the same for pages, command line and benchmarks.

The steps, each in its file: traces (columns) > ties (decay, sum, log1p) > units (what the organisation chart
explains is taken away) > textlayer (who writes about the same) > partition (flatten, Leiden, cut large groups) >
zoom (reruns on a sample, choice of level) > evidence (belonging, stability, floors) > explain (core, terms,
exchanges, units). `find` walks them; `shapes` holds what goes in and out and every number that decides.
"""

from .find import AUTOMATIC, find_circles, group_people
from .shapes import Circle, Exchange, Seat, Settings, Term

__all__ = ["AUTOMATIC", "Circle", "Exchange", "Seat", "Settings", "Term", "find_circles", "group_people"]
