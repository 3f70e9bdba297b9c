"""`extends` in brand.yaml: a company's handbook, a team's and a product's, through every command that reads one."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from handbooks import ROOT, TODAY
from onevoice.commands import cli
from onevoice.history import git
from onevoice.run.build import plan_build
from onevoice.run.handbook import current_date
from onevoice.run.layers import load_records
from onevoice.run.preview import Preview
from onevoice.run.sign import sign_record

COMPANY = {
    "content/brand.yaml": """\
brand:
  name: Northlight
  url: https://brand.northlight.example
  repository: https://github.com/northlight/brand
""",
    "content/teams.yaml": """\
teams:
  - id: brand
    name: Brand team
    side: marketing
    purpose: One voice.
""",
    "terminology/words.yaml": """\
terms:
  - id: customer
    preferred: customer
    definition: Someone who has bought from us.
    part_of_speech: noun
    owner: brand
    reviewed: {date: 2020-01-01}
    public: true
    avoid:
      - term: client
        why: It sounds like a law firm.
      - punter
  - id: panel
    preferred: solar panel
    definition: What turns light into power.
    part_of_speech: noun
    avoid: [module]
""",
}
TEAM = {
    "content/brand.yaml": "brand:\n  name: Northlight Sales\n  extends: ../company\n",
    "terminology/words.yaml": """\
terms:
  - id: panel
    avoid:
      add: [cell]
""",
}
APP = {
    "content/brand.yaml": """\
brand:
  name: Northlight App
  extends: ../../team
  url: https://app.northlight.example
  repository: https://github.com/northlight/app
""",
    "terminology/words.yaml": """\
terms:
  - id: panel
    preferred: PV panel
    case: exact
  - id: roof
    preferred: roof
    definition: Where the panels go.
""",
}
DRAFT = "Our punter puts a module, a cell and a pv panel on the roof of a client.\n"


def write(folder: Path, files: dict[str, str]) -> Path:
    """A handbook of these files."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A repository of three handbooks."""
    monkeypatch.setenv("ONEVOICE_TODAY", TODAY)
    monkeypatch.setenv("ONEVOICE_CACHE", str(tmp_path / "cache"))
    top = tmp_path / "work"
    for name, files in (("company", COMPANY), ("team", TEAM), ("products/app", APP)):
        write(top / name, files)
    (top / ".git").mkdir()
    (top / "draft.md").write_text(DRAFT, encoding="utf-8")
    monkeypatch.chdir(top)
    return top


def run(*arguments: str) -> tuple[int, str]:
    """The exit code of a command and all that it says."""
    result = CliRunner().invoke(cli, list(arguments), standalone_mode=False)
    if error := result.exception:
        told = [
            f"{one.path}:{one.span.line}:{one.span.column}  {one.message}" for one in getattr(error, "findings", ())
        ]
        return error.exit_code, "\n".join([result.output, *told, str(error)])
    return result.return_value, result.output


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def lint(*arguments: str) -> list[tuple[str, str]]:
    """(what is wrong, why) of each finding in the draft."""
    _, said = run("lint", "draft.md", "--no-vale", "--format", "json", *arguments)
    return [(one["message"], one["reason"]) for one in json.loads(said[said.index("[") : said.rindex("]") + 1])]


FROM_COMPANY, FROM_SALES = "From the Northlight handbook.", "From the Northlight Sales handbook."
FOUND = [
    ('Say "customer", not "punter".', FROM_COMPANY),
    ('Say "PV panel", not "module".', FROM_COMPANY),
    ('Say "PV panel", not "cell".', FROM_SALES),
    ('Write "PV panel", not "pv panel".', ""),
    ('Say "customer", not "client".', f"It sounds like a law firm. {FROM_COMPANY}"),
]


def test_lint_judges_by_all_three_and_says_whose_word_it_is(place):
    assert lint("--handbook", "products/app") == FOUND


