"""What is used: how often assets were looked at and sent in the last thirteen weeks, and what people searched for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from onevoice.handbook.figures import Figures
from onevoice.matcher.fold import make_match_key
from onevoice.records.asset import Asset

# What is measured of an asset without being a use: it was only listed somewhere.
LISTED = ("impressions",)
FRESH_STATES = ("fresh", "soon")
_WORD = re.compile(r"[^\W_]{3,}")


def list_uses(figures: Figures, asset: Asset) -> list[str]:
    """The names of what counts as a use of an asset, such as `views`."""
    return [name for name in figures.list_measures(f"assets/{asset.id}") if name not in LISTED]


def count_uses(figures: Figures, asset: Asset) -> float:
    """How often an asset was used in the last thirteen weeks, in whatever way."""
    return figures.sum_measure(f"assets/{asset.id}", *list_uses(figures, asset), weeks=figures.quarter)


def classify_usage(figures: Figures, asset: Asset, state: str) -> str:
    """`used-fresh`, `used-stale` or `never-used`. state: how fresh the asset is."""
    if not count_uses(figures, asset):
        return "never-used"
    return "used-fresh" if state in FRESH_STATES else "used-stale"


class Queries:
    """What people searched for in some weeks, and which assets have those words.

    missed: (words, how often), without a click.
    """

    def __init__(self, figures: Figures, assets: Iterable[Asset], weeks: Sequence[str]) -> None:
        self.missed: list[tuple[str, float]] = []
        self._by_asset: dict[str, list[tuple[str, float]]] = {}
        records = figures.list_records("queries")
        assets_by_word: dict[str, set[str]] = {}
        for asset in assets if records else ():
            for word in _split_words(f"{asset.title} {asset.summary} {' '.join(asset.tags)}"):
                assets_by_word.setdefault(word, set()).add(asset.id)
        for record in records:
            words = record.partition("/")[2]
            shown, clicked, nothing = (
                figures.sum_measure(record, name, weeks=weeks) for name in ("impressions", "clicks", "found-nothing")
            )
            if nothing or (shown and not clicked):
                self.missed.append((words, nothing or shown))
            elif clicked:
                holders = [assets_by_word.get(word, set()) for word in _split_words(words)]
                for id in set.intersection(*holders) if holders else ():
                    self._by_asset.setdefault(id, []).append((words, clicked))
        self.missed.sort(key=lambda row: (-row[1], row[0]))

    def list_of_asset(self, asset: Asset) -> list[tuple[str, float]]:
        """The searches whose words are all in an asset's title, summary or tags, most clicked first."""
        return sorted(self._by_asset.get(asset.id, ()), key=lambda row: (-row[1], row[0]))


def _split_words(text: str) -> set[str]:
    return set(_WORD.findall(make_match_key(text)))
