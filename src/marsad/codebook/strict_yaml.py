"""YAML in which a key that stands twice is an error; plain YAML keeps the last one and says nothing.

Only the build, and a checkout that is not built, come here: importing ``yaml`` is slow.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import yaml

from marsad.codebook.parse import CodebookError


class _Strict(yaml.SafeLoader):
    """The safe loader with a check for duplicate keys."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Hashable] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise CodebookError(f"{key!r} stands twice (line {key_node.start_mark.line + 1})")
            seen.add(key)
        return super().construct_mapping(node, deep=deep)


def load_strict(raw: bytes) -> Mapping[str, Any]:
    """The document as plain data.

    Raises:
        CodebookError: it is no mapping, or a key stands twice.
    """
    tree = yaml.load(raw, Loader=_Strict)
    if not isinstance(tree, dict):
        raise CodebookError("the codebook is not a mapping")
    return tree
