"""`onevoice prove`: what is wrong with anybody's Vale style, by the real Vale, with file and line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from onevoice.commands import cli
from onevoice.run.prove import prove_style
from onevoice.vale.prove.cases import ALONE, build_style_trial, pad_sample, render_entry_rules
from onevoice.vale.prove.sample import generate_samples, is_plain_expression, split_alternatives
from onevoice.vale.prove.style import read_style_rules
from onevoice.vale.trial import run_style_trial


def prove(folder, rules: dict[str, str], *options):
    for name, text in rules.items():
        (folder / name).write_text(text, "utf-8")
    return CliRunner().invoke(cli, ["prove", str(folder), "--format", "json", *options], standalone_mode=False)


def found(folder, rules: dict[str, str]) -> list[tuple[str, int, str, str]]:
    listed = json.loads(prove(folder, rules).stdout)
    return [(one["rule"], one["line"], one["match"], one["message"]) for one in listed]


SWAP = "extends: substitution\nmessage: Say '%s', not '%s'.\nignorecase: {ignorecase}\nswap:\n"


def swap(*lines: str, ignorecase: str = "true") -> dict[str, str]:
    return {"Rule.yml": SWAP.format(ignorecase=ignorecase) + "".join(f"  {line}\n" for line in lines)}


@pytest.mark.parametrize(
    ("rules", "wanted"),
    [
        (swap("e-mail: email", "sign ?up: register", "'(?:leverage|utilize)': use"), []),
        (swap(r"approx\.: about", "web site: website"), [("glued", 5, r"approx\.")]),
        (swap("a.k.a.: or", "node.js: Node.js", ignorecase="false"), [("glued", 5, "a.k.a.")]),
        (swap("(?<=x)y: z", "'a(?=b)c': d"), [("dead", 5, "(?<=x)y")]),
        (swap("Acme: Acme", "JavaScript: JavaScript"), []),
        (swap("Acme: Acme", ignorecase="false"), [("dead", 5, "Acme")]),
        (swap("(?:acme|Acme): Acme", "(?:Foo|foo): Foo|FOO", ignorecase="false"), []),
        (swap("'(?i)acme': Acme", ignorecase="false"), []),
        (swap("no pain, no gain: effort", "first come, first served: in order", "'last, but not least': last",
              "win, lose or draw: whatever", "bye, bye, bye: no"), []),
        (swap("login, logon: sign in", "analyze, analyzes: study"), [("comma-list", 6, "analyze, analyzes")]),
        ({"Cliche.yml": "extends: existence\nmessage: x\ntokens:\n  - blood, sweat, tears\n  - easy, peasy\n"}, []),
        ({"Line.yml": 'extends: existence\nmessage: x\ntokens:\n  - "a\\rb"\n  - good word\n  - vs\\.\n  - more\n'},
         [("glued", 6, "vs\\.")]),
        ({"Signs.yml": "extends: existence\nmessage: x\ntokens:\n  - ', so to speak'\n  - \"'s going\"\n  - '-like'\n"
          "  - 'pre-'\n  - '/or'\n  - ';? however,'\n  - '#tag'\n"},
         [("glued", 9, ";? however,"), ("glued", 10, "#tag")]),
        ({"Raw.yml": "extends: existence\nmessage: x\nscope: raw\nnonword: true\ntokens:\n  - 'end\\.\\n\\nStart'\n"
          "  - 'one\\n{2,}two'\n  - '\\n{3,}'\n  - 'here\\.\\s+We'\n"}, []),
        ({"Behind.yml": "extends: existence\nmessage: x\ntokens:\n  - (?<!say )good\n  - (?<=\\w+ )fine(?! here)\n"
          "  - (?<=very )nice\n  - (?<!a+)word\n  - (?<=\\. )So\n"}, []),
        ({"Page.yml": "extends: existence\nmessage: x\nscope: text.html\ntokens:\n  - good word\n  - vs\\.\n"},
         [("glued", 6, "vs\\.")]),
        ({"Head.yml": "extends: existence\nmessage: x\nscope: heading.h2.html\ntokens: [good word]\n"}, []),
        ({"Code.yml": "extends: existence\nmessage: x\nscope: [comment.line.py, text.rst]\ntokens: [good word]\n"}, []),
        (swap("'N\\.A\\.|not available': unavailable", "'(?:e\\.g\\.|for example)': such as"),
         [("dead", 5, "N\\.A\\.|not available"), ("dead", 6, "(?:e\\.g\\.|for example)")]),
        (swap("'dialogue|dialogue box': dialog", "'sign up form|sign up': form"),
         [("shadowed", 5, "dialogue|dialogue box")]),
        ({"Alt.yml": "extends: existence\nmessage: x\nnonword: true\ntokens:\n  - N\\.A\\.|not here\n"}, []),
        ({"Alt.yml": "extends: existence\nmessage: x\nexceptions: [dog]\ntokens:\n  - dog|cat\n"}, []),
        (swap("abort, kill, terminate: stop"), [("comma-list", 5, "abort, kill, terminate")]),
        (swap("cloud: our cloud|GCP"), [("contradiction", 5, "cloud")]),
        (swap("sign-?on: sign-in", "single sign-on: SSO"), []),
        (swap("in order to: to", "'(?:in order to|so as to)': to"), [("shadowed", 5, "in order to")]),
        (swap("foo: bar", "baz: qux", "foo: quux"), [("double", 7, "foo")]),
        ({"Broken.yml": "extends: existence\ntokens: [a, b\n", **swap("foo: bar")}, [("unread", 2, "")]),
        ({"Bad.yml": "extends: existence\nmessage: x\ntokens:\n  - fine\n  - (a\n  - vs.\n", **swap("'*b': c", "e: e")},
         [("unread", 5, "(a"), ("glued", 6, "vs."), ("unread", 5, "*b")]),
        ({"Seen.yml": "extends: existence\nmessage: x\ntokens:\n  - very\n  - a\\.k\\.a\\.\n"},
         [("glued", 5, "a\\.k\\.a\\.")]),
        ({"Seen.yml": "extends: existence\nmessage: x\ntokens:\n  - cold\n  - cold call\n  - warm call\n  - warm\n"},
         [("shadowed", 5, "cold call")]),
        ({"Hyphen.yml": "extends: existence\nmessage: x\ntokens:\n  - \\w+- and \\w+-\n  - pre-\n"}, []),
        ({"Head.yml": "extends: existence\nmessage: x\nscope: heading\ntokens:\n  - intro\n"}, []),
        ({"Raw.yml": "extends: existence\nmessage: x\nraw:\n  - '\\b(am|are)\\b\\s*'\ntokens:\n  - driven\n"}, []),
        ({"A.yml": "a: b\n", "B.yml": "extends: odd\nmessage: x\n", "C.yml": "extends: existence\ntokens: [a]\n",
          "D.yml": "extends: existence\nmessage: x\nlevel: bad\ntokens: [a]\n",
          "E.yml": "extends: existence\nmessage: x\nmessage: y\ntokens: [a]\n",
          "F.yml": "extends: substitution\nmessage: x\nswap:\n  - foo: bar\n  - baz\n", "G.yml": "",
          "H.yml": "extends: existence\nmessage:\ntokens: [a]\n"},
         [("unread", 1, "")] * 4 + [("unread", 3, ""), ("unread", 5, ""), ("unread", 1, "")]),
        ({"Most.yml": "extends: occurrence\nmessage: x\nmax: 1\ntoken: a\n", **swap("foo: bar")}, []),
    ],
)  # fmt: skip
def test_each_entry_is_tried(vale, tmp_path, rules, wanted):
    assert [one[:3] for one in found(tmp_path, rules)] == wanted


def test_a_finding_says_why_and_what_to_do(vale, tmp_path):
    ((_, _, _, message),) = found(tmp_path, swap(r"vs\.: versus"))
    assert message == (
        '"vs\\." fires only without a space, as in "We say vs.here.", not in "We say vs. here." Vale requires a '
        'word boundary on both sides, and there is none next to ".". Set `nonword: true`, and add `\\b` where a word '
        "begins or ends."
    )


def test_two_entries_for_one_word(vale, tmp_path):
    ((rule, line, _, message),) = found(tmp_path, swap("visit: see", "'refer to|visit': read"))
    assert (rule, line) == ("shadowed", 5)
    assert message.startswith('"visit" never matches: "refer to|visit" (line 6) finds the same words')


def test_two_entries_of_one_length_take_turns(vale, tmp_path):
    one, other = found(tmp_path, swap("fo[o] bar: x", "'[f]oo bar': y"))
    assert (one[:3], other[:3]) == (("shadowed", 5, "fo[o] bar"), ("shadowed", 6, "[f]oo bar"))
    assert one[3].startswith('"fo[o] bar" fires only by chance: "[f]oo bar" (line 6) is just as long')


def test_a_dead_alternative_is_named(vale, tmp_path):
    ((_, _, _, message),) = found(tmp_path, swap(r"'N\.A\.|not available': unavailable"))
    assert message.startswith('"N\\.A\\.|not available" never finds "N.A.", not even in "We say N.A. here." Vale')


def test_a_rule_that_never_runs_counts_its_entries_as_dead(vale, tmp_path):
    ((_, _, _, message),) = found(tmp_path, swap("foo: bar", "baz: qux", "foo: quux"))
    assert "none of the 3 entries here is ever found" in message
    assert "Dead in a sentence: 3 (plain words: 3)." in prove(tmp_path, {}).stderr


def test_what_is_not_tested_is_counted(vale, tmp_path):
    rules = {
        "A.yml": "extends: consistency\nmessage: x\neither: {a: b}\n",
        "B.yml": "extends: existence\nmessage: x\nraw: [a, b]\n",
        "C.yml": "extends: sequence\nmessage: x\ntokens: [{pattern: a}]\n",
        "D.yml": "extends: conditional\nmessage: x\nfirst: a\nsecond: b\n",
        "E.yml": "extends: existence\nmessage: x\nscope: comment\ntokens: [a word, a name]\n",
        "F.yml": "extends: consistency\nmessage: x\neither: {c: d}\n",
        **swap("foo: bar"),
    }
    said = prove(tmp_path, rules).stderr
    assert said.startswith("Tested 1 entries in 3 files with ")
    assert (
        "Not tested: 1 `conditional` rule, 2 `consistency` rules, 1 `raw` rule, 1 `sequence` rule, "
        "2 entries for which there is no sentence." in said
    )


PUBLISHED = Path("/work/shared/data/vale-styles")


@pytest.mark.parametrize("name", ["Datadog", "Elastic", "Google", "Microsoft", "alex"])
def test_published_styles_are_accused_of_what_vale_confirms(vale, name):
    if not (PUBLISHED / name).is_dir():
        pytest.skip("there are no published styles on this machine")
    prepared = build_style_trial(read_style_rules(PUBLISHED / name))
    accused = {
        (one.path, one.span.line, one.match): one
        for one in prove_style(PUBLISHED / name).findings
        if one.rule in ("dead", "glued") and " never finds " not in one.message
    }
    texts = {}
    for at, (number, entry) in enumerate(prepared.entries):
        if (prepared.rules[number].path, entry.line, entry.key) in accused:
            lines = [f"We say{pad_sample(one)}here." for one in prepared.samples[at]]
            texts |= {f"e{at}.txt": "\n\n".join(lines), f"e{at}.md": "\n\n".join(lines)}
    assert len(texts) == 2 * len(accused)
    if texts:
        rules = render_entry_rules(prepared, {int(path[1:].split(".")[0]) for path in texts})
        said = run_style_trial(vale, rules, [ALONE], texts)
        assert not [
            (path, one) for path, each in said.items() for one in each if one.rule == f"{ALONE}.{path.split('.')[0]}"
        ]


def test_text_names_the_file_and_counts(vale, tmp_path):
    (tmp_path / "Rule.yml").write_text(swap("vs\\.: versus", "foo: bar")["Rule.yml"])
    result = CliRunner().invoke(cli, ["prove", str(tmp_path)], standalone_mode=False)
    assert result.return_value == 1
    assert f"{tmp_path.as_posix()}/Rule.yml:5:3" in result.output
    assert f"Tested 2 entries in 1 file with {vale}." in result.output
    assert "Plain words: 2. Dead in a sentence: 1 (plain words: 1). Total: 1 error." in result.output


@pytest.mark.parametrize("name", ["none", "file.txt", "."])
def test_a_folder_without_a_style(vale, tmp_path, name):
    (tmp_path / "file.txt").write_text("text")
    result = CliRunner().invoke(cli, ["prove", str(tmp_path / name)], standalone_mode=False)
    assert type(result.exception).__name__ == "OnevoiceError"
    assert "Name the folder of a Vale style" in str(result.exception)


@pytest.mark.parametrize(
    ("expression", "wanted"),
    [
        ("e-mail", ["e-mail"]),
        ("sign ?up", ["sign up", "signup"]),
        ("(?:leverage|utilize)s?", ["leverages", "leverage", "utilizes", "utilize"]),
        (r"\bvs\.", ["vs."]),
        ("[Dd]ata", ["Data", "data"]),
        (r"\d+ ?%", ["1 %", "1%"]),
        ("a(?=b)", ["ab"]),
        (r"(?<name>x)\1", ["xx"]),
        ("(?i)a(?!b)", ["a"]),
        ("[^a]", ["1"]),
        ("a{2}", ["aa"]),
        ("(unclosed", []),
    ],
)
def test_samples_are_what_the_expression_describes(expression, wanted):
    assert generate_samples(expression) == wanted


@pytest.mark.parametrize(
    ("expression", "wanted"),
    [
        ("a", []),
        ("a|b c", ["a", "b c"]),
        ("(?:a|b)", ["a", "b"]),
        ("(a|b(?:c|d))", ["a", "b(?:c|d)"]),
        ("(?:a|b)(?:c|d)", []),
        (r"a\|b[|]c(?:d|e)", []),
        ("(?=a|b)", []),
        ("(unclosed|a", []),
    ],
)
def test_alternatives_are_those_of_the_whole_expression(expression, wanted):
    assert split_alternatives(expression) == wanted


def test_plain_words_have_no_signs():
    assert is_plain_expression("sign up") and is_plain_expression("e-mail, post")
    assert is_plain_expression("vs\\.") and is_plain_expression(r"\(s\)he") and not is_plain_expression(r"\bvs")
    assert not is_plain_expression("vs.") and not is_plain_expression("(s)he")
