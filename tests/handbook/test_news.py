"""News in sentences: at most three a week, what matters most first, and no raw records."""

import datetime

import pytest

from onevoice.handbook.handbook import Handbook
from onevoice.handbook.news import summarize_news, tell_opening
from onevoice.history import tell
from onevoice.load.folder import load_folder
from repository import Repository

TODAY = datetime.date(2026, 11, 22)
BRAND = "brand:\n  name: Acme\n"
PROOF = "{{id: {0}, title: {0}, claim: c, standing: {1}, say: s, basis: b, source: s}}"
ASSET = "{{id: {0}, title: The {0}, summary: s, type: {1}, job: sales, use_when: u, url: /u/, personas: p, stages: s}}"
LOGO = "{{name: Primary, file: identity/logo.svg, alt: {}, use: u}}"


def terms(*rows: str) -> str:
    made = [
        f"  - {{id: {one.split()[0]}, preferred: {one.split()[0]}, definition: d{one[len(one.split()[0]) :]}}}"
        for one in rows
    ]
    return "terms:\n" + "\n".join(made) + "\n"


def proofs(*rows: tuple[str, str]) -> str:
    return "proof:\n" + "".join(f"  - {PROOF.format(*row)}\n" for row in rows)


def assets(*rows: tuple[str, str]) -> str:
    return "assets:\n" + "".join(f"  - {ASSET.format(*row)}\n" for row in rows)


def identity(alt: str) -> str:
    color = '{name: Ink, hex: "#000000", use: u}'
    return f"identity:\n  logos: [{LOGO.format(alt)}]\n  colors: [{color}]\n"


# What a week's commit changes, and the sentences that tell it.
WEEKS = {
    "one word to stop": (
        {"terminology/t.yaml": terms("lead")},
        {"terminology/t.yaml": terms("lead , avoid: [hot lead]")},
        ["Stop saying “hot lead”; say “lead”."],
    ),
    "two words to stop": (
        {"terminology/t.yaml": terms("lead", "deal")},
        {"terminology/t.yaml": terms("lead , avoid: [hot lead]", "deal , avoid: [{term: logo, remove: true}]")},
        ["Stop saying “logo” (leave it out) and “hot lead” (say “lead”)."],
    ),
    "many words to stop": (
        {"terminology/t.yaml": terms("lead")},
        {"terminology/t.yaml": terms("lead , avoid: [a1, a2, a3, a4, a5]")},
        ["Stop saying “a1” (say “lead”), “a2” (say “lead”), “a3” (say “lead”) and 2 more words."],
    ),
    "a claim withdrawn": (
        {"content/proof.yaml": proofs(("speed", "usable"), ("price", "usable"))},
        {"content/proof.yaml": proofs(("speed", "disputed"), ("price", "usable"))},
        ["Don’t use the claim “speed” anymore."],
    ),
    "claims withdrawn": (
        {"content/proof.yaml": proofs(("speed", "usable"), ("price", "usable"))},
        {"content/proof.yaml": proofs(("speed", "expired"))},
        ["Don’t use these claims anymore: “price” and “speed”."],
    ),
    "content, and what is for us": (
        {"content/assets.yaml": assets(("old", "guide"))},
        {"content/assets.yaml": assets(("old", "guide"), ("new", "guide"), ("card", "battle card"))},
        ["New to send: “The new”.", "New for the call: “The card”."],
    ),
    "no raw record": (
        {"content/identity.yaml": identity("a"), "content/identity/logo.svg": "<svg/>"},
        {"content/identity.yaml": identity("b")},
        ["Updated: “identity”."],
    ),
    "many new words": (
        {"terminology/t.yaml": terms("lead")},
        {"terminology/t.yaml": terms("lead", *(f"w{number}" for number in range(9)))},
        ["New in the glossary: “w0”, “w1”, “w2” and 6 more."],
    ),
    "more than three things": (
        {"terminology/t.yaml": terms("lead"), "content/proof.yaml": proofs(("speed", "usable"))},
        {
            "terminology/t.yaml": terms("lead , avoid: [hot lead]", "deal"),
            "content/proof.yaml": proofs(("speed", "disputed")),
            "content/assets.yaml": assets(("new", "guide")),
        },
        ["Stop saying “hot lead”; say “lead”.", "Don’t use the claim “speed” anymore.", "New to send: “The new”."],
    ),
}


