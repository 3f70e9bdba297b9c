"""The data categories of TBX and what programs write in them, in our words, whatever the capitals and hyphens."""

from __future__ import annotations

import re

# What we write (ISO 30042, TBX-Basic), and what it is to us.
STATUSES = {
    "preferred": "preferredTerm-admn-sts",
    "abbreviation": "admittedTerm-admn-sts",
    "allowed": "admittedTerm-admn-sts",
    "avoid": "deprecatedTerm-admn-sts",
}
# TBX-Basic knows neither proper nouns nor phrases; a phrase is a type of term there.
PARTS_OF_SPEECH = {
    "noun": "noun",
    "verb": "verb",
    "adjective": "adjective",
    "adverb": "adverb",
    "proper noun": "other",
    "phrase": "other",
}

_STATUS_WORDS = {
    "preferred": "preferred preferredterm standardized standardizedterm standardised legal legalterm regulated "
    "regulatedterm recommended recommendedterm approved bevorzugt vorzugsbenennung zugelassen préféré préférée "
    "privilégié preferido preferida",
    "allowed": "admitted admittedterm allowed accepted acceptable permitted optional alternative erlaubt admis "
    "toléré admitido permitido",
    "avoid": "deprecated deprecatedterm superseded supersededterm forbidden obsolete notrecommended "
    "nonrecommended prohibited rejected avoid donotuse notpreferred nonpreferred notallowed banned unapproved "
    "notapproved verboten veraltet abgelehnt déconseillé interdit obsolète rejeté prohibido obsoleto rechazado",
    "": "new proposed provisional draft unprocessed provisionallyprocessed finalized checked notchecked unknown none "
    "translationneeded needstranslation",
}  # fmt: skip
_STATUS = {word: status for status, words in _STATUS_WORDS.items() for word in words.split()}

_CATEGORY_WORDS = {
    "status": "administrativestatus processstatus status normativeauthorization usagestatus termstatus usage "
    "termusage languageplanningqualifier",
    "part": "partofspeech pos wordclass",
    "type": "termtype",
    "area": "subjectfield domain subject subjectarea",
    "definition": "definition",
    "context": "context example usageexample samplesentence sample",
    "note": "note usagenote comment remark explanation annotation transfercomment",
    "source": "source entrysource originatingdatabase sourceidentifier",
    "link": "externalcrossreference xsource weblink",
    "related": "crossreference seealso relatedconcept relatedconceptbroader relatedconceptnarrower relatedterm "
    "broaderconcept broaderconceptgeneric broaderconceptpartitive superordinateconceptgeneric "
    "superordinateconceptpartitive subordinateconceptgeneric subordinateconceptpartitive "
    "coordinateconceptgeneric coordinateconceptpartitive associatedconcept antonymconcept antonymterm",
}
_CATEGORIES = {word: key for key, words in _CATEGORY_WORDS.items() for word in words.split()}

_PARTS = {
    "noun": "noun", "verb": "verb", "adjective": "adjective", "adverb": "adverb", "propernoun": "proper noun",
    "phrase": "phrase", "nounphrase": "noun", "verbphrase": "verb", "n": "noun", "v": "verb", "adj": "adjective",
    "adv": "adverb", "substantiv": "noun", "nomen": "noun", "adjektiv": "adjective", "eigenname": "proper noun",
    "nom": "noun", "verbe": "verb", "adjectif": "adjective", "adverbe": "adverb", "sustantivo": "noun",
    "verbo": "verb", "adjetivo": "adjective", "adverbio": "adverb",
}  # fmt: skip
SHORT_TYPES = frozenset(("acronym", "abbreviation", "abbreviatedform", "initialism", "abbreviatedterm"))
# Types that say nothing that we'd need.
PLAIN_TYPES = frozenset(("fullform", "variant", "shortform", "phrase", "synonym", "entryterm", "internationalism"))


def squeeze_word(text: str) -> str:
    """A word of a vocabulary without capitals, blanks and hyphens: `Usage note` is `usagenote`."""
    return re.sub(r"[\W_]+", "", text).casefold()


def find_category(text: str) -> str:
    """What a data category is to us; "" if we've no place for it."""
    return _CATEGORIES.get(squeeze_word(text), "")


def find_status(text: str) -> str | None:
    """`preferred`, `allowed` or `avoid`; "" if it says nothing of that; None if nobody knows the word."""
    return _STATUS.get(squeeze_word(text).removesuffix("admnsts"))


def find_part_of_speech(text: str) -> str:
    """The part of speech, as records have it; "" if it's another one."""
    return _PARTS.get(squeeze_word(text), "")
