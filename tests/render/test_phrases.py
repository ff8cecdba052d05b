"""What became of claims is said in the same words by `score` and by a site."""

from pathlib import Path

from ledger.render.phrases import CAME, came

SRC = Path(__file__).parents[2] / "src" / "ledger"


def test_what_came_of_claims() -> None:
    scored = {"hit": 3, "late": 1, "partly": 0, "miss": 12, "withdrawn": 2}
    assert came(scored, str) == ["1 came true late", "12 did not come true", "2 were taken back"]


def test_no_room_has_words_of_its_own() -> None:
    told = {words for pair in CAME.values() for words in pair}
    for room in ("render", "site"):
        for path in (SRC / room).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            quoted = [words for words in told if f'{words}"' in text or f"{words}'" in text]
            assert not quoted or path.name == "phrases.py", path
