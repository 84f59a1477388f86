"""Sets that grow together by pairs; each is known by its smallest member, so that the order of the pairs does not matter."""

from __future__ import annotations

from collections.abc import Iterable


class Union:
    """Members joined by pairs.

    >>> Union([("b", "a"), ("b", "c")]).first("c")
    'a'
    """

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        self._above: dict[str, str] = {}
        for one, other in pairs:
            self.join(one, other)

    def __bool__(self) -> bool:
        """Whether anything was joined."""
        return bool(self._above)

    def __contains__(self, member: str) -> bool:
        """Whether it was joined with another."""
        return member in self._above

    def first(self, member: str) -> str:
        """The smallest member of its set; itself where it was joined with none."""
        above = self._above
        root = member
        while above.get(root, root) != root:
            root = above[root]
        while above.get(member, root) != root:
            above[member], member = root, above[member]
        return root

    def join(self, one: str, other: str) -> None:
        """Make the sets of two members one."""
        a, b = self.first(one), self.first(other)
        low, high = min(a, b), max(a, b)
        self._above[low] = low
        self._above[high] = low
