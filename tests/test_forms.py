"""Links that open a form filled in: whatever is written comes out again as it was."""

import email.message
import io
import re
from urllib.parse import parse_qs, parse_qsl, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from onevoice import forms
from onevoice.exchange import github
from onevoice.handbook.handbook import Handbook
from onevoice.load.folder import load_folder
from onevoice.records.form import FILL_NAMES, Form

PAGE = {"persona": "Head of sales", "page": "https://brand.example.com/catalog/gaps/", "nearest": "Deck, Guide"}


def form(backend: str, to: str, **more) -> Form:
    """A form with a question for all that pages fill in."""
    questions = [
        {"id": f"q-{name}", "label": f"What {name}?", "fill": name, "param": f"p.{name}"} for name in FILL_NAMES
    ]
    return Form.model_validate(
        {"id": "ask", "title": "Ask", "summary": "s", "backend": backend, "to": to, "questions": questions, **more}
    )


GITHUB = form("github", "https://github.com/acme/handbook", subject="Ask: {q-title}")
URL = form("url", "https://forms.example.com/f?usp=pp_url")
MAIL = form("mailto", "brand+ask@example.com", subject="Ask: {q-title}")
HASH = form("url", "https://forms.example.com/to/a1#" + "&".join(f"{name}={{q-{name}}}" for name in FILL_NAMES))


def from_github(link: str) -> dict[str, str]:
    pairs = parse_qsl(urlsplit(link).query, strict_parsing=True)
    return {key.removeprefix("q-"): value for key, value in pairs if key.startswith("q-")}


def from_url(link: str) -> dict[str, str]:
    pairs = parse_qsl(urlsplit(link).query, strict_parsing=True)
    return {key.removeprefix("p."): value for key, value in pairs if key.startswith("p.")}


def from_hash(link: str) -> dict[str, str]:
    return {
        key: unquote(value) for key, value in re.findall("(?:^|&)([a-z]+)=([^&]*)", urlsplit(link).fragment) if value
    }


def from_mail(link: str) -> dict[str, str]:
    """What a mail program puts into the body."""
    body = parse_qs(urlsplit(link).query, strict_parsing=True)["body"][0]
    parts = re.split(r"(?:^|\r\n\r\n)What ([a-z]+)\?\r\n", body)[1:]
    return {name: value for name, value in zip(parts[::2], parts[1::2], strict=True) if value}


BACKENDS = {
    "github": (GITHUB, from_github), "url": (URL, from_url), "hash": (HASH, from_hash), "mailto": (MAIL, from_mail),
}  # fmt: skip
# What a URL may consist of (RFC 3986): anything else would be read differently by different programs.
SOUND = re.compile(r"[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]*")

SIGNS = [chr(code) for code in range(0x20, 0x7F)]
TEXTS = [
    *SIGNS,
    *(f"a{sign}b" for sign in SIGNS),
    "a%20b",
    "%",
    "100 % & more + 1 = #1?",
    "a&q-persona=evil",
    "a#b",
    'they say "yes"',
    "“quoted” ‘twice’",
    "it's",
    "\\",
    "a\tb",
    "\x01\x1f\x7f",
    "café",
    "cafe\u0301",
    "日本語",
    "שלום \u200fעולם",
    "مرحبا",
    "😀👩\u200d👩\u200d👧",
    "a\u00a0b\u2028c",
    "{persona}",
    "{q-title}",
    "javascript:alert(1)",
    "<script>",
]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("backend", BACKENDS)
def test_every_sign_comes_out_again(backend, text):
    record, back = BACKENDS[backend]
    given = {**PAGE, "title": text}
    link = forms.build_form_link(record, given)
    assert back(link) == given
    assert SOUND.fullmatch(link)


@pytest.mark.parametrize("text", ["one\ntwo", "one\r\ntwo", "one\rtwo", "one\n\ntwo"])
def test_line_ends(text):
    for record, back in (BACKENDS["github"], BACKENDS["url"], BACKENDS["hash"]):
        assert back(forms.build_form_link(record, {"why": text})) == {"why": text}
    mail = forms.build_form_link(MAIL, {"why": text})
    assert from_mail(mail) == {"why": "\r\n".join(text.splitlines())}
    assert re.search("%0D%0A", mail)
    assert not re.search("%0D(?!%0A)|(?<!%0D)%0A", mail)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), min_size=1, max_size=40))
