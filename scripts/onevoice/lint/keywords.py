"""What a text is about: its content words in their plain form, so that two wordings of one thing can be compared."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Callable, Collection, Iterator
from functools import cache, lru_cache
from types import ModuleType

from onevoice.matcher.fold import make_match_key

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’»)]*\s+")
# How many words' plain forms are remembered: no language has more that are common.
MAX_STEMS = 50_000

# Words that are in every English text and say nothing about it.
_STOP_TEXT = """
    a about above across after again all also am an and any anybody are as at away back be because been before
    being below between both but by can cannot could did do does doing done down each either else even ever every
    everybody everything few for from further get gets give given go goes going gone got had has have having he her
    here hers him his how however i if in into is it its itself just keep know less let like made make makes many may
    me mean might mine more most much must my need needs neither never no nobody none nor not nothing now of off on
    once one only or other our ours out over own per put quite rather really s same say says see seen shall she should
    since so some somebody something still such take takes tell than that the their theirs them then there these they
    thing things this those though through thus till to today together too two under until up upon us use used very
    want was way we well were what when where whether which while who whom whose why will with within without would
    yes yet you your yours half third thirds quarter quarters fifth tenth percent times twice double triple three four
    five six seven eight nine ten
"""
STOP_WORDS = frozenset(_STOP_TEXT.split())
# Snowball's names of the languages that it has, by their tags.
_LANGUAGES = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "eo": "esperanto", "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish",
    "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian",
    "it": "italian", "lt": "lithuanian", "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian",
    "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "st": "sesotho", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip


def find_language(tag: str) -> str:
    """Snowball's name of a language, such as "english" for `en-US`; "" for one that it does not have."""
    return _LANGUAGES.get(tag.partition("-")[0].lower(), "")


def extract_keywords(text: str, language: str) -> list[str]:
    """The content words of a text in order, each in its plain form; numbers are left out.

    language: as `find_language` names it. Only of English do we know which words say nothing.
    """
    words = [match[0] for match in _WORD.finditer(make_match_key(text))]
    if language == "english":
        words = [word for word in words if STOP_WORDS.isdisjoint((word, word.partition("'")[0]))]
    return [stem_word(word, language) for word in words]


@lru_cache(maxsize=MAX_STEMS)
def stem_word(word: str, language: str) -> str:
    """A folded word without its endings: `plans` and `planning` become `plan`; as it is if there is no language."""
    return _load_stemmer(language)(word.partition("'")[0])


@cache
def _load_stemmer(language: str) -> Callable[[str], str]:
    if not language:
        return str
    # `import snowballstemmer` loads three dozen languages, which takes as long as to lint a page; or PyStemmer, if that
    # is there, whose version may see words in another way. Each language has a module of its own.
    spec = importlib.util.find_spec("snowballstemmer")
    if not (spec and spec.submodule_search_locations):
        raise ModuleNotFoundError("No module named 'snowballstemmer'", name="snowballstemmer")
    package = ModuleType("onevoice_snowball")
    package.__path__ = spec.submodule_search_locations
    sys.modules[package.__name__] = package
    try:
        module = importlib.import_module(f"{package.__name__}.{language}_stemmer")
    except ModuleNotFoundError:  # a release that has fewer languages
        return str
    stem: Callable[[str], str] = getattr(module, f"{language.title()}Stemmer")().stemWord
    return stem


def find_sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """The ranges of the sentences of a text."""
    start = 0
    for match in _SENTENCE_END.finditer(text):
        yield start, match.start()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def measure_coverage(wanted: Collection[str], given: Collection[str]) -> float:
    """How many of the wanted words are given, from 0 to 1. Each counts once; if none is wanted it is 0."""
    wanted = set(wanted)
    return len(wanted.intersection(given)) / len(wanted) if wanted else 0.0
