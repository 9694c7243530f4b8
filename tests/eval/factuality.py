"""MEANTIME's polarity, certainty and time of an event, beside our polarity, realis and certainty."""

from __future__ import annotations

from kg.model import Event

POLARITY = {"POS": "positive", "NEG": "negative"}
# The gold has no realis: what is certain and not in the future it presents as having happened; the future,
# the uncertain and the conditional it presents as not (yet) so. UNDERSPECIFIED says nothing and is not scored.
NOT_ACTUAL_CERTAINTY = frozenset({"POSSIBLE", "PROBABLE"})
CONDITIONAL = frozenset({"COND_IF_CLAUSE", "COND_MAIN_CLAUSE"})


def gold_polarity(attributes: dict[str, str]) -> str | None:
    """ "positive", "negative", or None where the gold does not say."""
    return POLARITY.get(attributes.get("polarity", ""))


def gold_realis(attributes: dict[str, str]) -> str | None:
    """ "actual", "not actual", or None where the gold does not say."""
    certainty, time = attributes.get("certainty"), attributes.get("time")
    if time == "FUTURE" or certainty in NOT_ACTUAL_CERTAINTY or attributes.get("special_cases") in CONDITIONAL:
        return "not actual"
    return "actual" if (certainty, time) == ("CERTAIN", "NON_FUTURE") else None


def our_realis(event: Event) -> str:
    """Planned, attempted, possible, conditional and everything less than certain is not actual."""
    return "actual" if (event.realis, event.certainty) == ("actual", "certain") else "not actual"
