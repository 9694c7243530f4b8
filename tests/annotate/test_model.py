"""The model is spaCy's own, loaded with less around it."""

from __future__ import annotations

import subprocess
import sys
from typing import Any, cast

import spacy

from kg.annotate.model import MODEL, model

ASKED = """
import sys
from kg.annotate.model import model
model()
import spacy

print([name for name in ("spacy.cli", "httpx", "jinja2") if name in sys.modules])
print(spacy.info("{model}", silent=True)["version"] == spacy.load("{model}").meta["version"])
from spacy.cli import download
print(callable(download))
"""


def test_the_tokenizer_has_all_rules_of_the_model() -> None:
    ours, own = cast(Any, model().tokenizer), cast(Any, spacy.load(MODEL).tokenizer)
    assert ours.to_bytes(exclude=["vocab"]) == own.to_bytes(exclude=["vocab"])


def test_the_command_line_is_not_loaded_and_still_there() -> None:
    asked = [sys.executable, "-c", ASKED.format(model=MODEL)]
    told = subprocess.run(asked, check=True, capture_output=True, text=True)  # noqa: S603  ourselves
    assert told.stdout.split("\n") == ["[]", "True", "True", ""]
