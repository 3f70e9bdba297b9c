"""The covers of assets that have no picture of their own: an icon for the type, and letters for each persona."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markupsafe import Markup

from onevoice.phrases.catalog import ENGLISH, get_spoken_language, name_foreign_language
from onevoice.records.asset import Asset
from onevoice.records.brand import AssetType

# Lines in a square of 24, one path each.
ICONS = {
    "book": "M4 5.5A1.5 1.5 0 0 1 5.5 4H11v15H5.5A1.5 1.5 0 0 0 4 20.5zM20 5.5A1.5 1.5 0 0 0 18.5 4H13v15h5.5a1.5 1.5 "
    "0 0 1 1.5 1.5z",
    "calculator": "M6 3h12v18H6zM9 7h6M9 12h.01M12 12h.01M15 12h.01M9 16h.01M12 16h.01M15 16h.01",
    "chart": "M4 4v16h16M8 16v-4M12 16V8M16 16v-6",
    "chat": "M4 5h16v11H10l-5 4v-4H4zM8 9h8M8 12h5",
    "checklist": "M4 6l1.5 1.5L8 5M4 12l1.5 1.5L8 11M4 18l1.5 1.5L8 17M11 6.5h9M11 12.5h9M11 18.5h9",
    "form": "M5 3h14v18H5zM8 7h8M8 11h8v3H8zM8 18h4",
    "mail": "M3 6h18v12H3zM3 7l9 6 9-6",
    "page": "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
    "play": "M3 5h18v14H3zM10 9l5 3-5 3z",
    "quote": "M5 6h5v6c0 3-2 4-4 5M14 6h5v6c0 3-2 4-4 5",
    "screen": "M3 5h18v11H3zM9 20h6M12 16v4",
    "slides": "M3 4h18M4 4v11h16V4M12 15v5M9 20h6M8 11l3-3 2 2 3-3",
    "versus": "M4 7h12M13 4l3 3-3 3M20 17H8M11 14l-3 3 3 3",
}
# Words of a persona's name that its letters leave out.
SMALL_WORDS = frozenset(("a", "an", "and", "at", "for", "in", "of", "on", "the", "to"))
MOST_LETTERS = 3
# What people call the languages of content, by the first part of a tag; others are named by their tag.
LANGUAGES = {
    "ar": "Arabic", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish",
    "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi", "hu": "Hungarian", "it": "Italian",
    "ja": "Japanese", "ko": "Korean", "nb": "Norwegian", "nl": "Dutch", "no": "Norwegian", "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian", "ru": "Russian", "sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian", "vi": "Vietnamese",
    "zh": "Chinese",
}  # fmt: skip


def draw_icon(asset: Asset, types: Sequence[AssetType]) -> Markup:
    """The icon of an asset's type, for eyes only: the type is named next to it. types: those of the handbook."""
    name = next((one.icon for one in types if one.name == asset.type), "page")
    return Markup('<svg class="ov-icon" viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>').format(
        ICONS[name]
    )


def make_monogram(name: str) -> str:
    """The letters that stand for a name on a small badge, such as "HS" for "Head of sales"."""
    words = re.findall(r"[^\W_]+", name)
    chosen = [word for word in words if word.lower() not in SMALL_WORDS] or words
    return "".join(word[0] for word in chosen[:MOST_LETTERS]).upper()


def name_language(tag: str) -> str:
    """What people call a language, by its tag (BCP 47): "German" for `de-AT`."""
    if get_spoken_language() != ENGLISH:
        return name_foreign_language(tag)
    return LANGUAGES.get(tag.partition("-")[0].lower(), tag)
