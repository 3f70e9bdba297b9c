"""Code Quality reports as GitLab reads them: names, places, severities, and fingerprints that last."""

import json

import jsonschema

from onevoice.finding import Finding, Span
from onevoice.report import gitlab

# What GitLab's parser asks for: a fingerprint, a path and a line; of the severities it knows five.
SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string", "pattern": r"^\S[^\n]*$"},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "additionalProperties": False,
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\./)."},
                    "lines": {
                        "type": "object",
                        "required": ["begin", "end"],
                        "additionalProperties": False,
                        "properties": {name: {"type": "integer", "minimum": 1} for name in ("begin", "end")},
                    },
                },
            },
        },
    },
}


def finding(line=3, level="error", path="docs/a.md", match="utilize", **more):
    more = {"message": f'Say "use", not "{match}".', "fingerprint": "5e27", **more}
    return Finding("Brand.use", level, path, Span(line, 4, line, 11), match, **more)


def render(*findings):
    issues = json.loads(gitlab.render(findings))
    jsonschema.validate(issues, SCHEMA)
    return issues


def prints(*findings):
    return [issue["fingerprint"] for issue in render(*findings)]


def test_a_whole_report():
    findings = [
        finding(reason="It says no more,\nand takes longer.", link="https://x.example/use/"),
        Finding("sentence-length", "suggestion", "docs/b & c.md", Span(1, 1, 4, 2), "", "41 words."),
    ]
    assert gitlab.render(findings) == (
        "[\n"
        '  {"description": "Say \\"use\\", not \\"utilize\\". It says no more, and takes longer.", '
        '"check_name": "Brand.use", "fingerprint": "f5b3f58f4c4a4bf4e95ea00c8f21dbda", "severity": "major", '
        '"location": {"path": "docs/a.md", "lines": {"begin": 3, "end": 3}}},\n'
        '  {"description": "41 words.", '
        '"check_name": "sentence-length", "fingerprint": "b0ff3d88d0d3043aba71cb25ad852993", "severity": "info", '
        '"location": {"path": "docs/b & c.md", "lines": {"begin": 1, "end": 4}}}\n'
        "]\n"
    )


def test_levels():
    found = render(*(finding(level=level) for level in ("error", "warning", "suggestion")))
    assert [one["severity"] for one in found] == ["major", "minor", "info"]


def test_nothing_found():
    assert gitlab.render([]) == "[]\n"


def test_a_fingerprint_lasts_when_the_sentence_moves_or_the_rule_is_reworded():
    before = prints(finding(3), finding(9))
    assert before == prints(finding(30), finding(31)) == prints(finding(3, message="Use."), finding(9, reason="Short."))
    # The same sentence twice is two findings: GitLab would drop the second of one name.
    assert len({*before}) == 2
    assert prints(finding(9)) == before[:1]


def test_another_file_rule_or_sentence_has_another_fingerprint():
    found = [finding(), finding(path="docs/b.md"), finding(fingerprint="91ac")]
    unread = [finding(fingerprint=""), finding(fingerprint="", match="Utilize"), finding(fingerprint="", path="b.md")]
    assert len({*prints(*found, *unread)}) == 6


def test_a_name_that_is_not_utf_8():
    [issue] = render(finding(path="caf\udce9.md"))
    assert issue["location"]["path"] == "caf%E9.md"
