"""Stated, standing relations."""

from __future__ import annotations

from kg.model import Reading


class _Relations:
    name = "relations"

    def extract(self, reading: Reading) -> Reading:
        return reading


EXTRACTOR = _Relations()
