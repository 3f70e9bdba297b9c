"""The text of a cell -> the words in it: without what only spreadsheets have, and apart from remarks in brackets."""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import NamedTuple

# What people write for "nothing".
_NOTHING = frozenset(
    (
        *("n/a", "n.a.", "n. a.", "#n/a", "-", "--", "---", "–", "—", "?", "??", "???", "...", "…"),
        *("tbd", "t.b.d.", "tba", "tbc", "(none)", "(empty)", "(leer)", "(vide)", "k.a.", "k. a.", "keine angabe"),
    )
)
_MAX_NOTHING = max(map(len, _NOTHING))
# What is a word in one column, and nothing in a list of words.
_NO_WORDS = frozenset(("none", "keine", "keines", "aucun", "aucune", "ninguno", "ninguna", "nessuno", "geen", "inga"))
ERRORS = frozenset(
    (
        "#REF!",
        "#NAME?",
        "#VALUE!",
        "#DIV/0!",
        "#NULL!",
        "#NUM!",
        "#SPILL!",
        "#CALC!",
        "#GETTING_DATA",
        "#BEZUG!",
        "#WERT!",
    )
)
_SPACES = re.compile("[\\u00a0\\u2000-\\u200a\\u202f\\u205f\\u3000\\t]+")
_INVISIBLE = re.compile("[\\u200b-\\u200f\\u2060\\ufeff\\u00ad]")
_BLANKS = re.compile(" {2,}")
_QUOTES = {
    '"': '"',
    "“": "”",
    "„": "“",
    "«": "»",
    "»": "«",
    "‹": "›",
    "‘": "’",
    "‚": "‘",
    "”": "”",
    "'": "'",
    "「": "」",
}
_BULLET = re.compile(r"(?:[•‣▪◦●○∙·*–—-]|[0-9]{1,2}[.)])\s+")
_QUOTED = re.compile(r'\s*"((?:[^"]|"")*)"\s*(?:$|(?=[;,|/]))')
_REMARK = re.compile(r"(?<=\S)\s+[(\[]([^()\[\]]{1,200})[)\]]$")
_PLURAL = re.compile(r"(?<=\w)(?:\((?:s|es|e|n|en|er|x)\)|/-?(?:s|es|n|en))$")
_BREAK = re.compile(r"[\s,;|/]")
# A slash that belongs to a word: 24/7, and/or, km/h, TCP/IP, w/o.
_SHORT = 3
SEPARATORS = (";", "|", ",", "/")


class Remark(NamedTuple):
    """A word, and what is in brackets after it."""

    word: str
    remark: str


def clean_text(text: str) -> str:
    """A cell without no-break spaces, invisible characters and quotation marks around it; "" if it says nothing."""
    if text.isascii() and text.isprintable() and "  " not in text:
        text = text.strip()
        # Most cells have nothing to clean.
        if text[:1].isalnum() and len(text) > _MAX_NOTHING:
            return text
        text = _strip_quotes(text)
        return "" if text.casefold() in _NOTHING else text
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    lines = [_BLANKS.sub(" ", _SPACES.sub(" ", line)).strip() for line in text.split("\n")]
    text = "\n".join(lines).strip()
    text = _strip_quotes(text)
    return "" if text.casefold() in _NOTHING else text


def clean_line(text: str) -> str:
    """A cell as one line of a list or a name."""
    return " ".join(clean_text(text).split())


def is_no_word(word: str) -> bool:
    """Whether a word of a list says that there's none."""
    return not word or word.casefold() in _NO_WORDS or word.casefold() in _NOTHING


def is_plain_word(text: str) -> bool:
    """Whether a clean text is one word or phrase at a glance: letters, digits and single blanks, as most cells are."""
    is_clean = text[:1].isalpha() and text[-1:] != " " and "  " not in text
    return is_clean and text.isascii() and text.replace(" ", "").isalnum()


