"""What a build writes, and what it leaves alone."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from handbooks import ROOT, build, copy
from onevoice.errors import OnevoiceError


def snapshot(folder: Path) -> dict[str, tuple[int, int]]:
    """Each file with its inode and time: an atomic replace changes both."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def folder(built, tmp_path) -> Path:
    return shutil.copytree(built, tmp_path / "handbook")


@pytest.fixture(scope="module")
def built_small(tmp_path_factory) -> Path:
    """A handbook of a few words after `onevoice build`: for what no record matters to, in a quarter of the time."""
    folder = tmp_path_factory.mktemp("small")
    for part in ("terminology", "content/pages"):
        (folder / part).mkdir(parents=True)
    (folder / "content" / "brand.yaml").write_text("brand: {name: Small}\n")
    (folder / "content" / "pages" / "about.md").write_text("# About\n\nA page.\n")
    (folder / "terminology" / "words.yaml").write_text("terms: [{id: lead, preferred: lead, definition: A person.}]\n")
    assert build(folder).return_value == 0
    return folder


@pytest.fixture
def small(built_small, tmp_path) -> Path:
    return shutil.copytree(built_small, tmp_path / "small")


def test_a_second_build_writes_nothing(folder):
    before = snapshot(folder / "build")
    result = build(folder)
    after = snapshot(folder / "build")
    for name in ("manifest.json", ".lock"):
        before.pop(name, None), after.pop(name, None)
    assert after == before
    assert "up to date" in result.stderr


def test_a_changed_definition_rewrites_only_the_pages_that_show_it(folder):
    terms = folder / "terminology" / "leads.yaml"
    text = terms.read_text("utf-8")
    old = re.search(r"  - id: lead\n(?:    .*\n)*?    definition: (.+)\n", text)[1]
    new = f"{old.rstrip('.')}, and this is new."
    docs = folder / "build" / "docs"
    before = {path.relative_to(docs).as_posix(): path.read_bytes() for path in docs.rglob("*") if path.is_file()}
    terms.write_text(text.replace(old, new, 1), "utf-8")
    build(folder)
    after = {path.relative_to(docs).as_posix(): path.read_bytes() for path in docs.rglob("*") if path.is_file()}
    changed = {path for path in after if after[path] != before.get(path)}
    showing = {path for path, data in before.items() if old.encode() in data}
    # What is packed doesn't show what is in it.
    assert changed == showing | {"exchange/skill.zip"}
    assert {"glossary/lead/index.md", "glossary/index.md", "api/terms.json"} < changed
    assert len(changed) < len(before) / 2


@pytest.mark.parametrize("damage", ["delete", "cut", "add"])
def test_a_damaged_site_is_built_again(small, damage):
    page = small / "build" / "site" / "index.html"
    whole = page.read_bytes()
    if damage == "delete":
        page.unlink()
    elif damage == "cut":
        page.write_bytes(whole[:100])
    else:
        (page.parent / "stray.html").write_text("A page that nobody built.")
    assert "up to date" not in build(small).stderr
    assert page.read_bytes() == whole
    assert not (page.parent / "stray.html").exists()
    assert "up to date" in build(small).stderr


def test_builds_at_once_leave_a_whole_site(small):
    wanted = sorted(path.relative_to(small) for path in (small / "build" / "site").rglob("*"))
    command = [sys.executable, "-m", "onevoice", "build"]
    for round in range(2):
        (small / "content" / "pages" / "new.md").write_text(f"# New {round}\n", "utf-8")
        (small / "build" / "site" / "index.html").unlink()
        runs = [subprocess.Popen(command, cwd=small, stderr=subprocess.PIPE, text=True) for _ in range(3)]
        said = [run.communicate(timeout=120)[1] for run in runs]
        assert [run.returncode for run in runs] == [0, 0, 0], said
        assert sum("up to date" in one for one in said) == 2
        built = sorted(path.relative_to(small) for path in (small / "build" / "site").rglob("*"))
        assert set(built) > set(wanted)
        assert [path.name for path in (small / "build").glob(".site*")] == []


def test_a_build_that_died_between_two_names_is_healed_whatever_the_records_say(small):
    out = small / "build"
    (out / "site").rename(out / ".site-old")
    (out / ".site-new-left").mkdir()
    (small / "terminology" / "broken.yaml").write_text("terms: [{id: broken}]\n")
    assert build(small).return_value == 2
    assert (out / "site" / "index.html").is_file()
    (small / "terminology" / "broken.yaml").unlink()
    assert "up to date" in build(small).stderr


