"""Time expressions: found by a table of patterns over words, normalised to TIMEX3 against the article's date.

`words` makes numbers, clock times and lexicon entries of the text; `rules`, `durations` and `clock` are the
grammar; `reading` walks an article with it. The lexicon is `seeds/times.tsv`. TIMEX3 as TimeML 1.2.1 has it;
intervals are half-open.
"""

from kg.annotate.time.reading import parse_dateline, time_expressions

__all__ = ["parse_dateline", "time_expressions"]
