"""The lexicon of cues: whole, and strict about its rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.attribute import lexicon
from kg.errors import SeedError


def test_the_lexicon_is_rich() -> None:
    kinds = {entry.kind for entry in lexicon.entries().values()}
    assert len(lexicon.entries()) > 800
    assert {"say", "think", "want", "ask", "promise", "deny", "plan", "accuse", "show", "effect"} <= kinds


@pytest.mark.parametrize(
    "row",
    ["say\tverb\tsay\tthot\t", "say\tverb\t\tthat\t", "say\tverbs\tsay\tthat\t", "say\tverb\tsay\tthat\tsurely"],
)
def test_a_wrong_row_names_its_line(row: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "cues.tsv"
    file.write_text(f"word\tpos\tclass\tframes\teffect\nadd\tverb\tsay\tthat\t\n{row}\n", encoding="utf-8")
    monkeypatch.setattr(lexicon, "seeds", lambda name: tmp_path / name)
    with pytest.raises(SeedError, match=r"cues\.tsv:3"):
        lexicon.entries.__wrapped__()
