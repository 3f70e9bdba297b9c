"""A Weirpack: our corrections as rules of Harper, the grammar checker."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from onevoice.archive import pack_archive
from onevoice.exchange.correction import Correction, group_corrections
from onevoice.exchange.entry import Reading, Settings, Source
from onevoice.exchange.formats import Export, Format
from onevoice.output import Artifact

# What its language can say of a word: letters, hyphens, apostrophes and spaces.
_WORDS = re.compile(r"[^\W\d_]+(?:['’ -][^\W\d_]+)*")
# It takes every quotation mark for the end of a text, and knows no escape for them.
_QUOTES = str.maketrans({**dict.fromkeys('"“”„«»', "'"), "\\": "/"})


def read(source: Source, settings: Settings) -> Reading:
    """The words of all files of a source."""
    from onevoice.exchange import harper

    return harper.read_rules(source)


def _recognize_source(source: Source) -> int:
    from onevoice.exchange import harper

    return harper.recognize_rules(source)


def write(export: Export) -> Sequence[Artifact]:
    """`onevoice.weirpack`: a rule for each term, or several if its words have several replacements or reasons."""
    brand = export.handbook.brand
    found = [one for one in export.corrections if _can_correct(one)]
    manifest = {
        "author": brand.name,
        "version": "1.0.0",
        "description": f"{brand.name}: words to avoid, and what to write instead",
        "license": "UNLICENSED",
        "website": export.base,
    }
    files = {"manifest.json": json.dumps({key: text for key, text in manifest.items() if text}, ensure_ascii=False)}
    for term, corrections in group_corrections(found).items():
        files |= _write_rules(term, corrections)
    return [Artifact("onevoice.weirpack", pack_archive({name: text.encode() for name, text in files.items()}))]


def _can_correct(correction: Correction) -> bool:
    """Whether Harper's language can say it, and it's wrong wherever it is."""
    is_writable = not any(set(text) & {'"', "\\", "\n"} for text in correction.right)
    return bool(correction.right and correction.is_plain and is_writable and _WORDS.fullmatch(correction.wrong))


def _write_rules(term: str, corrections: Sequence[Correction]) -> Mapping[str, str]:
    groups: dict[tuple[tuple[str, ...], str], list[Correction]] = {}
    for one in corrections:
        groups.setdefault((one.right, one.why), []).append(one)
    names = [term, *(f"{term}-{number}" for number in range(2, len(groups) + 1))]
    return {f"{name}.weir": _write_rule(group) for name, group in zip(names, groups.values(), strict=True)}


def _write_rule(group: Sequence[Correction]) -> str:
    first = group[0]
    words = ", ".join(
        f"({text})" for text in dict.fromkeys(text for one in group for text in _list_spellings(one.wrong))
    )
    right = ", ".join(f'"{text}"' for text in first.right)
    message = f"Write {' or '.join(first.right)}. {first.why}".strip().translate(_QUOTES)
    # What has capitals would lose them where the wrong word has none.
    keeps_letters = first.is_name or not "".join(first.right).islower()
    return (
        f'expr main [{words}]\n\nlet message "{message}"\nlet description "{message}"\nlet kind "WordChoice"\n'
        f"let becomes {right if len(first.right) == 1 else f'[{right}]'}\n"
        f'let strategy "{"Exact" if keeps_letters else "MatchCase"}"\n'
    )


def _list_spellings(word: str) -> list[str]:
    """A word in small letters, as those in capitals are parts of speech: it's found in any, if they are of English."""
    small = word.lower()
    return [small] if small.isascii() else [small, small.capitalize()]


FORMAT = Format(
    "Harper (Weirpack)",
    (".weirpack", ".weir"),
    _recognize_source,
    read,
    write=write,
    rank=54,
    can_correct=_can_correct,
)