def test_any_text_comes_out_again(text):
    for backend, (record, back) in BACKENDS.items():
        assert back(forms.build_form_link(record, {**PAGE, "why": text})) == {**PAGE, "why": text}, backend


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("text", ["a" * 50_000, "é" * 50_000, "😀 " * 10_000])
def test_long_texts_are_shortened_and_the_others_stay_whole(backend, text):
    record, back = BACKENDS[backend]
    link = forms.build_form_link(record, {**PAGE, "why": text})
    assert len(link) <= forms.MAX_URL_LENGTH
    read = back(link)
    assert text.startswith(read.pop("why"))
    assert read == PAGE


def test_a_form_that_is_too_long_without_any_value_still_has_a_link():
    questions = [{"id": "q", "label": "why? " * 3000, "fill": "why"}]
    long = Form.model_validate({**MAIL.model_dump(), "questions": questions, "subject": None})
    assert forms.build_form_link(long, {"why": "because"}).startswith("mailto:")


def test_github():
    link = urlsplit(forms.build_form_link(GITHUB, {**PAGE, "title": "Buyer's guide"}))
    assert (link.scheme, link.netloc, link.path) == ("https", "github.com", "/acme/handbook/issues/new")
    query = dict(parse_qsl(link.query))
    assert query["template"] == "ask.yml"
    assert query["title"] == "Ask: Buyer's guide"


def test_mail():
    link = urlsplit(forms.build_form_link(MAIL, {**PAGE, "title": "Two\nlines"}))
    assert link.scheme == "mailto"
    assert unquote(link.path) == "brand+ask@example.com"
    subject = parse_qs(link.query)["subject"][0]
    assert subject == "Ask: Two lines"
    message = email.message.EmailMessage()
    message["Subject"] = subject  # raises where the subject could begin another header
    assert "What persona?\r\nHead of sales\r\n\r\n" in parse_qs(link.query)["body"][0]


def test_a_subject_without_values_is_the_title_alone():
    assert parse_qs(urlsplit(forms.build_form_link(MAIL, {})).query)["subject"] == ["Ask"]


def test_what_the_page_does_not_know_is_left_out():
    assert from_github(forms.build_form_link(GITHUB, {"persona": "", "stage": "Decide"})) == {"stage": "Decide"}
    assert forms.build_form_link(URL, {}) == "https://forms.example.com/f?usp=pp_url"


# What other services are given, as data of a record. Each address is as the service documents it.
SERVICES = {
    "Google Forms": (
        {
            "to": "https://docs.google.com/forms/d/e/1FAIpQL/viewform?usp=pp_url",
            "questions": [
                {"id": "who", "label": "Persona", "fill": "persona", "param": "entry.1111"},
                {"id": "why", "label": "Why", "fill": "why", "param": "entry.2222"},
            ],
        },
        "https://docs.google.com/forms/d/e/1FAIpQL/viewform"
        "?usp=pp_url&entry.1111=Head%20of%20sales&entry.2222=R%26D%20asks%3A%20a%2Bb%3F",
    ),
    "Microsoft Forms": (
        {
            "to": "https://forms.office.com/Pages/ResponsePage.aspx?id=abc",
            "questions": [{"id": "who", "label": "Persona", "fill": "persona", "param": "r1a2b"}],
        },
        "https://forms.office.com/Pages/ResponsePage.aspx?id=abc&r1a2b=Head%20of%20sales",
    ),
    "Jira": (
        {
            "to": "https://acme.atlassian.net/secure/CreateIssueDetails!init.jspa?pid=10000&issuetype=3",
            "questions": [
                {"id": "who", "label": "Persona", "fill": "persona", "param": "summary"},
                {"id": "why", "label": "Why", "fill": "why", "param": "description"},
            ],
        },
        "https://acme.atlassian.net/secure/CreateIssueDetails!init.jspa"
        "?pid=10000&issuetype=3&summary=Head%20of%20sales&description=R%26D%20asks%3A%20a%2Bb%3F",
    ),
    "Typeform": (
        {
            "to": "https://acme.typeform.com/to/Xyz#persona={who}&why={why}",
            "questions": [
                {"id": "who", "label": "Persona", "fill": "persona"},
                {"id": "why", "label": "Why", "fill": "why"},
            ],
        },
        "https://acme.typeform.com/to/Xyz#persona=Head%20of%20sales&why=R%26D%20asks%3A%20a%2Bb%3F",
    ),
    "a path": (
        {
            "to": "https://ask.example.com/{who}/new",
            "questions": [{"id": "who", "label": "Persona", "fill": "persona", "param": "unused"}],
        },
        "https://ask.example.com/Head%20of%20sales/new",
    ),
}


