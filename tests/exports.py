"""Handbooks of made-up terms, and what comes back of them after an export and an import."""

import dataclasses
import datetime
import json

from hypothesis import strategies as st

from onevoice.exchange.entry import Settings, Source
from onevoice.exchange.formats import Export, load_word_formats
from onevoice.handbook.handbook import Handbook
from onevoice.load.folder import load_files

TODAY = datetime.date(2026, 11, 21)
BRAND = {"name": "Northlight & <Sons>", "url": "https://northlight.example/book", "language": "en"}


def make_export(terms, brand=BRAND, today=TODAY):
    """What is exported of a handbook with these terms."""
    files = [("brand", "content/brand.yaml", _dump({"brand": brand}))]
    files.append(("terms", "terminology/terms.yaml", _dump({"terms": terms})))
    loaded = load_files(files)
    assert [one.message for one in loaded.findings if one.level == "error"] == []
    return Export(Handbook(loaded), f"{brand['url']}/" if "url" in brand else "", today)


def _dump(data):
    # YAML takes JSON, but neither its pairs of surrogates nor bare line separators.
    text = json.dumps(data, ensure_ascii=False)
    return text.replace("\u2028", "\\u2028").replace("\x85", "\\x85").encode()


def write_words(name, terms, **options):
    """The bytes of an export."""
    [artifact] = load_word_formats()[name].write(make_export(terms, **options))
    return artifact.data


def read_words(name, data, file="words", language="en", **answers):
    """What a file says."""
    return load_word_formats()[name].read(Source(file, {file: data}), Settings(answers=answers, language=language))


def complete(fields):
    """Fields of an entry as a record that an import writes."""
    return {"definition": "To do.", **fields} if "definition" not in fields else dict(fields)


def cycle(name, export):
    """What an export is, and what it is again after an import into a handbook with nothing else in it."""
    kind = load_word_formats()[name]
    [artifact] = kind.write(export)
    brand = export.handbook.brand
    reading = read_words(name, artifact.data, artifact.path, brand.language)
    again = make_export([complete(entry.fields) for entry in reading.entries], {"name": brand.name, **_settle(brand)})
    return artifact.data, kind.write(dataclasses.replace(again, base=export.base))[0].data, reading


def _settle(brand):
    return {key: value for key, value in (("url", brand.url), ("language", brand.language)) if value}


# Letters and signs that formats give a meaning to, and that are easily lost.
LETTERS = st.sampled_from([*"aäbcßdeéf éłж漢😀 \t&<>\"'\\\u00a0.,;:|@#^`{}[]()!?%$\u2028\x85-+*/=_~0129"])
NAMES = st.text(LETTERS, min_size=1, max_size=12).map(str.strip).filter(lambda text: any(map(str.isalnum, text)))
LINES = NAMES.filter(lambda text: not {*text} & {"\u2028", "\x85"})
PROSE = st.lists(NAMES, min_size=1, max_size=3).map(lambda parts: "\n\n".join(parts).strip())
AVOID = st.one_of(
    LINES,
    st.fixed_dictionaries(
        {"term": LINES},
        optional={"why": PROSE, "use": st.lists(LINES, min_size=1, max_size=2), "since": st.just("2026-01-01")},
    ),
    st.fixed_dictionaries({"term": LINES, "remove": st.just(True)}, optional={"why": PROSE}),
)
NAMING = {"allowed": st.lists(LINES, max_size=3), "avoid": st.lists(AVOID, max_size=3), "abbreviation": LINES}
SOURCES = st.one_of(
    LINES,
    st.fixed_dictionaries(
        {"title": LINES, "url": st.sampled_from(["https://a.example/?b=1&c=%20", "/page/"])},
        optional={"publisher": LINES, "date": st.just("2025-12-31"), "note": PROSE},
    ),
)


@st.composite
def term_lists(draw):
    """Terms that a handbook may have, some related to each other."""
    ids = draw(st.lists(st.sampled_from(["a", "b", "24-7", "a-b", "term-a"]), min_size=1, max_size=4, unique=True))
    terms = st.fixed_dictionaries(
        {"preferred": LINES, "definition": PROSE},
        optional={
            **NAMING,
            "part_of_speech": st.sampled_from(["noun", "verb", "adjective", "adverb", "proper noun", "phrase"]),
            "area": LINES,
            "note": PROSE,
            "examples": st.lists(st.fixed_dictionaries({"good": PROSE}, optional={"bad": PROSE}), max_size=2),
            "related": st.lists(st.sampled_from(ids), max_size=2),
            "sources": st.lists(SOURCES, max_size=2),
            "language": st.sampled_from(["de", "en-GB"]),
            "names": st.dictionaries(
                st.sampled_from(["en", "fr", "pt-br", "zh-Hans"]),
                st.fixed_dictionaries({"preferred": LINES}, optional={**NAMING, "definition": PROSE}),
                max_size=2,
            ),
        },
    )
    return [{"id": id, **draw(terms)} for id in ids]
