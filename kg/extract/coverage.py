"""What the graph does not hold: sentences from which nothing was extracted."""

from __future__ import annotations

from kg.model import Reading, Span


def coverage(reading: Reading) -> tuple[Span, ...]:
    """The sentences, in text order, that yielded neither an event nor a relation; without the wordless ones."""
    text = reading.article.text
    used = {event.sentence for event in reading.events}
    return tuple(
        sentence
        for number, sentence in enumerate(reading.sentences)
        if number not in used
        and any(character.isalnum() for character in sentence.of(text))
        and not any(sentence.covers(relation.span) for relation in reading.relations)
    )
