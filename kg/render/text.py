"""Words made fit to be shown: labels without control characters or marks that turn the direction of other text.

    >>> plain("  two\\n Russians\u202e ")
    'two Russians'
"""

from __future__ import annotations

import re

_UNSEEN = re.compile(r"[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def plain(label: str) -> str:
    """One line, without control and direction marks. For labels only: quotes are shown as they are."""
    return " ".join(_UNSEEN.sub("", label).split())


def whole(text: str) -> str:
    """Text that can be written as UTF-8: half a surrogate pair becomes U+FFFD, so that offsets stay."""
    return _SURROGATE.sub("\ufffd", text)
