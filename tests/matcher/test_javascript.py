"""The matcher of the page that checks drafts (matcher.js) says what the one in Python says."""

from __future__ import annotations

import datetime
import json
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest
from ruamel.yaml import YAML

import drafts
from conftest import absent
from onevoice.exchange import javascript
from onevoice.lint import fix, terms
from onevoice.load.folder import load_folder
from onevoice.matcher import casing, characters
from onevoice.matcher.compile import compile_terms
from onevoice.matcher.fold import make_match_key
from onevoice.matcher.language import is_english
from onevoice.matcher.matcher import Context, Matcher
from onevoice.matcher.plural import make_plural
from onevoice.prose import text
from onevoice.prose.read import read_prose, resolve_reader
from onevoice.records.brand import Words
from onevoice.records.term import Term

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
MODULES = ROOT / "scripts/onevoice"
CORPORA = ROOT.parent / "shared/data/corpora"
DAY = "2026-11-22"
CASES = tuple(path.name for path in sorted((HERE.parent / "cases").glob("*.yaml")) if path.name != "broken.yaml")
# Characters that this Python's Unicode knows, as newer browsers know more, without those that were small letters in
# some versions and not in others.
WAVERING = "\u0295\u10fc\ua7f2\ua7f3\ua7f4\uab69"
KNOWN = (chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) not in ("Cn", "Cs", "Co"))
CHARACTERS = [char for char in KNOWN if char not in WAVERING]
FACTS = {
    "foldCase": str.casefold,
    "makePlural": make_plural,
    "isUnspaced": characters.is_unspaced,
    "isMark": characters.is_mark,
    "isWordChar": characters.is_word_char,
    "isSpace": str.isspace,
    "isAlnum": str.isalnum,
    "isAlpha": str.isalpha,
    "isDecimal": str.isdecimal,
    "isLower": str.islower,
    "isUpper": str.isupper,
}


class Handbook:
    """Terms, and the blocks and texts on which both matchers are asked."""

    def __init__(
        self,
        records: list[Term],
        blocks: list,
        texts: list[str],
        day: str = DAY,
        meta: dict | None = None,
        language: str = "en",
    ):
        self.compiled = compile_terms(records, language)
        self.matcher = Matcher(self.compiled)
        self.blocks, self.texts, self.day, self.meta = (
            blocks,
            [one.removeprefix("\ufeff") for one in texts],
            day,
            meta or {},
        )
        self.context = Context.from_meta(self.meta, datetime.date.fromisoformat(day))

    def question(self) -> dict:
        document = {
            "day": self.day,
            "audiences": sorted(self.context.audiences),
            "channels": sorted(self.context.channels),
            "language": self.context.language,
        }
        return {
            "terms": javascript.build_terms_data(self.compiled, english=is_english(self.compiled.language)),
            "blocks": [document | _block(block) for block in self.blocks],
            "texts": [document | {"text": text} for text in self.texts],
        }

    def hits(self, block) -> list:
        place = _places(block.text)
        found = self.matcher.find_hits(
            block.text,
            document=self.context,
            kind=block.kind,
            quoted=block.quoted,
            links=block.links,
            quotes=block.quotes,
        )
        return [
            [place(hit.start), place(hit.end), hit.term, hit.category, hit.variant, hit.level, list(hit.replacements),
             hit.reason, hit.is_spelled_out]
            for hit in found
        ]  # fmt: skip

    def draft(self, source: str) -> dict:
        def find(prose):
            return terms.find_issues(prose, self.matcher, self.context.today)

        # Plain text has no front matter: the page asks whom it is for.
        read = text.read("draft.txt", source)
        prose = _with(read, self.meta)
        place = _places(prose.source)
        issues = []
        for issue in find(prose):
            block, finding = prose.blocks[issue.block], issue.finding
            start, end = block.map_to_source(issue.start, issue.end)
            issues.append(
                [place(start), place(end), issue.hit.term, finding.level, finding.match, finding.message,
                 list(finding.replacements), finding.reason, issue.replacement is not None]
            )  # fmt: skip
        english = is_english(self.context.language or self.compiled.language)
        fixed = fix.fix_prose(read, lambda changed: find(_with(changed, self.meta)), english=english)
        return {"issues": issues, "fixed": fixed}


def _with(prose, meta: dict):
    return type(prose)(prose.path, prose.source, prose.blocks, meta)


def _block(block) -> dict:
    units = _places(block.text)
    ranges = {name: [(units(start), units(end)) for start, end in getattr(block, name)] for name in ("links", "quotes")}
    return {"text": block.text, "kind": block.kind, "quoted": block.quoted, **ranges}


def _places(text: str):
    """Offsets in characters as offsets in UTF-16."""
    if text.isascii() or max(text) < "\U00010000":
        return lambda offset: offset
    return lambda offset: len(text[:offset].encode("utf-16-le")) // 2