def history(made: Repository):
    return tell.load_recent_history(made.folder, Handbook(load_folder(made.folder)), TODAY)


@pytest.mark.parametrize("case", WEEKS)
def test_a_week_in_sentences(tmp_path, case):
    before, after, sentences = WEEKS[case]
    made = Repository(tmp_path)
    made.commit("2026-11-02", {"content/brand.yaml": BRAND, **before})
    made.commit("2026-11-17", after)
    news = history(made).news
    assert [sentence.text for sentence in summarize_news(news)] == sentences
    paths = {path for sentence in summarize_news(news) for _, path in sentence.parts if path}
    assert paths <= {item.path for item in news} and (paths or case == "claims withdrawn")
    assert "file:" not in "".join(line.full_text for item in news for line in item.lines)


def test_a_logo_changed(tmp_path):
    made = Repository(tmp_path)
    before, after, _ = WEEKS["no raw record"]
    made.commit("2026-11-02", {"content/brand.yaml": BRAND, **before})
    made.commit("2026-11-17", after)
    (item,) = history(made).news
    assert [line.sentence for line in item.lines] == ["The logo “Primary” changed."]


def test_mass_signatures_are_one_sentence(tmp_path):
    made = Repository(tmp_path)
    ids = [f"w{number}" for number in range(30)]
    made.commit("2026-11-02", {"content/brand.yaml": BRAND, "terminology/t.yaml": terms(*ids)})
    book = Handbook(load_folder(made.folder))
    from onevoice.handbook.signature import hash_meaning

    signs = {id: hash_meaning(book.find_record("terms", id)) for id in ids}
    both = "{{sales: {{date: 2026-11-17, of: {0}}}, marketing: {{date: 2026-11-17, of: {0}}}}}"
    signed = [f"{id} , signed: {both.format(repr(of))}" for id, of in signs.items()]
    made.commit("2026-11-17", {"terminology/t.yaml": terms(*signed)})
    assert [one.text for one in summarize_news(history(made).news)] == ["Sales and marketing signed 30 records."]


def test_all_of_the_first_day_is_the_opening(tmp_path):
    made = Repository(tmp_path)
    made.commit("2026-11-02", {"content/brand.yaml": BRAND, "terminology/t.yaml": terms("lead")})
    made.commit("2026-11-02", {"terminology/t.yaml": terms("lead", "deal", "call")})
    made.commit("2026-11-03", {"terminology/t.yaml": terms("lead", "deal", "call", "more")})
    told = history(made)
    assert tell_opening(told.beginning) == "The handbook opened on November 2, 2026 with 3 terms and 1 brand record."
    assert [item.label for item in told.news] == ["more"]


@pytest.mark.parametrize(("name", "is_other"), [("Umbra", True), ("Acme Inc.", False)])
def test_a_template_is_not_the_handbooks_own_history(tmp_path, name, is_other):
    made = Repository(tmp_path)
    made.commit("2026-11-02", {"content/brand.yaml": BRAND, "terminology/t.yaml": terms("lead", "deal")})
    made.commit("2026-11-04", {"terminology/t.yaml": terms("lead , note: theirs", "deal")})
    made.commit("2026-11-10", {"content/brand.yaml": BRAND.replace("Acme", name)})
    made.commit("2026-11-11", {"terminology/t.yaml": terms("lead , note: ours", "deal")})
    told = history(made)
    assert told.beginning[0] == datetime.date(2026, 11, 10 if is_other else 2)
    assert dict(told.beginning[1])["terms"] == 2
    assert [item.day.day for item in told.news if item.kind == "terms"] == [11] + [4] * (not is_other)
