"""Terms: what we call things, and which words we do not use for them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from onevoice.records.envelope import Date, Level, Part, Record, Terms, Text, Texts, wrap_in_list

Context = Literal["quote", "heading", "title", "link"]


class Example(Part):
    """A sentence that shows the term in use."""

    good: Text | None = Field(None, description="A sentence that says it our way.")
    bad: Text | None = Field(None, description="The same sentence as we would not write it.")


class Avoid(Part):
    """A word that we do not use for this concept."""

    term: Text = Field(description="The word or phrase to avoid.")
    use: Texts = Field((), description="What to write instead. Default: the preferred term. Several are a choice.")
    level: Level = Field("error", description="How serious it is: suggestion, warning or error.")
    why: Text | None = Field(None, description="Why we avoid it. Shown to the writer.")
    since: Date | None = Field(None, description="Silent before this day.")
    error_from: Date | None = Field(None, description="Only a warning before this day.")
    unless: Annotated[
        tuple[Context, ...], BeforeValidator(wrap_in_list, json_schema_input_type=Context | tuple[Context, ...])
    ] = Field(("quote",), description="Where the word is fine: quote, heading, title or link. Replaces the default.")
    audiences: Texts = Field((), description="Only in documents written for these audiences (front matter `audience`).")
    channels: Texts = Field((), description="Only in documents for these channels (front matter `channel`).")
    forms: dict[Text, Text] = Field(
        default_factory=dict, description="Irregular forms and what replaces each, such as `utilized: used`."
    )
    remove: bool = Field(False, description="`true` where the word simply goes.")

    @model_validator(mode="after")
    def _check_single_fix(self) -> Avoid:
        if self.remove and self.use:
            raise ValueError(
                "`remove` and `use` are both given: a word either goes or is replaced. Delete one of the two"
            )
        return self


def _coerce_avoid(value: Any) -> Any:
    return {"term": value} if isinstance(value, str) else value


class Term(Record):
    """One concept: its agreed name, its meaning, and the names it must not have."""

    KIND = "terms"
    SINGULAR = "term"
    PAGE = "/glossary/{id}/"
    FOLDER = "/glossary/"
    RESERVED_IDS = ("avoid",)
    NEWS_GROUP = "words"
    UNSIGNED_FIELDS = ("area", "part_of_speech", "related")

    preferred: Text = Field(description="The name that we use, written as we write it.")
    definition: Text = Field(description="What it means, in one sentence that a new colleague understands.")
    part_of_speech: Literal["noun", "verb", "adjective", "adverb", "proper noun", "phrase"] | None = Field(
        None, description="The kind of word. Plurals are made for nouns, proper nouns and words without one."
    )
    abbreviation: Text | None = Field(None, description="The short form, such as MQL.")
    expand_first: bool = Field(False, description="`true` where the first use of the short form must be spelled out.")
    area: Text | None = Field(None, description="The part of the business it belongs to; groups the glossary.")
    allowed: Texts = Field((), description="Other names that are fine.")
    avoid: tuple[Annotated[Avoid, BeforeValidator(_coerce_avoid, json_schema_input_type=str | Avoid)], ...] = Field(
        (), description="Names that we do not use. A plain text is the word alone."
    )
    except_: Texts = Field(
        (), alias="except", description="Phrases in which an avoided word is part of something else."
    )
    case: Literal["exact"] | None = Field(
        None, description="`exact` where the preferred spelling is a name: any other capitals are a finding."
    )
    examples: tuple[Example, ...] = Field((), description="Sentences that show good and bad use.")
    related: Terms = Field((), description="Ids of terms that are worth reading next.")
    note: Text | None = Field(None, description="Anything else that a writer should know.")

    @model_validator(mode="after")
    def _require_abbreviation(self) -> Term:
        if self.expand_first and not self.abbreviation:
            raise ValueError(
                "`expand_first` is true but there is no `abbreviation`. Add the short form, or delete the key"
            )
        return self
