"""The network does what its page says: checked against plain loops, on weights made up here."""

import json

import numpy as np
import pytest

from marsad.claims.find import unjudged
from marsad.claims.network import Network, Rows, distance_of, triggers
from marsad.claims.units import Units
from marsad.model import Article
from marsad.reading import read
from marsad.run.pipeline import load_kit

SIZE = 4
TEXT = "قصفت القوات الحكومية بلدة خناصر. وقتل ثلاثة مدنيين.\nوقال سكان إن القصف استمر حتى الفجر."


def made_up(seed=0):
    """Weights of the right shapes that mean nothing."""
    units, draw = Units.load(), np.random.default_rng(seed)
    arrays = {"emb": draw.normal(size=(len(units.numbers), SIZE))}
    arrays["emb"][0] = 0
    for layer in range(3):
        arrays[f"conv{layer}w"] = draw.normal(size=(3 * SIZE, SIZE))
        arrays[f"conv{layer}b"] = draw.normal(size=SIZE)
    for name in ("t", "jt"):
        arrays[f"{name}.w"], arrays[f"{name}.b"] = draw.normal(size=(SIZE, SIZE)), draw.normal(size=SIZE)
    for name in ("it", "hd", "js", "ja"):
        arrays[f"{name}.w"] = draw.normal(size=(SIZE, SIZE))
    for name, wide in (("out", 6), ("null", 6), ("jo", 1)):
        arrays[f"{name}.w"], arrays[f"{name}.b"] = draw.normal(size=(SIZE, wide)), draw.normal(size=wide)
    for name, long in (("ev", 3), ("jev", 3), ("signs", 3), ("dist", 25), ("role", 12)):
        arrays[name] = draw.normal(size=(long, SIZE))
    for name in ("ev", "jev", "signs"):
        arrays[name][0] = 0
    names = {
        "events": ["harm.killed", "strike.shelling"],
        "event signs": [["event", "harm.killed"], ["family", "strike"]],
        "signs": [["hops", 1], ["nested", False, "body"]],
    }
    arrays["names"] = np.frombuffer(json.dumps(names).encode(), dtype=np.uint8)
    return Network(arrays, units)


@pytest.fixture(scope="module")
def candidates():
    kit = load_kit()
    return unjudged(read(Article(id="a", text=TEXT), kit.reading), kit.claims)


def one_sentence(network, numbers):
    """The states of a sentence by plain loops: what a unit and its neighbours give, layer by layer."""
    w = network._w
    states = [w["emb"][number] for number in numbers]
    for layer in range(3):
        reach, nothing = 2**layer, np.zeros(SIZE)
        new = []
        for at, state in enumerate(states):
            left = states[at - reach] if at >= reach else nothing
            right = states[at + reach] if at + reach < len(states) else nothing
            added = np.concatenate([left, state, right]) @ w[f"conv{layer}w"] + w[f"conv{layer}b"]
            new.append(state + np.maximum(added, 0))
        states = new
    return np.array(states)


def test_states_are_those_of_plain_loops(candidates):
    network = made_up()
    encoded = network.encode(candidates)
    assert len(encoded.starts) == 3
    from marsad.claims.near import view_of
    from marsad.claims.units import sequence

    named = {c.hit.first for c in candidates}
    for index, start in encoded.starts.items():
        numbers, _ = sequence(view_of(candidates[0].view, index), named, network.units)
        found = encoded.states[start : start + encoded.lengths[index]]
        np.testing.assert_allclose(found, one_sentence(network, numbers), rtol=2e-3)


def test_sentences_do_not_touch_each_other(candidates):
    network = made_up()
    alone = [c for c in candidates if c.view.index == 0]
    together, apart = network.encode(candidates), network.encode(alone)
    start, length = apart.starts[0], apart.lengths[0]
    first = together.states[together.starts[0] : together.starts[0] + length]
    np.testing.assert_allclose(first, apart.states[start : start + length], rtol=1e-4)


def test_the_unit_of_a_trigger_is_its_word(candidates):
    network = made_up()
    encoded = network.encode(candidates)
    for candidate, at in zip(candidates, triggers(candidates, encoded), strict=True):
        index = candidate.view.index
        assert encoded.starts[index] <= at < encoded.starts[index] + encoded.lengths[index]


def test_what_nobody_scores_is_known_without_any_noun_phrase(candidates):
    network = made_up()
    scores, nobody = network.weigh(candidates, Rows([], []), network.encode(candidates))
    assert len(scores) == 0
    assert nobody.shape == (len(candidates), 6)


def test_the_same_words_give_the_same_numbers(candidates):
    network = made_up()
    first = network.judge(candidates, network.encode(candidates))
    assert np.array_equal(first, network.judge(candidates, network.encode(candidates)))


def test_distances_are_told_apart_near_by_and_by_side():
    assert distance_of(0, 0) != distance_of(1, 0) != distance_of(-1, 0)
    assert distance_of(50, 0) == distance_of(500, 0) == 20
    assert distance_of(-500, 0) == 0
    assert len({distance_of(None, hops) for hops in (1, 2, 9, 5)}) == 4


def test_the_package_carries_weights_that_fit_the_list_of_units():
    network = Network.load()
    assert len(network._w["emb"]) == len(network.units.numbers)
    assert all(np.isfinite(values).all() for values in network._w.values())
