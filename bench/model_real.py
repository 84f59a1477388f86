"""The second reader with a real model behind a real server: whether answers are held to the form, and what of them stands under oath.

    python bench/model_real.py --server-address http://127.0.0.1:8080 --model NAME [--tokens 300] [--articles 3] [FILE]

It is no measure of a model. With a small base model the content is worthless, and that is the use of it: the schema is taken, answers parse or
are cut off and counted so, and nothing that the article does not say comes through. Not part of `make test`: it needs a model.
FILE holds articles as JSON lines; the demo's if not given.
"""

import argparse
import hashlib
import json
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import urllib3

from marsad.codebook import load_codebook
from marsad.llm import Answer, Endpoint, Question, Told
from marsad.llm.asking import make_asker
from marsad.llm.oath import Oath, under_oath
from marsad.llm.prompt import Instructions, instructions, question, schema_text, tokens_of
from marsad.llm.windows import windows_of
from marsad.model import Claim, Reading
from marsad.model.jsonl import article_from_json
from marsad.reading import read
from marsad.run.pipeline import load_kit
from shared import ROOT, rows

SHORT = {
    "type": "object",
    "properties": {"event": {"type": "string", "enum": ["strike.air", "none"]}, "words": {"type": "string"}},
    "required": ["event", "words"],
    "additionalProperties": False,
}
"""A schema that even a small model fills within a few tokens."""
_ASKED = "Answer with one JSON object: the event, and the words of the text that say it."


def short_question() -> Question:
    """A question that needs none of our instructions."""
    user = json.dumps({"sentences": ["شنت طائرات حربية غارة على مدينة سراقب."]}, ensure_ascii=False)
    return Question(
        system=_ASKED, user=user, content=hashlib.sha256(user.encode()).hexdigest(), prompt="short"
    )


def asked(endpoint: Endpoint, schema: Mapping[str, Any], one: Question) -> Answer:
    """The answer to one question."""
    with make_asker(Told(), schema, endpoint=endpoint) as asker:
        return asker.ask(one).result()


def counted(address: str, text: str) -> int | None:
    """How many tokens a text is by the server's own count (llama.cpp's ``/tokenize``), where it has one."""
    try:
        said = urllib3.request(
            "POST",
            f"{address.rstrip('/').removesuffix('/v1')}/tokenize",
            json={"content": text},
            retries=False,
        )
        return len(said.json()["tokens"]) if said.status == 200 else None
    except (urllib3.exceptions.HTTPError, ValueError, KeyError):
        return None


def show_tokens(address: str, name: str, text: str) -> None:
    """Our count beside the server's."""
    ours, theirs = tokens_of(text), counted(address, text)
    told = "no count" if theirs is None else f"{theirs:,} by the server, {ours / theirs:.2f} of that by ours"
    print(f"{name:32}{ours:>8,} tokens by our counter; {told}")


def show_short(endpoint: Endpoint) -> bool:
    """Ask the short question; whether the answer is whole and in its form."""
    began = time.perf_counter()
    answer = asked(endpoint, SHORT, short_question())
    try:
        row = json.loads(answer.text)
    except ValueError:
        row = None
    good = isinstance(row, dict) and set(row) == {"event", "words"} and row["event"] in ("strike.air", "none")
    print(
        f"short schema: {'in the form' if good else 'NOT IN THE FORM'}, {answer.finish}, {time.perf_counter() - began:.1f} s: {answer.text[:200]!r}"
    )
    return good


def invented(reading: Reading, claims: tuple[Claim, ...]) -> list[str]:
    """Words of claims that the article does not have where they say; there must be none."""
    return [told for claim in claims for told, (start, end, part) in _spans(claim) if told != reading.article.part(part)[start:end]]  # fmt: skip


def _spans(claim: Claim) -> Iterator[tuple[str, tuple[int, int, Any]]]:
    for named in (*claim.attribution, *claim.actors, *claim.counts, *((claim.place,) if claim.place else ())):
        yield named.text, named.span


def show_articles(endpoint: Endpoint, articles: list[dict[str, Any]], schema: Mapping[str, Any]) -> bool:
    """Ask about articles with our instructions and a schema; whether each answer was in the form or cut off, and nothing invented came through."""
    kit, book = load_kit(), load_codebook()
    oath, given = Oath.load(book, kit.reading.lexicon), instructions(book)
    form: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    stood, false = 0, 0
    for row in articles:
        reading = read(article_from_json(row), kit.reading)
        for window in windows_of(reading):
            answer = asked(endpoint, schema, question(reading.article, window, given))
            sworn = under_oath(answer, window, reading, oath)
            form[sworn.unusable or "in the form"] += 1
            refused.update(sworn.counted)
            stood, false = stood + len(sworn.claims), false + len(invented(reading, sworn.claims))
            print(
                f"  {reading.article.id}: {answer.finish}, {answer.tokens_in:,} + {answer.tokens_out:,} tokens, {answer.seconds:.1f} s, {sworn.unusable or 'in the form'}: {answer.text[:110]!r}"
            )
    print(
        f"answers: {dict(form)}; refused: {dict(refused)}; {stood} claims stood; {false} words in them are not the article's"
    )
    return not false and not (form["not_json"] or form["not_the_form"])


def show_counter(address: str, given: Instructions, file: Path) -> None:
    """Our counter of tokens beside the server's: instructions, schema, an article."""
    show_tokens(address, "instructions", given.text)
    show_tokens(address, "schema", schema_text(load_codebook()))
    show_tokens(address, "instructions and schema", given.text + schema_text(load_codebook()))
    show_tokens(address, "articles", "\n".join(row["text"] for row in rows(file)))


def main() -> int:
    """Ask, and print what came; exit code 1 where the form was not kept or something invented came through."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", nargs="?", type=Path, default=ROOT / "demo" / "articles.jsonl")
    parser.add_argument("--server-address", required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--tokens", type=int, default=300, help="longest answer")
    parser.add_argument("--articles", type=int, default=3)
    parser.add_argument(
        "--at-least-one",
        action="store_true",
        help="have the schema ask for a claim: a base model finds none else",
    )
    chosen = parser.parse_args()
    endpoint = Endpoint(
        address=chosen.server_address,
        model=chosen.model,
        in_flight=1,
        seconds=600,
        attempts=1,
        tokens=chosen.tokens,
    )
    schema = json.loads(schema_text(load_codebook()))
    if chosen.at_least_one:
        schema["properties"]["claims"]["minItems"] = 1
    show_counter(chosen.server_address, instructions(load_codebook()), chosen.file)
    held = [show_short(endpoint), show_articles(endpoint, list(rows(chosen.file))[: chosen.articles], schema)]
    return 0 if all(held) else 1


if __name__ == "__main__":
    raise SystemExit(main())