def test_a_change_in_any_of_them_counts_at_once(place):
    assert lint("--handbook", "products/app") == FOUND
    change(place / "company/terminology/words.yaml", "- punter", "- buyer")
    assert lint("--handbook", "products/app") == FOUND[1:]
    change(place / "team/terminology/words.yaml", "add: [cell]", "add: []")
    assert lint("--handbook", "products/app") == [FOUND[1], *FOUND[3:]]
    change(place / "team/content/brand.yaml", "../company", "../other")
    write(place / "other", {"terminology/words.yaml": COMPANY["terminology/words.yaml"].replace("client", "buyer")})
    assert lint("--handbook", "products/app")[:2] == [
        ('Say "customer", not "punter".', "From the other handbook."),
        ('Say "PV panel", not "module".', "From the other handbook."),
    ]


def test_a_word_leads_to_the_site_that_has_it(place):
    change(place / "products/app/content/brand.yaml", "  url: https://app.northlight.example\n", "")
    _, said = run("lint", "draft.md", "--no-vale", "--handbook", "products/app", "--format", "json")
    links = {json.loads(line.rstrip(","))["link"] for line in said.splitlines() if line.startswith("  {")}
    assert links == {f"https://brand.northlight.example/glossary/{id}/" for id in ("customer", "panel")}


def test_check_leaves_the_warnings_of_another_handbook_to_its_people(place):
    _, theirs = run("check", "--handbook", "company")
    assert "[review-overdue]" in theirs
    code, ours = run("check", "--handbook", "products/app")
    assert (code, "[" in ours) == (0, False)
    assert "3 terms" in ours


def test_check_tells_the_errors_of_another_handbook_and_whose_they_are(place):
    change(place / "company/terminology/words.yaml", "part_of_speech: noun", "part_of_speech: thing")
    code, said = run("check", "--handbook", "products/app")
    assert code == 2
    assert "../../company/terminology/words.yaml:5:21  error  " in said
    assert "This is in the Northlight handbook: fix it there, or refine the record here." in said


CLIENT = "  - {id: client, preferred: client, definition: A program that talks to our server.}\n"


def test_two_handbooks_that_want_opposite_things_are_named_with_both_lines(place):
    words = place / "products/app/terminology/words.yaml"
    words.write_text(APP["terminology/words.yaml"] + CLIENT, encoding="utf-8")
    code, said = run("check", "--handbook", "products/app")
    assert code == 2
    assert (
        'terminology/words.yaml:8:29  error  "client" is preferred here, by the term `client`, but the Northlight '
        "handbook avoids it, in the term `customer` (../../company/terminology/words.yaml:10). Use another word here, "
        "or allow this one: write `avoid: {drop: [client]}` for `customer` here.  [claimed-twice]\n" in said
    )
    words.write_text(APP["terminology/words.yaml"] + CLIENT + "  - {id: customer, avoid: {drop: [client]}}\n")
    assert run("check", "--handbook", "products/app")[0] == 0
    assert lint("--handbook", "products/app") == FOUND[:-1]


def test_a_name_that_a_farther_handbook_avoids_for_the_same_thing_is_named_with_both_lines(place):
    write(place / "products/app", {"terminology/customer.yaml": "terms:\n  - {id: customer, preferred: client}\n"})
    code, said = run("check", "--handbook", "products/app")
    assert code == 2
    assert (
        'terminology/customer.yaml:2:31  error  "client" is preferred here, by the term `customer`, but the Northlight '
        "handbook avoids it, in the term `customer` (../../company/terminology/words.yaml:10)." in said
    )


