"""Office files that other projects publish to test their readers with; they lie beside the repository, if at all."""

from collections import Counter
from pathlib import Path

import pytest

from onevoice.errors import OnevoiceError
from onevoice.prose.read import read_prose

FILES = Path(__file__).parents[3] / "shared" / "data" / "office"
pytestmark = pytest.mark.skipif(not FILES.is_dir(), reason="the published office files are not beside the repository")

BAD = {
    "ExternalEntityInText.docx": "it declares entities",
    "SYNTHETIC_text_named_docx.docx": "this is not a Word file",
    "crash-517626e815e0afa9decd0ebb6d1dee63fb9907dd.docx": "it is incomplete or damaged",
    "testPPT_protected_passtika.pptx": "password-protected",
    "testWORD_protected_passtika.docx": "password-protected",
    "testWORD_truncated.docx": "it is incomplete or damaged",
}
# Words that one of the two reads and the other does not, and why.
DIFFERENT = {
    # Numbers of a chart's axis, and the title that LibreOffice makes up for it.
    "drawingml.docx": (0, 17),
    # A mark of no width after an equation: LibreOffice takes the equation for nothing, so that words meet across it.
    "equations.docx": (2, 1),
    # A sign from a font of symbols stands between two words: LibreOffice reads nothing there.
    "symbols.docx": (2, 1),
    # The alternative text of a picture that LibreOffice leaves out.
    "telework-and-hybrid-successful-strategies.pptx": (2, 0),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_one_plain_sentence(name):
    path = FILES / "bad" / name
    with pytest.raises(OnevoiceError, match=BAD[name]) as error:
        read_prose(name, path.read_bytes())
    assert "\n" not in str(error.value)


def test_all_bad_files_are_known():
    assert {path.name for path in (FILES / "bad").iterdir()} == {*BAD, "zero-length.docx"}


def test_a_file_of_pictures_alone_has_no_text():
    assert read_prose("a.docx", (FILES / "bad" / "zero-length.docx").read_bytes()).blocks == ()


@pytest.mark.slow
def test_we_read_the_words_that_libreoffice_reads(libreoffice, tmp_path):
    different = {}
    for folder, ending in (("docx", "fodt"), ("pptx", "fodp")):
        files = sorted((FILES / folder).iterdir())
        made = libreoffice.convert(libreoffice.find(), files, ending, tmp_path)
        if not made:
            pytest.skip("LibreOffice is here without Writer or Impress")
        for path, other in zip(files, made, strict=True):
            ours, theirs = libreoffice.ours(path), libreoffice.theirs(other)
            counts = (Counter(ours - theirs).total(), Counter(theirs - ours).total())
            if any(counts):
                different[path.name] = counts
    assert different == DIFFERENT
