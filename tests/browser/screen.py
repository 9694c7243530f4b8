"""What a test asks of the screen: where things are drawn, and clicks on them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import Any

Box = tuple[float, float, float, float]


def drawn(tab: Any) -> dict[str, Any]:
    found: dict[str, Any] = tab.evaluate("window.kg.drawn()")
    return found


def node(tab: Any, label: str) -> dict[str, Any]:
    found: dict[str, Any] = next(item for item in drawn(tab)["nodes"] if item["label"] == label)
    return found


def line(tab: Any, start: str, end: str) -> dict[str, Any]:
    ids = {item["id"]: item["label"] for item in drawn(tab)["nodes"]}
    found: dict[str, Any] = next(
        item for item in drawn(tab)["lines"] if (ids[item["from"]], ids[item["to"]]) == (start, end)
    )
    return found


def click_node(tab: Any, label: str, **how: Any) -> None:
    at = node(tab, label)
    tab.mouse.move(at["x"], at["y"])
    if how.get("shift"):
        tab.keyboard.down("Shift")
    tab.mouse.click(at["x"], at["y"], click_count=how.get("count", 1))
    if how.get("shift"):
        tab.keyboard.up("Shift")
    tab.wait_for_timeout(400 if how.get("count") else 60)


def click_line(tab: Any, start: str, end: str) -> None:
    at = line(tab, start, end)["middle"]
    tab.mouse.click(at["x"], at["y"])
    tab.wait_for_timeout(60)


def details(tab: Any) -> str:
    text: str = tab.inner_text("#details")
    return text


def overlap(a: Box, b: Box, slack: float = 0.5) -> bool:
    return a[0] + slack < b[2] and b[0] + slack < a[2] and a[1] + slack < b[3] and b[1] + slack < a[3]


def label_faults(tab: Any) -> list[str]:
    """Labels that lie on each other or on a foreign node's shape, in words."""
    found = drawn(tab)
    labels: list[tuple[str, list[Box]]] = [(item["id"], [tuple(item["box"])]) for item in found["names"]]
    labels += [(item["id"], [tuple(box) for box in item["boxes"]]) for item in found["said"]]
    placed = [(who, "label", box) for who, boxes in labels for box in boxes]
    for shape in found["nodes"]:
        reach = shape["radius"] * 0.8
        placed.append(
            (shape["id"], "node", (shape["x"] - reach, shape["y"] - reach, shape["x"] + reach, shape["y"] + reach))
        )
    return [
        f"{one} on {kind} {other}"
        for (one, first, a), (other, kind, b) in _pairs_near(placed)
        if one != other and "label" in (first, kind) and overlap(a, b)
    ]


Placed = tuple[str, str, Box]


def _pairs_near(placed: list[Placed]) -> Iterator[tuple[Placed, Placed]]:
    """Pairs whose boxes share a stretch of x, by a sweep from the left."""
    active: list[Placed] = []
    for item in sorted(placed, key=lambda placed: placed[2][0]):
        active = [other for other in active if other[2][2] > item[2][0]]
        yield from ((other, item) for other in active)
        active.append(item)


def crossings(tab: Any) -> float:
    """Crossings per line; lines that share an end do not cross."""
    lines = drawn(tab)["lines"]
    total = sum(
        1
        for one, other in combinations(lines, 2)
        if not {one["from"], one["to"]} & {other["from"], other["to"]} and _cross(one["points"], other["points"])
    )
    return total / max(1, len(lines))


def _cross(one: list[dict[str, float]], other: list[dict[str, float]]) -> bool:
    return any(
        _turn(a, b, c) * _turn(a, b, d) < 0 and _turn(c, d, a) * _turn(c, d, b) < 0
        for a, b in pairwise(one)
        for c, d in pairwise(other)
    )


def _turn(a: dict[str, float], b: dict[str, float], c: dict[str, float]) -> float:
    return (b["x"] - a["x"]) * (c["y"] - a["y"]) - (b["y"] - a["y"]) * (c["x"] - a["x"])


def colour(tab: Any, x: float, y: float) -> tuple[int, int, int]:
    """The colour of the graph's canvas at a point of the window."""
    red, green, blue, _ = tab.evaluate(
        """([x, y]) => {
            const canvas = document.querySelector("#graph canvas"), box = canvas.getBoundingClientRect();
            const ratio = canvas.width / box.width;
            const copy = document.createElement("canvas");
            copy.width = copy.height = 1;
            const ctx = copy.getContext("2d", {willReadFrequently: true});
            ctx.drawImage(canvas, (x - box.left) * ratio, (y - box.top) * ratio, 1, 1, 0, 0, 1, 1);
            return [...ctx.getImageData(0, 0, 1, 1).data];
        }""",
        [x, y],
    )
    return red, green, blue
