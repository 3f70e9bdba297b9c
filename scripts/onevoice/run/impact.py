"""What changed words do to existing texts: the sentences that newly break, and those that are fixed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from onevoice.errors import DataError
from onevoice.history import git, tree
from onevoice.lint.impact import Effect, ImpactText, VocabularyChange, find_effects
from onevoice.load.folder import LoadResult, load_files
from onevoice.load.walk import TERMINOLOGY
from onevoice.matcher.subset import gather_pattern_pair
from onevoice.prose.files import read_file_bytes
from onevoice.records.brand import Brand, Words
from onevoice.records.term import Term
from onevoice.run.handbook import current_date
from onevoice.run.job import collect_documents, collect_handbook_texts
from onevoice.run.layers import load_records
from onevoice.run.pieces import read_documents

Say = Callable[[str], None]


@dataclass(frozen=True)
class ImpactResult:
    """effects: each sentence that breaks or is fixed, in reading order. term_ids: the terms whose words changed."""

    effects: list[Effect]
    term_ids: tuple[str, ...]


def find_impact(folder: Path, since: str, paths: tuple[str, ...], say: Say) -> ImpactResult:
    """What the words of a handbook, changed since a Git revision, do to its own texts and to documents.

    paths: further files and folders. say: told what could not be read. Raises DataError if the records have errors,
    OnevoiceError if Git does not know the revision.
    """
    commit = git.resolve_commit(folder, since)
    loaded = load_records(folder)
    if any(finding.level == "error" for finding in loaded.findings):
        raise DataError(loaded.findings)
    now = [record for record, _ in loaded.records if isinstance(record, Term)]
    then = _read_old_terms(folder, commit, loaded, say)
    brand = next((record for record, _ in loaded.records if isinstance(record, Brand)), None)
    settings, language = (brand.words, brand.language) if brand else (Words(), "en")
    # One that is in both stays one object, so that its patterns are made once.
    taken = {id(term): term.take_words(settings, language) for term in (*then, *now)}
    before, after = ([taken[id(term)] for term in terms if term.status == "approved"] for terms in (then, now))
    words = VocabularyChange(*gather_pattern_pair(before, after), language)
    if not words.changed_patterns:
        return ImpactResult([], tuple(words.term_ids))
    url = (brand.url if brand else None) or ""
    link = (lambda term: f"{url.rstrip('/')}/glossary/{term}/") if url else None
    texts = _collect_texts(folder, loaded, paths, words, say)
    return ImpactResult(find_effects(texts, words, current_date(), link), tuple(words.term_ids))


def _read_old_terms(folder: Path, commit: str, loaded: LoadResult, say: Say) -> list[Term]:
    """The terms as they were; those of files that have not changed are not read again."""
    now: dict[str, list[Term]] = {}
    for record, place in loaded.records:
        if isinstance(record, Term):
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
            found += [record for record, _ in read.records if isinstance(record, Term)]
            if any(finding.level == "error" for finding in read.findings):
                say(f"{path}: some terms could not be read at that revision, and are left out.")
    return found


def _collect_texts(
    folder: Path, loaded: LoadResult, paths: tuple[str, ...], words: VocabularyChange, say: Say
) -> list[ImpactText]:
    own, named = collect_handbook_texts(folder, loaded, words.may_affect), collect_documents(paths, None)
    documents = {Path(file.path).resolve(): file for file in (*own.documents, *named.documents)}
    for finding in (*own.read_errors, *named.read_errors):
        say(f"{finding.path}: {finding.message}")
    texts = [ImpactText(prose, is_record=True) for prose in own.records]
    for prose in read_documents(list(documents.values())):
        if isinstance(prose, str):
            say(prose)
        else:
            texts.append(ImpactText(prose))
    return texts
