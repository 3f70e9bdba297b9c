"""Text for people: what strangers wrote can steer neither a terminal nor the program that reads a job's log.

Control characters, changes of the writing direction and bytes that aren't text are written as `\\x1b` or `\\u202e`.
Commands for the runners of GitHub, Azure, TeamCity, Octopus, GitLab and Travis get a backslash: `\\::error::`. Formats
for programs keep every character, in an escape of their own. Sources: "Workflow commands" (GitHub), "Logging commands"
(Azure), "Service messages" (TeamCity), "Custom collapsible sections" (GitLab).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

# The codes that we paint with; a terminal gets no others.
OWN_CODES = r"\x1b\[(?:0|31|33|36)m"
# Of the invisible characters those stay that words need: joiners, the soft hyphen, Arabic signs before numbers.
_INVISIBLE = (
    "\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001-\U000e007f"
)
# Patterns are compiled when they are needed: hardly any text needs one, and a hook would wait for them.
_CONTROL = f"[\x00-\x1f{_INVISIBLE}]"
# In a text of several lines: tabs and line ends are fine.
_STEERING = f"{OWN_CODES}|[\x00-\x08\x0b\x0c\x0e-\x1f{_INVISIBLE}]|\r(?!\n)"
# What no encoding has.
_HALF = "[\ud800-\udfff]"
_UNSAFE_IN_JSON = f"[{_INVISIBLE}]"
# GitHub and Azure look for these after the white space of a line, and anywhere in it.
_LINE_COMMAND = r"(?m)^([^\S\n]*):(?=:)"
_INNER_COMMAND = r"#(?=#[\w.-]{0,40}\[)"
_SECTION = r"((?:section_(?:start|end)|travis_(?:fold|time)))(?=:)"


def escape_controls(text: str) -> str:
    """A value for one line, with its control characters written out, line ends and tabs too."""
    return text if text.isprintable() else re.sub(_CONTROL, lambda match: _name_character(match[0]), text)


def _name_character(char: str) -> str:
    code = ord(char)
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"  # a byte of a file name that isn't UTF-8
    if code < 0x80:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def _is_plain(text: str) -> bool:
    return text.replace("\n", "").isprintable()


def escape_steering(text: str, *, color: bool = False) -> str:
    """Text of any number of lines, with what steers a terminal written out. color: our own colors stay."""
    if _is_plain(text):
        return text
    return re.sub(
        _STEERING,
        lambda match: match[0] if color and len(match[0]) > 1 else _name_character(match[0][0]) + match[0][1:],
        text,
    )


def escape_text(text: str, *, color: bool = False) -> str:
    """Text of any number of lines, as a terminal and a job's log may have it. color: our own colors stay.

    Ordinary text comes back as it is. What has been escaped is not escaped again.
    """
    return _escape_commands(escape_steering(text, color=color), r"\1\:", r"#\\", r"\1" + "\\\\")


def has_command(text: str) -> bool:
    """Whether a program that reads a job's log would take something in a text for a command."""
    lines = text.replace("\r", "\n")
    return _escape_commands(lines, "", "", "") != lines


def _escape_commands(text: str, line: str, inner: str, section: str) -> str:
    # Most texts hold none of these, and a search for a plain word takes no time.
    if "::" in text:
        text = re.sub(_LINE_COMMAND, line, text)
    if "##" in text:
        text = re.sub(_INNER_COMMAND, inner, text)
    if "section_" in text or "travis_" in text:
        text = re.sub(_SECTION, section, text)
    return text


def escape_html(text: str) -> str:
    """HTML in which no line is a command and nothing steers a terminal, and which reads the same."""
    if not _is_plain(text):
        text = re.sub(
            _STEERING,
            lambda match: f"&#{ord(match[0])};" if match[0] > "\x9f" and not re.match(_HALF, match[0]) else "\ufffd",
            text,
        )
    return _escape_commands(text, r"\1&#58;", "&#35;", r"\1&#8288;")


def escape_mail(text: str) -> str:
    """A message with quoted-printable parts in which no line is a command, and which reads the same."""
    head, blank, body = text.partition("\r\n\r\n")
    return head + blank + _escape_commands(body, r"\1=3A", "=23", r"\1")


def encode_path(path: str) -> str:
    """A path for programs: a byte that isn't UTF-8 becomes `%` and two hexadecimal digits; all else stays."""
    return re.sub("[\udc80-\udcff]", lambda match: f"%{ord(match[0]) - 0xDC00:02X}", path)


def dump_json(data: Any) -> str:
    """Indented JSON of plain values, whose every string is read back as it was, and in which no line is a command.

    Invisible characters and commands are written with JSON's own escapes; bytes that aren't UTF-8 as `encode_path` has
    them; half a surrogate pair as U+FFFD.
    """
    import json

    return _escape_json(json.dumps(data, indent=2, ensure_ascii=False))


def _escape_json(text: str) -> str:
    if not text.isascii() or "\x7f" in text:
        text = re.sub(_UNSAFE_IN_JSON, _escape_json_character, text)
    return _escape_commands(text, r"\1:", r"\\u0023", r"\1")


def dump_json_list(items: Iterable[Any], indent: str = "") -> str:
    """JSON of a list at a place that is so far indented, each item on one line, with the escapes of `dump_json`.

    The items are asked for one by one: all of them at once would take ten times the room.
    """
    import json

    # The library writes JSON in C only if it isn't indented: in a seventh of the time.
    encode = json.JSONEncoder(ensure_ascii=False).encode
    return join_json_rows([_escape_json(encode(item)) for item in items], indent)


def join_json_rows(rows: Sequence[str], indent: str = "") -> str:
    """The same of items that are JSON already, with their escapes."""
    return f",\n{indent}  ".join(rows).join((f"[\n{indent}  ", f"\n{indent}]")) if rows else "[]"


def quote_json(text: str) -> str:
    """A string of JSON, with the escapes of `dump_json`."""
    from json.encoder import encode_basestring

    return _escape_json(encode_basestring(text))


def _escape_json_character(match: re.Match[str]) -> str:
    code = ord(match[0])
    if 0xDC80 <= code <= 0xDCFF:
        return encode_path(match[0])
    if 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    if code > 0xFFFF:
        high, low = divmod(code - 0x10000, 0x400)
        return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
    return f"\\u{code:04x}"
