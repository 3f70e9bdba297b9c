"""Terms: what we call things, and the words we don't use for them."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PrivateAttr, model_validator

from onevoice.records.brand import Fix, Words
from onevoice.records.envelope import Date, Level, Lines, Part, Phrases, Record, Terms, wrap_in_list
from onevoice.records.scalar import Language, Line, Phrase, Text

Context = Literal["quote", "heading", "title", "link"]


class Example(Part):
    """A sentence that shows how to use the term."""

    good: Text | None = Field(None, description="A sentence written our way.")
    bad: Text | None = Field(None, description="The same sentence the way we wouldn't write it.")


class Avoid(Part):
    """A word that we don't use for this."""

    term: Phrase = Field(
        description="The word or phrase to avoid, in any capitals. If a right name of the term differs from it in "
        "capitals only, it's reported as written here."
    )
    use: Phrases = Field(
        (), description="What to write instead. Default: the preferred term. If there are several, the writer chooses."
    )
    level: Level | None = Field(
        None, description="How serious it is: suggestion, warning or error. Default: the term's `level`."
    )
    fix: Fix | None = Field(
        None, description="`ask` if a person must choose, so that no fix writes it. Default: the term's `fix`."
    )
    case: Literal["exact"] | None = Field(
        None, description="`exact` if it's reported only as written here, such as `Once` but not `once`."
    )
    why: Text | None = Field(None, description="Why we avoid it. Writers see this.")
    since: Date | None = Field(None, description="The first day it's reported, as YYYY-MM-DD.")
    error_from: Date | None = Field(
        None, description="The first day it's an error, as YYYY-MM-DD. Until then it's a warning."
    )
    unless: Annotated[
        tuple[Context, ...], BeforeValidator(wrap_in_list, json_schema_input_type=Context | tuple[Context, ...])
    ] = Field(
        ("quote",), description="Where the word is fine: in a quote, heading, title or link. Replaces the default."
    )
    only_near: Phrases = Field(
        (), description="Report it only if one of these words is in the same sentence. Default: the term's."
    )
    never_near: Phrases = Field(
        (), description="Don't report it if one of these words is in the same sentence. Default: the term's."
    )
    audiences: Lines = Field(
        (), description="Report it only in documents written for these audiences (`audience` in the front matter)."
    )
    channels: Lines = Field(
        (), description="Report it only in documents for these channels (`channel` in the front matter)."
    )
    forms: dict[Phrase, Phrase] = Field(
        default_factory=dict, description="Irregular forms and what replaces each, such as `utilized: used`."
    )
    remove: bool = Field(False, description="`true` if the word should just be deleted.")

    @model_validator(mode="after")
    def _check_single_fix(self) -> Avoid:
        if self.remove and self.use:
            raise ValueError(
                "`remove` and `use` are both given, but a word is either deleted or replaced. Delete one of the two"
            )
        return self


def _coerce_avoid(value: Any) -> Any:
    return {"term": value} if isinstance(value, str) else value


AvoidList = tuple[Annotated[Avoid, BeforeValidator(_coerce_avoid, json_schema_input_type=str | Avoid)], ...]


class Naming(Part):
    """What the concept is called in another language."""

    preferred: Phrase = Field(description="The name we use in this language, the way we write it.")
    definition: Text | None = Field(None, description="What it means, in this language.")
    abbreviation: Phrase | None = Field(None, description="The short form in this language.")
    allowed: Phrases = Field((), description="Other names in this language that are fine.")
    avoid: AvoidList = Field(
        (), description="Names we don't use in this language. A plain text is read as the word alone."
    )


def _coerce_naming(value: Any) -> Any:
    return {"preferred": value} if isinstance(value, str) else value


_DEFAULT_WORDS = Words()


