"""The network in PyTorch, for training only: the package runs it with numpy (src/marsad/claims/network.py says what it computes)."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from marsad.claims.network import ROLES

SIZE = 64
LAYERS = 3
MASK = 1
"""The unit that stands for any other: what units are masked with"""


def layers() -> nn.ModuleList:
    """The convolutions: three units wide, one, two and four units apart."""
    return nn.ModuleList(nn.Conv1d(SIZE, SIZE, 3, padding=2**n, dilation=2**n) for n in range(LAYERS))


def convolve(states: torch.Tensor, real: torch.Tensor, convolutions: nn.ModuleList) -> torch.Tensor:
    """States (sentence, size, unit) after all layers; nothing stays nothing."""
    for convolution in convolutions:
        states = (states + F.relu(convolution(states))) * real
    return states


class Reader(nn.Module):
    """The part that knows words, trained first to fill in what is masked in the unannotated corpus."""

    def __init__(self, units: int) -> None:
        super().__init__()
        self.emb = nn.Embedding(units, SIZE, padding_idx=0)
        nn.init.normal_(self.emb.weight, 0, 0.1)
        self.emb.weight.data[0] = 0
        self.conv = layers()
        self.back = nn.Linear(SIZE, SIZE)
        self.bias = nn.Parameter(torch.zeros(units))

    def forward(self, x: torch.Tensor, masked: torch.Tensor) -> torch.Tensor:
        """The scores of all units at the masked places."""
        real = (x > 0).unsqueeze(1).float()
        states = convolve(self.emb(x).transpose(1, 2) * real, real, self.conv).transpose(1, 2)
        return F.linear(self.back(states[masked]), self.emb.weight, self.bias)


class Model(nn.Module):
    """The network."""

    def __init__(self, reader: Reader, names: Names, drop: float) -> None:
        super().__init__()
        self.emb, self.conv = reader.emb, reader.conv
        self.emb.weight.data[0] = 0
        self.t, self.it = nn.Linear(SIZE, SIZE), nn.Linear(SIZE, SIZE, bias=False)
        self.hd = nn.Linear(SIZE, SIZE, bias=False)
        self.dist, self.role = nn.Embedding(25, SIZE), nn.Embedding(len(names.events) * len(ROLES), SIZE)
        self.ev = nn.EmbeddingBag(len(names.event_signs) + 1, SIZE, mode="sum", padding_idx=0)
        self.signs = nn.EmbeddingBag(len(names.signs) + 1, SIZE, mode="sum", padding_idx=0)
        self.out, self.null = nn.Linear(SIZE, len(ROLES)), nn.Linear(SIZE, len(ROLES))
        self.jt, self.js = nn.Linear(SIZE, SIZE), nn.Linear(SIZE, SIZE, bias=False)
        self.ja, self.jo = nn.Linear(SIZE, SIZE, bias=False), nn.Linear(SIZE, 1)
        self.jev = nn.EmbeddingBag(len(names.event_signs) + 1, SIZE, mode="sum", padding_idx=0)
        self.linear = nn.EmbeddingBag(len(names.features) + 1, 1, mode="sum", padding_idx=0)
        nn.init.zeros_(self.linear.weight)
        for bag in (self.dist, self.role, self.ev, self.signs, self.jev):
            nn.init.normal_(bag.weight, 0, 0.05)
        for bag in (self.ev, self.signs, self.jev):
            bag.weight.data[0] = 0
        self.drop = nn.Dropout(drop)

    def forward(self, a: Batch) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Scores of the rows, what nobody scores in each group of rows, scores of the candidates as claims."""
        real = (a.units > 0).unsqueeze(1).float()
        states = self.drop(self.emb(a.units).transpose(1, 2)) * real
        h = convolve(states, real, self.conv).transpose(1, 2)
        trigger = h[a.cases[:, 0], a.cases[:, 1]]
        told = self.t(trigger) + self.ev(*a.event_signs)
        case, sentence, unit, distance, role, head = a.rows.T
        z = told[case] + self.it(h[sentence, unit]) + self.dist(distance) + self.hd(self.emb(head))
        z = z + self.role(a.cases[case, 2] * len(ROLES) + role) + self.signs(*a.signs)
        scores = self.out(self.drop(F.relu(z))).gather(1, role[:, None])[:, 0]
        case, role = a.groups.T
        empty = F.relu(told[case] + self.role(a.cases[case, 2] * len(ROLES) + role))
        nobody = self.null(self.drop(empty)).gather(1, role[:, None])[:, 0]
        highest = h.masked_fill(a.units.unsqueeze(2) == 0, -1e4).max(1).values
        whole = h.sum((0, 1)) / (a.units > 0).sum()
        z = F.relu(
            self.jt(trigger)
            + self.js(highest[a.cases[:, 0]])
            + self.ja(whole)[None]
            + self.jev(*a.event_signs)
        )
        judged = (
            self.jo(self.drop(z))[:, 0] + self.linear(*a.features[:2], per_sample_weights=a.features[2])[:, 0]
        )
        return scores, nobody, judged


