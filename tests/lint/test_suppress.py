"""Comments that switch a rule off, for our findings and for Vale's."""

import pytest

from onevoice.finding import Finding, Span
from onevoice.lint import suppress
from onevoice.prose.read import resolve_reader

BECAUSE = "<!-- because: it is the law -->"


def apply(text, *findings, known=("Brand.acme", "Brand.lead", "Voice.long", "Google"), **options):
    prose = resolve_reader("page.md")("page.md", text)
    found = [Finding(rule, "error", "page.md", Span(line, 1, line, 5), match, "m") for rule, line, match in findings]
    return suppress.apply_suppressions(prose, found, known, **options)


def rules(findings):
    return [(finding.rule, finding.span.line) for finding in findings]


def test_only_its_rule_between_its_comments():
    text = f"<!-- vale Brand.acme = NO -->{BECAUSE}\nA\n\n<!-- vale Brand.acme = YES -->\nB\n"
    found = apply(text, ("Brand.acme", 2, "A"), ("Brand.lead", 2, "A"), ("Brand.acme", 5, "B"))
    assert rules(found) == [("Brand.lead", 2), ("Brand.acme", 5)]


def test_findings_of_vale_too_and_whole_styles():
    text = f"<!-- vale Google = NO -->{BECAUSE}\n\nA\n\n<!-- vale Google = YES -->\n"
    assert rules(apply(text, ("Google.We", 3, "A"), ("Voice.long", 3, "A"))) == [("Voice.long", 3)]


def test_one_word_only():
    text = f"<!-- vale Brand.acme['Acme Inc'] = NO -->{BECAUSE}\n\nA\n\n<!-- vale Brand.acme['Acme Inc'] = YES -->\n"
    assert rules(apply(text, ("Brand.acme", 3, "acme inc"), ("Brand.acme", 3, "Acme Corp"))) == [("Brand.acme", 3)]


def test_the_reason_may_stand_before():
    text = f"{BECAUSE}\n<!-- vale Brand.acme = NO -->\n\nA\n\n<!-- vale Brand.acme = YES -->\n"
    assert apply(text, ("Brand.acme", 4, "A")) == []


@pytest.mark.parametrize(
    ("text", "level", "message"),
    [
        ("<!-- vale Brand.acme = NO -->\n\nA\n\n<!-- vale Brand.acme = YES -->", "error", "gives no reason"),
        (
            f"<!-- vale Brand.acme = NO -->{BECAUSE}\n\nA",
            "error",
            "is never closed. Put `<!-- vale Brand.acme = YES -->`",
        ),
        (
            f"<!-- vale Brand.acne = NO -->{BECAUSE}\n\nA\n\n<!-- vale Brand.acne = YES -->",
            "error",
            "mean `Brand.acme`",
        ),
        (f"<!-- vale Brand.lead = NO -->{BECAUSE}\n\nA\n\n<!-- vale Brand.lead = YES -->", "warning", "is not needed"),
        ("<!--- vale Brand.acme = NO --->\n\nA", "error", "is not a switch that Vale understands"),
        ("<!-- vale Brand = NO -->\n\nA\n\n<!-- vale Brand = YES -->", "error", "gives no reason"),
        (f"<!-- vale Goggle = NO -->{BECAUSE}\n\nA\n\n<!-- vale Goggle = YES -->", "error", "Did you mean `Google`?"),
        ("A\n\n<!-- vale Brand.acme = YES -->", "warning", "closes nothing"),
        ("<!-- vale Brand.acme = no -->\n\nA", "error", "is not a switch that Vale understands"),
        ("<!-- vale Brand.acme: OFF -->\n\nA", "error", "is not a switch that Vale understands"),
    ],
)
def test_a_bad_suppression_is_a_finding(text, level, message):
    found = [one for one in apply(text + "\n", ("Brand.acme", 3, "A")) if one.rule == suppress.RULE]
    assert [one.level for one in found] == [level]
    assert message in found[0].message


def test_suppressing_twice():
    off, on = "<!-- vale Brand.acme = NO -->", "<!-- vale Brand.acme = YES -->"
    text = f"{off}{BECAUSE}\n{off}\n\nA\n\n{on}\n"
    assert rules(apply(text, ("Brand.acme", 4, "A"))) == [("Suppression", 2)]


