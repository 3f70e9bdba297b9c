"""Annotations of GitHub Actions, as its log reads them."""

import re

from onevoice.finding import Finding, Span
from onevoice.report import ReportContext, github


def finding(number=1, level="error", path="docs/a.md", message="Say it.", **more):
    return Finding("Brand.use", level, path, Span(number, 4, number, 11), "utilize", message, **more)


def test_one_annotation():
    found = finding(reason="It says no more.", link="https://x.example/use/")
    assert github.render([found]) == (
        "::error file=docs/a.md,line=1,endLine=1,col=4,endColumn=10,title=Brand.use"
        "::Say it.%0AIt says no more.%0Ahttps://x.example/use/\n"
    )


def test_levels():
    lines = github.render([finding(level="warning"), finding(level="suggestion")]).splitlines()
    assert [line.split(" ")[0] for line in lines] == ["::warning", "::notice"]


def test_what_would_end_a_value_is_escaped():
    (line,) = github.render([finding(path="a,b:c%/d.md", message="50% of\r\nit: a, b")]).splitlines()
    assert "file=a%2Cb%3Ac%25/d.md," in line
    assert line.endswith("::50%25 of%0D%0Ait: a, b")


def test_no_columns_over_several_lines():
    found = Finding("r", "error", "a.md", Span(1, 4, 2, 3), "a", "m")
    assert github.render([found]) == "::error file=a.md,line=1,endLine=2,title=r::m\n"


def test_ten_of_each_level_are_annotations_and_the_rest_is_listed():
    findings = [finding(n) for n in range(1, 13)] + [finding(n, "warning") for n in range(1, 12)]
    out = github.render(findings).splitlines()
    assert sum(line.startswith("::error ") for line in out) == 10
    assert sum(line.startswith("::warning ") for line in out) == 10
    start, end = out.index("::group::3 more that GitHub does not show as annotations"), out.index("::endgroup::")
    assert out[start + 1 : end] == [
        "error  docs/a.md:11:4  Say it.  [Brand.use]",
        "warning  docs/a.md:11:4  Say it.  [Brand.use]",
        "error  docs/a.md:12:4  Say it.  [Brand.use]",
    ]


def test_no_path_or_message_becomes_a_command():
    evil = "::stop-commands::x"
    findings = [finding(n, path=evil, message=f"a\n{evil}") for n in range(1, 15)]
    for line in github.render(findings).splitlines():
        assert not line.startswith("::stop")
        assert re.match(r"::(error|group|endgroup)|error  ", line)


def test_nothing_found():
    assert github.render([]) == ""


def test_summary():
    found = [finding(2, message="Say `use` | not <b>"), finding(1, path="docs/z.md", link="https://x.example/use/")]
    assert github.render_page(found, ReportContext("2 files: 2 errors")) == (
        "### 2 files: 2 errors\n"
        "\n**docs/a.md**\n\n| Line | Level | Message |\n| ---: | --- | --- |\n"
        "| 2 | error | Say \\`use\\` \\| not &lt;b> Brand.use |\n"
        "\n**docs/z.md**\n\n| Line | Level | Message |\n| ---: | --- | --- |\n"
        "| 1 | error | Say it. [Brand.use](<https://x.example/use/>) |\n"
    )


def test_a_summary_stays_below_the_limit():
    findings = [finding(n, path=f"docs/{n}.md", message="x" * 400) for n in range(4000)]
    out = github.render_page(findings, ReportContext("many"))
    assert len(out.encode()) < 1024 * 1024
    assert re.search(r"And \d+ more files: see the log of this step\.\n$", out)