def cases() -> list[Handbook]:
    """Every case of the contract and of ours: the blocks of its document, and the document as plain text."""
    found = []
    for name in CASES:
        for case in YAML(typ="safe").load((HERE.parent / "cases" / name).read_text(encoding="utf-8")):
            if "text" not in case:
                continue
            path = case.get("name", "page.md")
            prose = resolve_reader(path)(path, case["text"])
            records = [Term.model_validate(term) for term in case["terms"]]
            texts = [case["text"], *(block.text for block in prose.blocks)]
            found.append(Handbook(records, list(prose.blocks), texts, str(case.get("today", DAY)), prose.meta))
    return found


def own() -> list[Term]:
    """The terms of the repository's own handbook."""
    records = (record for record, _ in load_folder(ROOT).records)
    return [record for record in records if record.KIND == "terms" and record.status == "approved"]


def generated() -> list[Handbook]:
    """300 drafts made from the terms of the cases, all in one handbook as far as they go together, and of our own."""
    several: dict[str, Term] = {}
    taken: set[str] = set()
    for name in CASES:
        for case in YAML(typ="safe").load((HERE.parent / "cases" / name).read_text(encoding="utf-8")):
            for term in case["terms"] if "text" in case else ():
                record = Term.model_validate(term)
                named = {make_match_key(word) for word in drafts.words([record])[13:]}
                if record.id not in several and not named & taken:
                    several[record.id] = record
                    taken |= named
    ours = own()
    return [
        Handbook(list(several.values()), [], list(drafts.make(several.values(), 130))),
        Handbook(list(several.values()), [], list(drafts.make(several.values(), 50, 2)), "2026-01-01", AUDIENCE),
        Handbook(ours, [], list(drafts.make(ours, 60, 3))),
        Handbook(ODD, [], list(drafts.make(ODD, 60, 4))),
        Handbook(FOLDED, [], [text.replace("i", letter) for letter in "iIİı" for text in CASELESS]),
    ]


def tongues() -> list[Handbook]:
    """Drafts in several languages, made from the terms of a German handbook."""
    texts = list(drafts.make(GERMAN, 60, 5))
    texts += [
        "Des Auftraggebers Auftraggeber’s, Meetings, Pain Point. a huddle, two huddles, the huddle's end.",
        "## Der Pain Point\n\nFERRYWELL, Ferry Wells und Ferry Well's; KPIs, KPI, gross, grosses Krankenhaus.",
    ]
    blocks = [block for one in texts for block in text.read("draft.txt", one).blocks]
    metas: tuple[dict, ...] = ({}, {"lang": "en"}, {"lang": "de-CH"}, {"lang": "fr"})
    return [Handbook(GERMAN, blocks, texts, meta=meta, language="de") for meta in metas]


AUDIENCE = {"audience": ["Customers"], "channel": "web"}


def corpora() -> list[Handbook]:
    """Documents of other companies, where they are on this machine: their blocks, and each as plain text."""
    paths = sorted(path for path in CORPORA.rglob("*.md") if path.is_file())
    documents = []
    for path in paths:
        try:
            documents.append(read_prose(path.as_posix(), path.read_bytes()))
        except Exception:
            continue
    blocks = [block for prose in documents for block in prose.blocks]
    return [Handbook(own() + COMMON, blocks, [prose.source for prose in documents[:300]])]


# What few terms ask for: letters that join, a replacement that is what stands there, one that would become a quotation.
ODD = [
    Term.model_validate({"definition": "d", **fields})
    for fields in (
        {"id": "o", "preferred": "고객", "avoid": ["각", "문서"]},
        {"id": "p", "preferred": "site", "avoid": [{"term": "Web site", "use": ["page", "web site"]}]},
        {"id": "q", "preferred": "answer", "avoid": [{"term": "reply", "use": ["> reply"]}]},
        {"id": "r", "preferred": "straße", "case": "exact", "allowed": ["Gasse"], "avoid": ["İstanbul", "ﬁrst"]},
    )
]

GERMAN = [
    Term.model_validate({"definition": "d", **fields}).take_words(Words(), "de")
    for fields in (
        {"id": "k", "preferred": "Kunde", "avoid": [{"term": "Auftraggeber", "forms": {"Auftraggebers": "Kunden"}}]},
        {"id": "g", "preferred": "groß", "avoid": ["gross"]},
        {"id": "m", "preferred": "Treffen", "avoid": ["Meeting"], "names": {"en": {"preferred": "event", "avoid": [
            "huddle"]}}},
        {"id": "f", "preferred": "Ferrywell", "case": "exact", "avoid": ["Ferry Well"]},
        {"id": "z", "preferred": "Kennzahl", "abbreviation": "KPI", "expand_first": True},
        {"id": "s", "preferred": "Spital", "language": "de-CH", "fix": "auto", "avoid": ["Krankenhaus"]},
        {"id": "p", "preferred": "wunder punkt", "avoid": ["pain point"]},
    )
]  # fmt: skip

