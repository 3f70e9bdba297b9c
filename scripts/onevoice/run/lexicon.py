"""What a lint run needs of a handbook: its compiled terms, its rules of style, its address. Kept between runs."""

from __future__ import annotations

import datetime
import hashlib
import marshal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import onevoice
from onevoice import cache, process
from onevoice.lint import rules
from onevoice.load.walk import fingerprint
from onevoice.matcher import compile, store
from onevoice.matcher.matcher import Matcher
from onevoice.prose.files import content
from onevoice.run.handbook import load_handbook

if TYPE_CHECKING:
    from onevoice.handbook.handbook import Handbook

ROOM = "lexicon"


@dataclass(frozen=True)
class Lexicon:
    """The words and rules of a handbook.

    folder: where the handbook is. key: a hash of all that the lexicon is made from.
    url: where it is published, or "". voice: Vale's rules of our voice, as path below a styles folder and bytes.
    terms: the ids of all terms in use. english: it is written in English.
    facts: what the rule families need to know, by the rule. days: ISO dates from which on something is judged
    differently, sorted.
    """

    folder: Path
    key: str
    matcher: Matcher
    url: str
    voice: dict[str, bytes]
    terms: tuple[str, ...]
    english: bool
    facts: dict[str, Any]
    days: tuple[str, ...]

    def address(self, path: str) -> str:
        """The address of a page of the site; "" where the handbook is not published."""
        return f"{self.url.rstrip('/')}{path}" if self.url else ""

    def link(self, term: str) -> str:
        """The address of a term's page; "" where the handbook is not published."""
        return self.address(f"/glossary/{term}/")

    @property
    def rules(self) -> set[str]:
        """The names of the rules that a suppression may name."""
        voice = {path[:-4].replace("/", ".") for path in self.voice}
        return {f"Brand.{term}" for term in self.terms} | voice | set(rules.names())


def read(folder: Path) -> Lexicon:
    """The lexicon of the handbook in a folder, from the cache where no byte of its records has changed.

    Raises DataError where the records have errors.
    """
    key = hashlib.sha256(f"{_makers()}{sys.implementation.cache_tag}{fingerprint(folder)}".encode()).hexdigest()
    if data := cache.get(ROOM, key):
        try:
            compiled, rest = store.Parts(data)
            return Lexicon(folder, key, Matcher(compile.load(compiled)), *marshal.loads(rest))
        except (ValueError, EOFError, TypeError):
            pass  # A damaged file is made anew.
    return _make(folder, key)


def _makers() -> str:
    """A hash of the code that compiles: what another onevoice has kept is not read."""
    package = Path(onevoice.__file__).parent
    files = [path for room in ("matcher", "lint", "lint/rules") for path in sorted((package / room).glob("*.py"))]
    files += [package / "vale" / "write.py", package / "run" / "lexicon.py"]
    return hashlib.sha256(b"\0".join(content(path) for path in files)).hexdigest()


@process.gc_paused()
def _make(folder: Path, key: str) -> Lexicon:
    from onevoice.vale import write

    handbook, _ = load_handbook(folder)
    terms = handbook.approved("terms")
    compiled = compile.compile(terms)
    url = handbook.brand.url or ""
    voice = {a.path.removeprefix(f"{write.STYLES}/"): a.data for a in write.spoken(handbook.single("voice"), url=url)}
    ids = tuple(term.id for term in terms)
    english = handbook.brand.language.startswith("en")
    rest = (url, voice, ids, english, rules.gather(handbook), _days(handbook, compiled))
    data = compile.dump(compiled)
    cache.put(ROOM, key, store.join([data, marshal.dumps(rest)]))
    return Lexicon(folder, key, Matcher(compile.load(data)), *rest)


def _days(handbook: Handbook, compiled: compile.Compiled) -> tuple[str, ...]:
    days = {day for pattern in compiled.patterns for day in (pattern.since, pattern.error_from)} - {""}
    over = (proof.expires for proof in handbook.approved("proof") if proof.expires)
    days |= {(day + datetime.timedelta(days=1)).isoformat() for day in over if day < datetime.date.max}
    return tuple(sorted(days))
