"""cspell: our words for its dictionary, and single words to avoid as flags with what to write instead."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from onevoice.exchange.correction import Correction
from onevoice.exchange.entry import Reading, Settings, Source
from onevoice.exchange.formats import Export, Format
from onevoice.output import Artifact
from onevoice.records.term import Term

# What cspell takes for one word.
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
MIN_LETTERS = 2


def read(source: Source, settings: Settings) -> Reading:
    """The words of all files of a source."""
    from onevoice.exchange import spelling

    return spelling.read_spelling(source)


def _recognize_source(source: Source) -> int:
    from onevoice.exchange import spelling

    return spelling.recognize_spelling(source)


def write(export: Export) -> Sequence[Artifact]:
    """`cspell.json`, which another `cspell.json` imports by its path or address."""
    terms = export.handbook.list_approved("terms")
    flags = {one.wrong.casefold(): _format_flag(one) for one in export.corrections if _can_correct(one)}
    words = {word for term in terms for name in _list_names(term) for word in _iter_words(name)}
    known = (word for word in words if word.casefold() not in flags)
    data = {
        "version": "0.2",
        "words": sorted(known, key=lambda word: (word.casefold(), word)),
        "flagWords": [flags[word] for word in sorted(flags)],
    }
    text = json.dumps(data, indent=1, ensure_ascii=False)
    return [Artifact("cspell.json", f"{text}\n".encode())]


def _can_correct(correction: Correction) -> bool:
    """Whether it's one word that is wrong wherever it is: cspell looks at each word by itself."""
    return correction.is_plain and bool(_WORD.fullmatch(correction.wrong))


def _format_flag(correction: Correction) -> str:
    # A comma would begin the next suggestion.
    right = [text for text in correction.right if "," not in text]
    return f"{correction.wrong}->{', '.join(right)}" if right else correction.wrong


def _list_names(term: Term) -> list[str]:
    return [term.preferred, *filter(None, [term.abbreviation]), *term.allowed]


def _iter_words(name: str) -> Iterator[str]:
    return (word for word in _WORD.findall(name) if len(word) >= MIN_LETTERS)


FORMAT = Format(
    "cspell",
    ("cspell.json", ".json", ".jsonc", ".yaml", ".yml", ".txt"),
    _recognize_source,
    read,
    write=write,
    rank=52,
    can_correct=_can_correct,
)
