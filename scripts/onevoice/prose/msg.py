"""Mail as Outlook saves it (.msg) -> Prose: subject, body and attachments."""

from __future__ import annotations

from typing import Any

from onevoice.errors import OnevoiceError
from onevoice.prose.block import Prose
from onevoice.prose.letter import Letter, ask_library

# What opens the parts of a compound file.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The body as RTF, which nobody but Outlook reads (MS-OXPROPS, PidTagRtfCompressed).
_RTF = 0x1009
_SEALED = ".smime"


def read(path: str, data: bytes) -> Prose:
    """An email. Raises OnevoiceError, in a line for people, if it is none or is broken."""
    if not data.startswith(_OLE):
        said = "this is not an email of Outlook, despite its name. Correct its name" if data else "the file is empty"
        raise OnevoiceError(f"{path}: {said}{', or leave it out.' if data else ''}")
    from oxmsg import Message

    try:
        message = Message.load(data)
    except Exception:
        # The library has no error of its own.
        said = "cannot be read: it is incomplete or damaged. Save it again from Outlook, or leave it out."
        raise OnevoiceError(f"{path}: {said}") from None
    letter = Letter()
    letter.add_subject(ask_library(lambda: message.subject, ""), "")
    bodies = [
        ("text/html", ask_library(lambda: message.html_body, None)),
        ("text/plain", ask_library(lambda: message.body, None)),
    ]
    letter.add_bodies([(kind, text) for kind, text in bodies if text], "")
    if not any(text for _, text in bodies) and ask_library(lambda: message.properties.binary_prop_value(_RTF), None):
        letter.unread.append("body: it is in Outlook's own format (RTF)")
    if _SEALED in ask_library(lambda: message.message_class, "").lower():
        letter.unread.append("body: it is encrypted or wrapped in a signature")
    attachments: tuple[Any, ...] = ask_library(lambda: tuple(message.attachments), ())
    for attachment in attachments:
        _add_attachment(letter, attachment)
    return letter.build_prose(path)


def _add_attachment(letter: Letter, attachment: Any) -> None:
    if not letter.claim_part("", 0):
        return
    name = " ".join((ask_library(lambda: attachment.file_name, None) or "").split()) or "without a name"
    data = ask_library(lambda: attachment.file_bytes, None)
    if data is None:
        # An email in it has no bytes of its own, and the library doesn't open it.
        letter.unread.append(f"attachment {name}")
    else:
        letter.add_attachment(name, ask_library(lambda: attachment.mime_type, None) or "", data, "")
