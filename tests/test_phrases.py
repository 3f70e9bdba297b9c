"""The site's own words: every message is in every message file, and no page of another language has an English one."""

import html.parser
import re
import shutil
from pathlib import Path

import pytest

import handbooks
import phrases
from onevoice.phrases.catalog import (
    FOLDER,
    LABEL,
    SCRIPT,
    find_phrase_language,
    format_date,
    get_spoken_language,
    list_languages,
    speak_language,
    translate_count,
    translate_script,
    translate_text,
    translate_word,
)

OTHERS = ("de", "es", "fr")
HANDBOOK = Path(__file__).parent / "tongues" / "de"
PLACEHOLDER = re.compile(r"%\(\w+\)s|\$\{[^}]*\}|\{\}|\]\([^)]*\)|\{ \.[\w-]+ \}|`[^`]*`|\*\*")
# What pages show besides text: only these attributes are read to people, or shown by our scripts.
SHOWN = ("alt", "aria-label", "content", "data-find", "data-name", "placeholder", "title", "summary")


@pytest.fixture(autouse=True)
def english():
    yield
    speak_language("en")


def test_the_languages():
    assert list_languages() == ["en", *OTHERS]
    assert [find_phrase_language(tag) for tag in ("de-CH", "FR", "en-GB", "it", "den")] == [
        "de",
        "fr",
        "en",
        "en",
        "en",
    ]


@pytest.mark.parametrize("language", OTHERS)
def test_a_message_file_has_every_message(language):
    found = {}
    for message in phrases.load_catalog(language):
        if message.id:
            one, several = message.id if isinstance(message.id, tuple) else (message.id, None)
            found[message.context, one, several] = message
    needed = phrases.build_template()
    assert found.keys() == needed.keys(), "run `python tests/phrases.py`, then translate what is new"
    for (_, one, _), message in found.items():
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        assert not message.fuzzy
        for text in strings:
            assert text.strip(), one
            assert sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(one)), one
            assert (text[0].isspace(), text[-1].isspace()) == (one[0].isspace(), one[-1].isspace()), one


@pytest.mark.parametrize("language", OTHERS)
def test_an_update_changes_nothing(language):
    before = FOLDER.joinpath(f"{language}.po").read_bytes()
    phrases.update_catalog(language)
    assert FOLDER.joinpath(f"{language}.po").read_bytes() == before


def test_messages_with_values_and_numbers():
    import datetime

    speak_language("de-AT")
    assert get_spoken_language() == "de"
    assert translate_text("Expired on %(day)s", day="heute") == "Abgelaufen am heute"
    assert translate_count("%(num)s team", "%(num)s teams", 1) == "1 Team"
    assert translate_count("%(num)s team", "%(num)s teams", 2) == "2 Teams"
    assert format_date(datetime.date(2026, 10, 26)) == "26. Oktober 2026"
    assert translate_word("100 % ours") == "100 % ours"
    speak_language("it")
    assert translate_text("Expired on %(day)s", day="today") == "Expired on today"


def test_texts_of_a_script():
    speak_language("de")
    source = 'f("Copy", `No`, `page`, "page"); // "Copy"\ng(`Remove filter ${name}`);'
    assert translate_script(source) == 'f("Kopieren", `No`, `Seite`, "page"); // "Copy"\ng(`Filter ${name} entfernen`);'


class Reader(html.parser.HTMLParser):
    """What people read on a page, piece by piece."""

    def __init__(self):
        super().__init__()
        self.texts, self.open = [], []

    def handle_starttag(self, tag, attrs):
        self.open += [tag] if tag in ("script", "style") else []
        self.texts += [value for name, value in attrs if name in SHOWN and value]

    def handle_endtag(self, tag):
        if tag in self.open:
            self.open.remove(tag)

    def handle_data(self, data):
        if not self.open and data.strip():
            self.texts.append(" ".join(data.split()))


def pieces(message):
    """The plain pieces of a message, as they would be on a page."""
    text = re.sub(r"<[^>]*>|%\(\w+\)s|\$\{[^}]*\}|\{\}|\{ [^}]*\}|\]\([^)]*\)|[\[\]*`]", "\0", message)
    found = (" ".join(piece.split()).strip(" .,:;()“”") for piece in text.split("\0"))
    return [piece for piece in found if re.search("[A-Za-z]{2}", piece)]


@pytest.fixture(scope="module")
def german(tmp_path_factory):
    folder = tmp_path_factory.mktemp("german") / "handbook"
    shutil.copytree(HANDBOOK, folder)
    handbooks.build(folder)
    return folder / "build" / "site"


def english_pieces():
    """The pieces of our English messages that German has no use for."""
    same, other = set(), {}
    for message in phrases.load_catalog("de"):
        if not message.id or message.context == LABEL:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        same |= {piece for text in strings for piece in pieces(text)}
        other |= {piece: message.id for text in ids for piece in pieces(text)}
    return [piece for piece in other if piece not in same]


def test_a_german_handbook_is_german(german):
    wanted = english_pieces()
    assert len(wanted) > 500
    words = frozenset(piece for piece in wanted if " " not in piece)
    texts = re.compile("|".join(rf"(?<!\w){re.escape(piece)}(?!\w)" for piece in wanted if " " in piece))
    found = []
    for path in sorted(german.rglob("*.html")):
        name = path.relative_to(german).as_posix()
        if name == "brand/rules/index.html":
            continue  # The rules are the tool's own documentation.
        reader = Reader()
        page = path.read_text("utf-8")
        reader.feed(page)
        assert '<html lang="de"' in page or 'http-equiv="refresh"' in page, name
        for text in reader.texts:
            found += [f"{name}: {match[0]} in {text!r}" for match in texts.finditer(text)]
            if text.strip(" .,:;()“”·") in words:
                found.append(f"{name}: {text}")
    assert not found, "\n".join(dict.fromkeys(found))


def test_what_is_in_english_says_so(german):
    """Screen readers pronounce it accordingly."""
    page = (german / "brand/rules/index.html").read_text("utf-8")
    assert page.count('<div lang="en">') == page.count("<h3 id=") > 50


def test_its_scripts_are_german(german):
    english = {
        (message.context, message.id)
        for message in phrases.load_catalog("de")
        if message.context in (SCRIPT, LABEL) and message.id != message.string
    }
    found = []
    for path in [*sorted((german / "assets").glob("*.js")), german / "assets" / "check" / "check.js"]:
        texts = set(phrases.list_script_texts(path.read_text("utf-8")))
        found += [f"{path.name}: {text}" for context, text in texts & english]
    assert found == []


def test_its_feeds_and_calendars_are_german(german):
    assert 'xml:lang="de"' in (german / "news" / "atom.xml").read_text("utf-8")
    assert "Tischlerei Nord: Neues im Handbuch" in (german / "news" / "feed.json").read_text("utf-8")
    calendar = (german / "together" / "meetings" / "montag.ics").read_text("utf-8")
    assert "Mitbringen: Eine Kundenfrage" in calendar.replace("\n ", "")


def test_german_nouns_keep_their_capitals(german):
    page = (german / "glossary" / "kunde" / "index.html").read_text("utf-8")
    assert "Eine Warnung, kein Fehler; in Ordnung in: Überschrift; auch in Zitaten." in page
    assert 'lang="fr"' in page and "client" in page
