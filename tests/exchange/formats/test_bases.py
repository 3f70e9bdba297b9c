"""TBX and SKOS: what goes out comes back the same."""

import pytest
from hypothesis import given

from exports import TODAY, cycle, make_export, term_lists
from handbooks import ROOT
from onevoice.exchange.formats import Export
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