@pytest.mark.parametrize("service", SERVICES)
def test_service(service):
    data, expected = SERVICES[service]
    record = Form.model_validate({"id": "ask", "title": "Ask", "summary": "s", "backend": "url", **data})
    assert forms.build_form_link(record, {**PAGE, "why": "R&D asks: a+b?"}) == expected


def test_a_value_in_a_path_cannot_leave_it():
    record = form("url", "https://ask.example.com/{q-why}/new")
    assert urlsplit(forms.build_form_link(record, {"why": "../../evil?x#y"})).path == "/..%2F..%2Fevil%3Fx%23y/new"


@pytest.fixture
def handbook(tmp_path):
    """A handbook with one issue form, whose texts are traps of YAML 1.1."""
    files = {
        "terminology/terms.yaml": "terms: []\n",
        "content/teams.yaml": "teams:\n  - {id: no, name: 'No', side: both, purpose: p, github: '@acme/no'}\n"
        "  - {id: b, name: 24:60, side: both, purpose: p}\n",
        "content/forms.yaml": "defaults: {owner: 'no'}\nforms:\n  - id: ask\n    title: 'yes: or no?'\n"
        "    summary: '# hash'\n"
        "    backend: github\n    to: https://github.com/acme/handbook\n    subject: 'Ask: {q}'\n"
        "    labels: [on, content]\n"
        "    questions:\n"
        "      - {id: q, label: 'Null', help: '~'}\n"
        "      - {id: choose, label: Sure?, type: choice, options: [Yes, No, 1.10, 0o7, 2026-11-01], required: true}\n"
        "      - {id: team, label: Team, type: choice, options: teams}\n"
        "      - {id: more, label: More, type: area}\n",
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    loaded = load_folder(tmp_path)
    assert not loaded.findings
    return Handbook(loaded)


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_issue_form_means_the_same_in_both_yamls(handbook, version):
    """GitHub reads YAML 1.1, where `No` without quotation marks is false."""
    [artifact] = github.write_issue_forms(handbook)
    assert artifact.path == ".github/ISSUE_TEMPLATE/ask.yml"
    yaml = YAML(typ="safe", pure=True)
    yaml.version = version
    data = yaml.load(io.BytesIO(artifact.data))
    assert data["name"] == "yes: or no?"
    assert data["description"] == "# hash"
    assert data["title"] == "Ask: "
    assert data["labels"] == ["on", "content"]
    heading, text, choose, team, area = data["body"]
    assert heading == {"type": "markdown", "attributes": {"value": "# hash"}}
    assert text == {
        "type": "input", "id": "q", "attributes": {"label": "Null", "description": "~"},
        "validations": {"required": False},
    }  # fmt: skip
    assert choose["attributes"]["options"] == ["Yes", "No", "1.10", "0o7", "2026-11-01"]
    assert choose["validations"] == {"required": True}
    assert team["attributes"]["options"] == ["No", "24:60"]
    assert area["type"] == "textarea"


def test_fields_of_the_issue_form_are_those_of_the_link(handbook):
    [artifact] = github.write_issue_forms(handbook)
    body = YAML(typ="safe", pure=True).load(io.BytesIO(artifact.data))["body"]
    record = handbook.find_record("forms", "ask")
    assert [field["id"] for field in body[1:]] == [question.id for question in record.questions]


def test_codeowners(handbook):
    [artifact] = github.write_codeowners(handbook)
    assert artifact.path == ".github/CODEOWNERS"
    assert artifact.data.decode().splitlines()[1:] == ["/content/forms.yaml @acme/no"]
