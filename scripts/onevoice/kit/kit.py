"""What a build has made for a brand, as pages and files need it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from onevoice.kit.fonts import WebFont


@dataclass(frozen=True)
class Kit:
    """What could be made on this machine.

    fonts: for the pages. licenses: of the fonts, by typeface and name of the file. pictures: PNG files by their path
    below the site. shares: of these, what chats show with a link, by the page's address. notes: what was left out, and
    how to get it, a sentence each.
    """

    fonts: tuple[WebFont, ...] = ()
    licenses: Mapping[tuple[str, str], bytes] = field(default_factory=dict)
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    shares: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
