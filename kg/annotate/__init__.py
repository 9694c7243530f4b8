"""Annotate: text -> sentences, parse, names, time expressions.

The one place that touches spaCy. Everything after it reads `Reading.parse`.
"""

from kg.annotate.parse import annotate, annotate_all

__all__ = ["annotate", "annotate_all"]
