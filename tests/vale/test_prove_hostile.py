"""`onevoice prove` on styles that nobody means well with: each ends with a finding or one clear line, and soon."""

import os
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from onevoice import limits
from onevoice.commands import cli
from onevoice.errors import OnevoiceError

TOKENS = "extends: existence\nmessage: x\ntokens:\n"
SWAP = "extends: substitution\nmessage: Say '%s', not '%s'.\nswap:\n"
LETTERS = "abcdefghij"
ALIASES = ["x", *(f"*{letter}" for letter in LETTERS)]
BOMB = "".join(f"{name}: &{name} [{', '.join([ALIASES[at]] * 10)}]\n" for at, name in enumerate(LETTERS))


def tokens(*expressions: str, nonword: bool = False) -> str:
    listed = "".join(f"  - '{one}'\n" for one in expressions)
    return f"{'nonword: true' if nonword else 'level: error'}\n{TOKENS}{listed}"


# name -> the rule's file, and what is said of it: a rule of a finding, a word of the refusal, or nothing.
STYLES = {
    "nested lists": (f"{TOKENS}  - a\nx: {'[' * 5000}", "unread"),
    "nested mappings": (f"{TOKENS}  - a\nx: {'{a: ' * 5000}", "unread"),
    "deep indentation": (TOKENS + "".join(f"{' ' * level}- \n" for level in range(300)), "unread"),
    "many dashes": (f"{TOKENS}{'- ' * 30_000}a\n", "unread"),
    "alias of itself": (f"{TOKENS}  - a\nx: &x [*x]\n", "unread"),
    "aliases of aliases": (f"{TOKENS}  - a\n{BOMB}", "unread"),
    "aliases as scope": (f"{TOKENS}  - a\n{BOMB.replace('j: &j', 'scope: &j')}", "unread"),
    "mapping as a key": (f"{TOKENS}  - a\n? {{a: b}}\n: c\n", "unread"),
    "list as a key": (f"{TOKENS}  - a\n? [a, b]\n: c\n", "unread"),
    "mapping as a key inside": (f"{TOKENS}  - a\nx: {{? {{a: b}} : c}}\n", "unread"),
    "mapping as a word": (f"{SWAP}  ? {{a: b}}\n  : c\n  d: e\n", ""),
    "long number": (f"{TOKENS}  - a\nx: {'9' * 5000}\n", ""),
    "long negative number": (f"{TOKENS}  - a\nlimit: -{'9' * 5000}\n", None),
    "number of other digits": (f"{TOKENS}  - a\nx: !!int ٣٤\n", ""),
    "hexadecimal": (f"{TOKENS}  - a\nx: 0x{'f' * 5000}\n", ""),
    "infinity": (f"{TOKENS}  - a\nx: .inf\ny: .nan\n", ""),
    "a tag of Python": (f"{TOKENS}  - a\nx: !!python/object/apply:os.system [touch marker]\n", None),
    "another tag": (f"{TOKENS}  - a\nx: !thing [b]\n", None),
    "empty token": (tokens("", "good word"), "unread"),
    "blank token": (tokens("   ", "good word"), "unread"),
    "empty swap": (f"{SWAP}  '': good\n  bad: ''\n", "unread"),
    "only empty tokens": (tokens("", ""), "unread"),
    "null token": (f"{TOKENS}  - ~\n  -\n  - null\n", None),
    "beyond ASCII": (tokens("[^\\x00-\\x7F]", nonword=True), ""),
    "beyond everything": (tokens("[^\\x00-\\U0010FFFF]", "[^\\s\\S]"), None),
    "not a word": (tokens("[^\\w\\s]", nonword=True), ""),
    "unclosed": (tokens("(a", "[b", "c{", "d\\", "*e"), "unread"),
    "many groups": (tokens("(" * 3000 + "a" + ")" * 3000), None),
    "long repetition": (tokens("a{1000000}", "(a{1000}){1000}", "((b{100}){100}){100}"), None),
    "too long repetition": (tokens("a{99999999999}"), None),
    "catastrophic": (tokens("(a+)+b", "(a|a)*c", "(.*)*d"), None),
    "comma lists": (tokens(", ".join("ab" for _ in range(40)) + "!"), None),
    "many branches": (tokens("|".join(f"w{number}" for number in range(5000))), None),
    "product of branches": (tokens("(a|b)" * 60), None),
    "references": (tokens("(a)\\2", "\\1", "(?P=x)", "(?<n>a)\\k<n>", "(?(1)a|b)"), None),
    "look-arounds": (tokens("(?<!a+)b", "(?<=a*)b", "(?=", "(?!)"), None),
    "flags": (tokens("(?i-s:a)", "(?x) a b", "(?z)a", "(?i", "(?-)a"), None),
    "properties": (tokens("\\p{L}+", "\\p{Nonsense}", "\\x{110000}", "\\u{41}", "\\N{LATIN}"), None),
    "control characters": (f'{TOKENS}  - "a\\0b"\n  - "a\\rb"\n  - "a\\nb"\n  - "\\e[31m"\n', None),
    "half a character": (f'{TOKENS}  - "\\ud800"\n  - good word\n', "unread"),
    "half a character elsewhere": (f'{TOKENS}  - a\nlink: "\\ud800"\n', "unread"),
    "right to left": (f'{TOKENS}  - "\\u202egood"\n', None),
    "percent signs": (f"{SWAP}  '100%s': '%d%n'\n", None),
    "a long token": (tokens("word " * 60_000), None),
    "a long key": (f"{'k' * 100_000}: x\n{tokens('good word')}", None),
    "fields of other kinds": (f"{TOKENS}  - a\nscope: [1, {{a: b}}, ~]\nraw: [1, ~]\nexceptions: 5\n", None),
    "a scope that is none": (f"{TOKENS}  - good word\nscope: nonsense\n", None),
    "an action that is none": (f"{TOKENS}  - good word\naction: {{name: [1], params: 7}}\n", None),
    "words that are none": ("extends: existence\nmessage: x\ntokens: {a: b}\n", ""),
    "swaps that are none": ("extends: substitution\nmessage: x\nswap: 5\n", None),
    "tokens twice": (f"{TOKENS}  - a\ntokens:\n  - b\n", None),
    "two documents": (f"{tokens('a')}---\n{tokens('b')}", "unread"),
    "not YAML": ("%%%\n\t- [", "unread"),
    "not text": (b"\x00\x01\xff\xfe" * 500, "unread"),
    "UTF-16": (tokens("a").encode("utf-16"), "unread"),
    "a byte order mark": (tokens("good word").encode("utf-8-sig"), ""),
    "nothing": ("", "no rule here"),
    "only a comment": ("# nothing\n", "no rule here"),
    "a number": ("5\n", "no rule here"),
    "too many entries": (tokens(*(f"word{number}" for number in range(10_000))), "at most 4000 can be tested"),
}  # fmt: skip


