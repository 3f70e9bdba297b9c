"""Words count in documents of their language, and only English words get English endings."""

import datetime

import pytest

from onevoice.exchange import javascript
from onevoice.lint import fix, terms
from onevoice.matcher.compile import compile_terms, dump_compiled_terms, gather_patterns, load_compiled_terms
from onevoice.matcher.language import counts_in, is_english, read_language
from onevoice.matcher.matcher import Matcher
from onevoice.prose.read import resolve_reader
from onevoice.records.brand import Words
from onevoice.records.term import Term
from onevoice.vale import write

TODAY = datetime.date(2026, 11, 29)


def terms_in(language, *records, words=None):
    words = words or Words()
    return [Term.model_validate({"definition": "d"} | one).take_words(words, language) for one in records]


GERMAN = terms_in(
    "de",
    {"id": "kunde", "preferred": "Kunde", "part_of_speech": "noun", "avoid": [
        {"term": "Auftraggeber", "forms": {"Auftraggebers": "Kunden", "Auftraggebern": "Kunden"}}]},
    {"id": "gross", "preferred": "groß", "avoid": ["gross"]},
    {"id": "team", "preferred": "Teambesprechung", "avoid": ["Meeting"],
     "names": {"en": {"preferred": "team meeting", "avoid": ["huddle"]}, "fr": "réunion d’équipe"}},
    {"id": "brand", "preferred": "Ferrywell", "case": "exact", "avoid": ["Ferry Well"]},
    {"id": "kpi", "preferred": "Kennzahl", "abbreviation": "KPI", "expand_first": True},
    {"id": "schweiz", "preferred": "Spital", "language": "de-CH", "avoid": ["Krankenhaus"]},
)  # fmt: skip


def matcher(records, language):
    return Matcher(load_compiled_terms(dump_compiled_terms(compile_terms(records, language))))


def read(text, language="", name="page.md"):
    front = f"---\nlang: {language}\n---\n\n" if language else ""
    return resolve_reader(name)(name, front + text), front


def found(text, language="", *, records=GERMAN, handbook="de", name="page.md"):
    prose, _ = read(text, language, name)
    issues = terms.find_issues(prose, matcher(records, handbook), TODAY)
    return [(issue.finding.match, *issue.finding.replacements) for issue in issues]


def fixed(text, language="", *, records=GERMAN, handbook="de"):
    prose, front = read(text, language)
    knows = matcher(records, handbook)
    english = is_english(read_language(prose.meta) or handbook)
    return fix.fix_prose(prose, lambda one: terms.find_issues(one, knows, TODAY), english=english).removeprefix(front)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("der Wunsch des Auftraggebers", [("Auftraggebers", "Kunden")]),
        ("Auftraggeber’s Wunsch", []),
        ("ein grosses Haus", []),
        ("ein gross geratenes Haus", [("gross", "groß")]),
        ("zwei Meetings", []),
        ("ein Meeting", [("Meeting", "Teambesprechung")]),
        ("die KPIs", []),
        ("die KPI", [("KPI", "Kennzahl (KPI)")]),
        ("das FERRYWELL-Team", []),
        ("bei FERRYWELL und Ferry Well", [("FERRYWELL", "Ferrywell"), ("Ferry Well", "Ferrywell")]),
        ("das Krankenhaus, a huddle", []),
    ],
)
def test_a_german_handbook_knows_exact_words_and_forms(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The Meeting was two huddles", [("huddles", "team meetings")]),
        ("en_GB", "the huddle’s end", [("huddle", "team meeting")]),
        ("fr", "Le Meeting, a huddle, chez FERRYWELL", [("FERRYWELL", "Ferrywell")]),
        ("de-CH", "Meeting im Krankenhaus", [("Meeting", "Teambesprechung"), ("Krankenhaus", "Spital")]),
        ("de", "Meeting im Krankenhaus", [("Meeting", "Teambesprechung")]),
        ("js", "ein Meeting", [("Meeting", "Teambesprechung")]),
        ("German", "ein Meeting", [("Meeting", "Teambesprechung")]),
    ],
)
def test_a_document_has_the_words_of_its_language(language, text, expected):
    assert found(text, language) == expected


