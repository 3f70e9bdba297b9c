"""Styles and vocabularies of Vale as terms and rules: each entry is one of these, or is left out with its reason."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from handbooks import ROOT
from onevoice.exchange.entry import Omission, Reading, Settings, Source
from onevoice.exchange.formats import load_word_formats, recognize_format
from onevoice.exchange.style.source import read_style_files
from onevoice.records.voice import ValeRule

STYLES = ROOT.parent / "shared" / "data" / "vale-styles"
SWAP = "extends: substitution\nmessage: Use '%s' instead of '%s'.\nignorecase: {ignores}\n{more}swap:\n{pairs}"


def read(files: dict[str, str], name: str = "Acme") -> Reading:
    source = Source(name, {path: text.encode() for path, text in files.items()})
    assert recognize_format(source) == "vale"
    return load_word_formats()["vale"].read(source, Settings())


def swap(*pairs: str, ignores: str = "true", more: str = "") -> Reading:
    listed = "".join(f"  {pair}\n" for pair in pairs)
    return read({"Words.yml": SWAP.format(ignores=ignores, more=more, pairs=listed)})


def avoided(reading: Reading) -> dict[str, list]:
    """The avoided words of each term, as plain texts where nothing else is said."""
    return {
        entry.fields["preferred"]: [
            avoid["term"] if avoid.keys() == {"term"} else avoid for avoid in entry.fields.get("avoid", ())
        ]
        for entry in reading.entries
    }


@pytest.mark.parametrize(
    ("pairs", "options", "wanted"),
    [
        (["e-?mails?: email"], {}, {"email": ["e-mail"]}),
        (["(?:kick off|kickoff): start", "launch: start"], {}, {"start": ["kick off", "kickoff", "launch"]}),
        (["data-?set: data set", "data-?sets: data sets"], {}, {"data set": ["data-set", "dataset"]}),
        (["hit: click|select"], {}, {"click": [{"term": "hit", "use": ["click", "select"]}]}),
        (["'[Gg]it[Hh]ub': GitHub"], {"ignores": "false"}, {"GitHub": []}),
        (["Internet: internet"], {"ignores": "false"}, {"internet": ["Internet"]}),
        (["Once: after"], {"ignores": "false"}, {"after": [{"term": "Once", "case": "exact"}]}),
        (["once: after"], {"ignores": "false"}, {"after": ["once"]}),
        (["'(front|back)-end': $1end"], {}, {"frontend": ["front-end"], "backend": ["back-end"]}),
        ([r"'\bgrey\b': gray"], {"more": "nonword: true\n"}, {"gray": ["grey"]}),
        (["fire(?:man|men): firefighter(s)"], {},
         {"firefighter": [{"term": "fireman", "forms": {"firemen": "firefighters"}}]}),
        (["check ?point(s)?: stop$1"], {}, {"stop": ["check point", "checkpoint"]}),
        ([r"'(?<!\w)grey(?![\w-])': gray"], {"more": "nonword: true\n"}, {"gray": ["grey"]}),
        (["'[Oo]n ?[Ll]ine': online"], {"ignores": "false"}, {"online": ["on line"]}),
        (['''abort: "'stop', or 'cancel'"'''], {}, {"stop": [{"term": "abort", "use": ["stop", "cancel"]}]}),
        (["Once: after"], {"ignores": "'false'"}, {"after": [{"term": "Once", "case": "exact"}]}),
        (["addict: user", "addicts: people"], {}, {"user": [{"term": "addict", "forms": {"addicts": "people"}}]}),
        (["log in: sign in", "log in: enter"], {}, {"sign in": [{"term": "log in", "use": ["sign in", "enter"]}]}),
    ],
)  # fmt: skip
def test_pairs_of_words_are_terms(pairs, options, wanted):
    reading = swap(*pairs, **options)
    assert avoided(reading) == wanted
    assert (reading.rules, reading.omissions) == ((), ())


@pytest.mark.parametrize(
    ("pair", "more"),
    [
        (r"'\w+ise': ize", ""),
        ("grey: gray", "nonword: true\n"),
        ("grey: gray", "scope: heading\n"),
        (r"'it''s(?=\.)': it is", ""),
        ("'the below (?:table|list)': the following [element]", ""),
        ("nothing: n/a", ""),
        (r"'\[here\]\(.*?\)': a title", "scope: raw\n"),
        (r"'(\w+) of it': $1 of that", ""),
    ],
)
def test_what_no_term_can_say_stays_a_rule(pair, more):
    reading = swap(pair, more=more)
    assert reading.entries == ()
    (rule,) = reading.rules
    assert rule.fields["id"] == "acme-words"
    assert len(rule.fields["swap"]) == 1
    assert ValeRule.model_validate(rule.fields)


def test_words_to_leave_out_are_a_rule_of_their_own():
    (rule,) = swap("very: ''", "really: ~").rules
    assert (rule.fields["extends"], rule.fields["tokens"]) == ("existence", ["very", "really"])
    assert rule.fields["action"] == {"name": "remove"}


def test_neighbors_and_exceptions_are_phrases_in_which_a_word_is_fine():
    reading = swap(r"'in addition(?!\s+to\b)': also", "case: box", more="exceptions: [use case]\n")
    assert [entry.fields.get("except") for entry in reading.entries] == [["in addition to"], ["use case"]]


def test_what_contradicts_an_earlier_pair_stays_a_rule():
    reading = swap("utilise: utilize", "utilize: use")
    assert avoided(reading) == {"utilize": ["utilise"]}
    assert reading.rules[0].fields["swap"] == {"utilize": "use"}


KINDS = {
    "Tokens": "extends: existence\nmessage: Not '%s'.\ntokens: [obviously, 'of course']\naction: {name: remove}\n",
    "Raw": "extends: existence\nmessage: No.\nnonword: true\nraw: ['\\(s\\)', x]\nscope: [heading, ~link]\n",
    "Long": "extends: occurrence\nmessage: Long.\nscope: sentence\nmax: 25\ntoken: '[^\\s]+'\n",
    "Twice": "extends: repetition\nmessage: Twice.\nalpha: true\ntokens: ['[^\\s]+']\n",
    "Spellings": "extends: consistency\nmessage: Both.\neither: {advisor: adviser}\n",
    "Acronyms": "extends: conditional\nmessage: What's '%s'?\nfirst: '([A-Z]{3})'\nsecond: '\\(([A-Z]{3})\\)'\n",
    "Headings": "extends: capitalization\nmessage: Case.\nmatch: $sentence\nindicators: [':']\nthreshold: 0.5\n",
    "Grade": "extends: readability\nmessage: Hard.\ngrade: 8.5\nmetrics: [Flesch-Kincaid]\n",
    "Spelling": "extends: spelling\nmessage: Typo.\nappend: true\nfilters: ['[A-Z]+']\n",
    "Order": "extends: sequence\nmessage: Order.\ntokens:\n  - {tag: NN}\n  - {pattern: of, negate: true}\n",
    "Ratio": "extends: metric\nmessage: Ratio.\nformula: words / sentences\ncondition: '> 30'\n",
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_rule_of_each_kind_is_kept(kind):
    reading = read({f"{kind}.yml": KINDS[kind]})
    (rule,) = reading.rules
    made = ValeRule.model_validate(rule.fields)
    given = YAML(typ="safe").load(KINDS[kind])
    for name, value in given.items():
        if (kind, name) != ("Order", "tokens"):
            kept = rule.fields[name]
            assert kept in (value, str(value), [value]), name
    assert made.level == "warning"


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("tokens: obviously", "tokens", ["obviously"]),
        ("Tokens: [obviously]", "tokens", ["obviously"]),
        ("tokens: ['so ', ' and']", "tokens", ["so[ ]", "[ ]and"]),
        ("raw: ['\\b(?:is|are) ', done]", "raw", [r"\b(?:is|are)[ ]", "done"]),
    ],
)
def test_words_to_find_are_those_that_vale_finds(text, key, value):
    (rule,) = read({"Tokens.yml": f"extends: existence\nmessage: Not '%s'.\n{text}\n"}).rules
    assert rule.fields[key] == value


def omissions(files: dict[str, str]) -> list[Omission]:
    reading = read({"Tokens.yml": KINDS["Tokens"], **files})
    return list(reading.omissions)


@pytest.mark.parametrize(
    ("path", "text", "reason"),
    [
        ("Run.yml", "extends: script\nmessage: M.\nscript: run.tengo\n", "It runs a program."),
        ("Own.yml", "extends: spelling\nmessage: M.\ndicpath: d\n", "It needs files besides the rule"),
        ("Odd.yml", "extends: existence\nmessage: M.\ntoken: [a]\nfoo: 1\n", "Vale has no key `foo`"),
        ("None.yml", "extends: existence\nmessage: M.\ntokens: ['']\n", "It has no words to look for."),
        ("Empty.yml", "extends: substitution\nmessage: M.\nswap: {}\n", "It has no words to look for."),
        (
            "Bare.yml",
            "extends: existence\ntokens: [a]\n",
            "It has no `message`, so Vale stops at every file that uses this style. Add it.",
        ),
        ("Child.yml", "extends: Other.Parent\nmessage: M.\n", "It extends Other.Parent, which isn't here."),
        ("run.tengo", "x := 1", "It's a program."),
        ("Broken.yml", "extends: existence\ntokens: [a\n", ""),
    ],
)
def test_what_is_left_out_has_its_reason(path, text, reason):
    (left,) = omissions({path: text})
    assert left.place.startswith(path)
    assert reason in left.reason


def test_a_rule_takes_over_what_it_extends():
    reading = read({
        "styles/A/Base.yml": SWAP.format(ignores="true", more="", pairs="  grey: gray\n  colour: color\n"),
        "styles/B/Own.yml": "extends: A.Base\nlevel: error\nswap+: {centre: center}\nswap-: [grey]\n",
    })  # fmt: skip
    assert [*avoided(reading)] == ["gray", "color", "center"]


def test_a_configuration_switches_rules():
    reading = read({
        "styles/A/Off.yml": KINDS["Tokens"],
        "styles/A/On.yml": KINDS["Tokens"],
        ".vale.ini": "StylesPath = styles\n[*]\nBasedOnStyles = A\nA.Off = NO\nA.On = error\n",
    })  # fmt: skip
    assert [(rule.fields["id"], rule.fields["level"]) for rule in reading.rules] == [("a-on", "error")]
    assert reading.omissions[0].reason == ".vale.ini:4 switches this rule off."


def test_a_vocabulary_has_names_and_rejected_words():
    reading = read({
        "config/vocabularies/Base/accept.txt": "# ours\nGraphQL\n(?i)kubectl\nasync\n[Pp]y.*\n",
        "config/vocabularies/Base/reject.txt": "guys\n",
    })  # fmt: skip
    assert [entry.fields for entry in reading.entries] == [{"preferred": "GraphQL", "case": "exact"}]
    assert [left.text for left in reading.omissions] == ["(?i)kubectl", "async", "[Pp]y.*"]
    assert reading.rules[0].fields["tokens"] == ["guys"]
    assert reading.total == 5


def load_source(folder: Path) -> Source:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return Source(folder.name, {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths})


@pytest.mark.skipif(not STYLES.is_dir(), reason="the published styles aren't here")
@pytest.mark.parametrize("name", ["Datadog", "Elastic", "Google", "Microsoft", "alex"])
def test_most_pairs_of_a_published_style_are_terms(name):
    source = load_source(STYLES / name)
    found = read_style_files(source)
    reading = load_word_formats()["vale"].read(source, Settings())
    pairs = sum(len(rule.entries) for rule in found.rules if rule.kind == "substitution")
    left = sum(
        len(rule.fields.get("swap", rule.fields.get("tokens", ())))
        for rule in reading.rules
        if "swap" in rule.fields or "-leave-out" in rule.fields["id"]
    )
    assert pairs - left >= 0.85 * pairs
    whole = [rule for rule in found.rules if rule.kind != "substitution"]
    assert len([rule for rule in reading.rules if "swap" not in rule.fields]) >= len(whole)
