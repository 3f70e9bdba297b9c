"""Each limit, at its value and one above: what is refused says the limit. Append what you limit (issue 12)."""

import pytest

from onevoice import limits
from onevoice.load.yaml import parse_yaml
from onevoice.nesting import find_deep_nesting


@pytest.mark.parametrize("opened", ["[", "{a: ", '["]", '])
def test_yaml_depth(opened):
    """A bracket in a quoted text closes nothing: counted as one, it would hide any depth from us."""
    closed = "]" if "[" in opened else "}"
    inner = limits.MAX_YAML_DEPTH - 1  # the first level is the file's
    assert find_deep_nesting(f"x: {opened * inner}y{closed * inner}") is None
    assert find_deep_nesting(f"x: {opened * (inner + 1)}y{closed * (inner + 1)}") == 3 + inner * len(opened)
    (finding,) = parse_yaml("a.yaml", f"x: {opened * 30_000}").findings
    assert "nested deeper than 100 levels, and that is the limit" in finding.message


@pytest.mark.parametrize(
    "source", ["- x [ y\n" * 300, "- 'x { y'\n" * 300, f"a: |\n{' ' * 300}x\n", f"# {'[' * 300}\nx: 1\n"]
)
def test_what_only_looks_deep_is_read(source):
    document = parse_yaml("a.yaml", source)
    assert document.data and not document.findings
