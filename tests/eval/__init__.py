"""Accuracy on annotated news: what is scored, how, and the floors under the scores.

    python -m tests.eval ../shared/gold                       # all figures
    python -m tests.eval ../shared/gold --only meantime       # one set
    python -m tests.eval ../shared/gold --errors errors.jsonl # every miss and false alarm, in its context
    python -m tests.eval ../shared/gold --json scores.json && python -m tests.eval.gate scores.json --raise

Each set has a module that says what counts as a match, and why where the gold leaves it open.
"""