def test_a_word_that_two_avoid_is_told_where_it_can_be_changed(place):
    write(place / "products/app", {"terminology/panel.yaml": "terms:\n  - {id: roof, avoid: [punter]}\n"})
    change(place / "products/app/terminology/words.yaml", "  - id: roof\n    preferred: roof\n", "")
    change(place / "products/app/terminology/words.yaml", "    definition: Where the panels go.\n", "")
    write(
        place / "company",
        {"terminology/a.yaml": "terms:\n  - {id: roof, preferred: roof, definition: Where the panels go.}\n"},
    )
    _, said = run("check", "--handbook", "products/app")
    assert (
        'terminology/panel.yaml:2:24  error  "punter" is avoided here, by the term `roof`, and also by the term '
        "`customer` (../../company/terminology/words.yaml:12). Keep only one of the two.  [claimed-twice]" in said
    )


def test_explain_says_where_a_word_is_written(place):
    _, said = run("explain", "panel", "--handbook", "products/app")
    assert (
        "Written in\n"
        "  Northlight handbook        terminology/words.yaml:13\n"
        "  Northlight Sales handbook  terminology/words.yaml:2, changes avoid\n"
        "  this handbook              terminology/words.yaml:2, changes preferred, case\n" in said
    )
    _, said = run("explain", "customer", "--handbook", "products/app")
    assert "  Northlight handbook  terminology/words.yaml:2\n" in said
    assert "  The Northlight handbook has its own history.\n" in said


def render(folder: Path, **options: bool) -> dict[str, str]:
    """The pages of a handbook as Markdown, by their addresses, and its other files by their paths."""
    plan = plan_build(folder, current_date(), **options)
    return {file.path.removeprefix("docs/"): file.data.decode("utf-8", "replace") for file in plan.output_files}


def test_pages_say_where_a_word_comes_from_and_lead_to_its_own_repository(place):
    pages = render(place / "products/app")
    panel, customer, roof = (pages[f"glossary/{id}/index.md"] for id in ("panel", "customer", "roof"))
    assert (
        "From the [Northlight handbook](https://brand.northlight.example/glossary/panel/), "
        "<code>terminology/words.yaml:13</code>. Changed in the Northlight Sales handbook (avoid), "
        "<code>terminology/words.yaml:2</code>. Changed here (preferred, case), <code>terminology/words.yaml:2</code>."
    ) in panel
    assert "https://github.com/northlight/app/edit/main/terminology/words.yaml#L2" in panel
    assert "https://github.com/northlight/brand/edit/main/terminology/words.yaml#L13" in panel
    assert (
        "From the [Northlight handbook](https://brand.northlight.example/glossary/customer/), "
        "<code>terminology/words.yaml:2</code>.</p>"
    ) in customer
    assert "https://github.com/northlight/brand/edit/main/terminology/words.yaml#L2" in customer
    assert "northlight/app/edit" not in customer
    assert "From the" not in roof
    record = next(one for one in json.loads(pages["api/terms.json"]) if one["id"] == "customer")
    assert record["source"] == "Northlight handbook, terminology/words.yaml:2"


def test_the_public_site_has_no_internal_record_of_any_handbook_and_no_place(place):
    pages = render(place / "products/app", public=True)
    assert "glossary/customer/index.md" in pages
    assert "glossary/panel/index.md" not in pages
    assert not [path for path, text in pages.items() if "words.yaml" in text or "Northlight Sales" in text]


def test_a_record_of_another_handbook_is_signed_there(place):
    before = {path: path.read_bytes() for path in place.rglob("*.yaml")}
    with pytest.raises(Exception, match=r"record of the Northlight handbook\. Sign it there"):
        sign_record(place / "products/app", "customer", "sales", lambda line: None)
    assert {path: path.read_bytes() for path in place.rglob("*.yaml")} == before
    sign_record(place / "products/app", "panel", "sales", lambda line: None)
    assert "signed:" in (place / "products/app/terminology/words.yaml").read_text()
    assert run("check", "--handbook", "products/app")[0] == 0