class Term(Record):
    """One concept: its agreed name, what it means, and the names we don't use for it."""

    KIND = "terms"
    SINGULAR = "term"
    PAGE = "/glossary/{id}/"
    FOLDER = "/glossary/"
    RESERVED_IDS = ("avoid",)
    NEWS_GROUP = "words"
    UNSIGNED_FIELDS = ("area", "part_of_speech", "related", "level", "fix")
    EXAMPLE = """
    - id: customer-journey
      preferred: customer journey
      definition: The path from first hearing of us to the last message about a product.
      part_of_speech: noun
      allowed: [journey]
      avoid:
        - term: buyer's journey
          why: The path doesn't end when someone buys.
        - term: funnel
          use: [customer journey, pipeline]
          level: warning
          why: It doesn't say whether you mean the customer's path or our deals.
      examples:
        - good: Where is she on the customer journey?
          bad: Where is she in the funnel?
    """

    preferred: Phrase = Field(description="The name we use, the way we write it.")
    definition: Text | None = Field(
        None,
        description="What it means, in one sentence that a new colleague understands. A word from a list may do "
        "without for a while: `check` says which are due.",
    )
    part_of_speech: Literal["noun", "verb", "adjective", "adverb", "proper noun", "phrase"] | None = Field(
        None,
        description="The kind of word. Nouns, proper nouns and terms without this key get plurals. Without it, "
        "no fix changes what may be a verb.",
    )
    abbreviation: Phrase | None = Field(None, description="The short form, such as MQL.")
    expand_first: bool = Field(False, description="`true` if the short form must be spelled out on first use.")
    area: Line | None = Field(
        None, description="The part of the business it belongs to. The glossary is grouped by it."
    )
    allowed: Phrases = Field((), description="Other names that are fine.")
    one_per_text: Phrases = Field(
        (), description="Two or more of these names, of which one text should use only one. Default: all may be mixed."
    )
    avoid: AvoidList = Field((), description="Names we don't use. A plain text is read as the word alone.")
    language: Language | None = Field(
        None,
        description="The language of its words, as a BCP 47 tag such as `de`. They count only in documents in that "
        "language. Default: the handbook's.",
    )
    names: dict[Language, Annotated[Naming, BeforeValidator(_coerce_naming, json_schema_input_type=str | Naming)]] = (
        Field(
            default_factory=dict,
            description="What it's called in other languages, such as `fr: client`. Each counts in documents in its "
            "language. If there's more to say than the name, nest `preferred`, `allowed`, `avoid`, `abbreviation` and "
            "`definition` below the language.",
        )
    )
    except_: Phrases = Field(
        (), alias="except", description="Phrases in which an avoided word is part of something else."
    )
    only_near: Phrases = Field(
        (),
        description="Report this term's words only if one of these is in the same sentence, such as a subject's words.",
    )
    never_near: Phrases = Field(
        (), description="Don't report this term's words if one of these is in the same sentence, as in another sense."
    )
    case: Literal["exact"] | None = Field(
        None, description="`exact` if the preferred spelling is a name: any other capitalization is reported."
    )
    level: Level | None = Field(
        None, description="How serious its findings are: suggestion, warning or error. Default: `words` in brand.yaml."
    )
    fix: Fix | None = Field(
        None, description="`auto` if a fix may write it, `ask` if a person must. Default: `words` in brand.yaml."
    )
    examples: tuple[Example, ...] = Field((), description="Sentences that show good and bad use.")
    related: Terms = Field((), description="Ids of terms worth reading next.")
    note: Text | None = Field(None, description="Anything else a writer should know.")

    # What the handbook has under `words` and `language` in brand.yaml, for what the record does not say.
    # As a factory, because a default is copied for each term.
    _words: Words = PrivateAttr(default_factory=lambda: _DEFAULT_WORDS)
    _language: str = PrivateAttr("en")
    # Where the words are in the record, if they are those of another language.
    _loc: tuple[str, ...] = PrivateAttr(())

    def _get_setting(self, name: str) -> Any:
        """A private attribute: pydantic's own way takes ten times as long, and there may be very many terms."""
        return (self.__pydantic_private__ or {})[name]

    def get_level(self, avoid: Avoid | None = None) -> Level:
        """How serious a finding is: of an avoided word, or of a name of the term itself."""
        return (avoid.level if avoid else None) or self.level or self._get_setting("_words").level

    def get_fix(self, avoid: Avoid | None = None) -> Fix:
        """Whether a fix may write what is right: instead of an avoided word, or of a misspelled name of the term."""
        return (avoid.fix if avoid else None) or self.fix or self._get_setting("_words").fix

    def states_fix(self, avoid: Avoid) -> bool:
        """Whether the records say that a fix may write what is right, or that it may not."""
        return bool(avoid.fix or self.fix or "fix" in self._words.model_fields_set)

    def get_language(self) -> str:
        """The tag of the language of its words."""
        return self.language or self._get_setting("_language")

    def get_stated_language(self) -> str:
        """The tag of the language that its words alone have; "" if they have the handbook's."""
        return self.language or ""

    @property
    def loc(self) -> tuple[str, ...]:
        """The keys of the record below which its words are: () or `names` and a language."""
        loc: tuple[str, ...] = self._get_setting("_loc")
        return loc

    def take_words(self, words: Words, language: str = "en") -> Term:
        """The same term in a handbook with these settings."""
        term = self.model_copy()
        term._words, term._language = words, language
        return term

    def list_namings(self) -> tuple[Term, ...]:
        """The term itself, and for each other language a term of the same id with the words of that language."""
        if not self.names:
            return (self,)
        return (self, *(self._name_in(language, naming) for language, naming in self.names.items()))

    def _name_in(self, language: str, naming: Naming) -> Term:
        fields = dict(_list_own_defaults())
        fields |= {"language": language, "definition": naming.definition or self.definition}
        fields |= {name: getattr(naming, name) for name in ("preferred", "abbreviation", "allowed", "avoid")}
        term = self.model_copy(update=fields)
        term._loc = ("names", language)
        return term

    @model_validator(mode="after")
    def _check_mixed_names(self) -> Term:
        names = self.one_per_text
        if len(names) == 1 and "," in names[0]:
            listed = ", ".join(part.strip() for part in names[0].split(","))
            raise ValueError(f"`one_per_text` is read as one name. Write a list: `one_per_text: [{listed}]`")
        for name in names:
            if name not in (self.preferred, *self.allowed):
                raise ValueError(
                    f"`one_per_text` has `{name}`, but neither `preferred` nor `allowed` has it. "
                    "Add it to `allowed`, or delete it here"
                )
        if len(set(self.one_per_text)) == 1:
            raise ValueError("`one_per_text` needs two names or more. Add the other name, or delete the key")
        return self

    @model_validator(mode="after")
    def _require_abbreviation(self) -> Term:
        if self.expand_first and not self.abbreviation:
            raise ValueError(
                "`expand_first` is true, but there is no `abbreviation`. Add the short form, or delete `expand_first`"
            )
        return self


@functools.cache
def _list_own_defaults() -> Mapping[str, Any]:
    """What a term says of its own words alone, as a term has it that says nothing."""
    names = ("case", "except_", "one_per_text", "only_near", "never_near", "examples", "note", "names", "expand_first")
    return {name: Term.model_fields[name].get_default(call_default_factory=True) for name in names}
