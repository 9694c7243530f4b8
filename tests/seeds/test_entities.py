"""`seeds/entities.tsv` keeps the rules that `seeds/README.md` states.

The rules that need other people's reference tables run only where those are at hand.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest

from kg.files import seeds

COLUMNS = (
    "label kind class qid aliases demonyms country metonyms offices domain geonames lat lon".split()
)
CLASSES = {
    "person": {"politician", "official", "commander", "monarch", "cleric", "businessperson", "activist", "figure"},
    "organization": {
        "government", "presidency", "ministry", "agency", "intelligence-agency", "security-service", "army",
        "parliament", "court", "central-bank", "party", "international-body", "summit", "news-agency", "outlet",
        "company", "armed-group", "ngo", "university",
    },
    "place": {
        "state", "former-state", "capital", "city", "region", "us-state", "site", "continent", "sea", "river",
    },
    "group": {"people"},
    "other": {"conflict", "treaty", "event", "document", "object"},
}
LISTS = ("aliases", "demonyms", "metonyms", "offices", "domain")
CITY_STATES = {"Monaco", "Nauru", "Singapore", "Vatican City"}  # the state's row stands for its capital
# offices that only one person holds at a time, so that a description by office has one answer
SOLE = {
    "president", "prime minister", "premier", "chancellor", "taoiseach", "king", "queen", "emperor", "emir", "pope",
    "supreme leader", "vice president", "foreign minister", "foreign secretary", "defense minister",
    "secretary of state", "secretary of defense", "treasury secretary", "attorney general", "director",
    "director of national intelligence", "national security adviser", "secretary-general", "press secretary",
}
REFERENCE = Path(__file__).resolve().parents[3] / "shared" / "reference"


class Office(NamedTuple):
    """One member of the `offices` cell; dates are ISO, as precise as known, empty where open or unknown."""

    title: str
    of: str
    start: str
    end: str


Row = dict[str, str]


@cache
def rows() -> tuple[Row, ...]:
    with seeds("entities.tsv").open(encoding="utf-8", newline="") as lines:
        table = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert table[0] == COLUMNS
    assert all(len(cells) == len(COLUMNS) for cells in table), "a row has too many or too few cells"
    return tuple(dict(zip(COLUMNS, cells, strict=True)) for cells in table[1:])


def members(row: Row, column: str) -> list[str]:
    return row[column].split("|") if row[column] else []


def offices() -> Iterator[tuple[Row, Office]]:
    for row in rows():
        for cell in members(row, "offices"):
            assert cell.count("@") == 3, f"{row['label']}: {cell}"
            yield row, Office(*cell.split("@"))


def named(kind: str, *classes: str) -> set[str]:
    return {row["label"] for row in rows() if row["kind"] == kind and (not classes or row["class"] in classes)}


def is_date(text: str) -> bool:
    """YYYY, YYYY-MM or YYYY-MM-DD of a day that exists."""
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", text):
        return False
    date.fromisoformat(text + "-01-01"[len(text) - 4 :] if len(text) < 10 else text)
    return True


def test_cells_are_clean() -> None:
    for row in rows():
        for column, cell in row.items():
            assert cell == " ".join(cell.split()), f"{row['label']}: stray space in {column}"
        for column in LISTS:
            parts = members(row, column)
            assert all(parts), f"{row['label']}: empty member in {column}"
            assert len(parts) == len(set(parts)), f"{row['label']}: a member of {column} stands twice"
        assert row["label"] not in members(row, "aliases"), row["label"]


def test_kinds_and_classes_are_closed() -> None:
    for row in rows():
        assert row["class"] in CLASSES.get(row["kind"], set()), f"{row['label']}: {row['kind']} {row['class']}"


def test_classes_are_those_of_the_readme() -> None:
    readme = seeds("README.md").read_text(encoding="utf-8")
    for kind, classes in CLASSES.items():
        line = next(line for line in readme.splitlines() if line.startswith(f"| {kind} |"))
        assert set(re.findall(r"`([a-z-]+)`", line)) == classes


def test_no_label_twice_within_a_kind() -> None:
    counted = Counter((row["kind"], row["label"]) for row in rows())
    assert [key for key, count in counted.items() if count > 1] == []


def test_countries_are_states() -> None:
    states = named("place", "state", "former-state", "region")
    assert {row["country"] for row in rows() if row["country"]} <= states


def test_every_state_has_government_and_capital() -> None:
    governments = Counter(row["country"] for row in rows() if row["class"] == "government")
    capitals = Counter(row["country"] for row in rows() if row["class"] == "capital")
    states = named("place", "state")
    assert len(states) >= 196  # the 193 members of the UN, Palestine, the Holy See, Kosovo, Taiwan
    assert governments == dict.fromkeys(states, 1)
    assert capitals == dict.fromkeys(states - CITY_STATES, 1)


def test_governments_stand_under_their_capitals_name() -> None:
    capital = {row["country"]: row["label"] for row in rows() if row["class"] == "capital"}
    for row in rows():
        if row["class"] == "government":
            assert members(row, "metonyms")[0] == capital.get(row["country"], row["country"]), row["label"]


def test_demonyms_are_of_states() -> None:
    assert {row["class"] for row in rows() if row["demonyms"]} == {"state"}


def test_offices_are_of_known_places_and_organisations() -> None:
    known = named("place") | named("organization")
    for row, office in offices():
        assert row["kind"] == "person", row["label"]
        assert office.title, row["label"]
        assert office.of in known, f"{row['label']}: {office.of}"


def test_dates_are_iso_and_ordered() -> None:
    for row, office in offices():
        for text in (office.start, office.end):
            assert not text or is_date(text), f"{row['label']}: {text}"
        assert office.start, f"{row['label']}: {office.title} without a beginning would hold for all time"
        if office.end:
            width = min(len(office.start), len(office.end))
            assert office.start[:width] <= office.end[:width], f"{row['label']}: {office}"


def test_sole_offices_do_not_overlap() -> None:
    terms: defaultdict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
    for row, office in offices():
        if office.title in SOLE:
            terms[office.title, office.of].append((office.start, office.end, row["label"]))
    for office_of, held in terms.items():
        held.sort()
        for (_, end, before), (start, _, after) in pairwise(held):
            width = min(len(end), len(start))
            assert end, f"{before} still holds {office_of} when {after} begins"
            assert end[:width] <= start[:width], f"{before} and {after} hold {office_of} together"


def test_qids_are_unique_and_well_formed() -> None:
    qids = [row["qid"] for row in rows() if row["qid"]]
    assert all(re.fullmatch(r"Q[1-9]\d*", qid) for qid in qids)
    assert len(qids) == len(set(qids))


def test_places_stand_where_they_can() -> None:
    for row in rows():
        assert bool(row["lat"]) == bool(row["lon"]), row["label"]
        if row["lat"]:
            assert row["kind"] == "place", row["label"]
            assert abs(float(row["lat"])) <= 90, row["label"]
            assert abs(float(row["lon"])) <= 180, row["label"]
        assert not row["geonames"] or row["geonames"].isdigit(), row["label"]


def test_domains_are_of_organisations_and_belong_to_one() -> None:
    owners: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows():
        for domain in members(row, "domain"):
            assert re.fullmatch(r"([a-z0-9-]+\.)+[a-z]{2,}", domain), f"{row['label']}: {domain}"
            assert row["kind"] == "organization", row["label"]
            owners[domain].append(row["label"])
    assert {domain: labels for domain, labels in owners.items() if len(labels) > 1} == {}


def test_every_row_is_read_by_the_program() -> None:
    from kg.gazetteer import default

    assert default().problems == ()


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="../shared/reference is not here: ids were not checked against it")
def test_qids_are_confirmed_by_the_reference() -> None:
    with (REFERENCE / "entities.csv").open(encoding="utf-8", newline="") as lines:
        confirmed = {row["qid"]: row["geonames_id"] for row in csv.DictReader(lines)}
    with (REFERENCE / "checked_qids.csv").open(encoding="utf-8", newline="") as lines:
        confirmed |= {
            row["qid"]: confirmed.get(row["qid"], "") for row in csv.DictReader(lines) if int(row["n_sources"]) >= 1
        }
    for row in rows():
        if row["qid"]:
            assert row["qid"] in confirmed, f"{row['label']}: {row['qid']}"
            if row["geonames"] and confirmed[row["qid"]]:
                assert row["geonames"] == confirmed[row["qid"]], row["label"]
