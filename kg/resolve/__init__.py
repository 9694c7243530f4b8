"""The resolve step."""

from kg.model import Reading


def resolve(reading: Reading) -> Reading:
    """Placeholder."""
    return reading
