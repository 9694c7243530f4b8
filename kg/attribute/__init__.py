"""Attribute: who says it, by which words, and how each source presents what it says.

    cues + sources + content -> sayings -> chains -> attributions, with the factuality of every event

Scheme of source, cue and content: PARC/PolNeAR (Newell, Margolin & Ruths 2018); of factuality: FactBank
(Sauri & Pustejovsky 2009). The root attribution is the outlet's own voice and always exists; every event and
relation hangs under exactly one attribution, the innermost whose content covers it.
"""

from __future__ import annotations

from dataclasses import replace

from kg.attribute.attributions import attributions
from kg.attribute.factuality import presented
from kg.attribute.prose import prose_of
from kg.attribute.sayings import sayings
from kg.model import Reading

__all__ = ["attribute"]


def attribute(reading: Reading) -> Reading:
    """Fill `attributions`; set polarity, realis and certainty of every event."""
    prose = prose_of(reading)
    found = sayings(prose)
    return replace(reading, attributions=attributions(reading, prose, found), events=presented(reading, prose, found))
