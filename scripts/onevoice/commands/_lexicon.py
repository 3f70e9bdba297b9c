"""What a lint run needs of a handbook: its compiled terms, its rules of style, its address. Kept between runs."""

from __future__ import annotations

import hashlib
import marshal
import sys
from dataclasses import dataclass
from pathlib import Path

from onevoice import cache
from onevoice.commands import _common
from onevoice.load.walk import fingerprint
from onevoice.matcher import compile
from onevoice.matcher.matcher import Matcher
from onevoice.prose.files import content

ROOM = "lexicon"


@dataclass(frozen=True)
class Lexicon:
    """The words and rules of a handbook.

    url: where it is published, or "". voice: Vale's rules of our voice, as path below a styles folder and bytes.
    terms: the ids of all terms in use. english: it is written in English.
    """

    matcher: Matcher
    url: str
    voice: dict[str, bytes]
    terms: tuple[str, ...]
    english: bool

    def link(self, term: str) -> str:
        """The address of a term's page; "" where the handbook is not published."""
        return f"{self.url.rstrip('/')}/glossary/{term}/" if self.url else ""

    @property
    def rules(self) -> set[str]:
        """The names of the rules that a suppression may name."""
        return {f"Brand.{term}" for term in self.terms} | {path[:-4].replace("/", ".") for path in self.voice}


def read(folder: Path) -> Lexicon:
    """The lexicon of the handbook in a folder, from the cache where no byte of its records has changed.

    Raises DataError where the records have errors.
    """
    key = hashlib.sha256(f"{_makers()}{sys.implementation.cache_tag}{fingerprint(folder)}".encode()).hexdigest()
    if data := cache.get(ROOM, key):
        try:
            compiled, *rest = marshal.loads(data)
            return Lexicon(Matcher(compile.load(compiled)), *rest)
        except (ValueError, EOFError, TypeError):
            pass  # A damaged file is made anew.
    return _make(folder, key)


def _makers() -> str:
    """A hash of the code that compiles: what another onevoice has kept is not read."""
    room = Path(compile.__file__).parent
    files = [*sorted(room.glob("*.py")), room.parent / "exchange" / "vale.py"]
    return hashlib.sha256(b"\0".join(content(path) for path in files)).hexdigest()


def _make(folder: Path, key: str) -> Lexicon:
    from onevoice.exchange import vale

    handbook, _ = _common.load(folder)
    terms = handbook.approved("terms")
    compiled = compile.compile(terms)
    url = handbook.brand.url or ""
    voice = {a.path.removeprefix(f"{vale.STYLES}/"): a.data for a in vale.spoken(handbook.single("voice"), url=url)}
    ids = tuple(term.id for term in terms)
    rest = (url, voice, ids, handbook.brand.language.startswith("en"))
    cache.put(ROOM, key, marshal.dumps((compile.dump(compiled), *rest)))
    return Lexicon(Matcher(compiled), *rest)
