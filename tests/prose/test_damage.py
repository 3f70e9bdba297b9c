"""Damaged office files: whatever happens to the bytes, a document or one error in plain words, nothing else."""

import io
import random
import zipfile

import docx
import pptx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from office import archive, box, text, word
from onevoice.errors import OnevoiceError
from onevoice.prose.read import read_prose


def _word():
    file = docx.Document()
    file.add_heading("The customer journey", 1)
    for number in range(20):
        file.add_paragraph(f"Paragraph {number} of many", style="List Bullet")
    file.add_table(2, 2).cell(0, 0).text = "Cell"
    file.sections[0].header.paragraphs[0].text = "Header"
    return _saved(file)


def _deck():
    file = pptx.Presentation()
    slide = file.slides.add_slide(file.slide_layouts[1])
    slide.shapes.title.text, slide.placeholders[1].text = "Title", "Body"
    slide.notes_slide.notes_text_frame.text = "Notes"
    return _saved(file)


def _saved(file):
    stream = io.BytesIO()
    file.save(stream)
    return stream.getvalue()


WHOLE = {"a.docx": _word(), "a.pptx": _deck(), "b.docx": word(text("a") + f"<w:p>{box(text('b'))}</w:p>")}


def survives(path, data):
    """Read it; True where that went well. An error must be one line that begins with the path."""
    try:
        prose = read_prose(path, data)
    except OnevoiceError as error:
        assert str(error).startswith(f"{path}: ")
        assert "\n" not in str(error)
        return False
    assert len(prose.places) == len(prose.blocks)
    return True


@pytest.mark.parametrize("path", WHOLE)
def test_cut_off_anywhere(path):
    data = WHOLE[path]
    assert survives(path, data)
    assert not any(survives(path, data[:end]) for end in range(0, len(data) - 22, max(len(data) // 300, 1)))


@pytest.mark.parametrize("path", WHOLE)
def test_bits_flipped_in_the_archive(path):
    chance = random.Random(7)
    for _ in range(300):
        data = bytearray(WHOLE[path])
        for _ in range(chance.choice((1, 4, 30))):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        survives(path, bytes(data))


@pytest.mark.parametrize("path", WHOLE)
def test_bits_flipped_in_the_parts(path):
    """Packed anew after the damage, so that no checksum gives it away."""
    chance = random.Random(11)
    with zipfile.ZipFile(io.BytesIO(WHOLE[path])) as file:
        parts = {name: file.read(name) for name in file.namelist() if name.endswith((".xml", ".rels"))}
    good = 0
    for _ in range(150):
        name = chance.choice(sorted(parts))
        data = bytearray(parts[name])
        for _ in range(chance.choice((1, 2))):
            data[chance.randrange(len(data))] = chance.choice(b"<>/\"'&: \x00\xffar1")
        good += survives(path, archive(parts | {name: bytes(data)}, zipfile.ZIP_STORED))
    assert good


TAGS = (
    *("p", "r", "t", "tbl", "tr", "tc", "sdt", "sdtContent", "ins", "del", "hyperlink", "fldSimple", "pPr", "rPr"),
    *("body", "drawing", "pict", "txbxContent", "ruby"),
)
LEAVES = ("x", "<w:t>word</w:t>", "<w:tab/>", '<w:fldChar w:fldCharType="begin"/>', "<m:oMath/>", "<w:br/>")
TREES = st.recursive(
    st.sampled_from(
        ["x", "<w:t>word</w:t>", "<w:tab/>", '<w:fldChar w:fldCharType="begin"/>', "<m:oMath/>", "<w:br/>"]
    ),
    lambda kids: st.builds(
        lambda tag, inside: f"<w:{tag}>{''.join(inside)}</w:{tag}>", st.sampled_from(TAGS), st.lists(kids, max_size=4)
    ),
)


@given(TREES)
def test_elements_in_places_where_they_do_not_belong(tree):
    assert survives("a.docx", word(text("a") + tree))
