"""Drafts that `onevoice lint` and the page that checks drafts judge alike: one table, drafts.yaml.

`UPDATE_DRAFTS=1` writes what `lint` finds with Vale into the table.
"""

from __future__ import annotations

import datetime
import json
import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from conftest import absent
from onevoice.exchange import javascript
from onevoice.exchange.regexp import translate_expression
from onevoice.handbook.handbook import Handbook
from onevoice.lint import fix, rules, terms
from onevoice.lint.keywords import stem_word
from onevoice.load.folder import load_files
from onevoice.matcher.compile import compile_terms
from onevoice.matcher.matcher import Context, Matcher
from onevoice.prose import text
from onevoice.run.browser import MODULES, build_draft_rules
from onevoice.vale.run import ValeDocument, run_vale
from onevoice.vale.write import write_voice_style

HERE = Path(__file__).parent
TABLE = HERE / "drafts.yaml"
MODULE_FOLDER = HERE.parents[1] / "scripts/onevoice"
DAY = "2026-11-22"
# A document that is for somebody has its figures checked.
PATH = "submissions/draft.txt"


@cache
def read_table() -> tuple[Handbook, list[dict]]:
    """The handbook of the table, and its drafts with all that they may leave out."""
    table = YAML(typ="safe").load(TABLE.read_text("utf-8"))
    loaded = load_files([(kind, f"{kind}.yaml", data.encode()) for kind, data in table["handbook"].items()])
    assert loaded.findings == []
    cases = [case if isinstance(case, dict) else {"draft": case} for case in table["drafts"]]
    return Handbook(loaded), [{"for": {}, "finds": [], "today": DAY, "fixed": case["draft"]} | case for case in cases]


def make_row(source: str, place, rule, level, match, message, reason, replacements) -> list:
    """A finding as the table has it: line and column of its beginning, or zeros if it is on the whole text; its rule
    and level, its words, what writers are told, and what replaces the words.
    """
    before = source[: place[0]] if place else ""
    where = [before.count("\n") + 1, place[0] - before.rfind("\n")] if place else [0, 0]
    told = f"{message} {reason}".strip()
    return [*where, rule, level, match, told, *([list(replacements)] if replacements else [])]


def make_prose(case: dict):
    read = text.read(PATH, case["draft"])
    # Plain text has no front matter: the page asks whom it is for.
    return type(read)(read.path, read.source, read.blocks, case["for"])


def find_in_case(case: dict) -> list:
    """What lint finds in a draft without Vale."""
    handbook, _ = read_table()
    matcher = Matcher(compile_terms(handbook.list_approved("terms")))
    prose = make_prose(case)
    today = datetime.date.fromisoformat(str(case["today"]))
    draft = rules.Draft(prose, matcher, today, lambda path: "")
    return [
        *terms.check_terms(prose, matcher, today),
        *rules.check_draft(draft, rules.gather_facts(handbook)),
    ]


def list_rows(source: str, findings) -> list:
    starts = [0, *(match.end() for match in re.finditer("\n", source))]
    return [
        make_row(
            source,
            None if one.rule == "off-message" else (starts[one.span.line - 1] + one.span.column - 1,),
            one.rule, one.level, one.match, one.message, one.reason, one.replacements,
        )
        for one in sorted(findings, key=lambda one: (one.span, one.rule, one.message))
    ]  # fmt: skip


def fix_case(case: dict) -> str:
    handbook, _ = read_table()
    matcher = Matcher(compile_terms(handbook.list_approved("terms")))
    context = Context.from_meta(case["for"], datetime.date.fromisoformat(str(case["today"])))
    read = text.read(PATH, case["draft"])

    def find(prose):
        changed = type(prose)(prose.path, prose.source, prose.blocks, case["for"])
        return terms.find_issues(changed, matcher, context.today)

    return fix.fix_prose(read, find)


def find_voice(vale) -> list:
    """What Vale finds in each draft."""
    handbook, cases = read_table()
    prefix = "vale/styles/"
    styles = {
        artifact.path.removeprefix(prefix): artifact.data
        for artifact in write_voice_style(handbook.find_single("voice"))
    }
    documents = [
        ValeDocument(f"{number}.txt", case["draft"], None, case["draft"], ".txt") for number, case in enumerate(cases)
    ]
    return [found or [] for found in run_vale(vale, documents, styles=styles)]


UNCHECKED = ("Voice.sentence-length", "Voice.endless")


def select_rows(rows, *, voice: bool) -> list:
    return [row for row in rows if row[2].startswith("Voice.") == voice]


def test_the_table_is_what_lint_finds(vale):
    """And the only way to write it."""
    _, cases = read_table()
    styles = find_voice(vale)
    found = []
    for case, style in zip(cases, styles, strict=True):
        found.append(list_rows(case["draft"], [*find_in_case(case), *style]))
    if os.environ.get("UPDATE_DRAFTS"):
        write_table(found)
    wanted = [[row for row in rows if row[2] not in UNCHECKED] for rows in found]
    assert [case["finds"] for case in read_table()[1]] == wanted
    # What the page doesn't check is there to be found.
    assert {row[2] for rows in found for row in rows} >= set(UNCHECKED)


def write_table(found: list) -> None:
    yaml = YAML()
    yaml.width, yaml.preserve_quotes = 120, True
    table = yaml.load(TABLE.read_text("utf-8"))
    _, cases = read_table()
    for number, (case, rows) in enumerate(zip(cases, found, strict=True)):
        entry = table["drafts"][number]
        entry = entry if isinstance(entry, dict) else yaml.map(draft=entry)
        rows = [yaml.seq(row) for row in rows if row[2] not in UNCHECKED]
        for name, value, default in (("finds", rows, []), ("fixed", fix_case(case), case["draft"])):
            entry.pop(name, None)
            if value != default:
                entry[name] = value
        for row in entry.get("finds", ()):
            row.fa.set_flow_style()
        table["drafts"][number] = entry if len(entry) > 1 else entry["draft"]
    with TABLE.open("w", encoding="utf-8") as out:
        yaml.dump(table, out)
    read_table.cache_clear()


