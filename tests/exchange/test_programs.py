"""Each export, opened by the program that it's for: it finds our word in a draft, and offers what we write instead."""

import json
import re
import shutil
import subprocess
from collections import Counter

import pytest
from ruamel.yaml import YAML

import exports
from conftest import absent
from handbooks import ROOT
from onevoice.exchange.formats import load_word_formats
from onevoice.exchange.formats.skill import build_skill_name
from onevoice.run import export as runner

MODULES = ROOT / "node_modules"
TERMS = [
    {"id": "use", "preferred": "use", "definition": "To put to work.", "part_of_speech": "verb", "fix": "auto",
     "avoid": [{"term": "utilize", "why": "It's longer; it says \"no more\"."}]},
    {"id": "journey", "preferred": "customer journey", "definition": "The path.", "part_of_speech": "noun",
     "allowed": ["funnel cake"], "examples": [{"good": "Where is she?", "bad": "In the funnel."}],
     "avoid": [{"term": "buyer's journey", "why": "It goes on: after the sale \\ later."},
               {"term": "funnel", "use": ["customer journey", "pipeline"]}, {"term": "path 24/7"},
               {"term": "DET phrase", "audiences": ["customers"]}, {"term": "NOUN PROG"}]},
    {"id": "node", "preferred": "Node.js", "definition": "A runtime.", "case": "exact", "part_of_speech": "proper noun",
     "avoid": [{"term": "server-side script", "use": "Node.js"}, {"term": "very good", "remove": True}]},
    {"id": "price", "preferred": "price", "definition": "What it costs: $1.", "part_of_speech": "noun",
     "avoid": [{"term": "cost (net)", "use": "price in $1 & more"}, {"term": "Überpreis"}]},
]  # fmt: skip
DRAFT = (
    "Utilize it on the buyer's journey.\n\nWe utilize node.js for a funnel, and a server-side script; "
    "funnel cake is fine. Two buyer's journeys, nothing else. The Überpreis is a cost (net).\n"
)


@pytest.fixture(scope="module")
def made():
    return exports.make_export([*TERMS])


def write(made, name, folder):
    """The files of a format, written to a folder; the first one's path."""
    files = runner.write_format(made, name)
    runner.save_export(files, folder)
    return folder / files[0].path


def run_node(script, *arguments, cwd, codes=(0, 1)):
    node = shutil.which("node") or absent("Node.js")
    if not script.exists():
        absent(f"{script.relative_to(MODULES).parts[0]}, which `make lint-js` installs,")
    command = [node, str(script), *map(str, arguments)]
    run = subprocess.run(command, cwd=cwd, capture_output=True, encoding="utf-8", timeout=300, check=False)
    assert run.returncode in codes, run.stderr
    return run.stdout


def test_cspell(made, tmp_path):
    (tmp_path / "cspell.json").write_text(
        json.dumps({"import": [write(made, "cspell", tmp_path / "words").as_posix()]})
    )
    (tmp_path / "draft.md").write_text(DRAFT, "utf-8")
    options = ("lint", "--no-progress", "--show-suggestions", "--no-color", "draft.md")
    said = run_node(MODULES / "cspell/bin.mjs", *options, cwd=tmp_path)
    found = re.findall(r"Forbidden word \((\S+)\) Suggestions: \[([^\]*]+)\*", said)
    assert found == [("Utilize", "Use"), ("utilize", "use"), ("Überpreis", "Price")]


def test_textlint(made, tmp_path):
    terms = write(made, "textlint", tmp_path)
    rules = {"rules": {"terminology": {"defaultTerms": False, "terms": str(terms)}}}
    (tmp_path / ".textlintrc.json").write_text(json.dumps(rules))
    (tmp_path / "draft.md").write_text(DRAFT, "utf-8")
    (tmp_path / "node_modules").symlink_to(MODULES)
    said = run_node(MODULES / "textlint/bin/textlint.js", "--format", "json", "draft.md", cwd=tmp_path)
    [file] = json.loads(said)
    found = [(DRAFT[slice(*one["fix"]["range"])], one["fix"]["text"]) for one in file["messages"]]
    assert sorted(found) == sorted(
        [
            ("Utilize", "Use"),
            ("buyer's journey", "customer journey"),
            ("utilize", "use"),
            ("node.js", "Node.js"),
            ("server-side script", "Node.js"),
            ("buyer's journeys", "customer journeys"),
            ("Überpreis", "price"),
            ("cost (net)", "price in $1 & more"),
        ]
    )


HARPER = """
import { LocalLinter } from 'harper.js';
import { binary } from 'harper.js/binary';
import fs from 'node:fs';
const linter = new LocalLinter({ binary });
await linter.setup();
const failures = await linter.loadWeirpackFromBytes(fs.readFileSync(process.argv[2]));
const lints = await linter.lint(fs.readFileSync(process.argv[3], 'utf8'));
const ours = lints.filter((one) => one.message().startsWith('Write '));
const found = ours.map((one) => [one.get_problem_text(), one.suggestions().map((text) => text.get_replacement_text())]);
console.log(JSON.stringify({ failures: failures ?? null, found, messages: ours.map((one) => one.message()) }));
"""


