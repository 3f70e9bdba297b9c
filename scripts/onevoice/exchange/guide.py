"""A style guide's word list in Markdown -> pairs of words, names and what is left out.

A word has a heading, an item or a paragraph of its own, or is the title of a definition. What is said of it in
sentences is read by `advice`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from onevoice.exchange.advice import Advice, read_advice
from onevoice.exchange.outline import CLOSE, OPEN, Unit, list_marked, strip_marks
from onevoice.exchange.wordlist import WordList

MAX_HEADING_WORDS, MAX_TERM_WORDS = 6, 6
PARTS_OF_SPEECH = {
    "noun": "noun", "n": "noun", "verb": "verb", "v": "verb", "adjective": "adjective", "adj": "adjective",
    "adverb": "adverb", "adv": "adverb",
}  # fmt: skip
_ARROW = re.compile(r"\s*(?:→|⇒|->|=>|➜)\s*")
# `**word**: what it means`, in which the colon may be inside.
_LABELED = re.compile(
    rf"^{OPEN}([^{OPEN}{CLOSE}]+?):?{CLOSE}\s*(?:\(([^()]*)\))?\s*(?::|[-–—](?=\s)|(?<=:{CLOSE}))\s*(.*)$"
)
_PLAIN_LABEL = re.compile(rf"^([^:{OPEN}{CLOSE}.!?]+?)\s*(?:\(([^()]*)\))?\s*(?::|\s[–—])\s+(.*)$")
_REMARK = re.compile(r"^(.*?\S)\s*\(([^()]+)\)$")
# How a sentence begins that says how to write a word, and not what it means.
_IMPERATIVE = re.compile(
    r"^(?:use|write|say|spell|capitalize|lowercase|hyphenate|one word|two words|always|never|do not|don['’]t|avoid|try|"
    r"when|see|prefer|in general|not |acceptable|okay)\b",
    re.I,
)


@dataclass
class _Entry:
    """A word and what is said of it. text: as an outline has it."""

    place: str
    name: str
    remark: str
    texts: list[str]


def read_guide(words: WordList, path: str, units: Sequence[Unit]) -> int:
    """Read all that is no table; returns how many words the document is about."""
    level = _find_word_level(units)
    before = words.total
    entry: _Entry | None = None
    for unit in units:
        place = f"{path}:{unit.line}"
        if unit.kind == "heading":
            _take_entry(words, entry)
            entry = _open_heading(place, unit) if unit.level == level else None
        elif unit.kind == "title":
            _take_entry(words, entry)
            entry = _Entry(place, *_split_remark(strip_marks(unit.text)), [])
        elif entry and unit.kind in ("paragraph", "definition"):
            entry.texts.append(unit.text)
        elif unit.kind in ("paragraph", "item") and not (entry and level):
            _read_line(words, place, unit)
    _take_entry(words, entry)
    return words.total - before


def _find_word_level(units: Sequence[Unit]) -> int:
    """The level of the headings that are words; 0 if there are none."""
    counts: Counter[int] = Counter()
    for unit, following in pairwise(units):
        if unit.kind == "heading" and following.kind == "paragraph" and _is_word(unit):
            advice = read_advice(following.text)
            counts[unit.level] += 3 if advice.says_something else 0
            counts[unit.level] += 1 if not _LABELED.match(following.text) else 0
    # A page with one heading and its text is no list, unless it gives advice.
    best = max(counts, key=lambda level: (counts[level], level), default=0)
    return best if counts[best] > 2 else 0


def _is_word(unit: Unit) -> bool:
    name = strip_marks(unit.text)
    return len(name) > 1 and len(name.split()) <= MAX_HEADING_WORDS and not name.endswith(("?", "!", ":"))


def _open_heading(place: str, unit: Unit) -> _Entry | None:
    return _Entry(place, *_split_remark(strip_marks(unit.text)), []) if _is_word(unit) else None


def _split_remark(name: str) -> tuple[str, str]:
    match = _REMARK.match(name)
    return (match[1], match[2].strip()) if match else (name, "")


def _read_line(words: WordList, place: str, unit: Unit) -> None:
    """An item or a paragraph that is about a word of its own."""
    text = unit.text
    wrong, *right = _ARROW.split(text)
    if len(right) == 1 and 0 < len(strip_marks(wrong).split()) <= MAX_TERM_WORDS and unit.kind == "item":
        words.total += 1
        uses = list_marked(right[0]) or [part.strip() for part in strip_marks(right[0]).split(",")]
        for word in list_marked(wrong) or [part.strip() for part in strip_marks(wrong).split(",")]:
            words.add_pair(place, word, uses)
        return
    label = _LABELED.match(text) or (_PLAIN_LABEL.match(text) if unit.kind == "item" else None)
    if label and len(label[1].split()) <= MAX_TERM_WORDS and not _IMPERATIVE.match(label[1]):
        _take_entry(words, _Entry(place, *_split_remark(label[1].strip()), [label[3]]), remark=label[2] or "")
        return
    advice = read_advice(text)
    if not advice.says_something:
        return
    words.total += 1
    if pairs := [pair for pair in advice.pairs if pair[1]]:
        for word, own in pairs:
            words.add_pair(place, word, own, why=" ".join(advice.rest))
    elif advice.pairs and advice.right:
        for word, _ in advice.pairs:
            words.add_pair(place, word, advice.right)
    elif advice.pairs and unit.kind == "item":
        for word, _ in advice.pairs:
            words.add_bare(place, word)
    else:
        words.omit(place, strip_marks(text), "it doesn't name both the word and what to write instead.")


def _take_entry(words: WordList, entry: _Entry | None, *, remark: str = "") -> None:
    """A word with all that is said of it."""
    if entry is None:
        return
    words.total += 1
    advice = read_advice(" ".join(entry.texts))
    remark = entry.remark or remark
    names = [name.strip() for name in entry.name.split(",") if name.strip()]
    if not names or not any(entry.texts):
        words.omit(entry.place, entry.name, "nothing is said of it.")
    elif _avoids_itself(advice, names):
        for name in names:
            right = [word for word in advice.right if word.casefold() != name.casefold()]
            words.add_pair(entry.place, name, right, why=" ".join(advice.rest))
    elif advice.condition and not advice.pairs:
        words.omit(entry.place, entry.name, f"it depends on what is meant: “{advice.condition}” Add it by hand.")
    else:
        _add_term(words, entry, names, advice, remark)


def _avoids_itself(advice: Advice, names: Sequence[str]) -> bool:
    own = {name.casefold() for name in names}
    named = {word.casefold() for word, uses in advice.pairs if not uses}
    if named & own and not named - own:
        return True
    return advice.is_avoided and not named - own


def _add_term(words: WordList, entry: _Entry, names: Sequence[str], advice: Advice, remark: str) -> None:
    """A word that is right, with its definition and the words that it replaces."""
    own = {name.casefold() for name in names}
    rest = [text for text in advice.rest if text and not text.endswith(":")]
    is_definition = bool(rest) and not _IMPERATIVE.match(rest[0])
    kind = PARTS_OF_SPEECH.get(remark.casefold().strip("."), "")
    notes = [] if is_definition else rest
    if advice.condition:
        notes = [*notes, advice.condition]
    words.add_name(
        entry.place,
        names[0],
        definition=" ".join(rest) if is_definition else "",
        part_of_speech=kind,
        allowed=list(names[1:]),
        note=" ".join([*([f"({remark})"] if remark and not kind else []), *notes]),
    )
    for word, uses in advice.pairs:
        if uses and uses[0].casefold() not in own:
            words.add_pair(entry.place, word, uses)
        elif word.casefold() not in own:
            words.add_pair(entry.place, word, [names[0]])
