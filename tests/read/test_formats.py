"""Archives, tables, feeds and addresses: real ones, whole and broken, and hostile."""

from __future__ import annotations

import gzip
import io
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.model import Article
from kg.read import read, warc
from kg.read.fetch import fetch
from tests.read.test_read import PAGE, STORY

PARAGRAPH = "The mayor opened the new bridge on Monday morning, and many people came to see it. " * 3


def archive(*pages: tuple[str, str, bytes], gz: bool = True, status: str = "200 OK") -> bytes:
    """A web archive of (address, media type, content)."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gz)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "tests"}))
    for url, kind, content in pages:
        head = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        request = StatusAndHeaders("GET / HTTP/1.1", [("Host", "x")], is_http_request=True)
        writer.write_record(writer.create_warc_record(url, "request", http_headers=request))
        writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(content), http_headers=head))
    return out.getvalue()


def found(path: Path | str) -> tuple[list[Article], list[InputError]]:
    items = list(read([path]))
    return [i for i in items if isinstance(i, Article)], [i for i in items if isinstance(i, InputError)]


# --- web archives ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("gz", [True, False])
def test_the_pages_of_a_web_archive(tmp_path: Path, gz: bool) -> None:
    path = tmp_path / ("a.warc.gz" if gz else "a.warc")
    latin = PAGE.replace("bridge, which", "br\xfccke, which").encode("latin-1")
    path.write_bytes(
        archive(
            ("https://harbourpost.example/bridge", "text/html; charset=utf-8", PAGE.encode()),
            ("https://harbourpost.example/bridge.png", "image/png", b"\x89PNG"),
            ("https://harbourpost.example/old", "text/html; charset=iso-8859-1", latin),
            gz=gz,
        )
    )
    articles, errors = found(path)
    assert not errors
    first, second = articles
    assert first.id == first.url == "https://harbourpost.example/bridge"
    assert (first.title, first.publisher, first.published) == ("The harbour bridge opens", "Harbour Post", "2021-05-03")
    assert "never read" not in first.text
    assert "br\xfccke" in second.text
    assert first.iri != second.iri


def test_a_page_of_an_archive_is_the_page_alone(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "a.warc.gz").write_bytes(archive(("https://x.example/", "text/html", PAGE.encode())))
    (alone,), _ = found(tmp_path / "a.html")
    (archived,), _ = found(tmp_path / "a.warc.gz")
    assert (archived.iri, archived.text, archived.blocks) == (alone.iri, alone.text, alone.blocks)


def test_answers_that_are_no_pages_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(
        archive(("https://x.example/", "text/html", b"gone"), gz=False, status="404 None")
    )
    assert found(tmp_path / "a.warc") == ([], [])


def test_a_page_without_an_article_is_told_with_its_place(tmp_path: Path) -> None:
    empty = ("https://x.example/menu", "text/html", b"<html><body><nav>Home</nav></body></html>")
    (tmp_path / "a.warc.gz").write_bytes(archive(empty, ("https://x.example/", "text/html", PAGE.encode())))
    articles, (error,) = found(tmp_path / "a.warc.gz")
    assert len(articles) == 1
    assert "a.warc.gz: record 3 (https://x.example/menu): holds no article text" in str(error)


def test_an_archive_that_breaks_off_gives_what_came_before(tmp_path: Path) -> None:
    whole = archive(*((f"https://x.example/{n}", "text/html", PAGE.encode() + b"<!-- %d -->" % n) for n in range(3)))
    (tmp_path / "a.warc.gz").write_bytes(whole[:-200])
    articles, (error,) = found(tmp_path / "a.warc.gz")
    assert len(articles) == 2
    assert str(error).startswith(str(tmp_path / "a.warc.gz"))


@pytest.mark.parametrize(
    "content", [b"", b"not an archive at all\n" * 9, gzip.compress(b"nor this"), b"\x1f\x8b\x08junk"]
)
@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_what_is_no_archive_is_told(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    articles, errors = found(tmp_path / name)
    assert (len(articles), len(errors)) == (0, 1)
    assert "\n" not in str(errors[0])


def test_a_page_that_unfolds_without_end_is_cut_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc, "MAX_PAGE_BYTES", 100_000)
    (tmp_path / "a.warc.gz").write_bytes(archive(("https://x.example/", "text/html", b"<p>" + b"word " * 10_000_000)))
    articles, (error,) = found(tmp_path / "a.warc.gz")
    assert not articles
    assert "more than" in str(error)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(0, 2000), byte=st.integers(0, 255), gz=st.booleans())
def test_a_damaged_archive_never_breaks_the_build(tmp_path: Path, cut: int, byte: int, gz: bool) -> None:
    content = bytearray(archive(("https://x.example/", "text/html", PAGE.encode()), gz=gz))
    content[cut % len(content)] = byte
    path = tmp_path / ("a.warc.gz" if gz else "a.warc")
    path.write_bytes(content)
    assert all(isinstance(item, Article | InputError) for item in read([path]))


# --- tables ------------------------------------------------------------------------------------------------


def test_the_rows_of_a_table(tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow", reason="the extra 'parquet' is not installed")
    from pyarrow import parquet

    rows = {
        "id": ["one", "two", None],
        "text": ["The mayor spoke.", "The mayor spoke again.", ""],
        "published": [datetime(2021, 5, 3, 10, 30, tzinfo=UTC)] * 3,
        "authors": [["A", "B"], None, None],
        "embedding": [[0.1], [0.2], [0.3]],
    }
    parquet.write_table(arrow.table(rows), tmp_path / "a.parquet")
    (one, two), (error,) = found(tmp_path / "a.parquet")
    assert (one.id, one.text, one.published, one.authors) == (
        "one", "The mayor spoke.", "2021-05-03T10:30:00+00:00", ("A", "B"),
    )  # fmt: skip
    assert two.id == "two"
    assert "row 3 has an empty text" in str(error)


def test_a_broken_table_is_told(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="the extra 'parquet' is not installed")
    (tmp_path / "a.parquet").write_bytes(b"PAR1 and no more")
    assert "is not Parquet" in str(found(tmp_path / "a.parquet")[1][0])


def test_without_pyarrow_a_table_says_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    (tmp_path / "a.parquet").write_bytes(b"PAR1")
    assert "pip install 'newskg[parquet]'" in str(found(tmp_path / "a.parquet")[1][0])


# --- feeds -------------------------------------------------------------------------------------------------

RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Harbour Post</title><link>https://x.example/</link>
<item><title>The bridge opens</title><link>https://x.example/bridge</link><guid>tag:1</guid>
<dc:creator>Anna Holm</dc:creator>
<pubDate>Mon, 03 May 2021 10:30:00 +0200</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>{PARAGRAPH}</p><p>The ferry &amp; the <b>harbour</b>.<script>alert(1)</script></p>]]>
</content:encoded></item>
<item><title>Only a title</title><link>https://x.example/none</link></item></channel></rss>"""
ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Radio One</title>
<entry><title>The bridge opens</title><id>urn:1</id><link href="https://r.example/1"/><updated>2021-05-03T08:30:00Z</updated>
<author><name>Ben Dorn</name></author><content type="html">&lt;p&gt;{PARAGRAPH}&lt;/p&gt;</content></entry></feed>"""


def test_the_entries_of_a_feed(tmp_path: Path) -> None:
    (tmp_path / "a.rss").write_text(RSS, encoding="utf-8")
    (article,), (error,) = found(tmp_path / "a.rss")
    assert (article.id, article.title, article.publisher, article.published, article.authors, article.url) == (
        "tag:1", "The bridge opens", "Harbour Post", "2021-05-03T08:30Z", ("Anna Holm",), "https://x.example/bridge",
    )  # fmt: skip
    assert article.text.splitlines() == ["The bridge opens", "", PARAGRAPH.strip(), "", "The ferry & the harbour."]
    assert "entry 2 is empty" in str(error)


def test_an_atom_feed(tmp_path: Path) -> None:
    (tmp_path / "a.atom").write_text(ATOM, encoding="utf-8")
    (article,), _ = found(tmp_path / "a.atom")
    assert (article.id, article.publisher, article.published) == ("urn:1", "Radio One", "2021-05-03T08:30Z")
    assert PARAGRAPH.strip() in article.text


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ('<!DOCTYPE rss [<!ENTITY secret SYSTEM "file:///etc/passwd">]>', "&secret;"),
        ('<!DOCTYPE rss [<!ENTITY % all SYSTEM "http://127.0.0.1:9/x.dtd"> %all;]>', "x"),
        (
            "<!DOCTYPE rss [<!ENTITY a0 'ha'>"
            + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
            + "]>",
            "&a11;",
        ),
    ],
)
def test_entities_of_a_feed_are_refused(tmp_path: Path, head: str, title: str) -> None:
    feed = RSS.replace("<rss", f"{head}<rss", 1).replace("The bridge opens", title)
    for encoding in ("utf-8", "utf-16"):
        (tmp_path / "a.xml").write_bytes(feed.encode(encoding))
        start = time.perf_counter()
        articles, (error,) = found(tmp_path / "a.xml")
        assert not articles
        assert "entities" in str(error)
        assert time.perf_counter() - start < 2


@pytest.mark.parametrize(
    "content", ["", "plain words", "<xml/>", "<rss version='2.0'><channel/></rss>", "<html></html>"]
)
def test_what_is_no_feed_is_told(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.xml").write_text(content, encoding="utf-8")
    assert [len(part) for part in found(tmp_path / "a.xml")] == [0, 1]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, len(RSS)), piece=st.sampled_from(["<", "]]>", "\0", "&", "\ud7ff", "</item>", "<item>"]))
def test_a_damaged_feed_never_breaks_the_build(tmp_path: Path, at: int, piece: str) -> None:
    (tmp_path / "a.rss").write_text(RSS[:at] + piece + RSS[at:], encoding="utf-8")
    assert all(isinstance(item, Article | InputError) for item in read([tmp_path / "a.rss"]))


# --- addresses ---------------------------------------------------------------------------------------------


class _Site(BaseHTTPRequestHandler):
    """A small site on loopback."""

    def do_GET(self) -> None:
        port = cast(ThreadingHTTPServer, self.server).server_port
        pages: dict[str, tuple[int, dict[str, str], bytes]] = {
            "/page": (200, {"Content-Type": "text/html"}, PAGE.encode()),
            "/text": (
                200,
                {"Content-Type": "text/plain; charset=latin-1"},
                STORY.replace("new", "n\xe9w").encode("latin-1"),
            ),
            "/feed": (200, {"Content-Type": "application/rss+xml"}, RSS.encode()),
            "/moved": (301, {"Location": "/page"}, b""),
            "/inside": (302, {"Location": f"http://localhost:{port}/page"}, b""),
            "/file": (302, {"Location": "file:///etc/passwd"}, b""),
            "/slow": (200, {"Content-Type": "text/plain"}, b""),
            "/round": (302, {"Location": "/round"}, b""),
        }
        status, head, content = pages.get(self.path, (404, {}, b""))
        self.send_response(status)
        for name, value in head.items():
            self.send_header(name, value)
        if self.path == "/slow":
            self.end_headers()
            self._drip()
            return
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _drip(self) -> None:
        for _ in range(50):
            try:
                self.wfile.write(b"x")
                self.wfile.flush()
            except OSError:
                return
            time.sleep(0.1)

    def log_message(self, *_: Any) -> None: ...


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


def test_a_page_a_text_and_a_feed_by_address(site: str) -> None:
    (page,), _ = found(f"{site}/page")
    assert (page.title, page.id, page.url) == ("The harbour bridge opens", f"{site}/page", f"{site}/page")
    (text,), _ = found(f"{site}/text")
    assert "n\xe9w bridge" in text.text
    (entry,), _ = found(f"{site}/feed")
    assert entry.publisher == "Harbour Post"


def test_a_redirect_within_the_named_host_is_followed(site: str) -> None:
    (page,), _ = found(f"{site}/moved")
    assert page.url == f"{site}/page"


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/none", "404"),
        ("/inside", "an address of an inner network"),
        ("/file", "neither http nor https"),
        ("/round", "redirects more than"),
    ],
)
def test_what_cannot_or_may_not_be_fetched_is_told(site: str, path: str, message: str) -> None:
    articles, (error,) = found(f"{site}{path}")
    assert not articles
    assert message in str(error)
    assert str(error).startswith(site)


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/x", "http://[::1", "http://", "https://127.0.0.1:1/"])
def test_an_address_without_an_answer_is_told(url: str) -> None:
    assert [len(part) for part in found(url)] == [0, 1]


def test_time_and_size_have_limits(site: str) -> None:
    with pytest.raises(InputError, match="is more than"):
        fetch(f"{site}/page", limit=50)
    start = time.perf_counter()
    with pytest.raises(InputError, match=r"took too long|timed out"):
        fetch(f"{site}/slow", seconds=0.5)
    assert time.perf_counter() - start < 2
