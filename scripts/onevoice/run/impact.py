"""What changed words do to existing texts: the sentences that newly break, and those that are fixed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from onevoice.errors import DataError
from onevoice.history import git, tree
from onevoice.lint.impact import Effect, ImpactText, Link, VocabularyChange, find_effects
from onevoice.load.folder import LoadResult, load_files
from onevoice.load.layers import load_own_files, merge_layers
from onevoice.load.walk import CONTENT, TERMINOLOGY, Layer, find_kind, is_handbook
from onevoice.matcher.subset import gather_pattern_pair
from onevoice.prose.files import read_file_bytes
from onevoice.records.brand import Brand, Words
from onevoice.records.term import Term
from onevoice.run.handbook import current_date
from onevoice.run.job import collect_documents, collect_handbook_texts
from onevoice.run.layers import RecordFile, find_bound, list_layers, load_records, read_layer_files
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
    loaded = _load_sound_records(folder)
    words, link = _compare_words(loaded, _read_terms_of(folder, commit, loaded, say))
    if not words.changed_patterns:
        return ImpactResult([], tuple(words.term_ids))
    texts = _collect_texts(folder, loaded, paths, words, say)
    return ImpactResult(find_effects(texts, words, current_date(), link), tuple(words.term_ids))


def find_vocabulary_change(folder: Path, old: str, say: Say) -> tuple[VocabularyChange, Link | None]:
    """How the words of a handbook have changed, and how to link to a term.

    old: the folder of another handbook, or a Git revision of this one. Raises as `find_impact` does.
    """
    loaded = _load_sound_records(folder)
    if is_handbook(Path(old)):
        then = _list_terms(_load_sound_records(Path(old)))
    else:
        commit = git.resolve_commit(folder, old)
        then = _read_terms_of(folder, commit, loaded, say)
    return _compare_words(loaded, then)


def _load_sound_records(folder: Path) -> LoadResult:
    loaded = load_records(folder)
    if any(finding.level == "error" for finding in loaded.findings):
        raise DataError(loaded.findings)
    return loaded


def _read_terms_of(folder: Path, commit: str, loaded: LoadResult, say: Say) -> list[Term]:
    return (_read_old_layers if loaded.origins else _read_old_terms)(folder, commit, loaded, say)


def _list_terms(loaded: LoadResult) -> list[Term]:
    return [record for record, _ in loaded.records if isinstance(record, Term)]


def _compare_words(loaded: LoadResult, then: Sequence[Term]) -> tuple[VocabularyChange, Link | None]:
    now = _list_terms(loaded)
    brand = next((record for record, _ in loaded.records if isinstance(record, Brand)), None)
    settings, language = (brand.words, brand.language) if brand else (Words(), "en")
    # One that is in both stays one object, so that its patterns are made once.
    taken = {id(term): term.take_words(settings, language) for term in (*then, *now)}
    before, after = ([taken[id(term)] for term in terms if term.status == "approved"] for terms in (then, now))
    words = VocabularyChange(*gather_pattern_pair(before, after), language)
    url = (brand.url if brand else None) or ""
    return words, (lambda term: f"{url.rstrip('/')}/glossary/{term}/") if url else None


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


def _read_old_layers(folder: Path, commit: str, loaded: LoadResult, say: Say) -> list[Term]:
    """The terms as they were, with those of the handbooks that this one extended then.

    A folder of the same repository is read as it was, and a pinned revision as it was pinned. What is installed, or
    lies elsewhere, is read as it is today.
    """
    bound, files = find_bound(folder), dict[Layer, list[RecordFile]]()

    def read_files(layer: Layer) -> list[RecordFile]:
        is_ours = not layer.address and layer.folder.resolve().is_relative_to(bound)
        found = _read_files_at(layer.folder, commit) if is_ours else read_layer_files(layer)
        files[layer] = [(kind, f"{layer.prefix}/{name}".lstrip("/"), data) for kind, name, data in found]
        return found

    try:
        layers = list_layers(folder, read=read_files)
    except DataError as error:
        said = "; ".join(finding.message for finding in error.findings)
        say(f"At that revision, the handbook that this one extends can't be read ({said}) Today's is used instead.")
        own = files[next(iter(files))]
        then = load_own_files(own, loaded.inherited)
        refined = {record.id for record, _ in then.records}
        then.records += [one for one in loaded.records if one[1].origin and one[0].id not in refined]
    else:
        then = LoadResult(folder)
        merge_layers(then, layers, [files[layer] for layer in layers])
    if any(finding.level == "error" for finding in then.findings):
        say("Some terms could not be read at that revision, and are left out.")
    return [record for record, _ in then.records if isinstance(record, Term)]


def _read_files_at(folder: Path, commit: str) -> list[RecordFile]:
    """The terms and the brand of a handbook, as files, at a commit."""
    found = tree.list_record_files(folder, commit, TERMINOLOGY) | tree.list_record_files(folder, commit, CONTENT)
    kinds = {path: find_kind(PurePosixPath(path)) for path in found}
    wanted = {path: blob for path, blob in found.items() if kinds[path] in (Term.KIND, Brand.KIND)}
    blobs = git.read_blobs(folder, wanted.values())
    return [(str(kinds[path]), path, data) for path, blob in wanted.items() if (data := blobs[blob]) is not None]


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
