"""Personal data in tables and texts: which columns are about a person, and what in a text could name one."""

from __future__ import annotations

import functools
import re
import unicodedata

# Columns about a person, as the tools we know call them, folded. Names of people are found by their column alone.
_COLUMNS = frozenset(
    (
        *("email", "e mail", "email address", "e mail address", "work email", "e mail adresse", "adresse e mail"),
        *("correo electrónico", "dirección de correo electrónico", "indirizzo email", "メールアドレス", "mail"),
        *("name", "full name", "first name", "last name", "middle name", "vorname", "nachname", "nom", "prénom"),
        *("nombre", "apellidos", "username", "user name", "user", "contact name", "lead name", "account name"),
        *("phone", "phone number", "mobile", "mobile phone number", "mobile phone", "telefon", "telefonnummer", "fax"),
        *("téléphone", "teléfono", "ip", "ip address", "ip adresse", "network id", "respondent id", "collector id"),
        *("submission id", "visitor id", "client id", "user id", "edited by", "created by", "createdbyid"),
        *("created by id", "last modified by", "contact owner", "lead owner", "owner", "owner id", "hubspot owner"),
        *("street", "street address", "address", "city", "postal code", "zip", "date of birth", "birthday"),
    )
)
_PARTS = re.compile(r"\b(?:e ?mail|phone|telefon\w*|owner|besitzer|ip address|custom data|first name|last name)\b")
_MAIL = re.compile(r"\S@\w")
_ADDRESS = re.compile(
    r"(?<![\d.])\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![\d.])|(?<![\w:])(?:[0-9A-Fa-f]{1,4}:){2,7}[0-9A-Fa-f:]"
)
_PHONE = re.compile(r"(?<!\w)\+?\(?\d(?:[ ()./-]{0,2}\d){6,14}(?!\w)")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4}")
_WORD = re.compile(r"[^\W_]+")
# Ids of other systems: 15 letters and digits, and more.
_MIN_ID = 15


@functools.lru_cache(maxsize=4096)
def fold_name(text: str) -> str:
    """The name of a column, however it's written: without capitals and signs."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return " ".join("".join(letter if letter.isalnum() or letter == "#" else " " for letter in text).split())


@functools.lru_cache(maxsize=4096)
def is_personal_column(name: str) -> bool:
    """Whether a column is about a person, by its name."""
    folded = fold_name(name)
    return folded in _COLUMNS or bool(_PARTS.search(folded))


def find_personal_data(text: str) -> str:
    """What in a text could lead to a person, such as `an email address`; "" if there's nothing."""
    if _MAIL.search(text):
        return "an email address"
    if _ADDRESS.search(text):
        return "an IP address"
    if any(not _DATE.fullmatch(match[0].strip()) for match in _PHONE.finditer(text)):
        return "a phone number or another long number"
    if any(_is_id(match[0]) for match in _WORD.finditer(text)):
        return "an id"
    return ""


def _is_id(word: str) -> bool:
    return len(word) >= _MIN_ID and word.isascii() and any(map(str.isdigit, word)) and any(map(str.isalpha, word))