WRONG = {
    "a folder that is not there": ("../nowhere", "there is no folder `../nowhere`. Check the path; it starts from the"),
    "a folder from the file": ("../../../team", "there is no folder `../../../team`. Did you mean `../../team`?"),
    "a folder without a handbook": ("../../empty", "there is no handbook in "),
    "an absolute folder": ("/srv/brand", "`/srv/brand` is another folder on each computer. Write it from this"),
    "a home folder": ("~/brand", "`~/brand` is another folder on each computer."),
    "a drive": ("C:/brand", "`C:/brand` is another folder on each computer."),
    "a folder outside the repository": ("../../../outside", "`../../../outside` leads out of "),
    "a link to outside the repository": ("../../link", "`../../link` leads out of "),
    "itself": (".", "this goes in a circle: `.` → `.`. Delete `extends` in one of them."),
    "a package that is not installed": (
        "{package: no_such_handbook}",
        "there is no installed package `no_such_handbook`",
    ),
    "the name of a distribution": ("{package: northlight-brand}", "as Python imports it, such as `northlight_brand`."),
    "a package without a handbook": ("{package: json}", "there is no handbook in `json`."),
    "a tag": ("{git: https://example.com/brand.git, revision: v1}", "`v1` is not a full commit hash."),
    "a repository on this computer": (f"{{git: file:///srv/brand, revision: {'a' * 40}}}", "is on this computer only"),
    "two at once": ("{folder: ../../team, package: json}", "`folder`, `package` or `git` must be given, and"),
    "a commit without a repository": (f"{{revision: {'a' * 40}}}", "`folder`, `package` or `git` must be given, and"),
    "a key that is none": ("{folders: x}", "unknown key `folders`"),
}


@pytest.mark.parametrize("name", WRONG)
@pytest.mark.parametrize("command", ["check", "lint"])
def test_what_cannot_be_extended_is_told_at_its_line(place, name, command):
    (place / "empty").mkdir()
    write(place.parent / "outside", COMPANY)
    (place / "link").symlink_to(place.parent / "outside", target_is_directory=True)
    given, message = WRONG[name]
    change(place / "products/app/content/brand.yaml", "extends: ../../team", f"extends: {given}")
    code, said = run(command, *(["draft.md", "--no-vale"] if command == "lint" else []), "--handbook", "products/app")
    assert code == 2
    line = next(line for line in said.splitlines() if message in line)
    assert line.startswith("content/brand.yaml:3:"), line


def test_a_circle_is_told_with_all_that_are_in_it(place):
    change(place / "company/content/brand.yaml", "brand:\n", "brand:\n  extends: ../products/app\n")
    _, said = run("check", "--handbook", "products/app")
    assert (
        "../../company/content/brand.yaml:2:3  error  this goes in a circle: `.` → `../../team` → `../../company` → "
        "`.`. Delete `extends` in one of them.  [extends]" in said
    )


def test_more_handbooks_than_anyone_has_are_refused(place):
    for number in range(9):
        write(
            place / f"b{number}",
            {"content/brand.yaml": f"brand: {{name: B{number}, extends: ../b{number + 1}}}\n"}
            | {"terminology/a.yaml": f"terms: [{{id: a{number}, preferred: a{number}, definition: A.}}]\n"},
        )
    _, said = run("check", "--handbook", "b0")
    assert "at most 8 handbooks can extend each other" in said
    write(place / "b7", {"content/brand.yaml": "brand: {name: B7}\n"})
    assert "Checked b0: 8 terms" in run("check", "--handbook", "b0")[1]


def test_a_folder_outside_the_repository_is_read_if_this_computer_allows_it(place, monkeypatch):
    write(place.parent / "outside", COMPANY)
    change(place / "products/app/content/brand.yaml", "extends: ../../team", "extends: ../../../outside")
    code, said = run("check", "--handbook", "products/app")
    assert (code, f"Set $ONEVOICE_EXTENDS to {place.parent / 'outside'}." in said) == (2, True)
    monkeypatch.setenv("ONEVOICE_EXTENDS", os.pathsep.join(["/nowhere", str(place.parent / "outside")]))
    assert run("check", "--handbook", "products/app")[0] == 0


