"""The matcher: against a regular expression, against its twin in JavaScript, and against itself."""

from __future__ import annotations

import atexit
import functools
import json
import re
import shutil
import subprocess
import unicodedata
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from fuzz.shape import ROOT, TODAY
from onevoice.exchange import javascript
from onevoice.lint import fix, terms
from onevoice.matcher import store
from onevoice.matcher.compile import CompiledTerms, compile_terms, dump_compiled_terms, load_compiled_terms
from onevoice.matcher.matcher import Context, Matcher
from onevoice.prose import text as plain
from onevoice.records.term import Term

# Between the words and the text.
SPLIT = "\x1d"
WORDS = ("lead", "lead gen", "gen", "e mail", "gap pad", "thermal gap pad", "sign up", "up", "MQL", "e-mail", "C++")
WORDS += (
    ".NET",
    "straße",
    "İstanbul",
    "ﬁrst",
    "東京",
    "고객",
    "buyer's journey",
    "x_y",
    "a.k.a.",
    "iPhone",
    "web site",
)
SIGNS = [
    *WORDS, "leads", "LEAD", "Sign\nup", "\u00ad", "\u0301", "\u2011", "\u00a0", "’", "'s", "“", "”", '"', "„", "«",
    "»", "`", "https://", "x@", "@", "#", "/", ".", "…", "? ", "! ", " a ", " an ", "A ", "the ", "\n\n", "\r\n", "\t",
    "\ufeff", "\u2028", "\x85", "\x1c", "\ufffc", "\U0001d518", "🙂", "ß", "ẞ", "ı", "ŉ", "ΐ", "σ", "ς", "Σ", "各", "ก",
    SPLIT,
]  # fmt: skip
_KINDS = ("paragraph", "heading", "title", "item", "cell", "alt")
_SIMPLE = re.compile(r"[a-z]+(?: [a-z]+)*")
_SIMPLE_TEXT = re.compile(r"[a-zA-Z ,\n]*")


def list_seeds() -> list[bytes]:
    """Avoided words as lines (`=` before a name, `<` before an abbreviation), SPLIT, and a text."""
    drafts = (
        "lead\nlead gen\nsign up{}A lead gen, sign\nup. Leads! “lead” https://lead.com/lead-gen",
        "=iPhone\n<MQL\ne-mail\nstraße{}An e-mail, iphone; an MQL (marketing lead) Straße STRASSE e‑mail",
        "東京\n고객\nİstanbul\nﬁrst\nC++\n.NET{}在東京 고객이 istanbul first c++ .net ΐ",
        "thermal gap pad\ngap pad\npad{}thermal gap pads\ngap pad, thermal gap thermal gap pad",
    )
    return [bytes([3, number]) + draft.format(SPLIT).encode() for number, draft in enumerate(drafts)]


def check(data: bytes) -> None:
    """Raises for a fault."""
    flags, kind = (*data[:2], 0, 0)[:2]
    vocabulary, _, text = data[2:].decode("utf-8", "replace").partition(SPLIT)
    records = make_terms(vocabulary.split("\n")[:8], verbs=bool(flags & 1))
    compiled = compile_terms(records)
    matcher, context = Matcher(compiled), Context(TODAY)
    scene = {"kind": _KINDS[kind % len(_KINDS)], "quoted": bool(kind & 128)}
    hits = matcher.find_hits(text, document=context, **scene)
    end = 0
    for hit in hits:
        assert end <= hit.start < hit.end <= len(text), "a hit is out of order, or not in the text"
        end = hit.end
    for found in (hits, matcher.find_mentions(text)):
        assert {hit.term for hit in found} <= {record.id for record in records}
    assert not hits or [block.number for block in matcher.blocks_to_check([text])] == [0], "the quick look misses a hit"
    assert {hit.term for hit in matcher.find_mentions(text)} <= matcher.mentioned_terms(text), "a mention is missed"
    assert Matcher(keep(compiled)).find_hits(text, document=context, **scene) == hits, "kept in parts, it differs"
    check_expression(records, text, [(hit.start, hit.end) for hit in hits], **scene)
    check_twin(compiled, matcher, text, hits, scene)
    check_fix(matcher, text)


