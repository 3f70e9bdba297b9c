"""Figures in a text that claim something: shares, multiples, rankings, money. Dates, versions and prices do not."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from onevoice import limits


class Figure(NamedTuple):
    """A figure at a range of a text.

    value: what it says, the same however it is written: `3 in 5` and `60%` are both the share 3/5.
    """

    start: int
    end: int
    value: str


_ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_TENS |= {"hundred": 100}
_FRACTIONS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_SCALE = {"k": 3, "thousand": 3, "m": 6, "mn": 6, "million": 6, "b": 9, "bn": 9, "billion": 9}

# No figure has more groups (limits.MAX_FIGURE_DIGITS); without an end, each would be gone over from each before it.
_DIGITS = r"\d{1,3}(?:[,\u00a0\u202f]\d{3}){1,13}(?:\.\d+)?|\d+(?:[.,]\d+)?"
_WORDS = rf"{'|'.join(_ONES[1:])}|(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES[1:10])}))?"
_NUMBER = rf"(?:{_DIGITS}|{_WORDS})"
_LEFT_EDGE = r"(?<![\w.,/$€£-])"
# A share may be the upper end of a range, or a loss: 20-30%, -5%.
_SIGNED_LEFT_EDGE = r"(?<![\w.,/$€£])"
_COMPARATIVES = (
    "as|more|less|fewer|the|faster|slower|higher|lower|bigger|larger|smaller|better|cheaper|longer|shorter|quicker|"
    "greater|stronger|richer|likelier"
)
_MEASURES = "your|our|their|its|the|his|her|revenue|sales|growth|profits?|output|traffic|leads|conversions?"
_UNITS = "days?|weeks?|months?|years?|hours?|minutes?|seconds?|steps?|parts?|pages?|languages?|lines?|places?|ways?"

_SHARE = re.compile(
    rf"{_SIGNED_LEFT_EDGE}(?P<percent>{_NUMBER})[\s-]?(?:%(?!\d)|percent\b|per cent\b)"
    r"(?!\s*(?:off|discount|vat|tax|apr|interest|commission|deposit)\b)"
    rf"|(?<!step )(?<!page )(?<!part ){_LEFT_EDGE}\b(?P<some>{_NUMBER}) (?:in|out of) (?:every )?(?P<all>{_NUMBER})\b"
    rf"(?!%|[-.,:]\d|\s(?:{_UNITS})\b)"
    r"|\b(?P<count>an?|one|two|three|four)[ -](?P<part>third|quarter|fifth|tenth)s?"
    r"(?= (?:of|more|less|fewer|higher|lower|faster|slower|shorter|longer|cheaper|smaller|larger|bigger|better)\b)"
    rf"(?! of (?:an?\b|\d|the (?:{_UNITS}|way|century|screen|file|text|list|book)\b))"
    r"|(?<=\bby )(?P<less>an?) (?P<by>third|quarter|fifth|tenth)(?=$|[.,;:!?)\n]| (?:in|within|since|and)\b)"
    r"|\b(?P<half>half) of (?=(?:our|your|their|all)\b)"
    r"|(?:(?<=more than )|(?<=less than )|(?<=over )|(?<=nearly )|(?<=almost ))(?P<most>half) of\b",
    re.I,
)
_FULL_SHARE_TAIL = re.compile(
    r"\s++(?:of|more|less|higher|lower|faster|better|growth|increase|success|uptime|satisfaction)\b", re.I
)
_MULTIPLE = re.compile(
    rf"{_LEFT_EDGE}(?P<x>(?:{_DIGITS}))(?:x|\s?×)(?!\w|\s?\d)"
    rf"|{_LEFT_EDGE}\b(?P<times>{_NUMBER})[ -]times (?:{_COMPARATIVES})\b"
    rf"|{_LEFT_EDGE}\b(?P<yours>{_NUMBER})[ -]times(?= your\b)"
    r"|\b(?P<twice>twice) (?:as|the)\b"
    r"|\b(?P<halved>half as (?:many|much|long|fast|often|likely|expensive))\b"
    rf"|(?<!is )(?<!are )\b(?P<fold>{_WORDS}|\d+)-?fold\b"
    rf"|\b(?P<double>(?:doubl|tripl|quadrupl)(?:es?|ed|ing))(?= (?:{_MEASURES})\b)"
    r"|\b(?P<halve>cuts?|cutting|reduced?|fell|dropped|falls|drops)(?: [\w']+){0,5}? (?:in|by) half\b",
    re.I,
)
_FIRST_PLACE = r"(?:number one|number 1|no\. ?1|#1)"
_RANK = re.compile(
    rf"\b(?:the|our|your|their|its|a|is|are|as|be|become|became|ranked|rated|voted|\w+(?:'s|’s)) {_FIRST_PLACE}(?!\w|:)"
    r"|(?<!reason )(?<!goal )(?<!priority )(?<!rule )(?<!step )\b(?:number one|no\. ?1) in (?=\w)"
    r"|\b(?:market|industry|world)(?:'s|’s)?[ -]lead(?:er|ers|ing)\b"
    r"|\bthe leading (?!edges?\b|zeros?\b|cause\b|space|question|role|man\b|lady|digit|slash|dot\b|char|column|white)"
    r"(?=\w)"
    r"|\b(?:world|industry|market|europe|america)(?:'s|’s) (?:best|first|leading|largest|biggest|fastest|most)\b"
    r"|\bbest[- ]in[- ]class\b|\bsecond to none\b"
    r"|\bthe (?:best|largest|biggest|fastest|most [\w-]+)(?: [\w-]+){0,4}"
    r" (?:on the market|in the (?:world|industry|market))\b",
    re.I,
)
_MONEY = re.compile(
    rf"(?<![\w.])(?P<sign>US\$|[$€£¥]|(?:USD|EUR|GBP)(?=[\s\d]))\s?(?P<sum>{_DIGITS})"
    r"(?:\s?(?P<scale>k|m|mn|b|bn|million|billion|thousand)\b)?"
    rf"|{_LEFT_EDGE}(?P<sum2>{_DIGITS})(?:\s?(?P<scale2>k|m|mn|b|bn|million|billion|thousand))?\s?"
    r"(?P<name>dollars|euros|pounds|usd|eur|gbp|€)(?!\w)",
    re.I,
)
# Money is a claim if the sentence says what it does; else it is a price or a budget.
_EFFECT = re.compile(
    r"\b(?:sav(?:e[sd]?|ings?|ing)|earn(?:s|ed|ing)?|gain(?:s|ed|ing)?|los(?:es?|t|ing|s|ses)|wast(?:es?|ed|ing)|worth|"
    r"rais(?:es?|ed|ing)(?! (?:an? |the )?(?:purchase|ticket|issue|invoice|concern|bug|flag|request)s?\b)|"
    r"gr[eo]w(?:s|n|ing)?|revenue|returns?|roi|pipeline|extra|profits?|"
    # An amount is no effect: more than $1,000, $1,000 or more.
    r"(?:(?<=\d )|(?<=[kmb] )|(?<=[mb]n )|(?<=illion )|(?<=sand )|(?<=lars )|(?<=uros )|(?<=unds ))more\b(?! than)|"
    r"turnover|generat\w+)\b",
    re.I,
)
_PRICE = re.compile(
    r"^\s?(?:/|per\b|an? (?:month|year|seat|user|rep|week|day)|(?:each|monthly|yearly|annually)\b)"
    r"|\b(?:price|pricing|fee|plan)s?\b",
    re.I,
)
# What is saved or lost is a claim in whatever time.
_GAIN = re.compile(
    r"\b(?:sav(?:e[sd]?|ing)|earn(?:s|ed|ing)?|gain(?:s|ed|ing)?|los(?:es?|t|ing)|wast(?:es?|ed|ing))"
    r"(?:\s[\w'’-]+){0,4}\s$",
    re.I,
)
_GAINED = re.compile(r"\b(?:lost|wasted|extra|savings)\b", re.I)
_PREFILTER = re.compile(
    r"\d|percent|per cent| (?:in|out of) |third|quarter|fifth|tenth|half|times|twice|fold|doubl|tripl|quadrupl|number|"
    r"no\. ?1|lead|best|second to|world|industry|market|europe|america|the (?:larg|big|fast|most)",
    re.I,
)
_SENTENCE_END = re.compile(r"[.!?…](?=\s)")
# How far before a sum a word is looked for that says what is gained.
GAIN_RADIUS = 400


def find_figures(text: str) -> list[Figure]:
    """The figures of a text, in order; of those that overlap, the first."""
    if not _PREFILTER.search(text):
        return []
    found = sorted(
        {*_find_shares(text), *_find_multiples(text), *_find_ranks(text), *_find_money(text)},
        key=lambda one: (one.start, -one.end),
    )
    out: list[Figure] = []
    for figure in found:
        if not out or figure.start >= out[-1].end:
            out.append(figure)
    return out


def list_figure_values(text: str) -> tuple[str, ...]:
    """What the figures of a text say, each once."""
    return tuple(dict.fromkeys(figure.value for figure in find_figures(text)))


def _find_shares(text: str) -> Iterator[Figure]:
    for match in _SHARE.finditer(text):
        if match["percent"]:
            share = _parse_number(match["percent"]) / 100
            # All of it is only a claim if it is of something: not `100% cotton`.
            if share == 1 and not _FULL_SHARE_TAIL.match(text, match.end()):
                continue
        elif match["some"]:
            some, every = _parse_number(match["some"]), _parse_number(match["all"])
            if not 0 < some < every <= 100:
                continue
            share = some / every
        elif match["half"] or match["most"]:
            share = Fraction(1, 2)
        elif match["by"]:
            share = Fraction(1, _FRACTIONS[_fold_letters(match["by"])])
        else:
            count = 1 if _fold_letters(match["count"]) in ("a", "an") else _parse_number(match["count"])
            share = count / Fraction(_FRACTIONS[_fold_letters(match["part"])])
        end = match.end("half") if match["half"] else match.end("most") if match["most"] else match.end()
        yield Figure(match.start(), end, f"share {share}")


def _find_multiples(text: str) -> Iterator[Figure]:
    for match in _MULTIPLE.finditer(text):
        if match["twice"]:
            times = Fraction(2)
        elif match["double"]:
            times = Fraction({"d": 2, "t": 3, "q": 4}[match["double"][0].lower()])
        elif match["halve"] or match["halved"]:
            times = Fraction(1, 2)
        else:
            times = _parse_number(match["x"] or match["times"] or match["yours"] or match["fold"])
        if times not in (0, 1):
            yield Figure(match.start(), match.end(), f"times {times}")


def _find_ranks(text: str) -> Iterator[Figure]:
    for match in _RANK.finditer(text):
        yield Figure(match.start(), match.start() + len(match[0].rstrip()), "first")


def _find_money(text: str) -> Iterator[Figure]:
    matches = list(_MONEY.finditer(text))
    if not matches:
        return
    effects = [effect.span() for effect in _EFFECT.finditer(text)]
    ends = [end.end() for end in _SENTENCE_END.finditer(text)]
    for match in matches:
        sentence = bisect_right(ends, match.start())
        following = bisect_left(ends, match.end() + 1)
        start = ends[sentence - 1] if sentence else 0
        stop = ends[following] - 1 if following < len(ends) else len(text)
        if not (
            _has_effect(effects, start, match.start())
            or _has_effect(effects, match.end(), stop)
            or _EFFECT.match(text[match.end() : min(stop, match.end() + 20)])
        ):
            continue
        behind = text[match.end() : min(stop, match.end() + 40)]
        # Five words and what is around them; a sentence can be a whole file.
        gained = _GAINED.search(behind) or _GAIN.search(text, max(start, match.start() - GAIN_RADIUS), match.start())
        if _PRICE.search(behind) and not gained:
            continue
        scale = _fold_letters(match["scale"] or match["scale2"] or "")
        amount = _parse_number(match["sum"] or match["sum2"]) * 10 ** _SCALE.get(scale, 0)
        yield Figure(match.start(), match.end(), f"money {amount}")


def _has_effect(effects: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a range has one of the effects, which are in order and apart."""
    at = bisect_left(effects, (start, 0))
    return at < len(effects) and effects[at][1] <= end


def _fold_letters(text: str) -> str:
    """The text without case, as an expression that ignores it sees it: all kinds of an i are one."""
    return text.casefold().replace("i\u0307", "i").replace("ı", "i")


def _parse_number(text: str) -> Fraction:
    word, _, unit = _fold_letters(text).replace(" ", "-").partition("-")
    if word in _TENS:
        return Fraction(_TENS[word] + (_ONES.index(unit) if unit else 0))
    if word in _ONES:
        return Fraction(_ONES.index(word))
    if len(text) > limits.MAX_FIGURE_DIGITS:
        return Fraction(0)  # Nobody's figure; Python refuses to make a number of thousands of digits.
    plain = re.sub(r"[,\u00a0\u202f](?=\d{3}(?!\d))", "", text)
    return Fraction(plain.replace(",", "."))
