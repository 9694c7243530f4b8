"""The attribute step."""

from kg.model import Reading


def attribute(reading: Reading) -> Reading:
    """Placeholder."""
    return reading
