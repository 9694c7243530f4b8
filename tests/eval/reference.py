"""The reference register `reference/entities.csv` (5,000 Wikidata items) as a table that the product reads.

Linking is measured with this register beside the product's own `seeds/entities.tsv`: it stands for what a user
brings along. It lies beside the gold data; where it is missing, the product's own table is all there is.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.gazetteer import using

COLUMNS = ("label", "kind", "class", "qid", "aliases", "demonyms", "country", "geonames")
# the register's type, or its part before the colon -> our kind and class
KINDS = {
    "person": ("person", ""),
    "country": ("place", "state"),
    "city:capital": ("place", "capital"),
    "region": ("place", "region"),
    "place": ("place", ""),
    "org:igo": ("organization", "international-body"),
    "org:media": ("organization", "outlet"),
    "": ("other", ""),
}


@contextmanager
def reference_gazetteer(register: Path) -> Iterator[bool]:
    """Links with the register for as long as the context lasts. Gives whether there is one."""
    with TemporaryDirectory() as folder:
        table = Path(folder) / "reference.tsv"
        if register.exists():
            table.write_text("\n".join(_lines(register)) + "\n", encoding="utf-8")
        with using([table]) if table.exists() else nullcontext():
            yield table.exists()


def _lines(register: Path) -> Iterator[str]:
    with register.open(encoding="utf-8", newline="") as file:
        # a few ids of the register are redirections ("Q1->Q2"): which of the two holds is not ours to say
        rows = [row for row in csv.DictReader(file) if row["qid"].isalnum()]
    labels = {row["qid"]: row["label"] for row in rows}
    yield "\t".join(COLUMNS)
    for row in rows:
        kind, cls = KINDS.get(row["type"]) or KINDS[row["type"].partition(":")[0]]
        country, place = labels.get(row["country_qid"], ""), row["geonames_id"]
        cells = (row["label"], kind, cls, row["qid"], row["aliases"], row["demonyms"], country, place)
        yield "\t".join(" ".join(cell.split()) for cell in cells)
