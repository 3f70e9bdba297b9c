"""A name is written in a way that nobody would find it.

A name is looked for exactly as its record writes it. With quotation marks around it, with other names in the same text,
or with a remark in brackets, it's found nowhere; a placeholder such as `n/a` is found or even written where it makes no
sense. Write the bare name, several names as a list, and remarks under `note` or `part_of_speech`. A name that does have
a comma in it goes into a list: `["no pain, no gain"]`.
"""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from onevoice.expression import defer_pattern
from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook, iter_marks
from onevoice.load.folder import Place
from onevoice.records import KINDS, Record
from onevoice.records.envelope import Code, Part, Ref
from onevoice.records.scalar import LINE_CHECK, PHRASE_CHECK
from onevoice.records.term import Avoid, Term

RULE = "not-a-name"
Loc = tuple[str | int, ...]
# The level of a finding, and its message.
Problem = tuple[str, str]

# Lines that are names or labels. Other lines are sentences, and those may be somebody's words in quotation marks.
LABELS = frozenset(
    (
        *("name", "public_name", "products", "channels", "audiences", "area", "tags", "roles", "labels", "on"),
        *("against", "taken_by", "product", "file_format", "fallback", "license", "publisher", "report"),
    )
)
# Answers that people choose, and values that programs read.
FREE = frozenset(("options", "of", "number", "param", "metrics", "scope"))

# Nearly all names: words of one kind of letters, of which only a few are placeholders.
_PLAIN = defer_pattern(r"[^\W_]+(?:[ -][^\W_]+)*")
_OPENING, _CLOSING = "\"“”„‟«»‹›‘’‚'`´＂*", "\"“”‟«»‹›‘’'`´＂*"
# Half of a pair: what a comma has cut in two. An apostrophe has no pair, and inches follow a digit.
_HALF = defer_pattern(r"[\"“„«](?P<bare>[^\"“”„«»]+)|(?P<before>[^\"“”„«»]+)(?:[”»]|(?<!\d)\")")
# The blanks around them are taken off the parts.
_SEPARATOR = defer_pattern("[,，、]")
_STRONG_SEPARATOR = defer_pattern(r"[;；]|(?<=\s)[|/](?=\s)")
_ID_SEPARATOR = defer_pattern(r"[,，、;；|]|(?<=\s)/(?=\s)")
_CHOICE = defer_pattern(r"(?<=\s)(?:or|oder)(?=\s)")
# What follows a comma in the name of one company, person or place, and in a number.
_TAIL = defer_pattern(
    r"(?:Inc|LLC|LLP|Ltd|Limited|Co|Corp|GmbH|AG|KG|SE|S\.?A|S\.?L|N\.?V|B\.?V|P\.?L\.?C|Jr|Sr|Ph\.?D|[A-Z]\.?[A-Z])\.?"
)
_NUMBER = defer_pattern(r"\d,\d{3}(?!\d)")
_JOINED = defer_pattern(r"(?:and|or|but|und|oder)\b|&", re.I)
_WORD = defer_pattern(r"[^\W_]+")
_PLACEHOLDERS = frozenset(
    (
        *("n/a", "n.a", "n. a", "tbd", "t.b.d", "tbc", "tba", "todo", "to do", "fixme", "xx", "xxx", "xxxx", "k. a"),
        *("to be decided", "to be defined", "to be determined", "to be done", "to be confirmed", "not applicable"),
        *("placeholder", "lorem ipsum", "k.a", "no name", "add name", "insert name", "your term"),
    )
)
# Words that may be meant, but not where a name can be left out.
_EMPTY_WORDS = frozenset(("none", "null", "nil", "na", "nan", "empty", "keine"))
_PLACEHOLDER_SIGNS = frozenset("-–—−.…?_/\\~* ")
_BRACKETS = "([{<（"
_WORDS = r"[^()\[\]{}（）\s]++(?:\s++[^()\[\]{}（）\s]++)*+"
_REMARK_BEHIND = defer_pattern(rf"(?P<name>{_WORDS})\s++[(\[{{（](?P<remark>[^()\[\]{{}}（）]*+)[)\]}}）]\.?")
_REMARK_BEFORE = defer_pattern(r"[(\[{（](?P<remark>[^()\[\]{}（）]*)[)\]}）]\s++(?P<name>\S.*+)")
_GRAMMAR = defer_pattern(
    r"(?:n|v|vb|adj|adv|pl|sg|sing|abbr|noun|verb|adjective|adverb|preposition|phrase|plural|singular|proper noun|"
    r"(?:un)?countable|(?:in)?transitive|deprecated|obsolete|preferred|allowed|avoid(?:ed)?|draft|n/a|tbd|\?+)\.?",
    re.I,
)
_OTHER_REMARK = defer_pattern(
    r"(?:forbidden|new|old|informal|formal|slang|jargon|generic|internal|optional|us|uk|usa|br?e|ame|british|american|"
    r"the|an?|to|"
    r"(?:if|when|only|not|as|in|for|from|see|use|used|instead|e\.g|i\.e|except|but|or|and|also|formerly|short)\b.*)\.?",
    re.I,
)
_BULLET = defer_pattern(r"(?:[•‣▪]\s*|[-–—*·]\s+)(?P<bare>[^\W_].*)")
_LOOSE_ENDS = ",;:，；："