def test_without_a_repository_the_folder_around_it_counts(place):
    (place / ".git").rmdir()
    assert run("check", "--handbook", "team")[0] == 0
    code, said = run("check", "--handbook", "products/app")
    assert (code, f"leads out of {place / 'products'}." in said) == (2, True)


def test_a_file_that_leads_out_of_another_handbook_is_not_read(place):
    secret = place.parent / "secret.yaml"
    secret.write_text("terms: [{id: secret, preferred: secret, definition: A secret.}]\n")
    (place / "company/terminology/more.yaml").symlink_to(secret)
    code, said = run("check", "--handbook", "products/app")
    assert code == 2
    assert "../../company/terminology/more.yaml:1:1  error  this link leads out of its handbook." in said


@pytest.fixture
def package(place, monkeypatch):
    """The company's handbook as an installed package."""
    shutil.copytree(place / "company", place / "site-packages/northlight_brand")
    (place / "site-packages/northlight_brand/__init__.py").write_text("raise SystemExit('imported')\n")
    monkeypatch.syspath_prepend(place / "site-packages")
    change(place / "team/content/brand.yaml", "../company", "{package: northlight_brand}")
    return place / "site-packages/northlight_brand"


def test_a_package_is_read_and_not_imported(place, package):
    assert lint("--handbook", "products/app") == FOUND
    change(package / "terminology/words.yaml", "part_of_speech: noun", "part_of_speech: thing")
    assert "\nnorthlight_brand/terminology/words.yaml:5:21  error  " in f"\n{run('check', '--handbook', 'team')[1]}"


def test_a_package_names_no_folder_outside_itself(place, package):
    change(package / "content/brand.yaml", "brand:\n", "brand:\n  extends: ../../company\n")
    code, said = run("check", "--handbook", "team")
    assert code == 2
    assert f"northlight_brand/content/brand.yaml:2:3  error  `../../company` leads out of {package}." in said


def commit(folder: Path) -> str:
    for arguments in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)
    return git.resolve_commit(folder, "HEAD")


def test_a_commit_is_fetched_once(place, monkeypatch):
    first = commit(place / "company")
    address = f"file://{place / 'company'}"
    monkeypatch.setenv("ONEVOICE_EXTENDS", str(place / "company"))
    brand = place / "team/content/brand.yaml"
    change(brand, "../company", f"{{git: '{address}', revision: {first}}}")
    assert lint("--handbook", "products/app") == FOUND
    change(place / "company/terminology/words.yaml", "- punter", "- buyer")
    second = commit(place / "company")
    assert lint("--handbook", "products/app") == FOUND, "the pin holds"
    change(brand, first, second)
    assert lint("--handbook", "products/app") == FOUND[1:]
    shutil.rmtree(place / "company")
    change(brand, second, first)
    assert lint("--handbook", "products/app") == FOUND, "it was kept"
    change(place / "team/terminology/words.yaml", "- id: panel", "- id: pane")
    assert "id: pane" in (place / "team/terminology/words.yaml").read_text()
    assert " `panel`?" in run("check", "--handbook", "team")[1]


def test_a_commit_that_is_not_there_is_told_at_its_line(place, monkeypatch):
    commit(place / "company")
    monkeypatch.setenv("ONEVOICE_EXTENDS", str(place / "company"))
    address = f"file://{place / 'company'}"
    change(place / "team/content/brand.yaml", "../company", f"{{git: '{address}', revision: {'0' * 40}}}")
    code, said = run("check", "--handbook", "products/app")
    assert code == 2
    assert f"../../team/content/brand.yaml:3:3  error  {address}: cannot get `{'0' * 40}`: " in said


LINT = """\
import sys
from onevoice.commands import cli
cli(["lint", "draft.md", "--no-vale", "--handbook", "company"], standalone_mode=False)
print([name for name in sys.modules if name.endswith((".layers", ".source"))])
"""