def make_terms(lines: list[str], verbs: bool) -> list[Term]:
    """Terms from lines, as far as lines are words."""
    records = []
    for number, line in enumerate(lines):
        fields: dict[str, Any] = {"id": f"t{number}", "preferred": f"right{number}", "definition": "d"}
        fields |= {"part_of_speech": "verb"} if verbs else {}
        if line[:1] == "=":
            fields |= {"preferred": line[1:], "case": "exact"}
        elif line[:1] == "<":
            fields |= {"abbreviation": line[1:], "expand_first": True}
        else:
            fields["avoid"] = [line]
        try:
            records.append(Term.model_validate(fields))
        except ValidationError:
            continue
    return records


def keep(compiled: CompiledTerms) -> CompiledTerms:
    """The terms from a cache, in as many parts as can be."""
    whole, store.MAX_UNSPLIT_WORDS = store.MAX_UNSPLIT_WORDS, 0
    try:
        return load_compiled_terms(dump_compiled_terms(compiled))
    finally:
        store.MAX_UNSPLIT_WORDS = whole


def check_expression(records: list[Term], text: str, spans: list[tuple[int, int]], kind: str, quoted: bool) -> None:
    """For plain words in plain text, the longest alternation of a regular expression from the left says the same."""
    words = [avoid.term for record in records for avoid in record.avoid]
    is_plain = _SIMPLE_TEXT.fullmatch(text) and all(map(_SIMPLE.fullmatch, words)) and len(words) == len(records)
    if not words or not is_plain or quoted or any(record.part_of_speech != "verb" for record in records):
        return
    ordered = sorted(words, key=len, reverse=True)
    slow = re.compile("|".join(rf"\b{word}\b".replace(" ", r"\s+") for word in ordered), re.I)
    expected = [match.span() for match in slow.finditer(text)]
    if not any(record.preferred.lower() in text.lower() for record in records):
        assert spans == expected, f"a regular expression finds {expected}, not {spans}"


def check_twin(compiled: CompiledTerms, matcher: Matcher, text: str, hits: list[Any], scene: dict[str, Any]) -> None:
    """The matcher in JavaScript finds the same. It knows other characters if its Unicode is another one."""
    twin = start_twin()
    if twin is None or not all(map(_is_known, text)):
        return
    question = {
        "terms": javascript.build_terms_data(compiled, english=True),
        "blocks": [{"text": text, "links": [], "quotes": [], "day": TODAY.isoformat(), **scene}],
    }
    question["blocks"][0] |= {"audiences": [], "channels": []}
    assert twin.stdin is not None and twin.stdout is not None
    twin.stdin.write(json.dumps(question) + "\n")
    twin.stdin.flush()
    (answer,) = json.loads(twin.stdout.readline())
    expected = [
        [_count_units(text, hit.start), _count_units(text, hit.end), hit.term, hit.category, hit.variant, hit.level,
         list(hit.replacements), hit.reason, hit.is_spelled_out]
        for hit in hits
    ]  # fmt: skip
    assert answer == expected, f"JavaScript finds {answer}, not {expected}"


def _count_units(text: str, offset: int) -> int:
    return len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2


@functools.cache
def _is_known(char: str) -> bool:
    # Characters that were small letters in some versions of Unicode and not in others.
    return unicodedata.category(char) not in ("Cn", "Cs", "Co") and char not in "\u0295\u10fc\ua7f2\ua7f3\ua7f4\uab69"


@functools.cache
def start_twin() -> subprocess.Popen[str] | None:
    """A process that answers questions, a line each; None if there is no Node.js."""
    node = shutil.which("node")
    if node is None:
        return None
    command = [node, str(Path(__file__).parents[1] / "twin.mjs"), str(ROOT / "scripts/onevoice")]
    twin = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")
    atexit.register(twin.kill)
    return twin


def check_fix(matcher: Matcher, text: str) -> None:
    """A text that was fixed needs no fix."""
    text = text.removeprefix("\ufeff")

    def find(prose: Any) -> list[Any]:
        return terms.find_issues(prose, matcher, TODAY)

    fixed = fix.fix_prose(plain.read("a.txt", text), find)
    assert fix.fix_prose(plain.read("a.txt", fixed), find) == fixed, f"fixed twice, it differs: {fixed!r}"
