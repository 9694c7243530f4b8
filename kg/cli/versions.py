"""Versions of an article on the terminal and as JSON: which claims came, went, or are put otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kg.cli.claims import claim_json
from kg.cli.screen import line, say
from kg.query.claims import Claim
from kg.query.versions import Revision


def articles(directory: Path) -> frozenset[str]:
    """The articles (IRIs) that a graph holds; none where there is no graph."""
    from kg.store.folder import Folder

    folder = Folder(directory)
    if not folder.exists():
        return frozenset()
    return frozenset(entry.iri for entry in folder.manifest(folder.current()).articles)


def print_added(directory: Path, before: frozenset[str]) -> None:
    """What changed in those articles that came after `before` and are versions of others."""
    from kg.store.graph import KnowledgeGraph

    with KnowledgeGraph(directory) as graph:
        added = {entry.iri for entry in graph.manifest.articles} - before
        if added:
            print_revisions(graph.revisions(added))


def print_revisions(found: Iterable[Revision]) -> None:
    """Each revision: what is put otherwise, what is new, and what is gone."""
    for one in found:
        same = not (one.changed or one.added or one.gone)
        say(f"{line(one.newer.url or '')}: {_version(one)}{', the same claims' if same else ''}")
        for change in one.changed:
            say(f"  ~ {_said(change.older)}")
            say(f"    now {_said(change.newer)}")
        for sign, claims in (("+", one.added), ("-", one.gone)):
            for claim in claims:
                say(f"  {sign} {_said(claim)}")


def revision_json(one: Revision) -> dict[str, Any]:
    """A revision for other programs."""
    return {
        "url": one.newer.url,
        "older": one.older.iri,
        "newer": one.newer.iri,
        "changed": [{"older": claim_json(two.older), "newer": claim_json(two.newer)} for two in one.changed],
        "added": [claim_json(claim) for claim in one.added],
        "gone": [claim_json(claim) for claim in one.gone],
    }


def _version(one: Revision) -> str:
    older, newer = ((article.published or "undated")[:16] for article in (one.older, one.newer))
    return f"version of {newer} after {older}" if older != newer else "a new version"


def _said(claim: Claim) -> str:
    return f"{' <- '.join(line(name) for name in claim.chain)}: “{line(claim.quote)}”"
