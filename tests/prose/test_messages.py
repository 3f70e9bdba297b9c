"""UI strings in JSON: only where a path says that there are some, and without placeholders."""

import json

import pytest
from click.testing import CliRunner

from onevoice.commands import cli
from onevoice.errors import OnevoiceError
from onevoice.prose.formats import find_format
from onevoice.prose.read import read_prose
from prose.shown import shown


def show(path: str, data: object) -> list[str]:
    prose = read_prose(path, json.dumps(data).encode())
    return [line.removeprefix("paragraph: ") for line in shown(prose)]


@pytest.mark.parametrize(
    ("path", "tag"),
    [
        ("locales/en.json", "en"), ("public/locales/pt-BR/shop.json", "pt-BR"), 
        ("_locales/zh_Hans/messages.json", "zh-Hans"),
        ("src/i18n/messages.de.json", "de"), ("app/lang/en_US/a/b.json", "en-US"), ("i18n/en/package.json", "en"),
    ],
)  # fmt: skip
def test_a_path_says_where_strings_are(path, tag):
    assert find_format(path).name == "UI strings"
    assert read_prose(path, b'{"a": "b"}').meta == {"lang": tag}


@pytest.mark.parametrize(
    "path",
    [
        "package.json",
        "en.json",
        "en/shop.json",
        "locales/index.json",
        "i18n/tsconfig.json",
        "lang/src/app.json",
        "locales.json",
    ],
)
def test_other_json_is_no_text(path):
    assert find_format(path) is None


def test_each_kind_of_file_is_read():
    i18next = {
        "cart": {"title": "Your cart", "count_one": "{{count}} seat", "list": ["One", "Two"]},
        "help": "See $t(cart.title)",
    }
    assert show("locales/en/shop.json", i18next) == ["Your cart", "· seat", "One", "Two", "See ·"]
    told = {
        "a1": {"defaultMessage": "Sign up", "description": "utilize"},
        "error": {"message": "Oops", "description": "It broke"},
    }
    assert show("lang/en.json", told) == ["Sign up", "Oops", "It broke"]
    chrome = {
        "hello": {
            "message": "Hello, $NAME$",
            "description": "utilize",
            "placeholders": {"name": {"content": "$1", "example": "utilize"}},
        }
    }
    assert show("_locales/en/messages.json", chrome) == ["Hello, ·"]


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("Hi {name}, see %s and %{b} on {day, date, short}", ["Hi ·, see · and · on ·"]),
        ("You <b>utilize</b> <1>it</1>.<br/>", ["You utilize it."]),
        ("{count, plural, =0 {None} one {# of {team}} other {# seats}} left", ["· left", "None", "· of ·", "· seats"]),
        ("{who, select, me {I {n, plural, one {sit} other {go}}} other {You do}}", ["I ·", "sit", "go", "You do"]),
        ("A {brace and {count, plural, one {no end", ["A {brace and {count, plural, one {no end"]),
        ("Tab\tand “quotes”, \"too\" \\ 😀 é", ["Tab\tand “quotes”, \"too\" \\ 😀 é"]),
        ("100% # $5", ["100% # ·"]),
        ("{{name}}", []),
    ],
)  # fmt: skip
def test_placeholders_are_no_words(text, blocks):
    assert show("locales/en.json", {"a": text}) == blocks


def test_broken_json_is_said():
    with pytest.raises(OnevoiceError, match=r"locales/en\.json:2: this is no JSON"):
        read_prose("locales/en.json", b'{"a": "b",\n}')
    with pytest.raises(OnevoiceError, match="too deep"):
        read_prose("locales/en.json", b"[" * 100_000 + b"]" * 100_000)


def test_a_word_in_a_string_is_found_and_fixed(tmp_path, monkeypatch):
    (tmp_path / "book" / "terminology").mkdir(parents=True)
    (tmp_path / "book" / "terminology" / "terms.yaml").write_text(
        "terms:\n  - {id: use, preferred: use, definition: d, part_of_speech: verb, avoid: [{term: utilize, why: w}]}\n"
    )
    (tmp_path / "locales").mkdir()
    strings = tmp_path / "locales" / "en.json"
    strings.write_text(
        '{\n  "utilize": "We utilize {count, plural, one {a \\"seat\\"} other {and utilize them}}."\n}\n'
    )
    (tmp_path / "package.json").write_text('{"description": "We utilize it."}\n')
    monkeypatch.chdir(tmp_path)
    arguments = ["lint", ".", "--no-vale", "--handbook", "book"]
    done = CliRunner().invoke(cli, arguments)
    last = strings.read_text().split("\n")[1].rindex("utilize") + 1
    assert "locales/en.json:2:18" in done.stdout and f"locales/en.json:2:{last}" in done.stdout
    assert "package.json" not in done.stdout and ".json" in done.stdout + done.stderr
    CliRunner().invoke(cli, [*arguments, "--fix"])
    assert strings.read_text() == (
        '{\n  "utilize": "We use {count, plural, one {a \\"seat\\"} other {and use them}}."\n}\n'
    )
