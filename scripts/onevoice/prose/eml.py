"""Email (.eml) -> Prose: subject, bodies and attachments, of alternatives the one that people see."""

from __future__ import annotations

import contextlib
import email
import email.policy
import mimetypes
from email.message import EmailMessage
from typing import Any

from onevoice import limits
from onevoice.errors import OnevoiceError
from onevoice.prose.block import Prose
from onevoice.prose.letter import Letter, ask_library, name_mail

_BODIES = ("text/html", "text/plain")
_SEALED = ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime")
# Machines write these to machines.
_REPORTS = ("message/delivery-status", "message/disposition-notification", "text/rfc822-headers")


def read(path: str, data: bytes) -> Prose:
    """An email. Raises OnevoiceError, in a line for people, if it is none."""
    if not data.strip():
        raise OnevoiceError(f"{path}: the file is empty")
    letter = Letter()
    read_into(letter, path, data, "", 0)
    return letter.build_prose(path)


def read_into(letter: Letter, path: str, data: bytes, place: str, depth: int) -> None:
    """Add an email to a letter. place, depth: where it is in other mails."""
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
    except (RecursionError, ValueError, LookupError, AttributeError, TypeError):
        raise OnevoiceError(f"{path}: its parts are nested too deeply. Leave it out.") from None
    if not message.keys():
        raise OnevoiceError(f"{path}: this is not an email, despite its name. Correct its name, or leave it out.")
    _MailReader(letter).read_mail(message, place, depth)


class _MailReader:
    def __init__(self, letter: Letter) -> None:
        self.letter = letter

    def read_mail(self, message: EmailMessage, place: str, depth: int) -> None:
        self.letter.add_subject(_find_subject(message), place)
        if _is_cut(message):
            self.letter.unread.append(f"subject: all after the first {limits.MAX_SUBJECT_CHARS:,} characters")
        self._read_part(message, place, depth)

    def _read_part(self, part: EmailMessage, place: str, depth: int) -> None:
        if not self.letter.claim_part(place, depth):
            return
        kind = ask_library(part.get_content_type, "text/plain")
        if kind in _REPORTS:
            return
        if kind in _SEALED:
            if ask_library(lambda: str(part.get_param("smime-type", "")), "") != "signed-data":
                self.letter.unread.append(f"{place or 'body'}: it is encrypted")
            else:
                self.letter.unread.append(f"{place or 'body'}: it is wrapped in a signature")
        elif kind == "multipart/alternative":
            self._read_alternatives(part, place, depth)
        elif part.is_multipart():
            for inner in _list_parts(part):
                if kind == "message/rfc822":
                    self.read_mail(inner, name_mail(place, _find_subject(inner)), depth + 1)
                else:
                    self._read_part(inner, place, depth + 1)
        elif (
            kind in _BODIES and not ask_library(part.get_filename, None) and not ask_library(part.is_attachment, False)
        ):
            self.letter.add_bodies([(kind, _decode_text(part))], place)
        else:
            self._read_attachment(part, kind, place, depth)

    def _read_alternatives(self, part: EmailMessage, place: str, depth: int) -> None:
        """The last one is the richest (RFC 2046, 5.1.4); if it says nothing, the one before."""
        bodies, others = [], []
        for inner in _list_parts(part):
            kind = ask_library(inner.get_content_type, "text/plain")
            if kind in _BODIES and not inner.is_multipart():
                bodies.append((kind, _decode_text(inner)))
            else:
                others.append(inner)
        # HTML with its pictures is one form, too; an invitation repeats what the others say.
        nested = [inner for inner in others if inner.is_multipart()]
        if nested and not any(kind == "text/html" for kind, _ in bodies):
            before = len(self.letter.blocks)
            self._read_part(nested[-1], place, depth + 1)
            if len(self.letter.blocks) > before:
                return
        self.letter.add_bodies(bodies[::-1], place)

    def _read_attachment(self, part: EmailMessage, kind: str, place: str, depth: int) -> None:
        name = ask_library(part.get_filename, None) or ""
        name = " ".join(name.replace("\\", "/").rpartition("/")[2].split())
        name = name or f"without a name{mimetypes.guess_extension(kind) or ''}"
        data = _decode_text(part).encode("utf-8", "replace") if kind.startswith("text/") else _decode_bytes(part)
        if name.lower().endswith(".eml") and data.strip():
            with contextlib.suppress(OnevoiceError):
                read_into(self.letter, name, data, name_mail(place, name), depth + 1)
                return
        self.letter.add_attachment(name, kind, data, place)


def _list_parts(part: EmailMessage) -> list[EmailMessage]:
    payload = part.get_payload()
    return [inner for inner in payload if isinstance(inner, EmailMessage)] if isinstance(payload, list) else []


def _find_subject(message: EmailMessage) -> str:
    """The subject, as far as it is read."""
    raw = next((str(value) for name, value in message.raw_items() if name.lower() == "subject"), "")
    if len(raw) <= limits.MAX_SUBJECT_CHARS:
        return ask_library(lambda: str(message["subject"] or ""), "")
    return ask_library(lambda: str(email.policy.default.header_factory("subject", raw[: limits.MAX_SUBJECT_CHARS])), "")


def _is_cut(message: EmailMessage) -> bool:
    return any(
        name.lower() == "subject" and len(str(value)) > limits.MAX_SUBJECT_CHARS for name, value in message.raw_items()
    )


def _decode_bytes(part: EmailMessage) -> bytes:
    data: Any = ask_library(lambda: part.get_payload(decode=True), None)
    return data if isinstance(data, bytes) else b""


def _decode_text(part: EmailMessage) -> str:
    """The text of a part; what isn't in the encoding that it names has marks instead."""
    data = _decode_bytes(part)
    named = ask_library(part.get_content_charset, None) or "utf-8"
    for encoding in (named, "utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except (UnicodeError, LookupError, ValueError):
            continue
    return data.decode("utf-8", "replace")