@pytest.mark.parametrize("case", read_table()[1], ids=lambda case: case["draft"][:40])
def test_lint_finds(case):
    assert list_rows(case["draft"], find_in_case(case)) == select_rows(case["finds"], voice=False)
    assert fix_case(case) == case["fixed"]


SOURCES = " ".join(path.read_text("utf-8") for path in sorted(MODULE_FOLDER.rglob("*.py")))
WORDS = sorted(set(re.findall(r"[^\W\d_]+", SOURCES.lower())))


@pytest.fixture(scope="module")
def told() -> dict:
    """What Node.js says."""
    node = shutil.which("node")
    if node is None:
        absent("Node.js")
    handbook, cases = read_table()
    question = {
        "terms": javascript.build_terms_data(compile_terms(handbook.list_approved("terms")), english=True),
        "rules": build_draft_rules(handbook),
        "drafts": [{"text": case["draft"], "day": str(case["today"]), **case["for"]} for case in cases],
        "words": WORDS,
        "texts": list_texts(),
        "expressions": {
            name: translate_expression(pattern.pattern, pattern.flags) for name, pattern in list_expressions().items()
        },
    }
    command = [node, str(HERE / "drafts.mjs"), str(MODULE_FOLDER)]
    run = subprocess.run(command, input=json.dumps(question), capture_output=True, encoding="utf-8", timeout=300)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def list_texts() -> list[str]:
    """Sentences about figures, in which the expressions find something."""
    lines = (HERE / "test_claims.py").read_text("utf-8").splitlines()
    own = [line for line in lines if len(line) > 20]
    return [*own, *(line.upper() for line in own), *(line.replace("i", "İ").replace("s", "ſ") for line in own[:50])]


def list_expressions() -> dict[str, re.Pattern]:
    return {
        f"{place}.{name}": value
        for place, module in MODULES.items()
        for name, value in vars(module).items()
        if isinstance(value, re.Pattern)
    }


def test_the_page_finds_the_same(told):
    _, cases = read_table()
    assert len(cases) >= 60
    for case, answer in zip(cases, told["drafts"], strict=True):
        source = case["draft"]
        rows = []
        for place, *rest in answer["found"]:
            units = source.encode("utf-16-le")
            start = place and (len(units[: 2 * place[0]].decode("utf-16-le")),)
            rows.append(make_row(source, start, *rest))
        assert (rows, answer["fixed"]) == (case["finds"], case["fixed"]), source


def test_the_page_names_what_it_does_not_check():
    handbook, _ = read_table()
    assert build_draft_rules(handbook)["unchecked"] == ["Sentence length", "Endless"]


@pytest.mark.parametrize(
    ("language", "left_out", "named"),
    [("en-US", "", []), ("ja", "", []), ("de", "", ["Claims", "Our messages"]), ("en", "proof", ["Claims"])],
)
def test_the_page_checks_claims_in_languages_that_it_knows(language, left_out, named):
    table = YAML(typ="safe").load(TABLE.read_text("utf-8"))["handbook"]
    table["brand"] = table["brand"].replace("en-US", language)
    parts = [(kind, f"{kind}.yaml", data.encode()) for kind, data in table.items() if kind not in (left_out, "voice")]
    made = build_draft_rules(Handbook(load_files(parts)))
    assert made["unchecked"] == named
    # What our messages rule out is found without any proof.
    assert {claim[0] for claim in made["claims"] or ()} >= ({"/messaging/#list"} if language != "de" else set())
    assert (made["claims"] is None, made["messages"] is None) == (language == "de", language == "de")


@pytest.mark.parametrize(
    ("ini", "levels", "named"),
    [
        ("MinAlertLevel = suggestion\n[*]\nBasedOnStyles = Brand, Voice\n", 4, ["Sentence length", "Endless"]),
        ("[*]\nBasedOnStyles = Voice\n", 4, ["Sentence length", "Endless"]),
        ("MinAlertLevel = warning\n[*]\nBasedOnStyles = Voice\n", 3, ["Sentence length", "Endless"]),
        ("[*.md]\nBasedOnStyles = Voice\nVoice.guarantees = NO\nVoice.endless = NO\n", 3, ["Sentence length"]),
        ("[*]\nBasedOnStyles = Google, Voice\nVoice.shouting = error\n", 4,
         ["Sentence length", "Endless", "The style Google"]),
        ("[*]\nBasedOnStyles = Google\n", 0, ["The style Google"]),
    ],
)  # fmt: skip
def test_a_company_chooses_its_style(tmp_path, ini, levels, named):
    handbook, _ = read_table()
    (tmp_path / ".vale.ini").write_text(ini)
    made = build_draft_rules(handbook, tmp_path / ".vale.ini")
    assert (len(made["voice"]), made["unchecked"]) == (levels, named)


def test_both_stem_words_alike(told):
    wrong = [
        (word, mine, theirs)
        for word, theirs in zip(WORDS, told["stems"], strict=True)
        if (mine := stem_word(word, "english")) != theirs
    ]
    assert len(WORDS) > 3000 and wrong == []


def test_expressions_mean_the_same_in_both_languages(told):
    texts, patterns = list_texts(), list_expressions()
    assert len(patterns) > 60
    for name, matches in told["matches"]:
        for one, theirs in zip(texts, matches, strict=True):
            assert [[match.start(), match[0]] for match in patterns[name].finditer(one)] == theirs, (name, one)
