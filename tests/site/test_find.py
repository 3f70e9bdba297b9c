"""What the find box (assets/find.js) takes for one word."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from conftest import absent
from onevoice.matcher.characters import APOSTROPHES, HYPHENS, INVISIBLE
from onevoice.matcher.fold import make_match_key

SCRIPT = Path(__file__).parents[2] / "scripts/onevoice/site/assets/find.js"


@pytest.fixture(scope="module")
def fold():
    """The folding of the script, for many words at once."""
    node = shutil.which("node") or absent("Node")
    code = re.search(r"const UNTYPED.*?\n}\n", SCRIPT.read_text(encoding="utf-8"), re.S)[0]
    program = f"{code}\nprocess.stdout.write(JSON.stringify(JSON.parse(process.argv[1]).map(foldText)));"

    def fold_words(*words: str) -> list[str]:
        run = subprocess.run([node, "-e", program, json.dumps(words)], capture_output=True, text=True, check=True)
        return json.loads(run.stdout)

    return fold_words


def test_all_spellings_that_the_matcher_takes_for_one_word_are_one(fold):
    ways = [[f"Buyer{sign}s Guide" for sign in APOSTROPHES], [f"e{sign}mail" for sign in HYPHENS]]
    ways += [["customer journey", *(f"cust{sign}omer journey" for sign in INVISIBLE)], ["CAFÉ", "cafe\u0301"]]
    for spellings in ways:
        assert len(set(map(make_match_key, spellings))) == 1
        assert len(set(fold(*spellings))) == 1, spellings


def test_who_types_leaves_accents_and_signs_out(fold):
    assert fold("Café–Guide", "24/7", "C++", "buyer´s") == ["cafe guide", "24 7", "c++", "buyers"]
