"""The patterns for Python, JavaScript and Vale find the same words, and those that the matcher finds."""

import datetime
import json
import re
import shutil
import subprocess
import unicodedata

import pytest

from conftest import absent
from onevoice.matcher import dialect
from onevoice.matcher import pattern as patterns
from onevoice.matcher.characters import UNSPACED_SCRIPTS
from onevoice.matcher.compile import compile_terms
from onevoice.matcher.matcher import Context, Matcher
from onevoice.records.term import Term

WORDS = [
    "sign up", "e-mail", "buyer's journey", "C++", ".NET", "Node.js", "R&D", "24/7", "a.k.a.", "can", "that", "café",
    "заказчик", "东京", "サーバ", "ลูกค้า", "a+b (c) [d] {e} ^f$ | g?*", "\\d", "C#", "Straße", "ebook",
]  # fmt: skip

TEXTS = [
    "sign up, Sign  up, sign\tup\nsign\nup sign\u00a0up sign\u202fup sign-up signup sign ups resign up",
    "e-mail e‐mail e‑mail e–mail email e - mail re-e-mail e-mail-based e-mails e-mail’s",
    "buyer's journey, buyer’s journey, buyers journey, BUYER'S JOURNEYS, the buyer's journey's end",
    "C++ c++17 (c++) c++, xc++ C+++ c++-based",
    ".net asp.net .NET. .netx example.net ..net (.NET)",
    "node.js nodeXjs node-js Node.js's node.json my.node.js node.js.org",
    "R&D r&d R & D xR&D R&Ds",
    "24/7 124/7 24/70 24/7, (24/7)",
    "a.k.a. A.K.A. aka a.k.a (a.k.a.)",
    "can can't can’t canned cans the can's lid uncan can-do toucan can_ _can can1",
    "that that's THAT'S that’s 'that' that-that",
    "café CAFÉ cafe cafés cafée",
    "Заказчик ЗАКАЗЧИК заказчики заказчика",
    "我在东京工作 东京",
    "サーバ サーバー",
    "ถึงลูกค้าทุกท่าน",
    "A+B (C) [D] {E} ^F$ | G?* and a+b  (c)",
    "\\d d 1 \\\\d",
    "c# C# c#x c##",
    "straße STRASSE Straßen",
    "l'ebook d’ebook qu'ebook xl'ebook y'ebook 'ebook' “ebook”",
    "@ebook #ebook ebook@x.de x@ebook.de /ebook x/ebook ebook/x ebook.com my.ebook http://x/ebook ebook://x \\ebook",
    "",
]


def found(word: str) -> patterns.Pattern:
    term = Term.model_validate({"id": "x", "preferred": "other", "definition": "d", "avoid": [word]})
    return next(one for one in patterns.make_patterns(term) if one.role == "avoid")


def by_python(pattern: patterns.Pattern, text: str) -> list[str]:
    return [match.group() for match in re.finditer(patterns.build_python_regex(pattern), text, re.I)]


# What a regular expression cannot know: the matcher's identifiers, and German capitals.
BEYOND = {("Straße", "straße STRASSE Straßen"), ("\\d", "\\d d 1 \\\\d")}


@pytest.mark.parametrize("word", WORDS)
def test_python_finds_what_the_matcher_finds(word):
    term = Term.model_validate(
        {"id": "x", "preferred": "other", "definition": "d", "avoid": [{"term": word, "unless": []}]}
    )
    matcher = Matcher(compile_terms([term]))
    pattern = found(word)
    for text in TEXTS:
        if (word, text) in BEYOND or "://" in text:
            continue
        hits = matcher.find_hits(text, document=Context(datetime.date(2026, 1, 1)))
        assert [text[hit.start : hit.end] for hit in hits] == by_python(pattern, text), text


NODE = """
const read = JSON.parse(require("fs").readFileSync(0, "utf8"));
console.log(JSON.stringify(read.patterns.map(source =>
  read.texts.map(text => Array.from(text.matchAll(new RegExp(source, "giu")), found => found[0])))));
"""


def by_vale(vale, folder, tokens: list[str], text: str) -> list[list[tuple[int, str]]]:
    """(line, words) of what the real Vale finds in plain text, for each token."""
    style = folder / "styles" / "Agree"
    style.mkdir(parents=True)
    (folder / ".vale.ini").write_text("StylesPath = styles\nMinAlertLevel = suggestion\n[*]\nBasedOnStyles = Agree\n")
    for number, token in enumerate(tokens):
        rule = {"extends": "existence", "message": "%s", "ignorecase": True, "nonword": True}
        rule["tokens"] = [token.replace("%", "%%")]
        (style / f"word{number}.yml").write_text(json.dumps(rule, ensure_ascii=False), encoding="utf-8")
    (folder / "text.txt").write_text(text, encoding="utf-8")
    command = [vale.path, "--output=JSON", "--no-exit", "text.txt"]
    run = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=True, timeout=60)
    alerts: dict[str, list] = {}
    for alert in sorted(json.loads(run.stdout)["text.txt"], key=lambda alert: (alert["Line"], alert["Span"])):
        alerts.setdefault(alert["Check"], []).append((alert["Line"], alert["Match"]))
    return [alerts.get(f"Agree.word{number}", []) for number in range(len(tokens))]


def test_vale_finds_what_python_finds(vale, tmp_path):
    texts = [text for text in TEXTS if text and "\n" not in text and "://" not in text]
    told = by_vale(vale, tmp_path, [patterns.build_vale_regex(found(word)) for word in WORDS], "\n\n".join(texts))
    assert told == [
        [(line * 2 + 1, hit) for line, text in enumerate(texts) for hit in by_python(found(word), text)]
        for word in WORDS
    ]


def test_vale_knows_the_scripts_without_spaces(vale, tmp_path):
    signs = [chr(code) for low, high in UNSPACED_SCRIPTS for code in range(low, min(high, 0x2FFFF) + 1)]
    letters = [sign for sign in signs if unicodedata.category(sign) in ("Lo", "Lm", "Mn", "Mc", "Nd")]
    others = [chr(code) for code in (*range(0xAC00, 0xAC10), 0x3131, 0x0D85, 0x10A0, 0x16A0)]
    lines = ["".join(f" x{sign}" for sign in letters[at : at + 500]) for at in range(0, len(letters), 500)]
    token = f"x(?!{dialect.VALE.word()})"
    told = by_vale(vale, tmp_path, [token], "\n\n".join([*lines, " ".join(f"x{sign}" for sign in others)]))
    assert len(told[0]) == len(letters)


def test_longer_phrases_hide_a_word_from_vale(vale, tmp_path):
    token = patterns.build_vale_regex(found("pad"), ("thermal pad", "pad and pen", "my pad here"))
    text = "A pad, a Thermal  pad, isothermal pad, pad and pen, pad and pens, my pad here, my pad."
    assert by_vale(vale, tmp_path, [token], text) == [[(1, "pad"), (1, "pad"), (1, "pad"), (1, "pad")]]


def test_javascript_finds_what_python_finds():
    node = shutil.which("node")
    if node is None:
        absent("node")
    sources = [patterns.build_javascript_regex(found(word)) for word in WORDS]
    texts = [text for text in TEXTS if "://" not in text]
    told = json.dumps({"patterns": sources, "texts": texts})
    run = subprocess.run([node, "-e", NODE], input=told, capture_output=True, text=True, check=True, timeout=60)
    assert json.loads(run.stdout) == [[by_python(found(word), text) for text in texts] for word in WORDS]