def prove(folder: Path):
    return CliRunner().invoke(cli, ["prove", str(folder), "--format", "json"], standalone_mode=False)


@pytest.mark.parametrize("name", STYLES)
def test_a_hostile_style_ends_with_a_word(vale, tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    text, said = STYLES[name]
    folder = tmp_path / "style"
    folder.mkdir()
    (folder / "Rule.yml").write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    done = prove(folder)
    if isinstance(done.exception, OnevoiceError):
        assert "\n" not in str(done.exception) and done.exception.exit_code == 2
        assert said is None or said in str(done.exception)
    else:
        assert done.exception is None, done.exception
        assert done.return_value in (0, 1)
        assert said is None or not said or f'"{said}"' in done.stdout
    assert not (tmp_path / "marker").exists()
    assert len(done.output) < 1_000_000


def test_neighbors_of_a_hostile_rule_are_tested(vale, tmp_path):
    (tmp_path / "Bad.yml").write_text(STYLES["aliases as scope"][0])
    (tmp_path / "Stops.yml").write_text(STYLES["a scope that is none"][0] + "exceptions: {a: [b]}\n")
    (tmp_path / "Good.yml").write_text(tokens("vs\\."))
    done = prove(tmp_path)
    assert done.return_value == 1
    assert "Good.yml" in done.stdout and '"glued"' in done.stdout and "Bad.yml" in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="files of POSIX")
def test_what_is_no_file_is_no_rule(vale, tmp_path):
    os.mkfifo(tmp_path / "pipe.yml")
    (tmp_path / "zero.yml").symlink_to("/dev/zero")
    (tmp_path / "loop.yml").symlink_to("loop.yml")
    (tmp_path / "loop").symlink_to(".")
    (tmp_path / "dir.yml").mkdir()
    with (tmp_path / "sparse.yml").open("wb") as file:
        file.truncate(4 << 30)
    (tmp_path / "Good.yml").write_text(tokens("good word"))
    done = prove(tmp_path)
    assert done.exception is None
    assert "sparse.yml" in done.stdout and "more than 1 MB" in done.stdout


def test_many_entries_at_which_vale_stops_take_few_runs(vale, tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MAX_PROVE_RUNS", 5)
    (tmp_path / "Rule.yml").write_text(tokens(*(f"(a{number}" for number in range(50))))
    done = prove(tmp_path)
    assert isinstance(done.exception, OnevoiceError) and "stopped: " in str(done.exception)


def test_as_many_entries_as_allowed_are_tested(vale, tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MAX_PROVE_ENTRIES", 2)
    (tmp_path / "Rule.yml").write_text(tokens("one word", "two words"))
    assert prove(tmp_path).return_value == 0
    (tmp_path / "Rule.yml").write_text(tokens("one word", "two words", "three words"))
    assert "3 entries, and at most 2" in str(prove(tmp_path).exception)