@dataclass(frozen=True)
class Names:
    """What the numbers of events, signs and features mean; signs and features are numbered from 1."""

    events: dict[str, int]
    event_signs: dict[tuple[Any, ...], int]
    signs: dict[tuple[Any, ...], int]
    features: dict[str, int]


@dataclass
class Batch:
    """One article as tensors."""

    units: torch.Tensor
    cases: torch.Tensor
    event_signs: tuple[torch.Tensor, torch.Tensor]
    features: tuple[torch.Tensor, torch.Tensor, torch.Tensor]
    rows: torch.Tensor
    signs: tuple[torch.Tensor, torch.Tensor]
    group: torch.Tensor
    """Which group (candidate and role) each row belongs to"""
    groups: torch.Tensor
    right: torch.Tensor
    known: torch.Tensor
    """Groups whose answer is known: a name that is among the rows, or nobody"""
    named: torch.Tensor
    labels: torch.Tensor
    weights: torch.Tensor
    annotated: bool
    counts: float

    def masked(self, share: float) -> Batch:
        """The same with some units masked."""
        hidden = (torch.rand(self.units.shape) < share) & (self.units > 0)
        return Batch(**{**self.__dict__, "units": torch.where(hidden, MASK, self.units)})


def loss(model: Model, a: Batch, judged: float, each: float) -> torch.Tensor:
    """How wrong the network is on an article.

    Of each role: the share that goes to right names (to nobody where there is none), and each noun phrase against nobody, so that
    several can be right. Of each candidate: whether it is a claim.
    """
    scores, nobody, claims = model(a)
    groups = len(a.groups)
    total = (
        F.binary_cross_entropy_with_logits(claims, a.labels, reduction="none").mul(a.weights).sum() * judged
    )
    if not groups:
        return total
    top = torch.full((groups,), -1e4).scatter_reduce(0, a.group, scores.detach(), "amax")
    top = torch.maximum(top, nobody.detach())
    sizes, none = torch.exp(scores - top[a.group]), torch.exp(nobody - top)
    whole = torch.zeros(groups).index_add(0, a.group, sizes) + none
    right = torch.zeros(groups).index_add(0, a.group, sizes * a.right)
    share = torch.where(a.named, right, none)
    total = total - (torch.log(share + 1e-9) - torch.log(whole))[a.known].sum()
    alone = F.binary_cross_entropy_with_logits(scores - nobody[a.group], a.right, reduction="none")
    return total + each * (alone * a.known[a.group]).sum()


def fill_in(sentences: Sequence[Sequence[int]], units: int, steps: int) -> Reader:
    """A reader trained on the corpus to fill in masked units."""
    reader = Reader(units)
    optimizer = torch.optim.Adam(reader.parameters(), lr=3e-3)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min(1, (n + 1) / 300) * max(0.03, 1 - n / steps)
    )
    order = sorted(range(len(sentences)), key=lambda n: len(sentences[n]) + random.random() * 3)
    batches = [order[n : n + 96] for n in range(0, len(order), 96)]
    for step in range(steps):
        if step % len(batches) == 0:
            random.shuffle(batches)
        x = padded([sentences[n] for n in batches[step % len(batches)]])
        masked = (torch.rand(x.shape) < 0.18) & (x > 1)
        hidden = masked & (torch.rand(x.shape) < 0.85)
        wrong = F.cross_entropy(reader(torch.where(hidden, MASK, x), masked), x[masked])
        optimizer.zero_grad()
        wrong.backward()
        optimizer.step()
        schedule.step()
    return reader


def padded(sentences: Sequence[Sequence[int]]) -> torch.Tensor:
    """Sentences as rows of one length."""
    found = np.zeros((len(sentences), max(1, *(len(s) for s in sentences))), dtype=np.int64)
    for row, sentence in zip(found, sentences, strict=True):
        row[: len(sentence)] = sentence
    return torch.tensor(found)


def bag(lists: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Lists of numbers one after the other, and where each begins."""
    starts = np.cumsum([0, *(len(numbers) for numbers in lists)])[:-1]
    flat = [number for numbers in lists for number in numbers]
    return torch.tensor(flat, dtype=torch.long), torch.tensor(starts, dtype=torch.long)
