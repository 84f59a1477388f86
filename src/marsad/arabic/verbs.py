"""Verbs: every form of a lemma, folded, with its tense, voice and person.

The forms come from ``mazini`` at build time; it wants a root and a pattern, so each vocalised lemma of our lexicons is
looked up in a list of (lemma, root, pattern) kept beside this file, made by ``python -m marsad.arabic.verbs`` from the
attested verbs that mazini lists (after M. al-Bawwab and Y. Mir Alam, CC BY 4.0).
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from marsad.arabic.folded import fold_word

if TYPE_CHECKING:
    import mazini

ROOTS = Path(__file__).parent / "verb_roots.tsv"
_SLOT = re.compile(r"(past|ind|sub|juss)_(pass_)?([123][mf]?[sdp])$")
_TENSES = {"past": "pv", "ind": "iv", "sub": "iv", "juss": "iv"}
_SHORT = re.compile("[\u064b-\u0650\u0652]")


def skeleton(lemma: str) -> str:
    """A lemma for comparison: letters with their doubling, hamzas on their alef, without short vowels."""
    plain = _SHORT.sub("", lemma).replace("ٱ", "ا").replace("إ", "ا").replace("\u0640", "")
    return plain.replace("آ", "أا") if not plain.startswith("آ") else plain


def load_roots(path: Path = ROOTS) -> dict[str, list[tuple[str, str]]]:
    """Lemma (as our lexicons write it) to its roots and patterns."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            lemma, root, pattern = line.split("\t")
            found[lemma].append((root, pattern))
    return dict(found)


def conjugated(root: str, pattern: str) -> mazini.Conjugation:
    """The conjugation of a root on a pattern ("فعَل يفعُل", or with a form code such as "Iq")."""
    import mazini

    return mazini.conjugate(root, pattern)


def verb_forms(analyses: Iterable[tuple[str, str]], persons: frozenset[str] | None = None) -> dict[str, str]:
    """Folded forms of a verb with their morphology, several joined by "|": {"قصفت": "pv.a.3fs|pv.p.3fs"}.

    ``persons`` limits the forms to those persons (mazini's names, such as "3ms").
    """
    forms: dict[str, set[str]] = defaultdict(set)
    for root, pattern in analyses:
        for slot, values in conjugated(root, pattern).slots.items():
            match = _SLOT.match(slot)
            if match is None or (persons is not None and match.group(3) not in persons):
                continue
            morph = f"{_TENSES[match.group(1)]}.{'p' if match.group(2) else 'a'}.{match.group(3)}"
            for value in values:
                forms[fold_word(value.form)].add(morph)
    return {form: "|".join(sorted(morphs)) for form, morphs in forms.items()}


def attested() -> dict[str, list[tuple[str, str, str]]]:
    """Skeleton to (vocalised lemma, root, pattern) of every attested verb; takes about half a minute."""
    import mazini
    from mazini.lexicon import attested_wazns, lexicon_roots

    index: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for root in lexicon_roots():
        for pattern in attested_wazns(root):
            try:
                conjugation = mazini.conjugate(root, pattern)
            except mazini.MaziniError:
                continue
            for form in conjugation.slots.get("past_3ms", ())[:1]:
                index[skeleton(form.form)].append((form.form, root, pattern))
    return index


def find_roots(lemmas: Iterable[str]) -> tuple[list[str], list[str]]:
    """Lines for the list of roots, and the lemmas that no attested verb fits."""
    index = attested()
    lines: list[str] = []
    unknown: list[str] = []
    for lemma in sorted(set(lemmas)):
        hits = index.get(skeleton(lemma), [])
        close = [hit for hit in hits if _agrees(lemma, hit[0])] or hits
        if not close:
            unknown.append(lemma)
        lines.extend(f"{lemma}\t{root}\t{pattern}" for _, root, pattern in close)
    return lines, unknown


def _agrees(written: str, full: str) -> bool:
    """Whether no vowel that a lemma is written with contradicts the full form (its last vowel aside)."""
    pattern = "".join(
        re.escape(character) if _SHORT.match(character) else re.escape(character) + "[\u064b-\u0650\u0652]*"
        for character in _SHORT.sub(lambda m: m.group(), written)
    )
    return re.match(pattern, full) is not None


def main() -> int:
    """Rewrite the list of roots for all verbs of the lexicons; unknown lemmas are named on standard error."""
    from marsad.arabic.compile import lexicon_files, read_entries

    lemmas = {entry["verb"] for path in lexicon_files() for _, entry in read_entries(path) if "verb" in entry}
    known = load_roots() if ROOTS.exists() else {}
    missing = lemmas - known.keys()
    lines = [
        f"{lemma}\t{root}\t{pattern}" for lemma in lemmas & known.keys() for root, pattern in known[lemma]
    ]
    found, unknown = find_roots(missing) if missing else ([], [])
    head = (
        "# lemma, root, pattern: written by 'python -m marsad.arabic.verbs'; from mazini's attested verbs\n"
    )
    ROOTS.write_text(head + "\n".join(sorted([*lines, *found])) + "\n", encoding="utf-8")
    for lemma in unknown:
        sys.stderr.write(f"no attested verb fits {lemma}\n")
    return 1 if unknown else 0


if __name__ == "__main__":
    raise SystemExit(main())
