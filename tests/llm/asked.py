"""Questions, an endpoint and short waits for tests of asking."""

import hashlib
import json

from marsad.llm import Endpoint, Question
from marsad.llm.trying import Waits

QUICK = Waits(first=0.001, most=0.01, asked_for=0.05)
SCHEMA = {"type": "object"}


def question(number=1, prompt="1-abc"):
    """A question; those of different numbers show different things."""
    user = json.dumps({"sentences": [f"قصفت الطائرات القرية رقم {number}"]}, ensure_ascii=False)
    return Question(
        system="الأسئلة", user=user, content=hashlib.sha256(user.encode()).hexdigest(), prompt=prompt
    )


def endpoint(server, **more):
    """The endpoint of a server (or an address)."""
    address = server if isinstance(server, str) else server.address
    return Endpoint(**{"address": address, "model": "tiny", "attempts": 3, "seconds": 20.0} | more)
