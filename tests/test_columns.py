"""Lines have at most 120 columns. ruff lets those without a space pass, and ESLint reads JavaScript only."""

import pytest

from handbooks import ROOT

PLACES = (
    "scripts/**/*.py",
    "scripts/**/*.js",
    "scripts/**/*.css",
    "tests/**/*.py",
    "tests/**/*.mjs",
    "bench/*.py",
    "supply/*.py",
    "*.mjs",
)


@pytest.mark.parametrize("place", PLACES)
def test_lines_fit_beside_each_other(place):
    paths = sorted(ROOT.glob(place))
    assert paths
    long = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in paths
        for number, line in enumerate(path.read_text("utf-8").split("\n"), 1)
        if len(line) > 120
    ]
    assert long == []
