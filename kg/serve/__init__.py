"""Serve: a graph over HTTP, read-only: SPARQL 1.1 Protocol, the page, and IRIs that answer."""
