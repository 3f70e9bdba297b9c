"""What a word list says, row by row -> a Reading in which each row is a concept, a rule or an omission."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter, ValidationError

from onevoice.exchange.data import list_losses, load_document
from onevoice.exchange.entry import Entry, Omission, Question, Reading, Source, StyleRule
from onevoice.handbook.address import find_free_name
from onevoice.load.yaml import Document
from onevoice.matcher.fold import make_match_key, normalize_text
from onevoice.records.scalar import Phrase

_PHRASE: TypeAdapter[str] = TypeAdapter(Phrase)
# What regular expressions of other programs write otherwise than Python, by which they are tried.
_OTHER_SYNTAX = ((re.compile(r"\\p\{[^{}]*\}"), r"\\w"), (re.compile(r"\(\?<(?=[A-Za-z_])"), "(?P<"))
_NOT_FIXED = "look-behind requires fixed-width"
MAX_SLUG_CHARS = 40
# Of a rule for regular expressions: what it extends, whether it ignores case, and whether it finds parts of words.
_ExpressionKind = tuple[str, bool, bool]


@dataclass
class _Concept:
    key: str
    place: str
    fields: dict[str, Any]
    # Whether the source names it, or only writes it in the place of other words.
    is_named: bool = False
    avoid: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class _Row:
    place: str
    text: str
    concept: _Concept
    avoid: dict[str, Any]


class WordList:
    """Collects the rows of one source.

    Words with the same replacement are one concept. What would contradict an earlier row is left out: no handbook may
    avoid a word twice, or avoid and prefer it.
    """

    def __init__(self, name: str) -> None:
        """name: the format's, from which rules get their ids."""
        self.name, self.total = name, 0
        self._concepts: dict[str, _Concept] = {}
        self._rows: list[_Row] = []
        self._bare: list[tuple[str, str, dict[str, Any]]] = []
        self._expressions: dict[_ExpressionKind, dict[str, str]] = {}
        self._expression_places: dict[_ExpressionKind, str] = {}
        self._omissions: list[Omission] = []
        self._questions: list[Question] = []

    def omit(self, place: str, text: str, reason: str) -> None:
        """Leave a row, or a part of one, out."""
        self._omissions.append(Omission(place, " ".join(text.split()), reason))

    def add_omissions(self, omissions: Sequence[Omission]) -> None:
        """Leave out what is no row."""
        self._omissions += omissions

    def iter_documents(
        self, source: Source, endings: tuple[str, ...], judge: Callable[[str, Any], int], reason: str
    ) -> Iterator[Document]:
        """The YAML and JSON files of a source that are in the format; the others are left out.

        judge: how sure that is, of a file's lowercase name and its data; 0 if it isn't. reason: why others are out.
        """
        for path, data in source.files.items():
            document = load_document(path, data) if path.lower().endswith(endings) else None
            if document is None or not judge(path.lower().rpartition("/")[2], document.data):
                self.omit(path, "", reason)
                continue
            self.add_omissions(list(list_losses(document)))
            yield document

    def ask(self, question: Question) -> None:
        """Ask a person what the source doesn't say."""
        self._questions.append(question)

    def add_name(self, place: str, name: str, *, key: str = "", **fields: Any) -> None:
        """A row with a concept of its own. key: by which the source tells it from others of the same name."""
        if (said := self._clean_phrase(place, name)) is None:
            return
        fields = self._clean_fields(place, {name: value for name, value in fields.items() if value})
        index = key or make_match_key(said)
        if (known := self._concepts.get(index)) is None:
            known = self._concepts[index] = _Concept(key or said, place, {"preferred": said})
        elif known.fields["preferred"] != said:
            self.omit(place, said, f"{known.place} writes it `{known.fields['preferred']}`. Keep one of the two.")
            return
        elif known.is_named and not (fields.keys() - known.fields.keys()):
            self.omit(place, said, f"{known.place} already has it.")
            return
        known.is_named = True
        for name, value in fields.items():
            known.fields.setdefault(name, value)

    def add_pair(self, place: str, wrong: str, right: Sequence[str], **avoid: Any) -> None:
        """A row, or a part of one, with a word and what to write instead; the first of several names the concept."""
        word = self._clean_phrase(place, wrong)
        if word is None:
            return
        uses = [said for one in right if (said := self._clean_phrase(place, one)) is not None]
        if not uses:
            if not right:
                self.add_bare(place, word, **avoid)
            return
        index = make_match_key(uses[0])
        concept = self._concepts.get(index)
        if concept is None:
            concept = self._concepts[index] = _Concept(uses[0], place, {"preferred": uses[0]})
        given: dict[str, Any] = {"term": word}
        if len(uses) > 1 or uses[0] != concept.fields["preferred"]:
            given["use"] = uses
        given |= {name: value for name, value in avoid.items() if value}
        self._rows.append(_Row(place, f"{word} → {', '.join(uses)}", concept, given))

    def add_exceptions(self, right: str, phrases: Sequence[str]) -> None:
        """Phrases in which the avoided words of a concept are fine."""
        concept = self._concepts.get(make_match_key(right))
        if concept and phrases:
            known = concept.fields.setdefault("except", [])
            known += [phrase for phrase in dict.fromkeys(phrases) if phrase not in known]

    def add_bare(self, place: str, wrong: str, **avoid: Any) -> None:
        """A row with a word that is never right, and nothing to write instead."""
        if (word := self._clean_phrase(place, wrong)) is not None:
            self._bare.append((place, word, {name: value for name, value in avoid.items() if value}))

    def add_expression(
        self, place: str, pattern: str, replacement: str = "", *, ignores_case: bool = True, in_words: bool = False
    ) -> None:
        """A row with a regular expression that is no list of words: it becomes a part of a rule for Vale.

        in_words: whether it may also find a part of a word.
        """
        if reason := _explain_expression(pattern):
            self.omit(place, pattern, reason)
            return
        index = ("substitution" if replacement else "existence", ignores_case, in_words)
        rule = self._expressions.setdefault(index, {})
        self._expression_places.setdefault(index, place)
        if pattern in rule:
            self.omit(place, pattern, "the same regular expression is in an earlier row.")
        rule.setdefault(pattern, replacement)

    def build_reading(self) -> Reading:
        """All that was collected."""
        self._settle_rows()
        self._settle_exceptions()
        entries = [
            Entry(concept.key, concept.place, {**concept.fields, **_shorten_avoid(concept.avoid)})
            for concept in self._concepts.values()
            if concept.is_named or concept.avoid
        ]
        return Reading(
            tuple(entries),
            tuple(self._omissions),
            tuple(self._build_rules()),
            tuple(self._questions),
            total=self.total,
        )

    def _settle_rows(self) -> None:
        names = {
            make_match_key(name): concept
            for concept in reversed(self._concepts.values())
            for name in (concept.fields["preferred"], *concept.fields.get("allowed", ()))
        }
        claims: dict[str, _Row] = {}
        for row in self._rows:
            word, concept = row.avoid["term"], row.concept
            key = make_match_key(word)
            own = (concept.fields["preferred"], *concept.fields.get("allowed", ()), *row.avoid.get("use", ()))
            if normalize_text(word) in map(normalize_text, own):
                self.omit(row.place, row.text, "it is the same word.")
            elif (named := names.get(key, concept)) is not concept:
                self.omit(row.place, row.text, f"{named.place} says to write it. Keep one of the two.")
            elif (before := claims.get(key)) is None or (
                key in map(make_match_key, own) and before.avoid["term"] != word
            ):
                # Of a name in wrong capitals, each spelling is found as it is written.
                claims.setdefault(key, row)
                concept.avoid.append(row.avoid)
            elif before.concept is not concept:
                right = before.concept.fields["preferred"]
                self.omit(row.place, row.text, f"{before.place} says to write {right} instead. Keep one of the two.")
            elif before.avoid["term"] != word and row.avoid.get("case"):
                concept.avoid.append(row.avoid)
            elif before.avoid["term"] == word:
                self.omit(row.place, row.text, f"{before.place} already has it.")
            else:
                # Another spelling that the same pattern finds.
                self.omit(row.place, row.text, f"{before.place} finds it, too, as `{before.avoid['term']}`.")
        bare = self._bare
        self._bare = []
        for place, word, avoid in bare:
            key = make_match_key(word)
            if key in claims:
                self.omit(place, word, f"{claims[key].place} says what to write instead.")
            elif key in names:
                self.omit(place, word, f"{names[key].place} says to write it. Keep one of the two.")
            else:
                self._bare.append((place, word, avoid))

    def _settle_exceptions(self) -> None:
        """Drop exceptions that are a name or an avoided word of the concept: only longer phrases are any."""
        for concept in self._concepts.values():
            words = [concept.fields["preferred"], *concept.fields.get("allowed", ())]
            words += [avoid["term"] for avoid in concept.avoid]
            own = set(map(make_match_key, words))
            if phrases := concept.fields.pop("except", None):
                kept = [phrase for phrase in phrases if make_match_key(phrase) not in own]
                concept.fields |= {"except": kept} if kept else {}

    def _build_rules(self) -> list[StyleRule]:
        groups: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
        for place, word, avoid in self._bare:
            index = (avoid.get("id", ""), avoid.get("level", "warning"), avoid.get("why", ""))
            groups.setdefault(index, []).append((place, word))
        rules, ids = list[StyleRule](), set[str]()
        for (name, level, why), words in groups.items():
            rule: dict[str, Any] = {"id": self._make_id(name or "avoid", ids), "extends": "existence"}
            rule |= {"message": "Don't use '%s'.", "level": level, **({"why": why} if why else {}), "ignorecase": True}
            tokens = [re.escape(word).replace(r"\ ", " ").replace(r"\-", "-") for _, word in words]
            rules.append(StyleRule(words[0][0], {**rule, "tokens": list(dict.fromkeys(tokens))}))
        for kind, patterns in self._expressions.items():
            extends, ignores_case, in_words = kind
            is_swap = extends == "substitution"
            rule = {"id": self._make_id("patterns", ids), "extends": extends}
            rule |= {"message": "Use '%s' instead of '%s'." if is_swap else "Don't use '%s'."}
            rule |= {"ignorecase": True} if ignores_case else {}
            rule |= {"nonword": True} if in_words else {}
            rule |= {"swap": patterns} if is_swap else {"tokens": list(patterns)}
            rules.append(StyleRule(self._expression_places[kind], rule))
        return rules

    def _make_id(self, name: str, taken: set[str]) -> str:
        slug = re.sub("[^a-z0-9]+", "-", f"{self.name}-{name}".lower())[:MAX_SLUG_CHARS].strip("-")
        unique = find_free_name(slug, taken)
        taken.add(unique)
        return unique

    def _clean_phrase(self, place: str, text: str) -> str | None:
        said = " ".join(text.split())
        if reason := _explain_phrase(said):
            self.omit(place, said, reason)
            return None
        return said

    def _clean_fields(self, place: str, fields: Mapping[str, Any]) -> dict[str, Any]:
        """The fields without names that can't be names, each of which is left out alone."""
        cleaned = dict(fields)
        for name in ("allowed", "except"):
            if name in fields:
                words = [said for word in fields[name] if (said := self._clean_phrase(place, word)) is not None]
                cleaned[name] = list(dict.fromkeys(words))
        return {name: value for name, value in cleaned.items() if value}


def _shorten_avoid(avoid: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The key `avoid` as people write it: a word about which nothing else is said is a plain text."""
    if not avoid:
        return {}
    return {"avoid": [one["term"] if len(one) == 1 else dict(one) for one in avoid]}


def _explain_phrase(text: str) -> str:
    """Why a text can't be a name, as a sentence; "" if it can."""
    if not text:
        return "it is empty."
    try:
        _PHRASE.validate_python(text)
    except ValidationError as error:
        return f"it {error.errors()[0]['msg']}.".replace("it Value error, ", "it ")
    return ""


def _explain_expression(pattern: str) -> str:
    """Why a regular expression of another program isn't one for Vale, as a sentence; "" if it is."""
    tried = pattern
    for syntax, ours in _OTHER_SYNTAX:
        tried = syntax.sub(ours, tried)
    try:
        with warnings.catch_warnings():
            # What Python warns of, Vale reads otherwise.
            warnings.simplefilter("ignore")
            re.compile(tried)
    except (re.error, OverflowError, RecursionError) as error:
        if _NOT_FIXED not in str(error):
            return f"it is not a regular expression that Vale reads ({error})."
    return "" if pattern else "it is empty."
