"""The page that people look at: one self-contained HTML file, and the graph behind it.

>>> from kg.model import Comparison, Corpus
>>> graph(Corpus(readings=(), comparison=Comparison())).number_of_nodes()
0
"""

from kg.render.graph import graph
from kg.render.html import page, repr_html

__all__ = ["graph", "page", "repr_html"]
