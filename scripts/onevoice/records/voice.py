"""How we sound: traits that always apply, and tones that depend on the moment."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from onevoice.records.envelope import Expressions, Level, Lines, Part, Record, Texts
from onevoice.records.scalar import Decimal, Expression, Line, Link, Number, Slug, Text


class ValeAction(Part):
    """How an editor may change what a rule finds."""

    name: Literal["replace", "remove", "edit", "convert"] = Field(description="What it does, as Vale calls it.")
    params: tuple[str, ...] = Field((), description="What it does it with, as Vale has it.")


class SequenceToken(Part):
    """A word of a sequence: how it's written, or what part of speech it is."""

    pattern: Expression | None = Field(None, description="A regular expression for the word.")
    tag: Line | None = Field(None, description="Its part of speech, as a Penn Treebank tag such as `NN|NNS`.")
    upos: Line | None = Field(None, description="Its part of speech, as a universal tag such as `NOUN`.")
    negate: bool = Field(False, description="`true` if the word must not be so.")
    skip: Number | None = Field(None, description="How many words may come before it.")
    min: Number | None = Field(None, description="How often it must occur.")
    target: bool = Field(False, description="`true` if only this word is reported.")


class ValeRule(Part):
    """A rule that Vale runs on every document. The keys are Vale's own (vale.sh, "Styles")."""

    id: Slug = Field(description="The rule's name. Findings call it `Voice.<id>`.")
    extends: Literal[
        "existence",
        "substitution",
        "occurrence",
        "repetition",
        "consistency",
        "conditional",
        "capitalization",
        "readability",
        "spelling",
        "sequence",
        "metric",
    ] = Field(description="What kind of Vale rule it is.")
    message: Text = Field(description="What the writer is told. %s stands for the words found.")
    level: Level = Field("warning", description="How serious it is: suggestion, warning or error.")
    why: Text | None = Field(None, description="Why we ask for it. Shown on the voice page.")
    link: Link | None = Field(None, description="Where to read more. Default: the voice page.")
    action: ValeAction | None = Field(None, description="How an editor may fix it.")
    limit: Number | None = Field(None, description="How often it's reported in one document, at most.")
    tokens: Expressions = Field((), description="existence: regular expressions for what to find.")
    swap: dict[Expression, Expression] = Field(
        default_factory=dict, description="substitution: what to find, and what to write instead."
    )
    token: Expression | None = Field(None, description="occurrence: the regular expression for what to count.")
    max: Number | None = Field(None, description="occurrence: how many are fine.")
    min: Number | None = Field(None, description="occurrence: how many there must be.")
    raw: Expressions = Field((), description="existence: parts of one regular expression, before or instead of tokens.")
    append: bool | None = Field(None, description="existence: `true` if `raw` comes after the tokens.")
    scope: Lines = Field((), description="Where to look, such as sentence, paragraph or heading.")
    ignorecase: bool | None = Field(None, description="`true` if capitalization doesn't matter.")
    nonword: bool | None = Field(None, description="`true` if a match may begin or end inside a word.")
    exceptions: Expressions = Field((), description="Words to leave alone.")
    vocab: bool | None = Field(None, description="`false` if the words that Vale's vocabularies accept count, too.")
    capitalize: bool | None = Field(None, description="substitution: `true` if a capital stays one.")
    matchcase: bool | None = Field(None, description="`true` if what is written instead takes over the capitals.")
    alpha: bool | None = Field(None, description="repetition: `true` if only words count, not signs.")
    either: dict[Expression, Expression] = Field(
        default_factory=dict, description="consistency: pairs of which a document may have only one."
    )
    match: Expression | None = Field(
        None, description="capitalization: `$title`, `$sentence`, `$lower`, `$upper` or a regular expression."
    )
    style: Line | None = Field(None, description="capitalization: AP or Chicago, for `$title`.")
    indicators: Expressions = Field((), description="capitalization: signs after which a capital may come.")
    threshold: Decimal | None = Field(None, description="capitalization: the share of words that must be right.")
    prefix: Expression | None = Field(None, description="capitalization: what a heading may begin with.")
    first: Expression | None = Field(None, description="conditional: if a document has this ...")
    second: Expression | None = Field(None, description="conditional: ... it must have this, too.")
    metrics: Lines = Field((), description="readability: the formulas to use, such as Flesch-Kincaid.")
    grade: Decimal | None = Field(None, description="readability: the highest school grade that's fine.")
    formula: Line | None = Field(None, description="metric: what to calculate, such as `words / sentences`.")
    condition: Line | None = Field(None, description="metric: when to report it, such as `> 25`.")
    custom: bool | None = Field(None, description="spelling: `true` if only `filters` and no others hold.")
    filters: Expressions = Field((), description="spelling: regular expressions for words that are right.")
    split: bool | None = Field(None, description="spelling: `true` if the parts of an identifier are checked.")
    sequence: tuple[SequenceToken, ...] = Field((), description="sequence: the words that follow one another.")


class Trait(Part):
    """One thing that we are."""

    id: Slug = Field(description="The trait's name in links.")
    we_are: Line = Field(description="The trait, in a word or two.")
    we_are_not: Line = Field(description="What it must not turn into.")
    why: Text = Field(description="What readers gain from it.")
    do: Texts = Field((), description="How to write it.")
    dont: Texts = Field((), description="How not to write it.")
    good: Text | None = Field(None, description="A sentence that has it.")
    bad: Text | None = Field(None, description="The same sentence without it.")
    vale: tuple[ValeRule, ...] = Field((), description="Rules that check for it.")


class Tone(Part):
    """How the voice changes with the moment."""

    situation: Text = Field(description="The moment, such as `A customer complains`.")
    tone: Text = Field(description="How we sound at that moment.")
    example: Text = Field(description="A sentence in that tone.")


class Voice(Record):
    """How the company sounds."""

    KIND = "voice"
    SINGULAR = "voice"
    PAGE = "/brand/#voice"
    SINGLE = True
    NEWS_GROUP = "words"
    EXAMPLE = r"""
    summary: We write the way a good colleague talks, short and without a show.
    traits:
      - id: plain
        we_are: Plain
        we_are_not: Simplistic
        why: Readers understand it the first time.
        do: [One thought per sentence.]
        dont: [No word that you wouldn't say on the phone.]
        good: The desk comes on Monday.
        bad: We facilitate Monday-based desk solutions.
        vale:
          - id: sentence-length
            extends: occurrence
            message: Make this two sentences.
            scope: sentence
            token: '[^\s]+'
            max: 34
    tones:
      - situation: A customer complains
        tone: Calm, and the fix comes first.
        example: Your new desk ships today. We're sorry about the wait.
    """

    id: Slug = Field("voice", description="Always `voice`. You can leave it out.")
    summary: Text = Field(description="The voice in two or three sentences.")
    traits: tuple[Trait, ...] = Field(min_length=1, description="What we are and what we're not.")
    tones: tuple[Tone, ...] = Field((), description="How we sound in which situation.")
