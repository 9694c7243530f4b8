"""Read: files, folders, addresses and standard input -> `Article`s.

    for item in read([Path("news")]):
        match item:
            case InputError(): ...   # one bad input never stops the others
            case Article(): ...

| input | text | blocks |
|---|---|---|
| `.txt`, `-` | the decoded bytes, unchanged | told apart from page noise by `kg.read.layout` |
| `.html`, `.htm`, `.xhtml` | the main text as trafilatura extracts it | the same |
| `.jsonl`, `.ndjson` | each line's `text`, taken as it is | every line of it is prose |
| `.parquet` | each row's `text`, taken as it is | the same |
| `.warc`, `.warc.gz` | the pages of a web archive, each as `.html` | told apart from page noise |
| `.rss`, `.atom`, `.xml` | the entries of a feed that bring their text | every line of it is prose |
| `http://`, `https://` | what is there, by its media type | the same |

`articles.toml` in the same folder gives metadata that a text lacks: one table a file name.
"""

from kg.read.article import clean_article
from kg.read.expected import expected
from kg.read.sources import read, readable

__all__ = ["clean_article", "expected", "read", "readable"]
