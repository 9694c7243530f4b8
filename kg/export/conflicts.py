"""A disagreement as JSON: the stable contract of `kg conflicts --json`."""

from __future__ import annotations

from typing import Any

from kg.model import Disagreement, Side


def disagreement_to_json(disagreement: Disagreement) -> dict[str, Any]:
    """One element of the array."""
    return {
        "type": disagreement.type,
        "severity": disagreement.severity,
        "about": disagreement.about,
        "explanation": disagreement.explanation,
        "sides": [_side(side) for side in disagreement.sides],
    }


def _side(side: Side) -> dict[str, Any]:
    return {
        "article": side.article,
        "publisher": side.publisher,
        "source": side.source,
        "start": side.span.start,
        "end": side.span.end,
        "quote": side.quote,
        "value": side.value,
        "attribution": side.attribution,
    }