# Where case is ignored, with an `i` that Python and JavaScript do not take for the same letters.
CASELESS = (
    "See i://,x/webby and mailto:,webby.", "This webby, their webby, its webby, his webby.",
    "C'est l'zwei, l'drei.",
)  # fmt: skip
FOLDED = [
    Term.model_validate({"definition": "d", **fields})
    for fields in (
        {"id": "a", "preferred": "the portal", "avoid": ["webby"]},
        {"id": "b", "preferred": "İki", "avoid": ["zwei"]},
        {"id": "c", "preferred": "ıki", "avoid": ["drei"]},
        {"id": "d", "preferred": "plain", "avoid": [{"term": "very", "remove": True}]},
    )
]

# Words that every text has, so that the corpora have findings.
COMMON = [
    Term.model_validate({"definition": "d", **fields})
    for fields in (
        {"id": "u", "preferred": "use", "part_of_speech": "verb", "avoid": [{"term": "do", "forms": {"done": "used"}}]},
        {"id": "v", "preferred": "sites", "avoid": ["website", "web site", {"term": "page", "use": ["sheet", "leaf"]}]},
        {"id": "w", "preferred": "Federal Agency", "case": "exact", "avoid": ["agency", "government"]},
        {"id": "y", "preferred": "plain", "avoid": [{"term": "very", "remove": True}, {"term": "the", "remove": True}]},
        {"id": "z", "preferred": "application interface", "abbreviation": "API", "expand_first": True},
        {"id": "n", "preferred": "facts", "avoid": [{"term": "information", "never_near": ["public", "web site"]}]},
        {"id": "m", "preferred": "help", "only_near": ["agency", "digital"], "avoid": ["service", "program"]},
        {"id": "t", "preferred": "people", "avoid": [{"term": "user", "unless": ["heading", "link"], "why": "W"}]},
    )
]  # fmt: skip


@pytest.fixture(scope="module")
def told() -> dict:
    """Every handbook by its name, with what Node.js says: one run for all tests."""
    node = shutil.which("node")
    if node is None:
        absent("Node.js")
    asked = {"cases": cases(), "generated": generated(), "corpora": corpora(), "tongues": tongues()}
    flat = [handbook for handbooks in asked.values() for handbook in handbooks]
    question = json.dumps({"handbooks": [handbook.question() for handbook in flat], "characters": CHARACTERS})
    command = [node, str(HERE / "agree.mjs"), str(MODULES)]
    run = subprocess.run(command, input=question, capture_output=True, encoding="utf-8", timeout=600)
    assert run.returncode == 0, run.stderr
    answer = json.loads(run.stdout)
    answers = iter(answer["handbooks"])
    pairs = {name: [(handbook, next(answers)) for handbook in handbooks] for name, handbooks in asked.items()}
    return pairs | {"characters": answer["characters"], "minor": answer["minor"]}


@pytest.mark.parametrize("name", ["cases", "generated", "corpora", "tongues"])
def test_both_find_the_same(told, name):
    if name == "corpora" and not CORPORA.is_dir():
        pytest.skip("the corpora are not on this machine")
    findings = 0
    for handbook, answer in told[name]:
        for block, hits in zip(handbook.blocks, answer["blocks"], strict=True):
            assert hits == handbook.hits(block), block.text
            findings += len(hits)
        for source, draft in zip(handbook.texts, answer["texts"], strict=True):
            assert draft == handbook.draft(source), source
            findings += len(draft["issues"])
    assert findings > 400


@pytest.mark.parametrize("name", FACTS)
def test_both_know_the_same_of_every_character(told, name):
    wrong = {
        char: (mine, theirs)
        for char, theirs in zip(CHARACTERS, told["characters"][name], strict=True)
        if (mine := FACTS[name](char)) != theirs
    }
    assert wrong == {}


def test_both_keep_the_same_words_small_in_titles(told):
    assert list(map(set, told["minor"])) == [casing.MINOR_WORDS, casing.SOMETIMES_MINOR_WORDS]


def test_a_browser_gets_what_a_finding_needs_and_no_more():
    fields = {"id": "a", "preferred": "alpha", "definition": "d", "part_of_speech": "verb", "allowed": ["other"]}
    (made,) = javascript.write(
        compile_terms([Term.model_validate({**fields, "avoid": [{"term": "beta", "forms": {"bet": "alp"}}]})]),
        english=False,
    )
    assert made.path == "docs/assets/check/terms.js"
    assert json.loads(made.data.removeprefix(b"window.onevoiceTerms = ").removesuffix(b";\n")) == {
        "english": False,
        "roles": ["avoid", "name", "preferred", "allowed", "abbreviation", "except", "use"],
        "terms": [["a", [0, ["beta", ["bet", "alp"]], {"use": ["alpha"], "unless": ["quote"]}]]],
    }
