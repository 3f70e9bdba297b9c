"""TBX and SKOS: what goes out comes back the same."""

import json

import pytest
from click.testing import CliRunner
from hypothesis import given

from exports import BRAND, TODAY, cycle, make_export, term_lists
from handbooks import ROOT
from onevoice.commands import cli
from onevoice.exchange.formats import Export, load_word_formats
from onevoice.handbook.handbook import Handbook
from onevoice.load.folder import load_folder

FORMATS = ["tbx", "skos"]


@pytest.mark.hypothesis
@pytest.mark.parametrize("name", FORMATS)
@given(terms=term_lists())
def test_an_export_that_is_imported_is_the_same_export(name, terms):
    first, second, reading = cycle(name, make_export(terms))
    assert first == second
    assert [entry.fields["id"] for entry in reading.entries] == sorted(term["id"] for term in terms)
    assert reading.omissions == ()


@pytest.mark.parametrize("name", FORMATS)
def test_our_own_handbook_comes_back(name):
    handbook = Handbook(load_folder(ROOT))
    first, second, reading = cycle(name, Export(handbook, "https://ferrywell.example/", TODAY))
    assert first == second
    assert len(reading.entries) == reading.total == len(handbook.list_approved("terms"))
    assert reading.omissions == ()


TERMS = [
    {
        "id": "boat", "preferred": "boat", "definition": "A thing that floats.\n\nUsually.", "part_of_speech": "noun",
        "abbreviation": "MV", "area": "water", "allowed": ["vessel", "craft"],
        "avoid": ["tub", {"term": "ship", "use": ["sail"], "why": "\"Jargon\"."}, {"term": "ahoy", "remove": True}],
        "names": {"de": {"preferred": "Boot", "avoid": [{"term": "Kahn", "why": "Rude."}]}, "fr": "bateau"},
        "examples": [{"good": "My boat floats.", "bad": "My tub floats."}], "related": ["24-7"],
        "sources": ["A book", {"title": "A page", "url": "https://a.example/?a=1&b"}], "note": "<Not> a ship.",
    },
    {"id": "24-7", "preferred": "24/7", "definition": "Always.", "part_of_speech": "adverb"},
    {"id": "anker", "preferred": "Anker", "definition": "Es hält.", "language": "de", "area": "water"},
]  # fmt: skip


@pytest.mark.parametrize("name", FORMATS)
def test_another_handbook_that_imports_our_words_exports_the_same(name, tmp_path):
    artifact = load_word_formats()[name].write(make_export(TERMS))[0]
    (tmp_path / artifact.path).write_bytes(artifact.data)
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "brand.yaml").write_text(json.dumps({"brand": BRAND}), "utf-8")

    def run(*words):
        result = CliRunner().invoke(cli, [*words, "--handbook", str(tmp_path)], env={"ONEVOICE_TODAY": f"{TODAY}"})
        assert result.exit_code == 0, result.output
        return result.output

    run("import", str(tmp_path / artifact.path), "--yes")
    run("export", name, "--out", str(tmp_path / "again"))
    assert (tmp_path / "again" / artifact.path).read_bytes() == artifact.data
    written = (tmp_path / "terminology" / "onevoice.yaml").read_bytes()
    run("import", str(tmp_path / artifact.path), "--yes")
    assert (tmp_path / "terminology" / "onevoice.yaml").read_bytes() == written