def test_what_links_lead_to_outside_is_not_published(folder, tmp_path):
    secret = tmp_path / "secret.md"
    secret.write_text("# Secret\n\nThe key is swordfish.\n")
    page = folder / "content" / "pages" / "open.md"
    page.symlink_to(secret)
    with pytest.raises(OnevoiceError, match=r"pages/open\.md: this link leads out of the handbook"):
        build(folder)
    page.unlink()

    logo = next((folder / "content" / "identity").glob("*.svg"))
    logo.unlink()
    logo.symlink_to(secret)
    result = build(folder)
    assert result.return_value == 2
    assert f"there is no file content/identity/{logo.name} in the handbook" in result.stdout
    assert not [
        path for path in (folder / "build").rglob("*") if path.is_file() and b"swordfish" in path.read_bytes()[:9999]
    ]


@pytest.mark.skipif(os.name != "posix", reason="needs pipes and links")
@pytest.mark.parametrize("kind", ["pipe", "link", "folder"])
@pytest.mark.parametrize("place", ["content/pages/p.md", "theme/p.html", "mkdocs.yml"])
def test_a_part_of_the_site_is_a_regular_file_of_the_handbook(folder, tmp_path, place, kind):
    path, secret = folder / place, tmp_path / "secret.md"
    if "theme" in place:
        path.parent.mkdir()
        (folder / "mkdocs.yml").write_text("theme: {custom_dir: theme}\n")
    secret.write_text("# Secret\n\nThe key is swordfish.\n")
    if kind == "link":
        path.symlink_to(secret)
    else:
        (os.mkfifo if kind == "pipe" else os.mkdir)(path)
    if kind == "folder" and "theme" in place:
        assert build(folder).return_value == 0
        return
    words = "leads out of the handbook" if kind == "link" else "not a regular file|this is a folder"
    with pytest.raises(OnevoiceError, match=rf"{path.name}: .*({words})"):
        build(folder)


def test_nothing_is_published_that_the_build_has_not_written(small, tmp_path):
    out, secret = small / "build", tmp_path / "secret"
    secret.mkdir()
    (secret / "key.txt").write_text("1234")
    (out / "docs" / "key.txt").symlink_to(secret / "key.txt")
    (out / "docs" / "keys").symlink_to(secret)
    (out / "docs" / "glossary" / "old").mkdir()
    (out / "docs" / "glossary" / "old" / "index.md").write_text("# Taken back\n")
    assert "up to date" not in build(small).stderr
    assert not list(out.rglob("key*.txt")) and not list(out.rglob("old/index.*"))
    assert (secret / "key.txt").read_text() == "1234"
    assert "up to date" in build(small).stderr


def test_another_theme_alone_builds_the_site_anew(small):
    theme = small / "theme" / "404.html"
    theme.parent.mkdir()
    (small / "mkdocs.yml").write_text("theme: {custom_dir: theme}\n")
    build(small)
    ours = (ROOT / "scripts/onevoice/site/theme/404.html").read_text("utf-8")
    theme.write_text(ours.replace("{% block content %}", "{% block content %}<p>Lost at sea</p>"))
    assert "up to date" not in build(small).stderr
    assert "Lost at sea" in (small / "build" / "site" / "404.html").read_text("utf-8")


def test_a_retired_record_leaves_no_page_behind(folder):
    page = folder / "build" / "docs" / "catalog" / "case-tern-logistics"
    assert page.is_dir()
    assets = folder / "content" / "assets" / "sales.yaml"
    text = assets.read_text("utf-8")
    line = "  - id: case-tern-logistics\n"
    assets.write_text(text.replace(line, f"{line}    status: retired\n"))
    build(folder)
    assert not page.exists()
    assert not (folder / "build" / "site" / "catalog" / "case-tern-logistics").exists()


def test_a_broken_record_leaves_the_last_good_site(folder):
    before = snapshot(folder / "build")
    (folder / "terminology" / "journey.yaml").write_text("terms:\n  - id: [\n")
    result = build(folder)
    assert result.return_value == 2
    assert "terminology/journey.yaml:" in result.stdout
    assert snapshot(folder / "build") == before


