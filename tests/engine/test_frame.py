"""A handbook's mkdocs.yml holds differences: what it doesn't say comes from the package."""

import pytest

from handbooks import ROOT
from onevoice.engine.frame import compose_config, list_frame_notes
from onevoice.engine.site import SiteSource
from onevoice.errors import OnevoiceError

FRAME = ROOT / "scripts/onevoice/site/mkdocs.yml"


def make_source(folder, text: str | None, frame=FRAME) -> SiteSource:
    config = folder / "mkdocs.yml"
    if text is not None:
        config.write_text(text, "utf-8")
    return SiteSource(config, frame, folder / "build", "Title", "", "", "key")


def test_a_handbook_needs_no_file_of_its_own(tmp_path):
    source = make_source(tmp_path, None)
    config = compose_config(source)
    assert config["nav"][0] == {"Home": "index.md"} and config["plugins"] == ["search"]
    assert list_frame_notes(source) == []


@pytest.mark.parametrize("text", ["", "# nothing\n", "theme:\n", "INHERIT: {frame}\n", "plugins: [search]\n"])
def test_what_says_nothing_new_changes_nothing(tmp_path, text):
    source = make_source(tmp_path, text.format(frame=FRAME))
    assert compose_config(source) == compose_config(make_source(tmp_path / "none", None))


@pytest.mark.parametrize(
    ("text", "key", "wanted"),
    [
        ("extra_css: [own.css]\n", "extra_css", ["assets/onevoice.css", "assets/brand.css", "own.css"]),
        ("plugins: [search, tags]\n", "plugins", ["search", "tags"]),
        ("plugins:\n  tags: {a: 1}\n", "plugins", ["search", {"tags": {"a": 1}}]),
        ("plugins: [{search: {lang: de}}]\n", "plugins", [{"search": {"lang": "de"}}]),
        ("use_directory_urls: false\n", "use_directory_urls", False),
        ("validation: {anchors: info}\n", "validation", {
            "omitted_files": "warn", "absolute_links": "warn", "unrecognized_links": "warn", "anchors": "info",
        }),
    ],
)  # fmt: skip
def test_a_setting_wins_and_a_list_grows(tmp_path, text, key, wanted):
    assert compose_config(make_source(tmp_path, text))[key] == wanted


def test_features_of_the_theme_grow_and_the_rest_stays(tmp_path):
    theme = compose_config(make_source(tmp_path, "theme: {features: [navigation.sections]}\n"))["theme"]
    assert theme["name"] == "material" and theme["features"][-1] == "navigation.sections"
    assert "navigation.tabs" in theme["features"]


def test_devices_keep_no_page_where_the_owner_says_so(tmp_path):
    scripts = compose_config(make_source(tmp_path, "extra: {offline: false}\n"))["extra_javascript"]
    assert "assets/offline.js" not in scripts and "assets/pages.js" in scripts


def test_a_navigation_of_last_year_still_builds_and_says_what_is_new(tmp_path):
    source = make_source(tmp_path, "nav:\n  - Home: index.md\n  - Words: glossary/index.md\n")
    config = compose_config(source)
    assert config["nav"] == [{"Home": "index.md"}, {"Words": "glossary/index.md"}]
    assert "/catalog/index.md" in config["not_in_nav"].splitlines()
    (note,) = list_frame_notes(source)
    assert note.startswith("mkdocs.yml: `nav` doesn't list messaging/index.md, ")
    assert note.endswith("Add them, or delete `nav`.") and " index.md" not in note


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("theme: {custom_dir: scripts/onevoice/site/theme}\n", "is no folder here. Our theme comes with onevoice"),
        ("theme: [\n", "error parsing the configuration file"),
        ("- a\n", "must have keys"),
        ("INHERIT: nowhere.yml\n", "does not exist"),
    ],
)
def test_a_mistake_is_named_with_its_file(tmp_path, text, told):
    with pytest.raises(OnevoiceError, match=told) as refusal:
        compose_config(make_source(tmp_path, text))
    assert "mkdocs.yml" in str(refusal.value)