class Field(NamedTuple):
    """A field that holds names, or parts that have some.

    key, name: in YAML and in Python. kind: phrase (looked for in texts), id (of a record), line, or part.
    """

    key: str
    name: str
    kind: str
    refers_to: tuple[str, ...] = ()


class Value(NamedTuple):
    """A name in a record.

    text: the name. loc: where it is. field: what it is. list_length: of the list it is in; None if it is in none.
    owner: the part that has the field.
    """

    text: str
    loc: Loc
    field: Field
    list_length: int | None
    owner: Part


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Each name in quotation marks, each list in one text, each placeholder, each remark in brackets."""
    # Ids of these kinds are looked up by `unknown-reference`.
    known = {kind for kind in (*KINDS, "stages") if handbook.list_ids(kind)}
    for kind in KINDS:
        for record in handbook.list_approved(kind):
            place = handbook.locate_record(record)
            for value in _iter_values(record, ()):
                is_known = not known.isdisjoint(value.field.refers_to)
                problem = _find_problem(record, value, place, is_known)
                if problem is not None:
                    level, message = problem
                    yield handbook.make_record_finding(RULE, level, record, value.loc, message, match=value.text)


def _is_plain(text: str) -> bool:
    """Whether a text is a name at a glance."""
    if not _PLAIN.fullmatch(text) or _CHOICE.search(text):
        return False
    return text.casefold() not in _PLACEHOLDERS and text.casefold() not in _EMPTY_WORDS


def is_placeholder(text: str) -> bool:
    """Whether a text is what people write for want of one, such as `n/a` or `none`."""
    bare = text.strip(f" {_BRACKETS}{_OPENING})]}}>）").rstrip(".").casefold()
    return bare in _PLACEHOLDERS or bare in _EMPTY_WORDS or _PLACEHOLDER_SIGNS.issuperset(text)


def has_several_ids(text: str) -> bool:
    """Whether a text is a list of ids: this check reports it."""
    return len(_strip_parts(_ID_SEPARATOR.split(text))) > 1


def _iter_values(part: Part, loc: Loc) -> Iterator[Value]:
    """The names in a record or a part of it, but for those that are fine at a glance."""
    values = vars(part)
    for name, field in _list_name_fields(type(part)).items():
        given = values[name]
        if not given:  # As most are.
            continue
        if isinstance(given, str) and (field.kind == "part" or _is_plain(given)):
            continue
        here = (*loc, field.key)
        items: list[tuple[Loc, object]] = [(here, given)]
        length = None
        if isinstance(given, tuple):
            items, length = [((*here, index), item) for index, item in enumerate(given)], len(given)
        elif isinstance(given, dict):
            items = [((*here, key), name) for key, value in given.items() for name in (key, value)]
        for at, item in items:
            if isinstance(item, Part):
                yield from _iter_values(item, at)
            elif isinstance(item, str) and field.kind != "part" and not _is_plain(item):
                yield Value(item, at, field, length, part)


@functools.cache
def _list_name_fields(model: type[Part]) -> dict[str, Field]:
    found = []
    for name, info in model.model_fields.items():
        marks = list(iter_marks(info.annotation, info.metadata))
        refers_to = tuple(mark.kind for mark in marks if isinstance(mark, Ref))
        if any(isinstance(mark, Code) for mark in marks):
            continue
        kind = "id" if refers_to else "phrase" if PHRASE_CHECK in marks else "line" if LINE_CHECK in marks else "part"
        found.append(Field(info.alias or name, name, kind, refers_to))
    return {field.name: field for field in found if field.name not in FREE}


def _find_problem(record: Record, value: Value, place: Place, is_known: bool) -> Problem | None:
    term = record if isinstance(record, Term) else None
    problem = _find_list(value, place)
    if problem or is_known:
        return problem
    problem = _find_placeholder(term, value)
    if problem or (value.field.kind == "line" and value.field.name not in LABELS):
        return problem
    return _find_quotation(value) or _find_loose_sign(value) or (_find_remark(term, value) if term else None)


def _find_list(value: Value, place: Place) -> Problem | None:
    text, field = value.text, value.field
    if field.kind == "id":
        if not has_several_ids(text):
            return None
        advice = "Only one can be here. Choose one."
        if value.list_length is not None:
            advice = f"Write a list: [{', '.join(_strip_parts(_ID_SEPARATOR.split(text)))}]."
        return "error", f'"{text}" is not an id. {advice}'
    is_scalar = value.list_length == 1 and not _is_list_written(value.loc, place)
    parts = _split_list(text, field, is_scalar, is_many=value.list_length is not None)
    if len(parts) < 2 or (value.list_length or 0) > 1:
        return None
    if value.list_length is None:
        return "warning", f'"{text}" is read as one name. If these are several, write an entry for each.'
    several = ", ".join(f'"{part}"' if _SEPARATOR.search(part) else part for part in parts)
    message = f'"{text}" is read as one name. If these are several, write a list: [{several}].'
    bare = text.strip(f"{_OPENING}{_CLOSING}")
    if is_scalar and not _split_list(bare, field, False, is_many=True):
        message += f' If it\'s one, write ["{bare}"].'
    return ("error" if field.name in ("channels", "audiences") else "warning"), message


def _split_list(text: str, field: Field, is_scalar: bool, *, is_many: bool) -> list[str]:
    """The names in a text, as far as it is a list; else nothing.

    is_scalar: it is a plain text where a list can be. is_many: a list can be there.
    """
    for separator in (_STRONG_SEPARATOR, *([_CHOICE] if is_scalar and field.name == "use" else ())):
        parts = _strip_parts(separator.split(text))
        if len(parts) > 1 and not text.isupper():
            return parts
    if not is_many and field.name != "term":
        return []
    parts = _strip_parts(_SEPARATOR.split(_NUMBER.sub("0", text)))
    if len(parts) < (2 if is_many else 3) or _TAIL.fullmatch(parts[-1]):
        return []
    # People who write lists know how; but of single words nobody makes one name.
    if not is_scalar and (_JOINED.match(parts[-1]) or _share_words(parts) or any(" " in part for part in parts)):
        return []
    return parts


def _strip_parts(parts: Sequence[str]) -> list[str]:
    stripped = (part.strip(f" {_OPENING}{_CLOSING}[]") for part in parts)
    return [part for part in stripped if part]


def _share_words(parts: Sequence[str]) -> bool:
    """Whether the parts are the halves of a saying: no pain, no gain."""
    words = [set(_WORD.findall(part.casefold())) for part in parts]
    return bool(words[0] & words[1])


def _is_list_written(loc: Loc, place: Place) -> bool:
    """Whether the YAML has a list where the item is."""
    place, loc = place.follow_part(loc)
    base = ("defaults",) if loc[0] in place.defaults else place.base
    return place.document.has_value((*base, *loc))


def _find_placeholder(term: Term | None, value: Value) -> Problem | None:
    text, field, owner = value.text, value.field, value.owner
    bare = text.strip(f" {_BRACKETS}{_OPENING})]}}>）").rstrip(".").casefold()
    can_be_left_out = field.name not in ("preferred", "name", "title")
    if not (bare in _PLACEHOLDERS or (can_be_left_out and bare in _EMPTY_WORDS) or _PLACEHOLDER_SIGNS.issuperset(text)):
        return None
    if isinstance(owner, Avoid) and field.name in ("term", "forms", "use"):
        is_explained = bool(owner.use or owner.remove or owner.why)
        if field.name != "use" and is_explained:
            return None
        # What replaces a sign may be a sign.
        if field.name == "use" and not any(char.isalnum() for char in owner.term):
            return None
    if term and _is_about(term, text, bare):
        return None
    level = "error" if field.name == "use" else "warning"
    return level, f'"{text}" is a placeholder, not a name. Write the name, or delete it.'


def _is_about(term: Term, text: str, bare: str) -> bool:
    """Whether a placeholder is what the term is about: another name of it is spelled out, or is short for it."""
    others = [term.preferred, *term.allowed, *(word for avoid in term.avoid for word in (avoid.term, *avoid.use))]
    others += [term.abbreviation] if term.abbreviation else []
    letters, initials = _take_letters(bare), _take_initials(bare)
    pairs = ((_take_letters(other), _take_initials(other)) for other in others)
    return any(
        (letters and own_initials == letters) or (initials and own_letters == initials)
        for own_letters, own_initials in pairs
        if own_letters != letters
    )


def _take_letters(name: str) -> str:
    return "".join(_WORD.findall(name.casefold()))


def _take_initials(name: str) -> str:
    words = _WORD.findall(name.casefold())
    return "".join(word[0] for word in words) if len(words) > 1 else ""


def _find_quotation(value: Value) -> Problem | None:
    text, is_phrase = value.text, value.field.kind == "phrase"
    if text[0] in _OPENING and text[-1] in _CLOSING:
        bare = text.lstrip(_OPENING).rstrip(_CLOSING)
    elif half := _HALF.fullmatch(text):
        bare = half["bare"] or half["before"]
    else:
        return None
    if not _WORD.search(bare):
        return None
    signs = "asterisks" if "*" in (text[0], text[-1]) else "quotation marks"
    found = "it's found only with them" if is_phrase else "readers take them for a part of it"
    return ("error" if is_phrase else "warning"), f"{text} has {signs} around it, and {found}. Delete them."


def _find_loose_sign(value: Value) -> Problem | None:
    text = value.text
    if found := _BULLET.fullmatch(text):
        bare = found["bare"]
    elif text[-1] in _LOOSE_ENDS and _WORD.search(text):
        bare = text[:-1].rstrip()
    else:
        return None
    return "warning", f'"{text}" is found only with its bullet or comma. Write "{bare}".'


def _find_remark(term: Term, value: Value) -> Problem | None:
    text, name = value.text, value.field.name
    if value.field.kind != "phrase":
        return None
    found = _REMARK_BEHIND.fullmatch(text) or _REMARK_BEFORE.fullmatch(text)
    if found is None or not _WORD.search(found["name"]):
        return None
    remark = found["remark"].strip()
    if not _GRAMMAR.fullmatch(remark) and not _is_remark(term, found["name"], remark, name):
        return None
    advice = "and put the remark under `note` or `part_of_speech`"
    if _is_abbreviation(found["name"], remark):
        advice = f"and `abbreviation: {remark}`"
    return "warning", f'"{text}" is found only with its brackets. Write "{found["name"]}", {advice}.'


def _is_remark(term: Term, name: str, remark: str, field: str) -> bool:
    """Whether what is in brackets is about the name, rather than a part of it. field: where the name is."""
    if term.case == "exact" or term.part_of_speech == "proper noun":
        return False
    if _OTHER_REMARK.fullmatch(remark):
        return True
    if field in ("use", "except_", "forms"):
        return False
    # An avoided name may well be avoided with its short form behind it.
    return field != "term" or (remark.islower() and not _is_abbreviation(name, remark))


def _is_abbreviation(name: str, remark: str) -> bool:
    return bool(remark) and _take_initials(name) == remark.casefold().removesuffix("s")
