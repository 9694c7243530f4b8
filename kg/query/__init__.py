"""Query: SPARQL with safe parameters, the named queries, and questions about claims.

run(store, "SELECT ...", {"about": term("Putin")})      results straight from the engine
named("who-said-what").text                             a query that somebody already wrote
claims(corpus, about="Putin")                           who said what, with chain and quote
"""

from kg.query.named import Named, named, named_queries, query_text
from kg.query.sparql import Results, caret, run, term

__all__ = ["Named", "Results", "caret", "named", "named_queries", "query_text", "run", "term"]
