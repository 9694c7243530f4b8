"""The store on synthetic readings: `python -m tests.bench.store [ARTICLES]`.

Printed, in seconds of the processor: making the quads, loading them and pyoxigraph's own bulk load of the same
N-Quads, promoting facts, each named query beside the same SPARQL sent straight to pyoxigraph; and peak memory.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from pyoxigraph import RdfFormat, Store, Variable

from kg.compare import compare
from kg.export.across import identity_quads, link_quads
from kg.export.rdf import own_quads, shared_quads
from kg.identify import identify
from kg.query.named import named_queries
from kg.query.rows import Rows
from kg.query.sparql import Term, run, term
from kg.store.facts import default_rules, promote
from tests.bench.identity import _PER_STORY, reading

_VALUES = {
    "about": '"market1"', "by": '"Outlet 1"', "place": '"market1"', "type": "kg:Detain", "one": '"market1"',
    "other": '"river0"', "has": '"Outlet 1"', "lacks": '"Outlet 2"', "realis": "kg:Planned",
}  # fmt: skip


def seconds(run_it: Callable[[], object]) -> float:
    """The better of two runs, in seconds of the processor: what else the machine does counts less."""
    taken = []
    for _ in range(2):
        start = time.process_time()
        run_it()
        taken.append(time.process_time() - start)
    return min(taken)


def main() -> None:
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    readings = [reading(number, max(1, articles // _PER_STORY)) for number in range(articles)]
    comparison = compare(readings, identify(readings))
    started = time.process_time()
    quads = [quad for one in readings for quad in own_quads(one)]
    quads += [*shared_quads(readings), *identity_quads(comparison), *link_quads(comparison)]
    claims = sum(len(one.events) for one in readings)
    print(f"quads                 {len(quads):12,}   claims {claims:,}")
    print(f"make the quads        {time.process_time() - started:12.2f} s")
    with tempfile.TemporaryDirectory() as folder:
        started = time.process_time()
        store = Store(str(Path(folder) / "ours"))
        store.bulk_extend(quads)
        ours = time.process_time() - started
        dumped = store.dump(format=RdfFormat.N_QUADS) or b""
        started = time.process_time()
        Store(str(Path(folder) / "theirs")).bulk_load(dumped, format=RdfFormat.N_QUADS)
        theirs = time.process_time() - started
        print(f"load                  {ours:12.2f} s   pyoxigraph's own bulk load {theirs:.2f} s")
        started = time.process_time()
        facts = list(promote(store, default_rules()))
        print(f"promote               {time.process_time() - started:12.2f} s   {len(facts):,} quads")
        store.extend(facts)
        store.flush()
        _queries(store)
    print(f"peak memory           {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:12.2f} GB")


def _queries(store: Store) -> None:
    for query in named_queries().values():
        values = {name: term(_VALUES[name]) for name, _ in query.parameters if name in _VALUES}
        direct: dict[Variable, Term] = {Variable(name): value for name, value in values.items()}
        head = query.text[query.text.index("SELECT") : query.text.index("WHERE")]
        columns = "".join(f" ?{name}" for name in values if f"?{name}" not in head)
        projected = query.text.replace("SELECT", f"SELECT{columns}", 1)
        took = seconds(lambda q=query, v=values: Rows(run(store, q.text, v)).to_bytes("json"))  # type: ignore[misc]
        if "DISTINCT" in query.text or "GROUP BY" in query.text:
            print(f"query {query.name:<16} {took:11.3f} s")
            continue
        straight = seconds(lambda q=projected, v=direct: _straight(store, q, v))  # type: ignore[misc]
        print(f"query {query.name:<16} {took:11.3f} s   straight {straight:.3f} s")


def _straight(store: Store, query: str, values: dict[Variable, Term]) -> object:
    from pyoxigraph import QueryResultsFormat, QuerySolutions

    results = store.query(query, substitutions=values)
    assert isinstance(results, QuerySolutions)
    return results.serialize(format=QueryResultsFormat.JSON)


if __name__ == "__main__":
    main()
