"""Mails as Outlook saves them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onevoice.prose.formats import Format

if TYPE_CHECKING:
    from onevoice.prose.block import Prose


def read(path: str, data: bytes) -> Prose:
    """An email with its attachments. Raises OnevoiceError as `prose.msg` does."""
    from onevoice.prose import msg

    return msg.read(path, data)


FORMAT = Format(name="Outlook", endings=(".msg",), read=read, is_archive=True, rank=71, needs="oxmsg")
