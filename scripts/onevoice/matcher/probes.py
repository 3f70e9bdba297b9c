"""Probes: sentences in which a word must be found, and sentences in which it must not, made from the word itself."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace

from onevoice.matcher.characters import APOSTROPHES, CONTRACTED_WORDS, HYPHENS, has_whole_word
from onevoice.matcher.fold import make_match_key
from onevoice.matcher.language import ANY
from onevoice.matcher.matcher import Context
from onevoice.matcher.pattern import Form, Pattern

_SPECIAL = frozenset("|[]<>`*_#\\~&\n")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with a word in it.

    where: the place or the spelling that it tries, in a few words. text: what a reader sees. at: where the word begins
    in it. word: the word as it is there. kind, links: as in prose.block.Block. markdown: how the sentence is
    written in Markdown, or "" if the word's own signs would mean something else there.
    """

    where: str
    text: str
    at: int
    word: str
    kind: str = "paragraph"
    links: tuple[tuple[int, int], ...] = ()
    markdown: str = ""

    @property
    def end(self) -> int:
        return self.at + len(self.word)


def iter_positive_sentences(pattern: Pattern, form: Form) -> Iterator[Sentence]:
    """Sentences in which the form of an avoided word must be found: in every place and every spelling that is its own.

    A place in which the record lets the word be is left out, and other capitals if these are what is avoided. A word
    that counts only near another one has it in each sentence.
    """
    for sentence in _iter_places(pattern, form):
        near = _add_near_word(sentence, pattern.only_near[0]) if pattern.only_near else sentence
        if not any(has_whole_word(make_match_key(near.text), word) for word in pattern.never_near):
            yield near


def iter_other_contexts(pattern: Pattern) -> Iterator[Sentence]:
    """Sentences in which an avoided word means something else, as its record says by the words near it."""
    plain = _make_sentence("a plain sentence", "We say ", pattern.text, " here.")
    if pattern.only_near:
        yield replace(plain, where=f"a sentence without {' or '.join(pattern.only_near)}")
    if pattern.never_near:
        near = _add_near_word(plain, pattern.only_near[0]) if pattern.only_near else plain
        yield replace(_add_near_word(near, pattern.never_near[0]), where=f"a sentence with {pattern.never_near[0]}")


def _add_near_word(sentence: Sentence, word: str) -> Sentence:
    text = sentence.text.removesuffix(".")
    return replace(sentence, text=f"{text} with {word}{sentence.text[len(text) :]}", markdown="")


def _iter_places(pattern: Pattern, form: Form) -> Iterator[Sentence]:
    word = form.text
    plain = _SPECIAL.isdisjoint(word)
    yield _make_sentence("a plain sentence", "We say ", word, " here.", plain=plain)
    if form.plural:
        return  # What holds of the word holds of its plural, which differs in its last letters only.
    if not pattern.cased:
        yield _make_sentence(
            "the start of a sentence", "", word[:1].upper() + word[1:], " is what we say.", plain=plain
        )
        yield _make_sentence(
            "capitals", "we say ", word.upper(), " here.", plain=plain, same=len(word.upper()) == len(word)
        )
    if "heading" not in pattern.unless:
        yield _make_sentence("a heading", "what we say of ", word, " here", kind="heading", before="## ", plain=plain)
    yield _make_sentence("a list", "we say ", word, " here", kind="item", before="- ", plain=plain)
    yield _make_sentence("a table", "we say ", word, " here", kind="cell", before="| ", after=" |\n|---|", plain=plain)
    if "link" not in pattern.unless:
        yield _make_link_sentence(word, plain)
    if pattern.english and word[-1].isalpha() and not any(word.casefold().endswith(one) for one in CONTRACTED_WORDS):
        yield _make_sentence("the possessive", "We say ", word, "’s end.", plain=plain)
    if "'" in word or "’" in word:
        for sign in ("’", "'"):
            yield _make_sentence(
                "text with another apostrophe",
                "We say ",
                _replace_family(word, APOSTROPHES, sign),
                " here.",
                plain=plain,
            )
    if "-" in word:
        yield _make_sentence(
            "text with a no-break hyphen", "We say ", _replace_family(word, HYPHENS, "\u2011"), " here.", plain=plain
        )
    if " " in word:
        yield _make_sentence(
            "text with a no-break space", "We say ", word.replace(" ", "\u00a0"), " here.", plain=plain
        )
        yield _make_sentence("text across two lines", "We say ", word.replace(" ", "\n", 1), " here.", plain=plain)


def iter_negative_sentences(word: str) -> Iterator[Sentence]:
    """Sentences in which a right name must be let alone."""
    plain = _SPECIAL.isdisjoint(word)
    yield _make_sentence("a plain sentence", "We say ", word, " here.", plain=plain)
    yield _make_sentence("the start of a sentence", "", word, " is what we say.", plain=plain)
    yield _make_sentence("a list", "we say ", word, " here", kind="item", before="- ", plain=plain)


def iter_miscased_sentences(word: str) -> Iterator[Sentence]:
    """Sentences with a name in capitals that are not its own."""
    plain = _SPECIAL.isdisjoint(word)
    for other in dict.fromkeys((word.lower(), word.upper())):
        if other != word and len(other) == len(word):
            yield _make_sentence("other capitals", "We say ", other, " here.", plain=plain)


def iter_hidden_sentences(form: Form) -> Iterator[Sentence]:
    """Sentences in which a word is no prose: addresses and identifiers; and, in Markdown, code."""
    word = form.text
    if not (word.isascii() and word.isalpha()):
        return
    for where, before, after in (
        ("an address", "See https://example.com/", "/page here."),
        ("an email address", "Write to me@", ".example here."),
        ("an identifier", "Set my_", " here."),
        ("a handle", "Ask @", " here."),
    ):
        yield _make_sentence(where, before, word, after)
    yield Sentence("code", "Set \ufffc here.", 4, "\ufffc", markdown=f"Set `{word}` here.")


def make_pattern_context(pattern: Pattern, today: datetime.date) -> Context:
    """A document for which the pattern is meant: its readers, its channel, and no day before it holds."""
    since = datetime.date.fromisoformat(pattern.since) if pattern.since else today
    language = "" if pattern.language == ANY else pattern.language.lower()
    return Context(max(today, since), frozenset(pattern.audiences), frozenset(pattern.channels), language)


def _replace_family(word: str, family: str, sign: str) -> str:
    return "".join(sign if char in family else char for char in word)


def _make_sentence(
    where: str,
    head: str,
    word: str,
    tail: str,
    *,
    kind: str = "paragraph",
    before: str = "",
    after: str = "",
    plain: bool = True,
    same: bool = True,
) -> Sentence:
    text = f"{head}{word}{tail}"
    return Sentence(where, text, len(head), word, kind, (), f"{before}{text}{after}" if plain and same else "")


def _make_link_sentence(word: str, plain: bool) -> Sentence:
    text, markdown = f"We read the {word} page.", f"We read [the {word} page](page.md)."
    return Sentence(
        "the text of a link", text, 12, word, links=((8, len(text) - 1),), markdown=markdown if plain else ""
    )