@pytest.mark.parametrize(("language", "words"), [("en", ["huddle"]), ("de", ["Meeting"]), ("", ["Meeting"])])
def test_a_page_says_its_language(language, words):
    page = f'<html lang="{language}"><body><p>Meeting, huddle</p></body></html>'
    assert [match for match, *_ in found(page, name="page.html")] == words


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("der Wunsch des Auftraggebers", "der Wunsch des Kunden"),
        ("Ohne den Auftraggeber und das Meeting", "Ohne den Auftraggeber und das Meeting"),
        ("gross geraten, von Ferry Well", "groß geraten, von Ferrywell"),
    ],
)
def test_a_fix_writes_only_forms_names_and_spellings(text, after):
    assert fixed(text) == after


@pytest.mark.parametrize(
    "record",
    [{"fix": "auto", "avoid": ["Meeting"]}, {"avoid": [{"term": "Meeting", "fix": "auto"}]}, {"avoid": ["Meeting"]}],
)
def test_who_says_auto_gets_it(record):
    stated = Words() if "fix" in str(record) else Words(fix="auto")
    records = terms_in("de", {"id": "a", "preferred": "Treffen"} | record, words=stated)
    assert fixed("das Meeting", records=records) == "das Treffen"


def test_no_article_is_changed_but_english_ones():
    records = terms_in("de", {"id": "a", "preferred": "E-Auto", "fix": "auto", "avoid": ["Stromer"]})
    assert fixed("a Stromer", records=records) == "a E-Auto"
    names = terms_in("de", {"id": "a", "preferred": "Auto", "names": {"en": {"preferred": "e-car", "avoid": ["van"]}}})
    assert fixed("a van and vans", "en", records=names) == "an e-car and e-cars"


def test_an_english_handbook_leaves_other_documents_alone():
    records = terms_in("en", {"id": "a", "preferred": "email", "avoid": ["mail"], "names": {"fr": {
        "preferred": "courriel", "avoid": ["mail", "mails"]}}})  # fmt: skip
    assert found("two mails", records=records, handbook="en-US") == [("mails", "emails")]
    assert found("deux mails", "fr", records=records, handbook="en") == [("mails", "courriel")]
    assert found("zwei mails", "de", records=records, handbook="en") == []


def test_titles_are_english():
    records = terms_in("de", {"id": "a", "preferred": "wunder punkt", "avoid": ["pain point"]})
    assert found("## Der Pain Point", records=records) == [("Pain Point", "Wunder punkt")]


@pytest.mark.parametrize(
    ("words", "document", "handbook", "counts"),
    [
        ("", "", "de", True), ("", "de-CH", "de", True), ("", "en", "de", False), ("", "en-GB", "en-US", True),
        ("*", "fr", "de", True), ("fr", "fr-CA", "de", True), ("fr-CA", "fr", "de", False), ("fr", "", "de", False),
        ("en-US", "en", "en-US", True), ("de-CH", "", "de", False), ("de-CH", "", "de-CH", True),
    ],
)  # fmt: skip
def test_where_words_count(words, document, handbook, counts):
    assert counts_in(words, document, handbook) is counts


@pytest.mark.parametrize(
    ("meta", "tag"),
    [({"lang": "de_CH"}, "de-ch"), ({"language": "FR"}, "fr"), ({"lang": ["de"]}, ""), ({"language": "python"}, ""),
     ({"language": "js"}, ""), ({"lang": "", "language": "es"}, "es"), ({}, "")],
)  # fmt: skip
def test_the_language_of_front_matter(meta, tag):
    assert read_language(meta) == tag


def test_vale_gets_the_handbooks_own_language():
    rules = b"\n".join(one.data for one in write.write_brand_style(gather_patterns(GERMAN), today=TODAY)).decode()
    assert "Auftraggebers" in rules
    for absent in ("huddle", "Krankenhaus", "Meetings", "Kundes", "[sS]"):
        assert absent not in rules


def test_english_words_are_written_for_the_browser_as_before():
    records = terms_in("en", {"id": "a", "preferred": "alpha", "avoid": ["beta"]})
    data = javascript.build_terms_data(compile_terms(records), english=True)
    assert "language" not in str(data)
