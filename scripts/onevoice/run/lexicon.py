"""What a lint run needs of a handbook: its compiled terms, its rules of style, its address. Kept between runs."""

from __future__ import annotations

import dataclasses
import datetime
import marshal
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onevoice import cache, process
from onevoice.lint import rules
from onevoice.load.walk import hash_files, read_record_files
from onevoice.matcher import compile, store
from onevoice.matcher.matcher import Matcher
from onevoice.run.handbook import load_handbook

if TYPE_CHECKING:
    from onevoice.handbook.handbook import Handbook

# A lexicon is kept without its words, which many changes of a handbook leave as they are.
CACHE_SECTION, WORDS_SECTION = "lexicon", "words"


@dataclass(frozen=True)
class Lexicon:
    """The words and rules of a handbook.

    folder: where the handbook is. key: a hash of the records that it is made from. words_key: one of its words alone,
    under which these are kept.
    url: where it is published, or "". voice: Vale's rules of our voice, as path below a styles folder and bytes.
    terms: the ids of all terms in use.
    facts: what the rule families need to know, by the rule. days: ISO dates from which on something is judged
    differently, sorted. name: the company's, or "" if the handbook does not say. pages: the addresses of the terms of
    handbooks that this one extends, if it is not published itself.
    """

    folder: Path
    key: str
    words_key: str
    matcher: Matcher
    url: str
    voice: dict[str, bytes]
    terms: tuple[str, ...]
    facts: dict[str, Any]
    days: tuple[str, ...]
    name: str
    pages: dict[str, str]

    def build_url(self, path: str) -> str:
        """The address of a page of the site; "" if the handbook is not published."""
        return f"{self.url.rstrip('/')}{path}" if self.url else ""

    def build_term_url(self, term: str) -> str:
        """The address of a term's page; "" if neither the handbook is published nor the one that it's from."""
        return self.build_url(f"/glossary/{term}/") if self.url else self.pages.get(term, "")

    @property
    def rule_names(self) -> set[str]:
        """The names of the rules that a suppression may name."""
        voice = {path[:-4].replace("/", ".") for path in self.voice}
        return {f"Brand.{term}" for term in self.terms} | voice | set(rules.list_rule_names())


def read_lexicon(folder: Path) -> Lexicon:
    """The lexicon of the handbook in a folder, from the cache if no byte of its records has changed.

    Raises DataError if the records have errors.
    """
    key = hash_records(folder)
    return recall_lexicon(folder, key) or build_lexicon(folder, key, load_handbook(folder)[0])


def recall_lexicon(folder: Path, key: str) -> Lexicon | None:
    """The lexicon that was made from records with this hash; None if it isn't kept."""
    if data := cache.get(CACHE_SECTION, key):
        try:
            name, reasons, rest = store.PackedParts(data)
            words_key = str(name, "ascii")
            if words := cache.get(WORDS_SECTION, words_key):
                compiled = compile.join_compiled_terms(words, reasons)
                return Lexicon(folder, key, words_key, Matcher(compiled), *marshal.loads(rest))
        except (ValueError, EOFError, TypeError):
            pass  # A damaged file is made again.
    return None


def hash_records(folder: Path) -> str:
    """A hash of every byte of the records of the handbook in a folder.

    Raises DataError if one that it extends cannot be found.
    """
    files = read_record_files(folder)
    if any(kind == "brand" and b"extends" in data for kind, _, data in files):
        # Only then: a hook waits for each module that is loaded.
        from onevoice.run.layers import hash_layers

        return hash_layers(folder, files)
    return hash_files(files)


def build_lexicon(folder: Path, key: str, handbook: Handbook) -> Lexicon:
    """The lexicon of a handbook, which is kept. key: a hash of its records, from before they were read."""
    lexicon = make_lexicon(folder, key, handbook)
    keep_lexicon(lexicon)
    return lexicon


@process.gc_paused()
def make_lexicon(folder: Path, key: str, handbook: Handbook) -> Lexicon:
    """The lexicon of a handbook. key: a hash of its records, from before they were read."""
    from onevoice.handbook.origin import credit_patterns, list_term_pages
    from onevoice.vale import write

    terms = handbook.list_approved("terms")
    words_key = hash_words(handbook)
    compiled = _recall_words(handbook, words_key)
    if compiled is None:
        patterns = credit_patterns(handbook, compile.gather_patterns(handbook.namings))
        compiled = compile.compile_patterns(patterns, handbook.brand.language)
    url = handbook.brand.url or ""
    voice = {
        a.path.removeprefix(f"{write.STYLES}/"): a.data
        for a in write.write_voice_style(handbook.find_single("voice"), url=url)
    }
    ids = tuple(term.id for term in terms)
    brand = handbook.find_single("brand")
    name = brand.name if brand else ""
    facts, days = rules.gather_facts(handbook), _list_change_days(handbook)
    pages = {} if url else list_term_pages(handbook)
    return Lexicon(folder, key, words_key, Matcher(compiled), url, voice, ids, facts, days, name, pages)


def hash_words(handbook: Handbook) -> str:
    """A hash of the words of a handbook, without the reasons."""
    brand = handbook.brand
    return compile.hash_namings(handbook.namings, (brand.language, brand.words.model_dump_json(exclude_unset=True)))


def _recall_words(handbook: Handbook, words_key: str) -> compile.CompiledTerms | None:
    """The words with this hash as they were kept, with the reasons that the handbook has now."""
    words = cache.get(WORDS_SECTION, words_key)
    # Of another handbook's words, the reasons say whose they are.
    if not words or handbook.load_result.origins:
        return None
    reasons = (avoid.why or "" for term in handbook.namings for avoid in term.avoid)
    try:
        return compile.join_compiled_terms(words, compile.pack_reasons(words, reasons))
    except (ValueError, EOFError, TypeError):
        return None  # A damaged file is made again.


@process.gc_paused()
def keep_lexicon(lexicon: Lexicon) -> bytes:
    """Keep a lexicon that was made for `recall_lexicon`; nothing, for a second process to send."""
    rest = tuple(getattr(lexicon, field.name) for field in dataclasses.fields(Lexicon)[4:])
    compiled = lexicon.matcher.compiled
    if not cache.get(WORDS_SECTION, lexicon.words_key):
        cache.put(WORDS_SECTION, lexicon.words_key, compile.dump_vocabulary(compiled))
    if hash_records(lexicon.folder) == lexicon.key:  # Otherwise someone has saved a file meanwhile.
        data = store.pack_parts([lexicon.words_key.encode(), compile.dump_reasons(compiled), marshal.dumps(rest)])
        cache.put(CACHE_SECTION, lexicon.key, data)
    return b""


def _list_change_days(handbook: Handbook) -> tuple[str, ...]:
    avoided = (avoid for term in handbook.namings for avoid in term.avoid)
    days = {day.isoformat() for avoid in avoided for day in (avoid.since, avoid.error_from) if day}
    over = (proof.expires for proof in handbook.list_approved("proof") if proof.expires)
    days |= {(day + datetime.timedelta(days=1)).isoformat() for day in over if day < datetime.date.max}
    return tuple(sorted(days))