def split_cell(text: str, separators: str) -> list[str]:
    """The words in a cell: its lines, and in each what's between separators. Quotation marks hold a word together."""
    if is_plain_word(text):
        return [] if is_no_word(text) else [text]
    words: list[str] = []
    for line in text.split("\n"):
        line = line.strip()
        words += _split_line(line if line[:1].isalpha() else _BULLET.sub("", line, count=1), separators)
    found = (clean_line(word) for word in words)
    return list(dict.fromkeys(word for word in found if not is_no_word(word)))


def split_literally(text: str, separators: str) -> list[str]:
    """The items of a cell of our own: as they are, but for quotation marks that hold one together."""
    return [item.strip() for line in text.split("\n") for item in _split_line(line, separators)]


def find_separators(text: str) -> set[str]:
    """The separators that a cell may have between its words. What's between quotation marks has none."""
    found = set()
    for line in text.split("\n"):
        for separator in SEPARATORS:
            if separator in line and len(_split_line(line, separator)) > 1:
                found.add(separator)
    return found


def is_doubtful(text: str, separator: str) -> bool:
    """Whether a separator may be part of a word: a comma or a slash may."""
    if separator == ",":
        return True
    return separator == "/" and not re.search(r"\s/\s", text)


def split_remark(text: str) -> Remark:
    """A word and its remark: `kilowatt (kW)`. The plural in `term(s)` is no remark, and goes."""
    if is_plain_word(text):
        return Remark(text, "")
    match = _REMARK.search(text)
    if match and match.start():
        return Remark(_PLURAL.sub("", text[: match.start()]), match[1].strip())
    return Remark(_PLURAL.sub("", text), "")


def is_short_form(remark: str, word: str) -> bool:
    """Whether a remark is the short form of its word: `kW` of kilowatt, `SLA` of service level agreement."""
    if not 1 < len(remark) <= 12 or " " in remark or not any(letter.isupper() for letter in remark):
        return False
    letters = [letter for letter in remark.casefold() if letter.isalnum()]
    left = iter(word.casefold())
    return remark[:1].casefold() == word[:1].casefold() and all(letter in left for letter in letters)


def _strip_quotes(text: str) -> str:
    while len(text) > 2 and _QUOTES.get(text[0]) == text[-1]:
        inner = text[1:-1]
        # A list of quoted words begins and ends with marks, too.
        if text[0] in inner or text[-1] in inner:
            break
        text = inner.strip()
    return text


def _split_line(line: str, separators: str) -> list[str]:
    if '"' in line:
        return _split_quoted_line(line, separators)
    words, start, has_address = [], 0, "://" in line
    for match in _compile_separators(separators).finditer(line) if separators else ():
        if not _is_inside_word(line, match.start(), has_address):
            words.append(line[start : match.start()])
            start = match.end()
    words.append(line[start:])
    return [word for word in words if word.strip()]


@functools.cache
def _compile_separators(separators: str) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(separators)}]")


def _split_quoted_line(line: str, separators: str) -> list[str]:
    words, start, at, has_address = [], 0, 0, "://" in line
    while at < len(line):
        if at == start and (quoted := _QUOTED.match(line, at)):
            words.append(quoted[1].replace('""', '"'))
            at = start = quoted.end() + 1
            continue
        if line[at] in separators and not _is_inside_word(line, at, has_address):
            words.append(line[start:at])
            start = at + 1
        at += 1
    if start < len(line):
        words.append(line[start:])
    return [word for word in words if word.strip()]


def _is_inside_word(line: str, at: int, has_address: bool) -> bool:
    """Whether a comma or a slash belongs to a word, whatever the others do: 1,000 and 24/7."""
    before, after = line[max(at - 1, 0) : at], line[at + 1 : at + 2]
    if line[at] == ",":
        return before.isdigit() and after.isdigit()
    if line[at] != "/" or before.isspace() or after.isspace():
        return False
    left = _BREAK.split(line[max(at - 40, 0) : at])[-1]
    right = _BREAK.split(line[at + 1 : at + 41], maxsplit=1)[0]
    if has_address or ":" in left or min(len(left), len(right)) == 0:
        return True
    return min(len(left), len(right)) <= _SHORT
