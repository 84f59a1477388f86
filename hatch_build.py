"""Compile the word lists and the codebook before the package is packed, so that an installed Marsad starts from binary tables; and take in
what the workspace's pages are drawn with (hatch_web.py).

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


def make_web(root: Path, *, tests: bool) -> bool:
    """Fill the folder of what comes from npm (hatch_web.py); hatchling knows this file only, so the one beside it is found by its path."""
    sys.path.insert(0, str(root))
    try:
        return bool(importlib.import_module("hatch_web").make_web(root, tests=tests))
    finally:
        sys.path.remove(str(root))


class LexiconHook(BuildHookInterface):
    """The hook that hatchling calls for wheels and for editable installs alike."""

    PLUGIN_NAME = "lexicon"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write ``src/marsad/_built`` afresh and what comes from npm; pyproject.toml takes both into the wheel as artifacts."""
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        compile_tables(root)
        try:
            make_web(root, tests=version == "editable")
        except RuntimeError as error:  # hatch_web.WebError: its sentence says all there is to say
            self.app.abort(f"marsad: {error}")


if __name__ == "__main__":
    for path in compile_tables(Path(__file__).resolve().parent):
        print(path)
