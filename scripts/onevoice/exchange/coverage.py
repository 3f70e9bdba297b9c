"""What a format keeps of a term: found out by writing a made-up one and looking for its words in the files."""

from __future__ import annotations

import datetime
import io
import json
import zipfile
from collections.abc import Iterable, Sequence

from onevoice.exchange.formats import Export
from onevoice.handbook.handbook import Handbook
from onevoice.load.folder import load_files
from onevoice.output import Artifact

# What people may want of a term elsewhere, each as a word that is nowhere else.
_WORDS = {
    "definition": "zmeaningz",
    "allowed": "zotherz",
    "avoid": "zwrongz",
    "use": "zrightz",
    "why": "zreasonz",
    "except": "zinsidez",
    "examples": "zsamplez",
    "bad": "zfaultyz",
    "note": "zremarkz",
    "names": "zforeignz",
}
FIELDS = tuple(_WORDS)
# A term of its own: some formats leave out a word that has exceptions.
_EXCEPTED_TERM = {
    "id": "excepted-probe",
    "preferred": "zsecondz",
    "part_of_speech": "adjective",
    "fix": "auto",
    "avoid": ["zthirdz"],
    "except": [f"zthirdz {_WORDS['except']}"],
}
_TERM = {
    "id": "probe",
    "preferred": "zprobez",
    "part_of_speech": "adjective",
    "fix": "auto",
    "definition": _WORDS["definition"],
    "allowed": [_WORDS["allowed"]],
    "avoid": [{"term": _WORDS["avoid"], "use": _WORDS["use"], "why": _WORDS["why"]}],
    "examples": [{"good": _WORDS["examples"], "bad": _WORDS["bad"]}],
    "note": _WORDS["note"],
    "names": {"fr": {"preferred": _WORDS["names"]}},
}


def find_kept_fields(files: Iterable[Artifact]) -> frozenset[str]:
    """The fields of a term, of those in FIELDS, that a format has written. files: what it made of `make_probe`."""
    text = _read_texts(files)
    return frozenset(name for name, word in _WORDS.items() if word in text)


def make_probe() -> Export:
    """An export of a handbook whose terms have all that can be lost."""
    records = (("brand", {"name": "Probe"}), ("terms", [_TERM, _EXCEPTED_TERM]))
    files = [(kind, f"{kind}.yaml", json.dumps({kind: body}).encode()) for kind, body in records]
    return Export(Handbook(load_files(files)), "", datetime.date(2026, 1, 1))


def _read_texts(files: Iterable[Artifact]) -> str:
    return "\n".join(text for artifact in files for text in _unpack_texts(artifact.data)).lower()


def _unpack_texts(data: bytes) -> Sequence[str]:
    if not data.startswith(b"PK"):
        return [data.decode("utf-8", "replace")]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
