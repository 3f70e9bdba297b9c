"""What people read of an email of Outlook; and what is said without the package that reads it."""

import pytest

from onevoice.errors import OnevoiceError
from onevoice.prose import formats
from onevoice.prose.files import describe_unread, expand_paths
from onevoice.prose.read import read_prose
from prose.outlook import make_outlook_mail
from prose.shown import shown

BODY = "Hello,\r\n\r\nplease sign\r\nup.\r\n\r\n> We utilize it.\r\n"


@pytest.fixture
def oxmsg():
    return pytest.importorskip("oxmsg")


def test_subject_body_and_attachments(oxmsg):
    files = [("notes.md", b"# Smarketing\n"), ("all.zip", b"PK"), ("long.txt", b"A line.\n" * 900)]
    prose = read_prose("a.msg", make_outlook_mail("The plan", BODY, "", files))
    assert shown(prose)[:5] == [
        "title: The plan", "paragraph: Hello,", "paragraph: please sign¶up.", "> paragraph: We utilize it.",
        "heading: Smarketing",
    ]  # fmt: skip
    assert prose.places[2:6] == ("body, line 3", "body, line 4", "body, line 6", "attachment notes.md, line 1")
    assert prose.unread == ("attachment all.zip",)
    assert prose.source.count("A line.") == 900


def test_html_comes_first(oxmsg):
    prose = read_prose("a.msg", make_outlook_mail("", BODY, "<p>Please <i>sign</i> up.</p>"))
    assert shown(prose) == ["paragraph: Please sign up."]


@pytest.mark.parametrize("cut", [0, 5, 511, 512, 1024, 1600, 2100])
def test_broken_files(oxmsg, cut):
    whole = make_outlook_mail("The plan", BODY, "", [("notes.md", b"# Smarketing\n")])
    try:
        prose = read_prose("a.msg", whole[:cut])
    except OnevoiceError as error:
        assert str(error).startswith("a.msg: ")
    else:
        assert len(prose.places) == prose.source.count("\n")


def test_without_the_package_it_is_not_read_and_says_what_reads_it(monkeypatch, tmp_path):
    monkeypatch.setattr(formats, "has_module", lambda name: False)
    (tmp_path / "a.msg").write_bytes(b"x")
    (tmp_path / "a.md").write_bytes(b"x")
    unread = {}
    assert expand_paths(["."], tmp_path, unread) == ["a.md"]
    assert describe_unread(unread) == "1 .msg (install onevoice[documents] to read them)"
    with pytest.raises(OnevoiceError, match=r"a\.msg: cannot be read without more packages.*onevoice\[documents\]"):
        read_prose("a.msg", b"x")
