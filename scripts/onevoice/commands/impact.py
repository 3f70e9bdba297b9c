"""`onevoice impact`: what changing words does to what is written already."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from onevoice import process
from onevoice.commands import _terminal
from onevoice.errors import EXIT_CLEAN, EXIT_FINDINGS, DataError, OnevoiceError
from onevoice.run.handbook import current_date, require_handbook

if TYPE_CHECKING:
    from onevoice.lint.impact import ImpactText, VocabularyChange
    from onevoice.load.folder import LoadResult
    from onevoice.records.term import Term


@click.command()
@click.option("--since", metavar="REV", default="HEAD", show_default=True, help="The commit to compare the words with.")
@click.argument("paths", nargs=-1, metavar="[PATH...]")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="markdown: a comment for a pull request.",
)
@_terminal.handbook_option
@process.gc_paused()
def command(since: str, paths: tuple[str, ...], form: str, handbook: str | None) -> int:
    """List each sentence that newly breaks, or is mended, by how the words of the handbook have changed since REV.

    Looks at the handbook's own texts, content/pages and content/submissions, and at each PATH. The documents are taken
    as they are now; only the words are compared. Ends with 1 where a sentence newly breaks.
    """
    from onevoice.history import git
    from onevoice.lint.impact import VocabularyChange, find_effects
    from onevoice.load.folder import load_folder
    from onevoice.matcher.subset import gather_pattern_pair
    from onevoice.report import impact

    folder = require_handbook(handbook)
    commit = git.resolve_commit(folder, since)
    loaded = load_folder(folder)
    if any(finding.level == "error" for finding in loaded.findings):
        error = DataError(loaded.findings)
        _terminal.print_data_errors(error, aside=True)
        return error.exit_code
    now = [record for record, _ in loaded.records if record.KIND == "terms"]
    then = _read_old_terms(folder, commit, loaded)
    words = VocabularyChange(
        *gather_pattern_pair(*([term for term in terms if term.status == "approved"] for terms in (then, now)))
    )
    url = next((record.url for record, _ in loaded.records if record.KIND == "brand" and record.url), "")
    found = []
    if words.changed_patterns:
        link = (lambda term: f"{url.rstrip('/')}/glossary/{term}/") if url else None
        found = find_effects(_collect_texts(folder, loaded, paths, words), words, current_date(), link)
    broken, mended = (
        [(effect.finding, effect.sentence) for effect in found if effect.is_fix is side] for side in (False, True)
    )
    title = impact.format_impact_headline(broken, mended, words.term_ids, since)
    if form == "json":
        click.echo(impact.render_impact_json(broken, mended), nl=False)
    elif form == "markdown":
        click.echo(impact.render_impact_comment(broken, mended, title), nl=False)
    else:
        click.echo(impact.render_impact_text(broken, mended), nl=False)
    click.echo(title, err=True)
    return EXIT_FINDINGS if broken else EXIT_CLEAN


def _read_old_terms(folder: Path, commit: str, loaded: LoadResult) -> list[Term]:
    """The terms as they were; those of files that have not changed are not read again."""
    from onevoice.history import git, tree
    from onevoice.load.folder import load_files
    from onevoice.load.walk import TERMINOLOGY
    from onevoice.prose.files import read_file_bytes

    now: dict[str, list[Term]] = {}
    for record, place in loaded.records:
        if record.KIND == "terms":
            now.setdefault(place.path, []).append(record)
    old = tree.list_record_files(folder, commit, TERMINOLOGY)
    same = {
        path for path, blob in old.items() if path in now and tree.hash_blob(read_file_bytes(folder / path)) == blob
    }
    blobs = git.read_blobs(folder, [blob for path, blob in old.items() if path not in same])
    found: list[Term] = []
    for path, blob in old.items():
        if path in same:
            found += now[path]
        elif (data := blobs[blob]) is not None:
            read = load_files([("terms", path, data)])
            found += [record for record, _ in read.records]
            if any(finding.level == "error" for finding in read.findings):
                click.echo(f"{path}: some terms could not be read as they were then, and are left out.", err=True)
    return found


def _collect_texts(
    folder: Path, loaded: LoadResult, paths: tuple[str, ...], words: VocabularyChange
) -> list[ImpactText]:
    from onevoice.lint.impact import ImpactText
    from onevoice.prose.read import read_prose
    from onevoice.run.job import collect_documents, collect_handbook_texts

    own, named = collect_handbook_texts(folder, loaded, words.may_affect), collect_documents(paths, None)
    documents = {Path(file.path).resolve(): file for file in (*own.documents, *named.documents)}
    for finding in (*own.read_errors, *named.read_errors):
        click.echo(f"{finding.path}: {finding.message}", err=True)
    texts = [ImpactText(prose, is_record=True) for prose in own.records]
    for file in documents.values():
        try:
            texts.append(ImpactText(read_prose(file.path, file.data)))
        except OnevoiceError as error:
            click.echo(str(error), err=True)
    return texts
