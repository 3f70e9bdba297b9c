"""What a build has made for a brand, as pages and files need it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Kit:
    """What could be made on this machine.

    pictures: PNG files by their path below the site. notes: what was left out, and how to get it, a sentence each.
    """

    pictures: Mapping[str, bytes] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
