"""Train the network; writes ``src/marsad/claims/network.npz`` and ``judge.tsv`` (the part of the judge that is a plain sum).

First the reader learns words from the unannotated corpus by filling in what is masked (7 minutes on one core; kept in bench/out/reader.pt), then
the whole network learns from the annotated articles, and whether candidates are claims from labelled sentences, our own examples and articles
on other topics too. Needs PyTorch (a CPU build will do), which is in no lock file because nothing else needs it.

    python bench/network.py              train on everything, write the weights
    python bench/network.py --fold 2     train on three quarters, write to bench/out/fold2.npz and fold2.tsv (bench/folds.py scores them)
    python bench/network.py --words      make the list of units anew from the corpus first (the reader is trained anew too)
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch

from marsad.claims.judge import WEIGHTS as JUDGE
from marsad.claims.network import PATH, ROLES, distance_of
from marsad.claims.units import WORDS, Units
from network_folds import fold_of
from network_model import Batch, Model, Names, Reader, bag, fill_in, loss, padded
from network_rows import Case, Told, annotated, others
from network_words import corpus_units
from shared import OUT

STEPS = 7800
EPOCHS = 9
BATCH = 8
DROP, MASKED = 0.3, 0.1
JUDGED, EACH = 0.7, 0.3
"""How much the two further aims count beside the choice of names"""
SHARE = 0.4
"""Of the texts that are not annotated articles, this share is met in each round"""
RARE, RARE_SIGN = 4, 5
LEAST = 0.002
LEANS = {"in an article": -1.1, "about, in an article": 1.0, "alone long": -1.2, "alone protest": 1.2}
"""Added to the judge's weights. The first two keep claims on other topics few and cost articles on conflict nothing (folds 0 and 1: 0.30 claims an
off-topic article at -0.2 and 0, 0.18 at -0.9 and 1, claim F1 0.72 with both; -1.1 since names of sides weigh alike). The others are what did best on labelled sentences that a network had
not seen (half of them left out of training: ASSAULT F1 0.63 at 0, 0.75 at 1.0, 0.77 at 1.5; PROTEST 0.55 at 0, 0.42 at 1.0)."""


def common(counted: Iterable[Any], rare: int) -> dict[Any, int]:
    """What stands in enough rows to mean anything, numbered from 1."""
    counts = Counter(counted)
    return {
        name: n for n, name in enumerate(sorted((k for k, v in counts.items() if v >= rare), key=repr), 1)
    }


def names_in(texts: Sequence[Told]) -> Names:
    """The events, signs and features to learn."""
    cases = [case for text in texts for case in text.cases]
    items = [item for case in cases for role in case.roles.values() for item in role.items]
    events = sorted({case.event for case in cases})
    return Names(
        {event: number for number, event in enumerate(events)},
        common((sign for case in cases for sign in case.signs), RARE),
        common((sign for item in items for sign in item.signs if sign), RARE_SIGN),
        common((name for case in cases for name in case.features), RARE),
    )


@dataclass
class Columns:
    """The rows of an article, column by column."""

    rows: list[tuple[int, ...]] = field(default_factory=list)
    signs: list[list[int]] = field(default_factory=list)
    group: list[int] = field(default_factory=list)
    groups: list[tuple[int, int]] = field(default_factory=list)
    right: list[float] = field(default_factory=list)
    known: list[bool] = field(default_factory=list)
    named: list[bool] = field(default_factory=list)

    def take(self, number: int, case: Case, names: Names) -> None:
        """Add the noun phrases of one candidate, role by role."""
        for role, told in case.roles.items():
            for item in told.items:
                same = item.sentence == case.sentence and item.hops == 0
                distance = distance_of(item.place - case.place if same else None, item.hops)
                self.rows.append((number, item.sentence, item.place, distance, ROLES.index(role), item.head))
                self.signs.append([names.signs[sign] for sign in item.signs if sign in names.signs])
                self.group.append(len(self.groups))
                self.right.append(float(item.label > 0))
            self.groups.append((number, ROLES.index(role)))
            self.named.append(any(item.label for item in told.items))
            self.known.append(self.named[-1] or not told.names)


def batch_of(text: Told, names: Names) -> Batch:
    """An article as tensors."""
    told = Columns()
    for number, case in enumerate(text.cases):
        told.take(number, case, names)
    features = [
        [(names.features[k], v) for k, v in case.features.items() if k in names.features]
        for case in text.cases
    ]
    numbers, starts = bag([[k for k, _ in row] for row in features])
    values = torch.tensor([v for row in features for _, v in row], dtype=torch.float)
    return Batch(
        padded(text.sentences),
        torch.tensor([(case.sentence, case.place, names.events[case.event]) for case in text.cases]),
        bag([[names.event_signs[s] for s in case.signs if s in names.event_signs] for case in text.cases]),
        (numbers, starts, values),
        torch.tensor(told.rows, dtype=torch.long).reshape(-1, 6),
        bag(told.signs),
        torch.tensor(told.group, dtype=torch.long),
        torch.tensor(told.groups, dtype=torch.long).reshape(-1, 2),
        torch.tensor(told.right),
        torch.tensor(told.known, dtype=torch.bool),
        torch.tensor(told.named, dtype=torch.bool),
        torch.tensor([float(case.label) for case in text.cases]),
        torch.tensor([case.weight for case in text.cases]),
        text.annotated,
        text.counts,
    )


def train(texts: Sequence[Told], reader: Reader) -> tuple[Model, Names]:
    """The network learnt from these texts."""
    names = names_in(texts)
    batches = [batch_of(text, names) for text in texts]
    articles, rest = [b for b in batches if b.annotated], [b for b in batches if not b.annotated]
    model = Model(reader, names, DROP)
    plain = [model.linear.weight]
    words = [model.emb.weight, *model.conv.parameters()]
    special = {id(p) for p in (*plain, *words)}
    optimizer = torch.optim.AdamW(
        [
            {"params": [p for p in model.parameters() if id(p) not in special], "weight_decay": 0.01},
            {"params": words, "weight_decay": 0.0},
            {"params": plain, "lr": 5e-3, "weight_decay": 0.03},
        ],
        lr=2e-3,
    )
    total = EPOCHS * (len(articles) + int(len(rest) * SHARE)) // BATCH + 1
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min(1, (n + 1) / 50) * max(0.02, 1 - n / total)
    )
    for epoch in range(EPOCHS):
        model.train()
        wrong, order = 0.0, articles + random.sample(rest, int(len(rest) * SHARE))
        random.shuffle(order)
        for at in range(0, len(order), BATCH):
            wrong += _step(model, order[at : at + BATCH], optimizer)
            schedule.step()
        sys.stdout.write(f"round {epoch + 1}: {wrong:.0f}\n")
        sys.stdout.flush()
    return model, names


def _step(model: Model, some: Sequence[Batch], optimizer: torch.optim.Optimizer) -> float:
    """Learn from a few articles; how wrong the network was on them."""
    optimizer.zero_grad()
    sizes = sum(len(one.groups) + len(one.labels) * JUDGED for one in some)
    wrong = torch.stack(
        [
            loss(model, one.masked(MASKED), JUDGED if one.annotated else JUDGED / SHARE, EACH) * one.counts
            for one in some
        ]
    ).sum()
    (wrong / max(30, sizes)).backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    return float(wrong.detach())


def write(model: Model, names: Names, network: Path, judge: Path) -> None:
    """The weights as the package reads them."""
    arrays: dict[str, np.ndarray] = {"emb": model.emb.weight.detach().numpy()}
    for number, layer in enumerate(model.conv):
        weight = layer.weight.detach().numpy()
        arrays[f"conv{number}w"] = np.concatenate([weight[:, :, k].T for k in range(3)], 0)
        arrays[f"conv{number}b"] = layer.bias.detach().numpy()
    for name in ("t", "it", "hd", "out", "null", "jt", "js", "ja", "jo"):
        part = getattr(model, name)
        arrays[f"{name}.w"] = part.weight.detach().numpy().T
        if part.bias is not None:
            arrays[f"{name}.b"] = part.bias.detach().numpy()
    for name in ("ev", "signs", "jev", "dist", "role"):
        arrays[name] = getattr(model, name).weight.detach().numpy()
    told = {
        "events": list(names.events),
        "event signs": list(names.event_signs),
        "signs": list(names.signs),
    }
    words = np.frombuffer(json.dumps(told, ensure_ascii=False).encode(), dtype=np.uint8)
    np.savez_compressed(network, names=words, **{k: v.astype(np.float16) for k, v in arrays.items()})
    weights = model.linear.weight.detach()[:, 0].tolist()
    with judge.open("w", encoding="utf-8") as lines:
        lines.write("# feature, weight: written by bench/network.py\n")
        for name, number in sorted(names.features.items()):
            weight = weights[number] + LEANS.get(name, 0.0)
            if abs(weight) >= LEAST:
                lines.write(f"{name}\t{weight:.3f}\n")


def reader_of(units: Units, path: Path, anew: bool) -> Reader:
    """The reader from its file, or trained and kept there."""
    reader = Reader(len(units.numbers))
    if path.exists() and not anew:
        reader.load_state_dict(torch.load(path))
        return reader
    reader = fill_in(corpus_units(units), len(units.numbers), STEPS)
    torch.save(reader.state_dict(), path)
    return reader


def main() -> int:
    """Train and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--fold", type=int, help="leave this quarter of the annotated articles out (0 to 3)")
    parser.add_argument("--words", action="store_true", help="make the list of units anew")
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    random.seed(0)
    OUT.mkdir(exist_ok=True)
    if options.words:
        from network_words import write_words

        write_words(WORDS)
    units = Units.load()
    reader = reader_of(units, OUT / "reader.pt", options.words)
    texts = [text for text in annotated(units) if options.fold is None or fold_of(text.id) != options.fold]
    sys.stdout.write(f"{len(texts)} annotated articles\n")
    model, names = train([*texts, *others(units)], reader)
    model.eval()
    if options.fold is None:
        write(model, names, PATH, JUDGE)
    else:
        write(model, names, OUT / f"fold{options.fold}.npz", OUT / f"fold{options.fold}.tsv")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
