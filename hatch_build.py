"""Compile the word lists and the codebook before the package is packed, so that an installed Marsad starts from binary tables.

Run as a script (``make lexicon``), it compiles them where they stand.
"""

import importlib
import sys
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # only the script is wanted, not the build hook
    BuildHookInterface = object


COMPILERS = (
    "marsad.arabic.compile",
    "marsad.codebook.codebook",
    "marsad.grounding.gazetteer_build",
    "marsad.grounding.register_build",
    "marsad.grounding.names_build",
)
"""Modules with a ``build()`` that writes what it compiles into ``src/marsad/_built`` and returns the paths."""


def compile_tables(root: Path) -> list[Path]:
    """Compile the words and the codebook of the source tree at ``root``; the files written."""
    source = str(root / "src")
    sys.path.insert(0, source)
    try:
        return [path for name in COMPILERS for path in importlib.import_module(name).build()]
    finally:
        sys.path.remove(source)


class LexiconHook(BuildHookInterface):
    """The hook that hatchling calls for wheels and for editable installs alike."""

    PLUGIN_NAME = "lexicon"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write ``src/marsad/_built`` afresh; pyproject.toml takes its files into the wheel as artifacts."""
        if self.target_name == "wheel":
            compile_tables(Path(self.root))


if __name__ == "__main__":
    for path in compile_tables(Path(__file__).resolve().parent):
        print(path)
