"""Word lists in Markdown: tables, headings, items and definitions of a style guide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onevoice.errors import OnevoiceError
from onevoice.exchange.entry import Reading, Settings, Source
from onevoice.exchange.formats import Format

if TYPE_CHECKING:
    from onevoice.exchange.document_tables import DocumentTable

ENDINGS = (".md", ".markdown", ".mdown", ".mkd", ".mdx")
_ADVICE = (
    "Give each a heading with a text below it, an item such as `- **word**: what it means`, or a row of a table "
    "with the columns “Use” and “Don't use”."
)


def read(source: Source, settings: Settings) -> Reading:
    """The words of all files of a source. Raises OnevoiceError if there are none."""
    from onevoice.exchange.document_tables import join_readings, read_document_tables

    words, tables = _read_files(source)
    reading = join_readings([words, read_document_tables(tables, settings)])
    if not reading.total:
        raise OnevoiceError(f"{source.name}: we found no words in it. {_ADVICE}")
    return reading


def _read_files(source: Source) -> tuple[Reading, list[DocumentTable]]:
    """What is said outside of tables, and the tables."""
    from onevoice.exchange.data import decode_list
    from onevoice.exchange.document_tables import build_table
    from onevoice.exchange.guide import read_guide
    from onevoice.exchange.outline import read_outline
    from onevoice.exchange.wordlist import WordList
    from onevoice.sheet.table import Row

    words = WordList("markdown")
    tables: list[DocumentTable] = []
    for path, data in source.files.items():
        if not path.lower().endswith(ENDINGS):
            words.omit(path, "", "it is no Markdown.")
            continue
        units = read_outline(path, decode_list(path, data))
        read_guide(words, path, units)
        for unit in units:
            if unit.kind == "table":
                tables.append(build_table(path, [Row(line, cells) for line, cells in unit.rows]))
    return words.build_reading(), tables


def _recognize_source(source: Source) -> int:
    # In a folder of another format, a README is none of it.
    named = {path: data for path, data in source.files.items() if path.lower().endswith(ENDINGS)}
    return 4 if named and len(named) == len(source.files) else 1 if named else 0


FORMAT = Format("Markdown", ENDINGS, _recognize_source, read, rank=40)