def test_a_handbook_that_extends_none_loads_nothing_for_it(place):
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", LINT], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def commit_all(folder: Path, day: str) -> None:
    stamp = {"GIT_AUTHOR_DATE": f"{day}T12:00:00+00:00", "GIT_COMMITTER_DATE": f"{day}T12:00:00+00:00"}
    identity = ["-c", "user.name=a", "-c", "user.email=a@b.c"]
    for arguments in (["add", "."], [*identity, "commit", "-qm", "x"]):
        subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, env={**os.environ, **stamp})


@pytest.fixture
def history(place):
    """The repository of the three handbooks, two weeks old."""
    (place / ".git").rmdir()
    subprocess.run(["git", "init", "-q"], cwd=place, check=True)
    commit_all(place, "2026-11-02")
    return place


def test_news_tells_what_this_handbook_changed_and_only_that(history):
    words = history / "products/app/terminology/words.yaml"
    change(words, "    case: exact\n", "    case: exact\n    note: As in our app.\n")
    change(words, "  - id: roof\n", "  - {id: customer, avoid: {add: [patron]}}\n  - id: roof\n")
    change(history / "company/terminology/words.yaml", "- punter", "- buyer")
    commit_all(history, "2026-11-10")
    _, said = run("digest", "--since", "2026-11-09", "--handbook", "products/app")
    assert "We no longer say “patron”; say “customer”" in said
    assert "As in our app." in said
    assert "buyer" not in said and "Added" not in said
    change(words, "  - {id: customer, avoid: {add: [patron]}}\n", "")
    commit_all(history, "2026-11-18")
    _, said = run("digest", "--since", "2026-11-17", "--handbook", "products/app")
    assert "We can say “patron” again" in said
    assert "Removed" not in said


def list_effects(*arguments: str) -> list[str]:
    """The words that break or are fixed in the draft since the last commit."""
    _, said = run("impact", "draft.md", "--since", "HEAD", "--handbook", "products/app", *arguments)
    return sorted(re.findall(r'^draft.md:.*?(breaks|fixed).*?not "(.+?)"', said, re.M)) or said.splitlines()


def test_impact_counts_what_the_words_of_all_handbooks_do(history):
    assert list_effects() == ["No words have changed since HEAD."]
    change(history / "products/app/terminology/words.yaml", "case: exact", "avoid: {add: [the]}\n    case: exact")
    assert list_effects() == [("breaks", "the")]
    change(history / "company/terminology/words.yaml", "- punter", "- puts")
    assert list_effects() == [("breaks", "puts"), ("breaks", "the"), ("fixed", "punter")]


def test_impact_of_a_moved_pin_is_that_of_the_words_in_between(place, monkeypatch):
    monkeypatch.setenv("ONEVOICE_EXTENDS", str(place.parent / "brand"))
    brand = shutil.copytree(place / "company", place.parent / "brand")
    first = commit(brand)
    change(brand / "terminology/words.yaml", "- punter", "- puts")
    second = commit(brand)
    extends = place / "team/content/brand.yaml"
    change(extends, "../company", f"{{git: 'file://{brand}', revision: {first}}}")
    (place / ".git").rmdir()
    subprocess.run(["git", "init", "-q"], cwd=place, check=True)
    commit_all(place, "2026-11-02")
    assert list_effects() == ["No words have changed since HEAD."]
    change(extends, first, second)
    assert list_effects() == [("breaks", "puts"), ("fixed", "punter")]


def test_impact_without_the_earlier_handbook_says_so(history):
    shutil.move(history / "company", history / "brand")
    change(history / "team/content/brand.yaml", "../company", "../brand")
    change(history / "products/app/terminology/words.yaml", "case: exact", "avoid: {add: [the]}\n    case: exact")
    said = run("impact", "draft.md", "--since", "HEAD", "--handbook", "products/app")[1]
    assert (
        "At that revision, the handbook that this one extends can't be read (there is no folder `../company`." in said
    )
    assert list_effects() == [("breaks", "the")]


