"""What people read of an email: subject, body, attachments; and what of it nobody has read."""

import datetime
import email.policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from onevoice.errors import OnevoiceError
from onevoice.prose import eml
from onevoice.prose.read import read_prose
from onevoice.run.documents import InputFile, check_prose
from onevoice.run.lexicon import read_lexicon
from prose.shown import shown

TODAY = datetime.date(2026, 11, 29)


def make_mail(body="Hello,\n\nplease sign\nup.\n\n> We utilize it.\n", subject="The smarketing plan"):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Mara <mara@x.example>", "you@x.example", subject
    mail.set_content(body)
    return mail


def read(mail):
    return read_prose("a.eml", mail.as_bytes(policy=email.policy.SMTP))


def list_places(prose):
    """Each place once, in order."""
    return list(dict.fromkeys(prose.places))


def test_subject_body_and_quotation():
    prose = read(make_mail())
    assert shown(prose) == [
        "title: The smarketing plan", "paragraph: Hello,", "paragraph: please sign¶up.", "> paragraph: We utilize it."
    ]  # fmt: skip
    assert list_places(prose) == ["subject", "body, line 1", "body, line 3", "body, line 4", "body, line 6"]
    assert prose.meta == {"title": "The smarketing plan"} and prose.unread == ()


def test_each_block_is_where_it_is_in_the_source():
    prose = read(make_mail())
    for block in prose.blocks:
        first, last = block.map_to_source(0, len(block.text))
        assert prose.source[first:last] == block.text


@pytest.mark.parametrize(
    ("html", "texts"),
    [("<p>Please <b>sign</b> up.</p><blockquote>We utilize it.</blockquote>",
      ["paragraph: Please sign up.", "> paragraph: We utilize it."]), ("<p></p>", ["paragraph: In plain words."])],
)  # fmt: skip
def test_of_alternatives_one(html, texts):
    mail = make_mail("In plain words.\n")
    mail.add_alternative(html, subtype="html")
    mail.get_body().add_related(b"\x89PNG", "image", "png", cid="<logo>")
    assert shown(read(mail))[1:] == texts


def test_attachments():
    inner = make_mail("Old news.\n", "Old plan")
    inner.add_attachment("# Smarketing\n", subtype="markdown", filename="deep.md")
    mail = make_mail("See below.\n")
    mail.add_attachment("First.\n\nÜber <b>us</b>.\n", filename="notes.txt", charset="iso-8859-1")
    mail.add_attachment(b"<p>A page.</p>", "application", "octet-stream", filename="C:\\x\\page.html")
    mail.add_attachment(inner)
    mail.add_attachment(inner.as_bytes(), "application", "octet-stream", filename="saved.eml")
    prose = read(mail)
    assert [(line.strip(), place) for line, place in zip(prose.source.splitlines(), prose.places, strict=True)] == [
        ("The smarketing plan", "subject"),
        ("See below.", "body, line 1"),
        ("First.", "attachment notes.txt, line 1"),
        ("Über <b>us</b>.", "attachment notes.txt, line 3"),
        ("A page.", "attachment page.html, line 1"),
        ("Old plan", 'mail "Old plan", subject'),
        ("Old news.", 'mail "Old plan", body, line 1'),
        ("Smarketing", 'mail "Old plan", attachment deep.md, line 1'),
        ("Old plan", 'mail "saved.eml", subject'),
        ("Old news.", 'mail "saved.eml", body, line 1'),
        ("Smarketing", 'mail "saved.eml", attachment deep.md, line 1'),
    ]


def test_what_nobody_reads_is_said():
    mail = make_mail()
    mail.add_attachment(b"PK", "application", "zip", filename="all.zip")
    mail.add_attachment(b"broken", "application", "octet-stream", filename="plan.docx")
    mail.add_attachment(b"\x89PNG", "image", "png", filename="logo.png")
    prose = read(mail)
    assert [one.split(":")[0] for one in prose.unread] == ["attachment all.zip", "attachment plan.docx"]
    assert "not a Word file" in prose.unread[1]
    sealed = make_mail()
    sealed.replace_header("Content-Type", "application/pkcs7-mime; smime-type=enveloped-data")
    assert read(sealed).unread == ("body: it is encrypted",)


def test_the_lint_says_what_nobody_reads():
    mail = make_mail()
    for number in range(7):
        mail.add_attachment(b"PK", "application", "zip", filename=f"{number}.zip")
    lexicon = read_lexicon(Path(__file__).parents[2])
    found = check_prose(InputFile("a.eml", b""), read(mail), lexicon, TODAY, excerpts=True).findings
    assert [(one.rule, one.level, one.match) for one in found][:2] == [
        ("file", "warning", ""), ("Brand.one-voice", "error", "smarketing")
    ]  # fmt: skip
    assert "attachment 4.zip; and 2 more" in found[0].message
    assert found[1].message.startswith("subject: ")


# --- broken and hostile -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        b"Subject: a\nContent-Type: multipart/mixed\n\n--x\n\nHello\n",
        b"Subject: a\nContent-Type: text/plain; charset=nothing\n\nHello \xff\n",
        b"Subject: a\nContent-Type: text/plain; charset=\"utf-8\nContent-Transfer-Encoding: base64\n\n!!!=\nHello",
        b"Subject: =?utf-8?b?!!!?= =?x?q?=?=\nContent-Type: ;;;=\n\nHello\n",
        b"Subject: a\nContent-Disposition: attachment; filename*0*=x''%ff; filename*2=y\n\nHello\n",
        b"Subject: a\nContent-Type: message/rfc822\n\n",
        b"Subject: a\nContent-Type: multipart/alternative; boundary=x\n\n--x\nContent-Type: multipart/mixed\n\n--x--\n",
        b"Subject:" + b" a" * 2000 + b"\nFrom: " + b"<" * 500 + b"\n\nHello\n",
        b"Subject: \x00\x85\xe2\x80\xa8a\n\n\x00Hello\r\rx\n",
    ],
)  # fmt: skip
def test_broken_mails_are_read_as_far_as_they_go(data):
    prose = eml.read("a.eml", data)
    assert prose.blocks and prose.source.count("\n") == len(prose.places)


@pytest.mark.parametrize(("data", "said"), [(b" \n", "empty"), (b"Hello there.\nNo mail.", "not an email")])
def test_what_is_no_mail(data, said):
    with pytest.raises(OnevoiceError, match=said):
        read_prose("a.eml", data)


def test_parts_too_deep_for_the_library():
    deep = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (number, number) for number in range(3000)
    )
    try:
        prose = eml.read("a.eml", b"Subject: a\n" + deep)
    except OnevoiceError as error:
        assert "nested too deeply" in str(error)
    else:
        assert prose.unread
