"""One peer at work on some articles, in a Python that has the peer and nothing of ours: started by `peers.py`, which says what comes out.

    python peers_work.py TOOL ARTICLES.json

Each function makes what a tool does with one text, from a text as it was published to what the tool delivers; it gives how many pieces came out. Loading is not timed.
"""

import importlib.metadata
import json
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

_WARM = 50
_WORD = re.compile(r"[\u0621-\u065f\u0670-\u06d3]+")

Work = Callable[[str], int]


def _pyarabic() -> Work:
    from pyarabic import araby

    def work(text: str) -> int:
        folded = araby.normalize_hamza(araby.strip_tatweel(araby.strip_tashkeel(text)))
        return len(araby.tokenize(folded))

    return work


def _tashaphyne() -> Work:
    from tashaphyne.stemming import ArabicLightStemmer

    stemmer = ArabicLightStemmer()
    return lambda text: len([stemmer.light_stem(word) for word in _WORD.findall(text)])


def _snowball() -> Work:
    # By its own module: the package hands the work over to PyStemmer where that is installed.
    from snowballstemmer.arabic_stemmer import ArabicStemmer

    stemmer = ArabicStemmer()
    return lambda text: len(stemmer.stemWords(_WORD.findall(text)))


def _pystemmer() -> Work:
    import Stemmer

    stemmer = Stemmer.Stemmer("arabic")
    return lambda text: len(stemmer.stemWords(_WORD.findall(text)))


def _nltk() -> Work:
    from nltk.stem.isri import ISRIStemmer

    stemmer = ISRIStemmer()
    return lambda text: len([stemmer.stem(word) for word in _WORD.findall(text)])


def _spacy() -> Work:
    import spacy

    language = spacy.blank("ar")
    return lambda text: len(language.make_doc(text))


def _camel() -> Work:
    from camel_tools.tokenizers.word import simple_word_tokenize
    from camel_tools.utils import dediac, normalize

    def work(text: str) -> int:
        folded = normalize.normalize_alef_ar(dediac.dediac_ar(text))
        folded = normalize.normalize_teh_marbuta_ar(normalize.normalize_alef_maksura_ar(folded))
        return len(simple_word_tokenize(folded))

    return work


TOOLS: dict[str, tuple[str, Callable[[], Work]]] = {
    "pyarabic": ("pyarabic", _pyarabic),
    "tashaphyne": ("tashaphyne", _tashaphyne),
    "snowballstemmer": ("snowballstemmer", _snowball),
    "pystemmer": ("PyStemmer", _pystemmer),
    "nltk": ("nltk", _nltk),
    "spacy": ("spacy", _spacy),
    "camel": ("camel-tools", _camel),
}
"""By tool: the package that says its version, and what makes its work."""


def main() -> None:
    """Print one line of JSON."""
    package, make = TOOLS[sys.argv[1]]
    texts = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    work = make()
    for text in texts[:_WARM]:
        work(text)
    began, processor = time.perf_counter(), time.process_time()
    pieces = sum(work(text) for text in texts)
    print(json.dumps({"version": importlib.metadata.version(package), "pieces": pieces, "seconds": time.perf_counter() - began, "processor": time.process_time() - processor}))  # fmt: skip


if __name__ == "__main__":
    main()