def test_need_is_not_judged_where_vale_obeyed_the_comment():
    text = f"<!-- vale Voice.long = NO -->{BECAUSE}\n\nA\n\n<!-- vale Voice.long = YES -->\n"
    assert apply(text) == []
    assert rules(apply(text, judged=("Brand", "Voice"))) == [("Suppression", 1)]


@pytest.mark.parametrize("comment", ["a note", "because: x", "vale is a tool", "TODO vale", "more"])
def test_other_comments_are_left_alone(comment):
    assert rules(apply(f"<!-- {comment} -->\n\nA\n", ("Brand.acme", 3, "A"))) == [("Brand.acme", 3)]


def test_comments_in_code_suppress_nothing():
    text = "```\n<!-- vale Brand.acme = NO -->\n```\n\nA\n"
    assert rules(apply(text, ("Brand.acme", 5, "A"))) == [("Brand.acme", 5)]


def test_a_part_of_a_rule_as_vale_splits_it_means_the_rule():
    text = f"<!-- vale Brand.acme.warning = NO -->{BECAUSE}\nA\n\n<!-- vale Brand.acme.warning = YES -->\nB\n"
    assert rules(apply(text, ("Brand.acme", 2, "A"), ("Brand.acme", 5, "B"))) == [("Brand.acme", 5)]
    text = text.replace("acme", "acne")
    assert "names a rule that does not exist" in apply(text)[0].message


def test_a_style_that_is_written_here_excuses_no_misspelt_rule_of_its_own():
    text = f"<!-- vale Brand.acne = NO -->{BECAUSE}\n\nA\n\n<!-- vale Brand.acne = YES -->"
    (finding,) = apply(text, known=("Brand", "Brand.acme", "Google"))
    assert "names a rule that does not exist. Did you mean `Brand.acme`?" in finding.message


def test_a_rule_whose_name_begins_alike_is_another():
    text = f"<!-- vale Brand.acme = NO -->{BECAUSE}\nA\n\n<!-- vale Brand.acme = YES -->\n"
    found = apply(text, ("Brand.acme-tool", 2, "A"), ("Brand.acme", 2, "A"), known=("Brand.acme", "Brand.acme-tool"))
    assert rules(found) == [("Brand.acme-tool", 2)]


def test_rule_families_are_suppressed_by_their_name_and_judged():
    text = f"A\n\n<!-- vale mixed-names = NO -->{BECAUSE}\n\nB\n\n<!-- vale mixed-names = YES -->\n"
    known, judged = ("mixed-names",), ("Brand", "mixed-names")
    assert apply(text, ("mixed-names", 5, "B"), known=known, judged=judged) == []
    (needless,) = apply(text, known=known, judged=judged)
    assert "is not needed" in needless.message


SWITCHES = ["off", "Google = NO", "Google.We = NO", "Microsoft.Avoid = NO", "alex = NO", "Vale.Spelling = NO"]


@pytest.mark.parametrize("switch", SWITCHES)
def test_what_vale_alone_is_told_needs_no_reason_and_no_end(switch):
    """Comments that were there before somebody brought a handbook."""
    on = switch.replace("off", "on").replace("NO", "YES")
    text = f"<!-- vale {on} -->\n\n<!-- vale {switch} -->\n\n<!-- vale {switch} -->\n\nA\n"
    assert apply(text) == apply(f"{text}\n<!-- vale {on} -->\n") == []


def test_what_they_hide_is_told():
    hidden = []
    everything, lead = "<!-- vale off -->\n\nA\n\n<!-- vale on -->", f"<!-- vale Brand.lead = NO -->{BECAUSE}\nB"
    text = f"{everything}\n\n{lead}\n\n<!-- vale Brand.lead = YES -->\n"
    found = [("Brand.acme", 3, "A"), ("Brand.lead", 3, "A"), ("Brand.lead", 8, "B")]
    assert rules(apply(text, *found, unexplained=hidden)) == []
    assert rules(hidden) == [("Brand.acme", 3), ("Brand.lead", 3)]


def test_a_word_with_a_reason_is_not_among_them():
    hidden = []
    text = f"<!-- vale off -->\n<!-- vale Brand.acme = NO -->{BECAUSE}\n\nA\n\n<!-- vale Brand.acme = YES -->\n"
    assert apply(text, ("Brand.acme", 4, "A"), unexplained=hidden) == hidden == []
