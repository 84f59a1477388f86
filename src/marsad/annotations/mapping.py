"""Labels of other people as ours: a file in TOML or YAML that says which is which.

```toml
[labels]                      # of marks
Attack = "fight.attack"
Monitor = "source kind=monitor"
Weapon = "ignore"             # passed over, on purpose
[roles]                       # of lines between marks
Perpetrator = "agent"
[values]                      # of attributes, features and choices
Certainty = "modality"
"Certainty=probable" = "modality=possible"
```
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from marsad.annotations.scheme import EDGES, label_of, value_name
from marsad.errors import InputError

IGNORE = "ignore"
_TABLES = ("labels", "roles", "values")


@dataclass(frozen=True, slots=True)
class Terms:
    """Other people's words and ours; all empty for the scheme's own."""

    labels: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)

    def label(self, label: str) -> tuple[str | None, dict[str, str]]:
        """What a label means, with values that come with it; None where nothing does, `IGNORE` where it is to be passed over."""
        if label not in self.labels:
            return label_of(label), {}
        code, *pairs = self.labels[label].split() or [""]
        if code == IGNORE:
            return IGNORE, {}
        return label_of(code), dict(pair.split("=", 1) for pair in pairs)

    def role(self, role: str) -> str | None:
        """What a line's label means; None where nothing does, `IGNORE` where it is to be passed over."""
        ours = self.roles.get(role, role).strip().lower()
        return ours if ours in EDGES or ours == IGNORE else None

    def value(self, name: str, value: Any) -> tuple[str, Any]:  # noqa: ANN401 (values of JSON)
        """Our name and value of theirs."""
        target = self.values.get(f"{name}={value}") or self.values.get(name, name)
        ours, equals, fixed = target.partition("=")
        return value_name(ours), fixed if equals else value


def read_terms(path: Path | None) -> Terms:
    """The mapping of a file; without one, the scheme's own words.

    Raises:
        InputError: it cannot be read, or maps to a code, a part or a role that there is not; the message names it.
    """
    if path is None:
        return Terms()
    tree = _tree(path)
    unknown = [name for name in tree if name not in _TABLES]
    if unknown:
        raise InputError(f"{path}: there is no table {unknown[0]!r}; there are {', '.join(_TABLES)}")
    tables = {name: _strings(path, name, tree.get(name) or {}) for name in _TABLES}
    terms = Terms(**tables)
    for theirs in terms.labels:
        try:
            known = terms.label(theirs)[0] is not None
        except ValueError:
            known = False
        if not known:
            raise InputError(
                f"{path}: labels: {theirs!r} is mapped to {terms.labels[theirs]!r}, which is no code and no part of a claim"
            )
    for theirs in terms.roles:
        if terms.role(theirs) is None:
            raise InputError(
                f"{path}: roles: {theirs!r} is mapped to {terms.roles[theirs]!r}; there are {', '.join(EDGES)}"
            )
    return terms


def _tree(path: Path) -> Mapping[str, Any]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}") from error
    try:
        tree = _yaml(text) if path.suffix.lower() in (".yml", ".yaml") else tomllib.loads(text)
    except ValueError as error:
        raise InputError(f"{path} is no mapping: {error}") from error
    if not isinstance(tree, dict):
        raise InputError(f"{path} is no mapping: it holds no tables")
    return tree


def _yaml(text: str) -> Any:  # noqa: ANN401 (whatever the file holds)
    import yaml

    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ValueError(" ".join(str(error).split())) from error


def _strings(path: Path, name: str, rows: Any) -> dict[str, str]:  # noqa: ANN401 (whatever the file holds)
    if not isinstance(rows, dict) or not all(isinstance(value, str) for value in rows.values()):
        raise InputError(f"{path}: {name} must be a table of words")
    return {str(theirs): ours for theirs, ours in rows.items()}
