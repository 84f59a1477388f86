"""Letters and words: folding, tokens, forms; knows nothing of news or war."""

from marsad.arabic.folded import FoldedText, fold, fold_word
from marsad.arabic.lexicon import Lexicon, load_lexicon
from marsad.arabic.tokens import tokenise

__all__ = ["FoldedText", "Lexicon", "fold", "fold_word", "load_lexicon", "tokenise"]
