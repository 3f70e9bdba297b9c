"""`onevoice prove`: what is wrong with anybody's Vale style, by the real Vale, with file and line."""

import json

import pytest
from click.testing import CliRunner

from onevoice.commands import cli
from onevoice.vale.prove.sample import generate_samples, is_plain_expression


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
        (swap("(?<=x)y: z", "'a(?=b)c': d"), [("dead", 5, "(?<=x)y"), ("dead", 6, "a(?=b)c")]),
        (swap("Acme: Acme"), [("dead", 5, "Acme")]),
        (swap("abort, kill, terminate: stop"), [("comma-list", 5, "abort, kill, terminate")]),
        (swap("cloud: our cloud|GCP"), [("contradiction", 5, "cloud")]),
        (swap("sign-?on: sign-in", "single sign-on: SSO"), []),
        (swap("in order to: to", "'(?:in order to|so as to)': to"), [("shadowed", 5, "in order to")]),
        (swap("foo: bar", "baz: qux", "foo: quux"), [("double", 7, "foo")]),
        ({"Broken.yml": "extends: existence\ntokens: [a, b\n", **swap("foo: bar")}, [("unread", 2, "")]),
        ({"Bad.yml": "extends: existence\nmessage: x\ntokens:\n  - fine\n  - (a\n  - vs.\n", **swap("'*b': c", "e: e")},
         [("unread", 5, "(a"), ("glued", 6, "vs."), ("unread", 5, "*b"), ("dead", 6, "e")]),
        ({"Seen.yml": "extends: existence\nmessage: x\ntokens:\n  - very\n  - a\\.k\\.a\\.\n"},
         [("glued", 5, "a\\.k\\.a\\.")]),
        ({"Seen.yml": "extends: existence\nmessage: x\ntokens:\n  - cold\n  - cold call\n  - warm call\n  - warm\n"},
         [("shadowed", 5, "cold call")]),
        ({"Hyphen.yml": "extends: existence\nmessage: x\ntokens:\n  - \\w+- and \\w+-\n  - pre-\n"}, []),
        ({"Head.yml": "extends: existence\nmessage: x\nscope: heading\ntokens:\n  - intro\n"}, []),
        ({"Raw.yml": "extends: existence\nmessage: x\nraw:\n  - '\\b(am|are)\\b\\s*'\ntokens:\n  - driven\n"}, []),
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


def test_plain_words_have_no_signs():
    assert is_plain_expression("sign up") and is_plain_expression("e-mail, post")
    assert is_plain_expression("vs\\.") and is_plain_expression(r"\(s\)he") and not is_plain_expression(r"\bvs")
    assert not is_plain_expression("vs.") and not is_plain_expression("(s)he")
