"""Every avoided word is tested; one that is never flagged, or a correct name that is, is reported at its line."""

import datetime

import pytest
from click.testing import CliRunner

from onevoice.commands import cli
from onevoice.handbook.handbook import Handbook
from onevoice.lint import selftest
from onevoice.load.folder import load_folder
from onevoice.matcher.compile import compile_terms
from onevoice.matcher.matcher import Matcher

TODAY = datetime.date(2026, 11, 22)


def handbook(folder, terms: str) -> Handbook:
    (folder / "terminology").mkdir()
    (folder / "terminology" / "terms.yaml").write_text(f"terms:\n{terms}", "utf-8")
    return Handbook(load_folder(folder))


def term(id: str, preferred: str, **fields) -> str:
    rest = "".join(f", {name.rstrip('_')}: {value}" for name, value in fields.items())
    return f"  - {{id: {id}, preferred: {preferred}, definition: d{rest}}}\n"


def unproven(folder, terms: str) -> list[tuple[int, str]]:
    book = handbook(folder, terms)
    return [
        (one.span.line, one.message)
        for one in selftest.run_selftest(book, Matcher(compile_terms(book.list_approved("terms"))), TODAY)
    ]


@pytest.mark.parametrize(
    ("terms", "line", "said"),
    [
        pytest.param(
            term("pad", "tablet", avoid="[pad]") + term("sheet", "sheet", avoid="[note]", except_="[pad]"),
            2,
            '"pad" is never flagged in a plain sentence: "pad" of the term `sheet`, which is allowed, matches first.',
            id="an-exception-says-the-same",
        ),
        pytest.param(
            term("crate", "crate", avoid="[box]") + term("case", "case", avoid="[boxes]"),
            3,
            '"boxes" is never flagged in a plain sentence: "box" of the term `crate` matches first.',
            id="the-plural-of-another",
        ),
        pytest.param(
            term("yes", "yes", avoid="['“aye”']"),
            2,
            '"“aye”" is not flagged in a plain sentence: "We say “aye” here."',
            id="words-in-quotation-marks",
        ),
        pytest.param(
            term("a", "acme", avoid="[apex]") + term("b", "Acme", case="exact", allowed="[]", except_="[acme]"),
            3,
            '"Acme" is never flagged when capitalized wrongly: "acme" of the term `b`, which is allowed, matches',
            id="a-name-that-may-be-written-in-any-way",
        ),
        pytest.param(
            term("crm", "CRM", avoid="[{term: the system, use: [our customer list]}]")
            + term("client", "client", avoid="[customer list of]"),
            None,
            "",
            id="fine",
        ),
        pytest.param(
            term("a", "datum", avoid="[{term: numbers, use: [number]}]") + term("b", "number", avoid="[digit]"),
            3,
            '"digit" is replaced by "numbers", and the term `a` flags "numbers" in that.',
            id="a-replacement-whose-plural-is-avoided",
        ),
    ],
)
def test_each_word_is_tried(tmp_path, terms, line, said):
    found = unproven(tmp_path, terms)
    assert [place for place, _ in found[:1]] == ([line] if line else [])
    assert not found or found[0][1].startswith(said)


FINE = [
    term("a", "lead", avoid="[{term: Lead}, LEAD]"),
    term("a", "iPhone", case="exact", avoid="[i-phone, Iphone]"),
    term("a", "customer journey", avoid='["buyer\'s journey", {term: sales path, unless: [heading, link, quote]}]'),
    term("a", "use", part_of_speech="verb", avoid="[{term: utilize, forms: {utilized: used, utilizes: uses}}]"),
    term("a", "register", avoid="[{term: sign up, use: [sign up for, register]}]"),
    term("a", "plain words", avoid="[{term: very, remove: true}, {term: 24/7, use: all day}, C++, .NET, R&D, a.k.a.]"),
    term("a", "客户", avoid="[顾客, ลูกค้า, клиент]"),
    term("a", "web page", avoid="[{term: old page, since: 2030-01-01}, {term: site, audiences: [customers]}]"),
    term("a", "datum", avoid="[{term: figure, use: [number]}]") + term("b", "number", avoid="[digit]"),
    term("a", "key result", abbreviation="KR", expand_first="true", avoid="[main result]"),
    term("a", "e-mail", avoid="[email, e–mail, electronic mail, m'mail]"),
    term("a", "on", avoid="['no', 'it''s', that]"),
    term("a", "email", allowed="[e-mail]", avoid="[E-mail, E-Mail]"),
    term("a", "kilowatt", abbreviation="kW", allowed="[kW meter]", avoid="[KW, Kw]"),
    term(
        "a", "Northlight Solar", part_of_speech="proper noun", avoid="[NorthLight]", except_="[Northlight Foundation]"
    ),
    term("a", "KPI", case="exact") + term("b", "goal", allowed="[joint KPI, the kpi of old]", avoid="[aim]"),
]


@pytest.mark.parametrize("terms", FINE)
def test_what_is_fine_is_proven(tmp_path, terms):
    assert unproven(tmp_path, terms) == []


def test_check_stops_at_what_is_unproven(tmp_path, monkeypatch):
    monkeypatch.setenv("ONEVOICE_CACHE", str(tmp_path / "cache"))
    handbook(tmp_path, term("crate", "crate", avoid="[box]") + term("case", "case", avoid="[boxes]"))
    for _ in range(2):  # what failed is not remembered as proven
        result = CliRunner().invoke(cli, ["check", "--handbook", str(tmp_path)], standalone_mode=False)
        assert result.return_value == 2
        assert "terminology/terms.yaml:3:" in result.output and "[unproven]" in result.output


def test_check_remembers_what_it_has_proven(tmp_path, monkeypatch):
    monkeypatch.setenv("ONEVOICE_CACHE", str(tmp_path / "cache"))
    handbook(tmp_path, term("crate", "crate", avoid="[box]"))
    ask = ["check", "--handbook", str(tmp_path)]
    assert CliRunner().invoke(cli, ask, standalone_mode=False).return_value == 0
    monkeypatch.setattr(selftest, "run_selftest", lambda *_: pytest.fail("tried again"))
    assert CliRunner().invoke(cli, ask, standalone_mode=False).return_value == 0
    (tmp_path / "terminology" / "more.yaml").write_text("terms:\n" + term("case", "case", avoid="[boxes]"))
    with pytest.raises(pytest.fail.Exception):
        CliRunner().invoke(cli, ask, standalone_mode=False, catch_exceptions=False)


@pytest.mark.parametrize("terms", FINE)
def test_vale_agrees(vale, tmp_path, monkeypatch, terms):
    monkeypatch.setenv("ONEVOICE_VALE", str(vale.path))
    monkeypatch.setenv("ONEVOICE_CACHE", str(tmp_path / "cache"))
    handbook(tmp_path, terms)
    result = CliRunner().invoke(cli, ["check", "--vale", "--handbook", str(tmp_path)], standalone_mode=False)
    assert result.return_value == 0, result.output
    assert "sentences" in result.output or "since" in terms


def test_without_vale_nothing_is_said_to_be_proven(tmp_path, monkeypatch):
    monkeypatch.setenv("ONEVOICE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("ONEVOICE_VALE", str(tmp_path / "none"))
    monkeypatch.setenv("PATH", "")
    handbook(tmp_path, FINE[0])
    result = CliRunner().invoke(cli, ["check", "--vale", "--handbook", str(tmp_path)], standalone_mode=False)
    assert result.return_value != 0
