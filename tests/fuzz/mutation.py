"""Bytes that went wrong: parts of good inputs cut, doubled, swapped, broken in their encoding, or poisoned.

`KG_FUZZ` is the number of examples of each test: 60 unless set; 10,000 for the long run.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

EXAMPLES = int(os.environ.get("KG_FUZZ", "60"))
SECONDS = 10  # an input that takes longer hangs

fuzz = settings(
    max_examples=EXAMPLES,
    deadline=SECONDS * 1000,
    suppress_health_check=list(HealthCheck),
    database=None,
)

POISON = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\xaf", b"\r",
    b"\n" * 50, b" " * 500,
    b"\xe2\x80\xae", b"\xcc\x81" * 40, b"\x1b[31m", b"<" * 200, b"<div>" * 300, b"</", b"<!--",
    b"<![CDATA[", b"<script>",
    b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>', b"&b;", b"&#x110000;", b"&#0;", b"{" * 300, b"[" * 2000,
    b'"', b"\\", b"\\u0000", b"\\ud800", b"1e999", b"NaN", b"null", b"../../x", b"%00", b"' OR 1=1", b"}", b"SERVICE",
    b'"""', b"#", b"<http://e/\\u0020>", b"_:b", b"2019-13-45", b"9" * 400, "“".encode(), b"said " * 50,
)  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn, good: tuple[bytes, ...]) -> bytes:
    """One of the good inputs after up to eight mishaps."""
    content = draw(st.sampled_from(good))
    for _ in range(draw(st.integers(1, 8))):
        start = draw(st.integers(0, len(content)))
        end = draw(st.integers(start, min(len(content), start + 200)))
        part = draw(
            st.one_of(
                st.sampled_from(POISON),
                st.binary(max_size=8),
                st.just(content[start:end] * 2),
                st.just(content[start:end][::-1]),
                st.just(b""),
            )
        )
        content = content[:start] + part + content[end:]
    return content
