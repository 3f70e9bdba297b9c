"""The rules that can flag a text or a record, each with its page, which is its docstring."""

from __future__ import annotations

import importlib
import inspect
from types import ModuleType

from onevoice import vale
from onevoice.finding import RulePage
from onevoice.lint import baseline, rules, selftest, suppress, terms

TITLES = {terms.PREFIX: "Words", "Voice.": "Style"}
# What is found before anything is judged: a file that can't be read, or an entry of a Vale style that doesn't do what
# it says.
_READING = {
    "comma-list": """An entry of a Vale style lists words with commas, and Vale looks for all of that as one phrase.

        To find any of the words, put `|` between them, or write an entry for each.""",
    "contradiction": """Two entries of a Vale style contradict each other: one flags what another one recommends.

        A writer who does what the first says is told the opposite by the second. Keep one of them.""",
    "dead": """An entry of a Vale style never matches, although it looks as if it did.

        It's usually a sign next to which Vale finds no word, or a replacement that's the same text. The message shows
        the sentence that was tried with the real Vale.""",
    "extends": """A handbook that this one extends can't be used as it's named in brand.yaml.

        The message says what is missing: the folder, the package, the revision, or a record that both have. Nothing is
        taken from a handbook that can't be read whole. `onevoice check` shows the place in brand.yaml.""",
    "file": """A file, or a part of it, could not be read, so nobody knows whether its words are right.

        A file that wasn't read is never called clean: the run ends with an error, or says what of it is missing. Save
        the file as the message says, or leave it out with `exclude` in .onevoice.yaml.""",
    "glued": """An entry of a Vale style matches only if there's no space next to it, so it's never found in a sentence.

        Vale wants a word boundary on both sides. Set `nonword: true`, and add `\\b` where a word begins or ends.""",
    "json": """A file to import isn't JSON from this place on.

        It's usually a comma or a quotation mark. Correct it there, or export the file again.""",
    "metrics": """A line in content/metrics isn't a weekly figure.

        Each line has a record, a measure, a week, a value and a side, as `onevoice data add` writes them. Correct the
        line, or delete it and add the export again.""",
    "quotes": """A line in content/quotes isn't a customer's quote.

        Each line has a week, a form, what the quote is about, a persona, a stage, an id and the words, as
        `onevoice data add` writes them. Correct the line, or delete it and add the export again.""",
    "schema": """A record has a field that there isn't, lacks one that it needs, or has a value that doesn't fit.

        The message says what fits. Editors that know the schemas in schemas/ show it while you type.""",
    "settings": """A line of .onevoice.yaml says something that lint doesn't know.

        The rest of the file isn't used either, so that nothing is left out by mistake. Correct the line.""",
    "shadowed": """An entry of a Vale style is never used, because another one finds the same first.

        Delete it; or keep one of the two, if they say different things.""",
    "unread": """A rule of a Vale style, or one of its entries, can't be read by Vale.

        Vale stops at every file that uses the style, so nothing at all is checked. Fix the place that is named.""",
    "yaml": """A file isn't YAML from this place on, so its records can't be read.

        It's usually the indentation, a colon inside a text, or a quotation mark that's never closed. If there's one way
        to fix it, the message shows it.""",
}


def list_rule_pages() -> list[RulePage]:
    """Every rule, those about texts first, then the checks of records; each sorted by name."""
    texts = {
        terms.PREFIX: terms,
        **rules.load_rules(),
        suppress.RULE: suppress,
        baseline.RULE: baseline,
        "Voice.": vale,
    }
    return [
        _make_page(name, "text", module) for name, module in sorted(texts.items(), key=lambda item: item[0].lower())
    ]


def list_check_pages() -> list[RulePage]:
    """The checks of a handbook's records, sorted by name. They need what reads records."""
    found = importlib.import_module("onevoice.handbook.checks").load_checks() | {selftest.RULE: selftest}
    return [_make_page(name, "record", module) for name, module in sorted(found.items())]


def list_reading_pages() -> list[RulePage]:
    """What is wrong with files before their records or words are judged, sorted by name."""
    return [RulePage(name, "file", name.capitalize(), inspect.cleandoc(text)) for name, text in _READING.items()]


def _make_page(name: str, about: str, module: ModuleType) -> RulePage:
    title = TITLES.get(name) or name.replace("-", " ").capitalize()
    return RulePage(name, about, title, inspect.cleandoc(module.__doc__ or ""))
