"""UI strings in JSON, as i18next, FormatJS and Chrome keep them: only where a path says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onevoice.prose.formats import Format

if TYPE_CHECKING:
    from onevoice.prose.block import Prose

FOLDERS = {"locales", "_locales", "locale", "i18n", "lang"}


def find_tag(path: str) -> str:
    """The language of a file of UI strings by its path, `pt-BR` of `locales/pt-BR/shop.json`; "" if it's none.

    Other JSON is no text for people.
    """
    *folders, name = path.replace("\\", "/").split("/")
    above = next((at for at, folder in enumerate(folders) if folder.lower() in FOLDERS), None)
    if above is None:
        return ""
    places = [*folders[above + 1 :], *name.split(".")[:-1]]
    return next((tag for place in reversed(places) if (tag := _read_tag(place))), "")


def _read_tag(place: str) -> str:
    language, *rest = place.replace("_", "-").split("-")
    if len(language) != 2 or not language.islower() or not language.isascii() or not language.isalpha():
        return ""
    return "-".join([language, *rest]) if all(one.isalnum() and 2 <= len(one) <= 8 for one in rest) else ""


def is_messages(path: str) -> bool:
    """Whether a JSON file has UI strings, by its path."""
    return bool(find_tag(path))


def read(path: str, source: str) -> Prose:
    """A file of UI strings. Raises OnevoiceError if it's no JSON."""
    from onevoice.prose import strings

    return strings.read(path, source)


FORMAT = Format(name="UI strings", endings=(".json",), read=read, rank=82, is_for=is_messages)