def test_serve_looks_at_the_folders_that_are_extended(place, monkeypatch):
    seen: list[str] = []
    monkeypatch.setattr(Preview, "_rebuild_all", lambda self, handbook: None)
    preview = Preview(place / "team", lambda line: None, lambda error: None)
    preview.server = SimpleNamespace(watch=lambda path: seen.append(os.path.relpath(path, place)))
    preview.refresh()
    expected = [f"{name}/{part}" for name in ("team", "company") for part in ("terminology", "content")]
    assert seen == expected
    shutil.copytree(place / "company", place / "other")
    change(place / "team/content/brand.yaml", "../company", "../other")
    monkeypatch.setattr(Preview, "_read_shared_inputs", lambda self, handbook: object())
    preview.refresh()
    assert seen == [*expected, "other/terminology", "other/content"]


def test_pictures_are_those_of_the_nearest_that_has_them(place):
    identity = """\
identity:
  colors: [{name: Blue, hex: "#0B5FFF", use: Links.}]
  logos:
    - {name: Our logo, file: identity/logo.svg, alt: Our name, use: Everywhere.}
    - {name: Our sign, file: identity/sign.svg, alt: Our sign, use: In apps.}
"""
    svg = "<svg xmlns='http://www.w3.org/2000/svg'><!-- {} --></svg>"
    files = {f"content/identity/{name}.svg": svg.format("company") for name in ("logo", "sign")}
    write(place / "company", {"content/identity.yaml": identity, **files})
    write(place / "products/app", {"content/identity/sign.svg": svg.format("app")})
    loaded = load_records(place / "products/app")
    assert [b"app" in loaded.files[f"identity/{name}.svg"] for name in ("logo", "sign")] == [False, True]
    assert loaded.locate_file("identity/logo.svg").resolve() == place / "company/content/identity/logo.svg"


def test_editors_accept_what_a_record_leaves_out(place):
    (place / "products/app/schemas").mkdir()
    (place / "company/schemas").mkdir()
    record = {"terms": [{"id": "panel", "avoid": {"add": ["cell"], "drop": "module"}, "allowed": ["PV"]}]}
    problems = {}
    for name in ("products/app", "company"):
        files = {file.path: file.data for file in plan_build(place / name, current_date()).repository_files}
        found = Draft202012Validator(json.loads(files["schemas/terms.json"])).iter_errors(record)
        problems[name] = sorted(error.json_path for error in found)
    assert problems == {"products/app": [], "company": ["$.terms[0]", "$.terms[0].avoid"]}


GOLDEN = ROOT / "tests/golden/layers.txt"


def test_three_handbooks_with_a_conflict_say_this(place):
    """All that people read of three handbooks, one after the other. `UPDATE_GOLDEN=1` writes the file."""
    words = place / "products/app/terminology/words.yaml"
    words.write_text(APP["terminology/words.yaml"] + CLIENT, encoding="utf-8")
    parts = {"onevoice check, with a conflict": run("check", "--handbook", "products/app")[1]}
    words.write_text(f"{words.read_text()}  - {{id: customer, avoid: {{drop: [client]}}}}\n", encoding="utf-8")
    parts["onevoice check"] = run("check", "--handbook", "products/app")[1]
    for name in ("company", "team", "products/app"):
        parts[f"onevoice lint, {name}"] = run("lint", "draft.md", "--no-vale", "--handbook", name)[1]
    for name in ("panel", "customer"):
        parts[f"onevoice explain {name}"] = run("explain", name, "--handbook", "products/app")[1]
        parts[f"/glossary/{name}/"] = render(place / "products/app")[f"glossary/{name}/index.md"]
    said = "\n".join(f"===== {name}\n{text.rstrip()}\n" for name, text in parts.items()).replace(f"{place}/", "")
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(said, "utf-8")
    assert said == GOLDEN.read_text("utf-8")