def test_harper(made, tmp_path):
    pack = write(made, "weirpack", tmp_path)
    (tmp_path / "draft.md").write_text(DRAFT + "\nA noun prog.\n", "utf-8")
    (tmp_path / "node_modules").symlink_to(MODULES)
    (tmp_path / "run.mjs").write_text(HARPER)
    if not (MODULES / "harper.js").exists():
        absent("harper.js, which `make lint-js` installs,")
    said = json.loads(run_node(tmp_path / "run.mjs", pack, "draft.md", cwd=tmp_path, codes=(0,)))
    assert said["failures"] is None
    found = {(word, *right) for word, right in said["found"]}
    assert found == {
        ("Utilize", "Use"), ("utilize", "use"), ("buyer's journey", "customer journey"),
        ("buyer's journeys", "customer journeys"), ("server-side script", "Node.js"), ("Überpreis", "Price"),
        ("noun prog", "customer journey"),
    }  # fmt: skip
    assert "Write use. It's longer; it says 'no more'." in said["messages"]


# What Contextive's reader has: another key ends it (GlossaryFile.fs of Contextive).
CONTEXT_KEYS, TERM_KEYS = {"name", "domainVisionStatement", "paths", "meta", "terms"}, {
    "name", "definition", "examples", "aliases", "meta",
}  # fmt: skip


def load_yaml(path):
    return YAML(typ="safe", pure=True).load(path.read_text("utf-8"))


def test_contextive(made, tmp_path):
    glossary = load_yaml(write(made, "contextive", tmp_path))
    assert {*glossary} == {"contexts"}
    for context in glossary["contexts"]:
        assert {*context} <= CONTEXT_KEYS
        for term in context["terms"]:
            assert {*term} <= TERM_KEYS and term["name"] and isinstance(term["definition"], str)
            assert all(isinstance(text, str) for key in ("examples", "aliases") for text in term.get(key, []))
            assert all(isinstance(text, str) for text in term["meta"].values())
    right, wrong = glossary["contexts"]
    assert right["name"] == exports.BRAND["name"]
    assert [term["name"] for term in right["terms"]] == [term["preferred"] for term in TERMS]
    said = {term["name"]: term["definition"] for term in wrong["terms"]}
    assert said["buyer's journey"] == "Write “customer journey”. It goes on: after the sale \\ later."
    assert said["funnel"] == "Write “customer journey” or “pipeline”."
    assert said["very good"] == "Leave it out." and "DET phrase" not in said


def test_espanso(made, tmp_path):
    matches = load_yaml(write(made, "espanso", tmp_path))["matches"]
    assert all({*one} <= {"trigger", "replace", "word", "propagate_case", "label"} for one in matches)
    triggers = {one["trigger"]: one for one in matches}
    assert len(triggers) == len(matches)
    assert triggers["utilize"] == {"trigger": "utilize", "replace": "use", "word": True, "propagate_case": True}
    assert triggers["server-side script"]["propagate_case"] is False
    # A choice, what goes, and what only some readers should not see, are for people.
    assert not {"funnel", "very good", "DET phrase"} & {*triggers}


def test_skill(made, tmp_path):
    path = write(made, "skill", tmp_path)
    _, front, body = path.read_text("utf-8").split("---\n", 2)
    meta = YAML(typ="safe").load(front)
    assert {*meta} == {"name", "description"}
    assert meta["name"] == path.parent.name and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", meta["name"])
    assert len(meta["name"]) <= 64 and 0 < len(meta["description"]) <= 1024
    references = {*re.findall(r"references/\w+\.md", body)}
    assert references == {one.relative_to(path.parent).as_posix() for one in path.parent.glob("references/*")}
    assert "Write “use”, not “utilize”." in body
    block = (tmp_path / "skill/AGENTS.md").read_text("utf-8").splitlines()
    assert (block[0], block[-1]) == ("<!-- onevoice: begin -->", "<!-- onevoice: end -->")


@pytest.mark.parametrize("brand", ["A", "Über & Söhne", "漏斗", "-", "x" * 200, "A--B"])
def test_a_skill_has_a_name_of_its_format(brand):
    name = build_skill_name(brand)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) and len(name) <= 64


WRITTEN = [name for name, one in load_word_formats().items() if one.write] + ["vale", "llms"]


@pytest.mark.parametrize("name", WRITTEN)
def test_the_same_words_are_the_same_bytes(made, name):
    files = runner.write_format(made, name)
    assert files and files == runner.write_format(exports.make_export([*TERMS]), name)
    assert max(Counter(one.path for one in files).values()) == 1


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("json", {"avoid", "definition", "allowed", "use", "why", "except", "examples", "bad", "note", "names"}),
        ("csv", {"avoid", "definition", "allowed", "use", "why", "except", "examples", "bad", "note", "names"}),
        ("tbx", {"avoid", "definition", "allowed", "use", "why", "examples", "note", "names"}),
        ("skos", {"avoid", "definition", "allowed", "use", "why", "examples", "note", "names"}),
        ("vale", {"avoid", "use", "why", "except"}),
        ("textlint", {"avoid", "use", "except"}),
        ("cspell", {"avoid", "allowed", "use"}),
        ("weirpack", {"avoid", "use", "why"}),
        ("contextive", {"avoid", "definition", "allowed", "use", "why", "examples", "note"}),
        ("espanso", {"avoid", "use"}),
        ("skill", {"avoid", "definition", "allowed", "use", "why"}),
    ],
)
def test_what_a_format_keeps_is_found_out(name, kept):
    assert runner.probe_format(name)[0] == kept
