"""The extract step."""

from kg.model import Reading


def extract(reading: Reading) -> Reading:
    """Placeholder."""
    return reading
