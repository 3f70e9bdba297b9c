"""Our words for other programs: what each file is for, how to use it, and what it can't do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from onevoice.output import Artifact
from onevoice.phrases.catalog import mark_text, translate_text
from onevoice.site.escape import encode_url
from onevoice.site.view import Takeaway, View

PATH = "/brand/take/"
# What each format is for; how to use it; and, as a language and a text with the file's address, what to write for it.
USES = {
    "csv": (
        mark_text("A table that every spreadsheet opens."),
        mark_text("Open it, or import it from its address."),
        (),
    ),
    "xlsx": (
        mark_text("A workbook for Excel and LibreOffice."),
        mark_text("Open it in Excel or LibreOffice."),
        (),
    ),
    "json": (mark_text("All records as they are, for your own programs."), mark_text("Load it from its address."), ()),
    "tbx": (mark_text("A term base for translators and their programs."), mark_text("Import it as a term base."), ()),
    "skos": (
        mark_text("A vocabulary for catalogs and search."),
        mark_text("Load it into a program that reads RDF."),
        (),
    ),
    "xliff": (mark_text("All names, to be translated."), mark_text("Give it to translators."), ()),
    "vale": (
        mark_text("Flags our words in editors and in builds, with the reason."),
        mark_text("Put this into `.vale.ini`, then run `vale sync`:"),
        ("ini", "StylesPath = .vale\nMinAlertLevel = suggestion\nPackages = {url}"),
    ),
    "textlint": (
        mark_text("Flags our words in Markdown, and fixes them."),
        mark_text(
            "Install `textlint` and `textlint-rule-terminology`, download the file, and name it in `.textlintrc.json`:"
        ),
        ("json", '{{"rules": {{"terminology": {{"defaultTerms": false, "terms": "./terms.json"}}}}}}'),
    ),
    "cspell": (
        mark_text("Knows our words, and flags single words in code and texts."),
        mark_text("Put this into `cspell.json`:"),
        ("json", '{{"import": ["{url}"]}}'),
    ),
    "weirpack": (
        mark_text("Flags our words while you write, in the browser, too."),
        mark_text("Download it, and add it to Harper's settings as a Weirpack; or, in a terminal:"),
        ("sh", "harper-cli lint --weirpack onevoice.weirpack README.md"),
    ),
    "contextive": (
        mark_text("Shows what a word means when you point at it, in five editors."),
        mark_text("Put this into a file `our.glossary.yml` in your repository:"),
        ("yaml", "imports:\n  - {url}"),
    ),
    "espanso": (
        mark_text("Types approved texts by a short name in any program, and corrects words as you type."),
        mark_text("Download it into Espanso's folder `match`."),
        (),
    ),
    "skill": (
        mark_text("Tells an assistant how we write, and what it may claim."),
        mark_text(
            "Unpack it where your assistant keeps its skills, and copy the block into your repository's `AGENTS.md`."
        ),
        (),
    ),
    "llms": (
        mark_text("The handbook for assistants that read web pages."),
        mark_text("Give the assistant this address:"),
        ("text", "{url}"),
    ),
}
FIELD_NAMES = {
    "definition": mark_text("definitions"),
    "allowed": mark_text("other names"),
    "avoid": mark_text("words to avoid"),
    "use": mark_text("what to write instead"),
    "why": mark_text("reasons"),
    "except": mark_text("exceptions"),
    "examples": mark_text("examples"),
    "bad": mark_text("bad examples"),
    "note": mark_text("notes"),
    "names": mark_text("other languages"),
}


@dataclass(frozen=True)
class TakenFormat:
    """A format as the page shows it. use, how: sentences. language, code: what to write for it, or "". lost: the names
    of what it leaves out.
    """

    takeaway: Takeaway
    use: str
    how: Markup
    language: str
    code: Markup
    lost: str


def render(view: View) -> Iterator[Artifact | None]:
    """`/brand/take/`, if there are words to take along."""
    if not view.wants_page(PATH) or not view.handbook.list_approved("terms"):
        return
    yield view.render_page(
        PATH,
        "take",
        title=translate_text("Bring our words with you"),
        description=translate_text("Our words for spell checkers, editors, spreadsheets, translators and assistants."),
        formats=[_describe_format(view, one) for one in view.list_takeaways() if one.name in USES],
    )


def _describe_format(view: View, takeaway: Takeaway) -> TakenFormat:
    use, how, snippet = USES[takeaway.name]
    language, code = snippet or ("", "")
    url = encode_url(view.build_url(f"/{takeaway.path}"))
    # Who leaves out examples needn't say so of the bad ones.
    names = [name for name in takeaway.lost if name != "bad" or "examples" not in takeaway.lost]
    lost = ", ".join(translate_text(FIELD_NAMES[name]) for name in names)
    # All of it is ours, but for the address, which holds no sign of its own.
    return TakenFormat(
        takeaway, translate_text(use), Markup(translate_text(how)), language, Markup(code.format(url=url)), lost
    )
