"""The site's own words are in English, although the handbook is in another language.

Headings, buttons and labels of the site come in English, German, French and Spanish. In a handbook of another language
they stay in English, next to your own texts. It's fine to publish it like that; to translate them, add a message file
to `scripts/onevoice/phrases`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook
from onevoice.phrases.catalog import ENGLISH, find_phrase_language


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """The handbook's language, if the site has no words in it."""
    brand = handbook.find_single("brand")
    if brand and find_phrase_language(brand.language) == ENGLISH and not brand.language.lower().startswith("en"):
        message = (
            f"the site's own words aren't translated into `{brand.language}`, so headings and buttons are in English. "
            "They come in English, German, French and Spanish."
        )
        yield handbook.make_record_finding("untranslated-site", "warning", brand, ("language",), message)
