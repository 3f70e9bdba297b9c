"""The small types that fields are made of: texts, ids, numbers, addresses.

What a page, a file name, a header or a calendar cannot hold is refused here, so that no text from a record can end a
line, an attribute or an address wherever it is written.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from collections.abc import Callable
from typing import Annotated, Any, cast
from urllib.parse import quote, urlsplit

from pydantic import AfterValidator, Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from onevoice import limits

SLUG = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
# Windows takes a file or folder with such a name for a device, whatever its ending.
DEVICE_NAMES = frozenset(("aux", "con", "nul", "prn", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))))
WEB, MAIL = re.compile("https?://", re.I), re.compile("mailto:", re.I)
# RFC 1035.
MAX_HOST_CHARS = 253
LINE_BREAK = re.compile("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Letters and signs that show nothing: the fillers of Hangul, and the empty pattern of Braille.
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
# What could end an address in HTML, Markdown, YAML or a shell. Browsers write all of them with a percent sign.
_NOT_IN_ADDRESS = re.compile(r"""[\s\x00-\x1f\x7f-\x9f"'<>`\\{}|^]""")
_WORD, _SIGN = re.compile(r"\w+"), re.compile(r"[^\w\s]")
_HOST = re.compile(r"[^\W_](?:[\w-]*\w)?(?:\.[^\W_](?:[\w-]*\w)?)*\.?")
_EMAIL = re.compile(r"[\w.!#$%&*+/=?~-]+@[^\W_](?:[\w-]*\w)?(?:\.[^\W_](?:[\w-]*\w)?)*")
_HANDLE = re.compile(r"@[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}(?:/[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9_-])?)?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
# What people write who don't know the tag, in English and in the language itself.
_LANGUAGE_TAGS = {
    name: tag
    for tag, names in {
        "ar": "arabic", "cs": "czech čeština", "da": "danish dansk", "de": "german deutsch", "el": "greek",
        "en": "english englisch anglais inglés", "es": "spanish español", "fi": "finnish suomi",
        "fr": "french français", "hu": "hungarian magyar", "it": "italian italiano", "ja": "japanese",
        "ko": "korean", "nl": "dutch nederlands", "no": "norwegian norsk", "pl": "polish polski",
        "pt": "portuguese português", "ru": "russian", "sv": "swedish svenska", "tr": "turkish türkçe",
        "uk": "ukrainian", "zh": "chinese mandarin",
    }.items()
    for name in names.split()
}  # fmt: skip
# git check-ref-format, and what an address of a branch cannot hold.
_NOT_IN_BRANCH = re.compile(r"""[\s~^:?*\[\\"'<>`{}|#%]|\.\.|//|/\.|^[-/.]|[/.]$|\.lock(?:/|$)""")
# What Windows allows in no name, and what would end an attribute or a line. A blank or a dot at the end it takes away.
_NOT_IN_PATH = re.compile(r"""[\x00-\x1f\x7f-\x9f"*:<>?\\|`]|(?<=[^./])[\s.]+(?=/|$)""")


_TIME_OF_DAY = re.compile(r"^([01][0-9]|2[0-3]):([0-5][0-9])$")


class ValueFormat:
    """Names how people write a value, for the reference: `Annotated[str, ValueFormat("date", "YYYY-MM-DD.")]`."""

    def __init__(self, name: str, hint: str) -> None:
        self.name, self.hint = name, hint


Validate = Callable[[Any], Any]


class _Check(AfterValidator):
    """A validator of hundreds of fields. pydantic's own looks up the function's signature for each of them."""

    def __get_pydantic_core_schema__(self, source_type: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(cast("Validate", self.func), handler(source_type))


def _refuse_text(reason: str) -> PydanticCustomError:
    """An error whose message is the name of the key, and this."""
    return PydanticCustomError("text", "{reason}", {"reason": reason})


def _validate_text(value: str) -> str:
    if value[:1].isascii() and value[:1].isalnum():
        return value
    if not any(unicodedata.category(char)[0] not in "CMZ" and char not in _BLANK for char in value):
        raise _refuse_text("has no letter or sign that anyone can see. Write the text, or delete the key")
    return value


def _validate_line(value: str) -> str:
    if LINE_BREAK.search(value):
        raise _refuse_text("must be on one line. Delete the line break in it")
    return value


def _validate_phrase(value: str) -> str:
    if len(value) <= limits.MAX_PHRASE_WORDS:
        return value
    if len(value) > limits.MAX_PHRASE_CHARS:
        most = f"more than {limits.MAX_PHRASE_CHARS} characters"
        raise _refuse_text(f"has {most}, which makes it a text rather than a name. Shorten it")
    if max(len(_WORD.findall(value)), len(_SIGN.findall(value))) > limits.MAX_PHRASE_WORDS:
        most = f"more than {limits.MAX_PHRASE_WORDS} words or signs"
        raise _refuse_text(f"has {most}, which makes it a text rather than a name. Shorten it")
    return value


def _validate_length(value: str) -> str:
    if len(value.encode()) > limits.MAX_NAME_BYTES:
        raise _refuse_text(f"is longer than {limits.MAX_NAME_BYTES} bytes, too long for a file name. Shorten it")
    return value


def _validate_device(value: str) -> str:
    if value in DEVICE_NAMES:
        raise ValueError(f"cannot be an id: Windows does not allow files with this name. Write `the-{value}`")
    return value


def _validate_time(value: str) -> str:
    if not _TIME_OF_DAY.match(value):
        raise ValueError('is not a time of day. Write it as "HH:MM" on a 24-hour clock, such as "09:30"')
    return value


def _validate_number(value: Any) -> Any:
    if abs(value) > limits.MAX_NUMBER:
        raise ValueError(f"is too large. The largest number that a record can have is {limits.MAX_NUMBER:,}")
    return value


def check_address(value: str) -> None:
    """Raise ValueError if a text has a sign that no part of an address may have, or is too long for one."""
    if bad := _NOT_IN_ADDRESS.search(value):
        shown = f"`{bad[0]}`" if bad[0].isprintable() and bad[0] != " " else "a blank"
        raise ValueError(f"has {shown} in it. Write that as `{quote(bad[0], safe='')}`, or copy it from the browser")
    if len(value) > limits.MAX_ADDRESS_CHARS:
        raise _refuse_text(f"is an address of more than {limits.MAX_ADDRESS_CHARS:,} characters. Use a shorter one")


def _has_host(value: str) -> bool:
    """Whether a web address has a host that a browser could ask, and a port, if any, that exists."""
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname or "", parts.port
        if parts.netloc.rpartition("@")[2].startswith("["):
            return ipaddress.ip_address(host).version == 6
    except ValueError:
        return False
    return len(host) <= MAX_HOST_CHARS and _HOST.fullmatch(host) is not None


def validate_web_link(value: str) -> str:
    """An address of the web, unchanged. Raises ValueError if it is none, or has a user name in it."""
    check_address(value)
    if not WEB.match(value) or not _has_host(value):
        raise ValueError("is not a web address. Start it with https:// and the name of the website")
    if "@" in urlsplit(value).netloc:
        raise ValueError("has a user name in it, which everyone could read. Delete what is before the `@`")
    return value


def _validate_link(value: str) -> str:
    if value.startswith("/") and not value.startswith("//"):
        check_address(value)
    elif MAIL.match(value):
        check_address(value)
        validate_email(value[len("mailto:") :].partition("?")[0])
    elif WEB.match(value):
        validate_web_link(value)
    else:
        raise ValueError("is not a link. Start it with https://, http://, mailto: or / (a page of this site)")
    return value


def validate_site(value: str) -> str:
    """An address of the web that a path can be added to, unchanged. Raises ValueError if it is none."""
    if "?" in value or "#" in value:
        raise ValueError("has a `?` or `#`, after which no page can be added. Delete it and what follows")
    return validate_web_link(value)


def validate_email(value: str) -> str:
    """An email address, unchanged. Raises ValueError if it is none."""
    if not _EMAIL.fullmatch(value):
        raise ValueError("is not an email address. Write it like `brand@example.com`")
    return value


def _validate_handle(value: str) -> str:
    if not _HANDLE.fullmatch(value) and not _EMAIL.fullmatch(value):
        raise ValueError("is not a GitHub handle. Write `@organization/team`, `@person`, or an email address")
    return value


def _validate_language(value: str) -> str:
    name, _, place = re.sub(r"[\s_(),-]+", " ", value).strip().partition(" ")
    if tag := _LANGUAGE_TAGS.get(name.casefold()):
        raise ValueError(f"is the name of a language. Write its tag, `{tag}`")
    if "_" in value and _LANGUAGE.fullmatch(f"{name}-{place}"):
        raise ValueError(f"is not a language tag. Write `{name.lower()}-{place.upper()}`")
    if not _LANGUAGE.fullmatch(value):
        raise ValueError("is not a language. Write its tag, such as `en` or `en-US`")
    return value


def _validate_branch(value: str) -> str:
    if _NOT_IN_BRANCH.search(value):
        raise ValueError("cannot be the name of a branch. Write it as Git shows it, such as `main`")
    return value


def _validate_file_path(value: str) -> str:
    if _NOT_IN_PATH.search(value) or any(part.partition(".")[0].lower() in DEVICE_NAMES for part in value.split("/")):
        raise ValueError("is not a name that every computer can have for a file. Rename it, like `identity/logo.svg`")
    return value


Slug = Annotated[
    str,
    Field(pattern=SLUG),
    _Check(_validate_length),
    _Check(_validate_device),
    ValueFormat("id", "Lowercase letters, digits and hyphens, such as `first-call`."),
]
# What tells from the marks of a field that it holds a line, or a phrase.
LINE_CHECK, PHRASE_CHECK = _Check(_validate_line), _Check(_validate_phrase)
# A text may have paragraphs; a line is what stands in a list, a heading, a header, a calendar.
Text = Annotated[str, Field(min_length=1), _Check(_validate_text)]
Line = Annotated[str, Field(min_length=1), _Check(_validate_text), LINE_CHECK]
# The id of another record, or of a part of one.
Name = Annotated[Line, _Check(_validate_length)]
# A name, or a word to avoid: what is looked for in every text, and in every other name.
Phrase = Annotated[Line, PHRASE_CHECK]
# A regular expression, which may look for a sign that nobody sees.
Expression = Annotated[str, Field(min_length=1)]
Number = Annotated[int, _Check(_validate_number)]
Decimal = Annotated[float, Field(allow_inf_nan=False), _Check(_validate_number)]
TimeOfDay = Annotated[
    Line,
    _Check(_validate_time),
    ValueFormat("time of day", '"HH:MM" on a 24-hour clock, in quotation marks, such as `"09:30"`.'),
]

Link = Annotated[
    str,
    _Check(_validate_link),
    ValueFormat("link", "It starts with https://, http://, mailto: or / (a page of this site)."),
]
WebLink = Annotated[str, _Check(validate_web_link), ValueFormat("web address", "It starts with https:// or http://.")]
Site = Annotated[str, _Check(validate_site), ValueFormat("web address", "It starts with https:// or http://.")]
Handle = Annotated[Line, _Check(_validate_handle)]
Language = Annotated[Line, _Check(_validate_language)]
Branch = Annotated[Line, _Check(_validate_branch)]
FilePath = Annotated[Line, _Check(_validate_file_path)]
