"""Our sentences in the language of a handbook, from the message files next to this one (gettext's `.po`).

English is what the code says. A build speaks one language: the verb that starts it says which, and all that makes
pages, feeds, calendars and emails asks here.
"""

from __future__ import annotations

import datetime
import functools
import gettext
import io
import re
from collections.abc import Iterable
from pathlib import Path

ENGLISH = "en"
FOLDER = Path(__file__).parent
# The contexts of the messages in scripts: texts, and single words, which are in backticks to tell them from values.
SCRIPT, LABEL = "script", "label"
# A text in a script, or a comment, which is skipped.
_SCRIPT_TEXT = re.compile(r"//[^\n]*|/\*(?:[^*]|\*(?!/))*|\"((?:[^\"\\\n]|\\.)*)\"|`((?:[^`\\]|\\.)*)`", re.S)

_current: tuple[str, gettext.NullTranslations] = (ENGLISH, gettext.NullTranslations())


def list_languages() -> list[str]:
    """The tags of the languages that have a message file, and English."""
    return [ENGLISH, *sorted(path.stem for path in FOLDER.glob("*.po"))]


def find_phrase_language(tag: str) -> str:
    """The language of ours that a handbook in this one gets: `de` for `de-CH`, and English if there is no file."""
    language = tag.lower().partition("-")[0]
    return language if language in list_languages() else ENGLISH


def speak_language(tag: str) -> None:
    """Let all that is made from now on be in this language, as far as there are messages in it."""
    global _current
    language = find_phrase_language(tag)
    if _current[0] != language:
        _current = language, _load_messages(language)


def get_spoken_language() -> str:
    """The language that is spoken now."""
    return _current[0]


@functools.cache
def _load_messages(language: str) -> gettext.NullTranslations:
    if language == ENGLISH:
        return gettext.NullTranslations()
    # Babel takes a while to load, and English needs none of it.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with FOLDER.joinpath(f"{language}.po").open("rb") as file:
        catalog = read_po(file, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def translate_text(message: str, **values: object) -> str:
    """A message with its values filled in, as in `%(name)s`."""
    return _current[1].gettext(message) % values


def translate_count(one: str, several: str, num: int, **values: object) -> str:
    """The message for a number of things: `one` if it is the singular of English. Both may have `%(num)s` in them."""
    return _current[1].ngettext(one, several, num) % {"num": num, **values}


def translate_word(word: str) -> str:
    """A word that comes from a list of ours, such as a choice of a record; as it is if it is none of ours."""
    return _current[1].gettext(word) if word else word


def mark_text(message: str) -> str:
    """The message as it is: what reads it here puts it into the message files, what shows it translates it."""
    return message


def lookup_plain(message: str) -> str:
    """A message without values, as Jinja asks for it."""
    return _current[1].gettext(message)


def lookup_plural(one: str, several: str, num: int) -> str:
    """The message for a number, as Jinja asks for it."""
    return _current[1].ngettext(one, several, num)


def translate_script(source: str) -> str:
    """A script whose texts are in the language that is spoken; what is between `${` and `}` is the script's own."""
    if _current[0] == ENGLISH:
        return source

    def translate(match: re.Match[str]) -> str:
        context, text = _read_script_text(match)
        said = _current[1].pgettext(context, text) if text else text
        mark = match[0][0]
        return match[0] if said == text else f"{mark}{said.replace(mark, chr(92) + mark)}{mark}"

    return _SCRIPT_TEXT.sub(translate, source)


def list_script_texts(source: str) -> list[tuple[str, str]]:
    """All texts of a script, as they are written between their marks, each with its context."""
    found = map(_read_script_text, _SCRIPT_TEXT.finditer(source))
    return [(context, text) for context, text in found if text]


def _read_script_text(match: re.Match[str]) -> tuple[str, str]:
    if match[1] is not None:
        return SCRIPT, match[1]
    return SCRIPT if "${" in (match[2] or "") else LABEL, match[2] or ""


def format_date(day: datetime.date) -> str:
    """A date in full: October 26, 2026, or 26. Oktober 2026. freshness.js writes the same in the browser."""
    if _current[0] == ENGLISH:
        return f"{day:%B} {day.day}, {day.year}"
    from babel import dates

    return dates.format_date(day, "long", _current[0])


def format_month(day: datetime.date) -> str:
    """A month and its year: October 2026, or Oktober 2026."""
    if _current[0] == ENGLISH:
        return f"{day:%B} {day.year}"
    from babel import dates

    return dates.format_skeleton("yMMMM", day, locale=_current[0])


def format_day_of_year(day: datetime.date) -> str:
    """A day without its year, as short as charts need it: Oct 26, or 26. Okt."""
    if _current[0] == ENGLISH:
        return f"{day:%b} {day.day}"
    from babel import dates

    return dates.format_skeleton("MMMd", day, locale=_current[0])


def format_number(value: float) -> str:
    """A number for people, with one decimal at most: 1,204 or 5.2; in German 1.204 or 5,2."""
    shown = round(value, 1)
    if _current[0] == ENGLISH:
        return f"{shown:,.1f}".removesuffix(".0")
    from babel import numbers

    return numbers.format_decimal(shown, "#,##0.#", locale=_current[0])


def format_weekday(number: int) -> str:
    """The name of a day of the week, from 0 for Monday."""
    from babel import dates

    return str(dates.get_day_names("wide", locale=_current[0])[number])


def join_phrases(parts: Iterable[str], word: str = "and") -> str:
    """Texts as a list: `a, b and c`. word: and, or."""
    listed = list(parts)
    last = translate_text(" or ") if word == "or" else translate_text(" and ")
    return last.join(filter(None, (", ".join(listed[:-1]), *listed[-1:])))


def name_foreign_language(tag: str) -> str:
    """The name of a language in the one that is spoken; its tag if it has none. For English, ask `cover`."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(tag.replace("-", "_")).get_language_name(_current[0]) or tag
    except (ValueError, UnknownLocaleError):
        return tag
