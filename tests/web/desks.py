"""Projects for tests in a browser, made by the program itself: the demo's, and one whose articles want to do harm."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = (ROOT / "demo" / "articles.jsonl", ROOT / "demo-desk" / "campaign.jsonl")
SCRIPT = "<script>window.harmed = 1</script><img src=x onerror='window.harmed = 2'>"
TURNED = "\u202eمقلوب\u202d \u2067داخل\u2066"
FORMULA = '=HYPERLINK("http://203.0.113.9/","x")'
_SAID = "وقال المرصد السوري إن خمسة مدنيين قتلوا في قصف على مدينة إدلب اليوم."


def hostile() -> list[dict]:
    """Articles with markup, characters that turn the direction, formulas, halves of pairs, control characters, and a megabyte in one paragraph."""
    names = (
        SCRIPT,
        TURNED,
        FORMULA,
        "'\"><svg onload=alert(1)>",
        "{{ 7*7 }}{% raw %}",
        "\x00\x07\ud800",
        "a" * 3000,
    )
    made = [
        {
            "id": f"hostile {number} {name[:40]}", "title": name, "outlet": name, "published": "2024-12-06", "url": f"javascript:alert({number})",
            "text": f"أعلن {name} مقتل ثلاثة جنود في مدينة حماة أمس. {_SAID}",
        }
        for number, name in enumerate(names)
    ]  # fmt: skip
    long = " ".join([_SAID] * 15_000)
    return [
        *made,
        {
            "id": "long",
            "title": "فقرة من ميغابايت",
            "outlet": "ضفاف برس",
            "published": "2024-12-06",
            "text": long,
        },
    ]


def make_desk(folder: Path, *inputs: Path) -> Path:
    """A project with these inputs taken in."""
    _marsad("init", str(folder))
    _marsad("ingest", "--project", str(folder), *map(str, inputs))
    return folder


def make_hostile_desk(folder: Path) -> Path:
    """A project of `hostile` articles."""
    file = folder.with_suffix(".jsonl")
    lines = [json.dumps(article, ensure_ascii=True) for article in hostile()]
    file.write_text("\n".join(lines), encoding="utf-8")
    return make_desk(folder, file)


def _marsad(*words: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "marsad", *words],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode in (0, 3), done.stderr
