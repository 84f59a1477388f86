"""Compile the word lists before the package is packed, so that an installed Marsad starts from one binary table.

Run as a script (``make lexicon``), it compiles them where they stand.
"""

import importlib.util
import sys
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # only the script is wanted, not the build hook
    BuildHookInterface = object


def compile_lexicon(root: Path) -> list[Path]:
    """Compile the word lists of the source tree at ``root``; the files written, none if there is no compiler yet."""
    source = str(root / "src")
    sys.path.insert(0, source)
    try:
        if importlib.util.find_spec("marsad.arabic.compile") is None:
            return []
        from marsad.arabic.compile import build

        return list(build())
    finally:
        sys.path.remove(source)


class LexiconHook(BuildHookInterface):
    """The hook that hatchling calls for wheels and for editable installs alike."""

    PLUGIN_NAME = "lexicon"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write ``src/marsad/_built`` afresh; pyproject.toml takes its files into the wheel as artifacts."""
        if self.target_name == "wheel":
            compile_lexicon(Path(self.root))


if __name__ == "__main__":
    for path in compile_lexicon(Path(__file__).resolve().parent):
        print(path)