def test_a_refused_page_leaves_the_last_good_site(folder):
    index = (folder / "build" / "site" / "index.html").read_bytes()
    (folder / "content" / "pages" / "bad.md").write_text("# Bad\n\n[nowhere](nowhere.md)\n")
    with pytest.raises(OnevoiceError, match=r"bad/index\.md.*nowhere\.md"):
        build(folder)
    assert (folder / "build" / "site" / "index.html").read_bytes() == index


def test_dry_run_lists_and_writes_nothing(folder):
    terms = folder / "terminology" / "leads.yaml"
    terms.write_text(terms.read_text("utf-8").replace("A person who has shown", "A person that has shown"))
    before = snapshot(folder)
    result = build(folder, "--dry-run")
    assert "docs/glossary/lead/index.md" in result.stdout.splitlines()
    assert snapshot(folder) == before


def test_check_names_committed_files_that_are_stale(folder):
    assert build(folder, "--check").return_value == 0
    forms = folder / "content" / "forms.yaml"
    by_mail = "backend: mailto\n    to: content@ferrywell.example"
    by_issue = "backend: github\n    to: https://github.com/ferrywell/handbook"
    forms.write_text(forms.read_text("utf-8").replace(by_mail, by_issue))
    result = build(folder, "--check")
    assert result.return_value == 1
    assert ".github/ISSUE_TEMPLATE/request-content.yml" in result.stdout.splitlines()


def test_same_bytes_wherever_and_however_often(folder, tmp_path_factory):
    other = copy(tmp_path_factory.mktemp("elsewhere"))
    os.chdir(other)
    build(other)
    for part in ("docs", "vale"):
        ours, theirs = folder / "build" / part, other / "build" / part
        names = sorted(path.relative_to(ours) for path in ours.rglob("*") if path.is_file())
        assert names == sorted(path.relative_to(theirs) for path in theirs.rglob("*") if path.is_file())
        assert all((ours / name).read_bytes() == (theirs / name).read_bytes() for name in names)


def test_public_build_has_no_internal_record(folder):
    api = folder / "build" / "docs" / "api"
    records = [record for path in api.glob("*.json") for record in json.loads(path.read_text("utf-8"))]
    internal = [record for record in records if not record.get("public")]
    public = [record for record in records if record.get("public")]
    assert internal and public
    build(folder, "--public")
    text = "\n".join(
        path.read_text("utf-8")
        for path in (folder / "build" / "public").rglob("*")
        if path.suffix in (".md", ".html", ".json", ".txt", ".yml", ".xml")
    )
    keys = ("say", "claim", "they_say", "use_when", "why")
    values = [record[key] for record in internal for key in keys if record.get(key)]
    secrets = [text for value in values for text in ([value] if isinstance(value, str) else value)]
    assert len(secrets) > 50
    assert [secret for secret in secrets if secret in text] == []
    assert public[0]["id"] in text


def test_the_day_changes_only_what_it_must(folder):
    docs = folder / "build" / "docs"
    before = {path: path.read_bytes() for path in docs.rglob("*") if path.is_file()}
    build(folder, today="2026-11-22")
    assert {path.name for path in before if path.read_bytes() != before[path]} == set()
    build(folder, today="2030-01-01")
    card = (docs / "messaging" / "sales-lead" / "decide" / "index.md").read_text("utf-8")
    assert 'data-state="overdue"' in card


def test_the_next_build_sweeps_what_a_dead_one_left(small):
    for name in (".site-old", ".site-new-abc"):
        shutil.copytree(small / "build" / "site", small / "build" / name)
    assert "up to date" in build(small).stderr
    assert not [path.name for path in (small / "build").iterdir() if path.name.startswith(".site")]


def test_a_link_to_nothing_in_the_site_is_damage(small):
    (small / "build" / "site" / "assets" / "gone.js").symlink_to("nowhere")
    assert "up to date" not in build(small).stderr
    assert not (small / "build" / "site" / "assets" / "gone.js").is_symlink()
    assert "up to date" in build(small).stderr


@pytest.mark.skipif(sys.platform == "win32", reason="files of POSIX")
@pytest.mark.parametrize("name", ["site", ".site-old", "site.stamp"])
def test_what_is_no_site_makes_way_for_one(small, name):
    place = small / "build" / name
    shutil.rmtree(place, ignore_errors=True)
    place.unlink(missing_ok=True)
    os.mkfifo(place)
    if name == ".site-old":
        (small / "build" / "site.stamp").unlink()
    build(small)
    assert (small / "build" / "site" / "index.html").is_file()
    assert not (small / "build" / ".site-old").exists()
    assert "up to date" in build(small).stderr
