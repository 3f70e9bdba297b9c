"""A baseline takes what is known from a run, and never grows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevoice.errors import OnevoiceError
from onevoice.finding import Finding, Span
from onevoice.lint import baseline
from onevoice.lint.baseline import Baseline, EntryKey

ALL = {"a.md", "b.md"}


def finding(sentence="s1", path="a.md", rule="Brand.use", line=1, match="utilize"):
    return Finding(rule, "error", path, Span(line, 1, line, 8), match, "m", fingerprint=sentence)


def known(*findings):
    counts = {}
    for one in findings:
        key = baseline.build_entry_key(one, str)
        counts[key] = counts.get(key, 0) + 1
    return baseline.parse_baseline("base", baseline.render_baseline(counts))


def compare(base, findings, linted=ALL, gone=(), **more):
    return baseline.compare_baseline(base, findings, linted, lambda path: path in gone, **more)


def test_what_is_known_is_not_reported_wherever_it_stands():
    result = compare(known(finding(line=1)), [finding(line=99)])
    assert (result.new_findings, result.resolved_counts) == ([], {})


def test_more_of_the_same_is_new():
    result = compare(known(finding()), [finding(line=1), finding(line=2)])
    assert [one.span.line for one in result.new_findings] == [2]


@pytest.mark.parametrize("other", [{"sentence": "s2"}, {"rule": "Brand.b"}, {"match": "leverage"}, {"path": "b.md"}])
def test_anything_else_is_new(other):
    result = compare(known(finding()), [finding(), finding(**other)])
    assert result.new_findings == [finding(**other)]


def test_capitals_do_not_count():
    assert compare(known(finding()), [finding(match="UTILIZE")]).new_findings == []


def test_what_is_gone_is_said_with_its_line():
    base = known(finding(), finding(), finding("s2"))
    result = compare(base, [finding()])
    stale = baseline.report_stale_entries("base.yaml", base, result.resolved_counts)
    assert [(one.rule, one.level, one.path) for one in stale] == [("stale-baseline", "suggestion", "base.yaml")] * 2
    lines = baseline.render_baseline(base.counts).splitlines()
    for one, said in zip(stale, ("only 1 of 2 are left", "it has been fixed"), strict=True):
        assert said in one.message
        assert lines[one.span.line - 1].startswith('- ["a.md"')


def test_files_that_were_not_linted_are_neither_gone_nor_lost():
    base = known(finding(path="b.md"))
    result = compare(base, [], linted={"a.md"})
    assert result.resolved_counts == {}
    assert result.remaining_counts == base.counts


def test_a_renamed_file_takes_its_entries_along():
    base = known(finding(path="old.md"), finding("s2", path="old.md"))
    result = compare(base, [finding(path="a.md")], gone={"old.md"})
    assert result.new_findings == []
    assert result.remaining_counts == {baseline.build_entry_key(finding(path="a.md"), str): 1}
    assert result.resolved_counts == {baseline.build_entry_key(finding("s2", path="old.md"), str): 1}


def test_a_copied_file_does_not():
    result = compare(known(finding(path="a.md")), [finding(path="a.md"), finding(path="b.md")])
    assert [one.path for one in result.new_findings] == ["b.md"]


def test_rules_that_were_not_asked_are_not_gone():
    base = known(finding(rule="Google.We"))
    result = compare(base, [], ran=lambda rule: rule.startswith("Brand."))
    assert (result.resolved_counts, result.remaining_counts) == ({}, base.counts)


def test_the_file_is_sorted_with_a_line_each():
    text = baseline.render_baseline(
        {
            EntryKey("b.md", "r", "m", "2"): 1,
            EntryKey("a.md", "r", 'say "x": y # z', "1"): 3,
            EntryKey("c", "r", "m", "3"): 0,
        }
    )
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert lines == ['- ["a.md", "r", "say \\"x\\": y # z", "1", 3]', '- ["b.md", "r", "m", "2", 1]']


def test_the_file_is_yaml():
    from onevoice.load import yaml

    text = baseline.render_baseline({EntryKey("a.md", "r", 'say "x": y # z', "1"): 3})
    document = yaml.parse_yaml("base.yaml", text)
    assert document.findings == []
    assert [[*map(str, entry)] for entry in document.data] == [["a.md", "r", 'say "x": y # z', "1", "3"]]


def test_a_merge_that_kept_both_lines_takes_the_smaller_count():
    assert baseline.parse_baseline("f", '- ["a", "r", "m", "1", 3]\n- ["a", "r", "m", "1", 2]\n').counts == {
        EntryKey("a", "r", "m", "1"): 2
    }


@pytest.mark.parametrize(
    "line",
    [
        "nonsense", "- [", '- ["a", "r", "m", "1"]', '- ["a", "r", "m", "1", 0]', '- ["a", "r", "m", "1", "2"]',
        '- ["a", "r", 3, "1", 2]', "<<<<<<< HEAD", "- 3", '- {"a": 1}', '- ["a", "r", "m", "1", true]',
        pytest.param("- " + "[" * 100_000, id="deep"),
    ],
)  # fmt: skip
def test_a_broken_line_is_named(line):
    with pytest.raises(OnevoiceError, match=r"^base\.yaml:2: this is not a baseline entry"):
        baseline.parse_baseline("base.yaml", f"# head\n{line}\n")


KEYS = st.builds(
    finding, st.sampled_from(("s1", "s2")), st.sampled_from(("a.md", "b.md", "old.md")), st.sampled_from(("r", "q"))
)


@given(st.lists(KEYS, max_size=12), st.lists(KEYS.filter(lambda one: one.path != "old.md"), max_size=12))
def test_counts_only_go_down(before, after):
    base = known(*before)
    result = compare(base, after, gone={"old.md"})
    assert sum(result.remaining_counts.values()) + sum(result.resolved_counts.values()) == len(before)
    assert len(result.new_findings) + sum(result.remaining_counts.values()) == len(after)
    for key, count in result.remaining_counts.items():
        moved = EntryKey("old.md", *key[1:])
        assert count <= base.counts.get(key, 0) + base.counts.get(moved, 0)
    again = compare(
        Baseline(result.remaining_counts, dict.fromkeys(result.remaining_counts, 1)), after, gone={"old.md"}
    )
    assert (again.new_findings, again.remaining_counts, again.resolved_counts) == (
        result.new_findings,
        result.remaining_counts,
        {},
    )


@given(st.dictionaries(st.builds(EntryKey, st.text(), st.text(), st.text(), st.text()), st.integers(1, 9)))
def test_reading_is_the_reverse_of_writing(counts):
    assert baseline.parse_baseline("f", baseline.render_baseline(counts)).counts == counts
