"""Articles side by side: as a table on the terminal, as Markdown and as JSON."""

from __future__ import annotations

from typing import Any

from kg.cli.screen import say, table
from kg.export.conflicts import disagreement_to_json
from kg.model import Article
from kg.query.beside import Account, Beside, Told
from kg.query.rows import markdown


def beside_json(one: Beside) -> dict[str, Any]:
    """One story for other programs."""
    return {
        "story": one.story,
        "label": one.label,
        "articles": [
            {name: getattr(article, name) for name in ("iri", "id", "publisher", "published", "title", "url")}
            for article in one.articles
        ],
        "events": [_told(row) for row in one.shared],
        "alone": [_told(row) for row in one.alone],
        "disagreements": [disagreement_to_json(disagreement) for disagreement in one.disagreements],
    }


def print_beside(one: Beside, *, as_markdown: bool) -> None:
    """One story: shared events, what stands in one article alone, and where they differ."""
    columns = ("", *(_head(article) for article in one.articles))
    parts = (("What they share", one.shared), ("What stands in one alone", one.alone))
    say(f"# {one.label}" if as_markdown else one.label)
    for title, rows in parts:
        if rows:
            say(f"\n## {title}\n" if as_markdown else f"\n{title}")
            cells = [_cells(row, one.articles) for row in rows]
            if as_markdown:
                say(markdown(columns, [tuple(row) for row in cells]))
            else:
                table(columns, cells)
    for disagreement in one.disagreements:
        say(f"- {disagreement.type} ({disagreement.severity}): {' '.join(disagreement.explanation.split())}")


def _cells(row: Told, articles: tuple[Article, ...]) -> list[str]:
    return [row.label, *(_shortest(row, article) for article in articles)]


def _shortest(row: Told, article: Article) -> str:
    """The article's shortest account of an event, with its source where that is another, and how many more it has."""
    accounts = [account for account in row.accounts if account.article == article.iri]
    if not accounts:
        return ""
    account = min(accounts, key=lambda account: len(account.quote))
    source = f"{account.source}: " if account.source not in ("", article.publisher) else ""
    more = f" (and {len(accounts) - 1} more)" if len(accounts) > 1 else ""
    return f"{source}“{account.quote}”{more}"


def _head(article: Article) -> str:
    return ", ".join(part for part in (article.publisher or article.id, (article.published or "")[:10]) if part)


def _told(row: Told) -> dict[str, Any]:
    return {"about": row.about, "label": row.label, "accounts": [_account(account) for account in row.accounts]}


def _account(account: Account) -> dict[str, Any]:
    span = {"start": account.span.start, "end": account.span.end, "quote": account.quote}
    return {"article": account.article, "source": account.source, "trigger": account.trigger} | span
