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


@pytest.fixture(scope="module")
def find():
    """What the script finds for a word among labels, each as (name, kind): the names, guesses with a mark."""
    node = shutil.which("node") or absent("Node")
    text = SCRIPT.read_text(encoding="utf-8")
    code = text[text.index("const MOST") : text.index("function makeEntry")]
    program = (
        code.replace("const here", "// ").replace("const INDEX", "// ")
        + """
const [known, typed] = JSON.parse(process.argv[1]);
const items = known.map(([label, how], at) =>
  ({ label, how, address: String(at), isTerm: TERMS.has(how), ...foldLabel(label) }));
process.stdout.write(JSON.stringify(findLabels(items, typed).map((one) => (one.isGuessed ? "? " : "") + one.label)));
"""
    )

    def find_labels(known, typed):
        given = json.dumps([known, typed])
        run = subprocess.run([node, "-e", program, given], capture_output=True, text=True, check=True)
        return json.loads(run.stdout)

    return find_labels


LABELS = [
    ("Leads and handoffs", "page"), ("lead", "preferred"), ("hot lead", "avoid"), ("Lead scoring", "play"),
    ("sales force", "avoid"), ("Salesman", "page"), ("case study", "preferred"), ("32%", "proof"), ("bus", "preferred"),
    ("Discount", "objection"), ("story", "preferred"), ("box", "preferred"), ("SLA", "short"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("leads", ["lead", "hot lead", "Leads and handoffs", "Lead scoring"]),
        ("Leads", ["lead", "hot lead", "Leads and handoffs", "Lead scoring"]),
        ("leed", ["? lead"]),
        ("case studies", ["case study"]),
        ("stories", ["story"]),
        ("boxes", ["box"]),
        ("bus", ["bus"]),
        ("Salesforce", ["? sales force"]),
        ("32 %", ["32%"]),
        ("SLAs", ["SLA"]),
        ("discounts", ["Discount"]),
        ("GDPR", []),
        ("", []),
    ],
)
def test_a_term_comes_first_and_a_guess_is_one(find, typed, names):
    assert find(LABELS, typed) == names


def test_terms_leave_room_for_others(find):
    labels = [(f"lead {n}", "preferred") for n in range(20)] + [(f"Lead {n} day", "play") for n in range(20)]
    found = find(labels, "lead")
    assert len(found) == 10 and sum("day" in name for name in found) == 4


def test_all_spellings_that_the_matcher_takes_for_one_word_are_one(fold):
    ways = [[f"Buyer{sign}s Guide" for sign in APOSTROPHES], [f"e{sign}mail" for sign in HYPHENS]]
    ways += [["customer journey", *(f"cust{sign}omer journey" for sign in INVISIBLE)], ["CAFÉ", "cafe\u0301"]]
    for spellings in ways:
        assert len(set(map(make_match_key, spellings))) == 1
        assert len(set(fold(*spellings))) == 1, spellings


def test_who_types_leaves_accents_and_signs_out(fold):
    assert fold("Café–Guide", "24/7", "C++", "buyer´s") == ["cafe guide", "24 7", "c++", "buyers"]
