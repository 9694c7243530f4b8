"""Disjoint sets that know which pairs must never meet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable


class Unions:
    """Union-find (Tarjan 1975) with cannot-link pairs. The result depends only on the sequence of joins."""

    def __init__(self, apart: Iterable[frozenset[str]] = ()) -> None:
        self._parent: dict[str, str] = {}
        self._members: dict[str, list[str]] = {}
        self._apart: dict[str, set[str]] = defaultdict(set)
        for one, other in sorted(map(sorted, apart)):
            self._apart[one].add(other)
            self._apart[other].add(one)

    def root(self, item: str) -> str:
        parent = self._parent.get(item)
        if parent is None:
            self._parent[item], self._members[item] = item, [item]
            return item
        root = parent
        while (above := self._parent[root]) != root:
            root = above
        while parent != root:
            self._parent[item], item = root, parent
            parent = self._parent[item]
        return root

    def members(self, item: str) -> list[str]:
        """Everything joined with the item so far, itself included."""
        return self._members[self.root(item)]

    def join(self, one: str, other: str) -> bool:
        """Make two one; False when they were, or when a pair inside must stay apart."""
        first, second = self.root(one), self.root(other)
        if first == second:
            return False
        small, large = sorted((first, second), key=lambda root: (len(self._members[root]), root))
        if self._apart:
            reach = set(self._members[large])
            if any(self._apart[item] & reach for item in self._members[small] if item in self._apart):
                return False
        self._parent[small] = large
        self._members[large].extend(self._members.pop(small))
        self._members[small] = []
        return True

    def groups(self) -> list[tuple[str, ...]]:
        """All sets of two or more, each sorted, in order."""
        found = (tuple(sorted(members)) for root, members in self._members.items() if self._parent[root] == root)
        return sorted(members for members in found if len(members) > 1)
