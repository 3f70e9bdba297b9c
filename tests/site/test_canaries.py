"""What is internal stays in: every text of a handbook is a canary, and none that is internal sings on the public site.

So it is for what others install: the wheel, the source distribution and the Vale package carry what a lint reads.
"""

import datetime
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from canaries import Aviary, find_words, iter_files
from handbooks import ROOT, copy
from onevoice.handbook import public
from onevoice.handbook.handbook import Handbook
from onevoice.load.folder import load_folder
from onevoice.records import KINDS
from onevoice.run.build import plan_build
from repository import Repository
from rounds import IS_WHOLE

pytestmark = pytest.mark.rounds
TODAY = datetime.date(2026, 11, 22)
SINGLES = frozenset(kind for kind, model in KINDS.items() if model.SINGLE)
# What of a handbook may be public: mixed records (the public ones name internal teams, stages and forms), all, none.
MIXES = {
    "mixed": (SINGLES - {"journey"}, frozenset(KINDS) - {"teams", "forms"}),
    "all": (SINGLES, frozenset(KINDS)),
    "none": (frozenset(), frozenset(KINDS) - {"teams", "forms"}),
}
# What a lint reads of a record, and so what others who install it get to see.
LINTED = {
    "terms": {
        ("id",), ("preferred",), ("definition",), ("part_of_speech",), ("abbreviation",), ("expand_first",),
        ("allowed",), ("one_per_text",), ("avoid",), ("except_",), ("case",), ("only_near",), ("never_near",),
    },
    "proof": {("id",), ("title",), ("claim",), ("standing",), ("say",), ("say_not",), ("number",), ("expires",)},
    "voice": {("traits", "id"), ("traits", "we_are"), ("traits", "vale")},
    "brand": {("name",), ("url",), ("language",), ("channels",), ("audiences",)},
}  # fmt: skip


@dataclass
class Cage:
    """A handbook full of canaries. folder: where it is, with its history."""

    folder: Path
    aviary: Aviary
    today: set[str]

    def select(self, wanted) -> set[str]:
        return {word for word, place in self.aviary.places.items() if wanted(word, place)}

    @property
    def secrets(self) -> set[str]:
        return self.select(lambda word, place: word not in self.today or place.is_internal or not place.is_public)

    @property
    def shown(self) -> set[str]:
        return set(self.aviary.places) - self.secrets


def write_records(folder: Path, aviary: Aviary, *, latest: bool) -> None:
    """Two records of each kind, one public and one internal; before, both were public, and there was a third."""
    for kind, model in KINDS.items():
        place = "terminology" if kind == "terms" else f"content/{kind}"
        (folder / place).mkdir(parents=True, exist_ok=True)
        if model.SINGLE:
            body = aviary.make_record(kind, kind in aviary.public_singles)
        else:
            body = [aviary.make_record(kind, False)]
            body += [aviary.make_record(kind, True)] if kind in aviary.public_kinds else []
            if not latest:
                body = [record | {"public": True} for record in body]
                body.append(aviary.make_record(kind, True, id=aviary.put("deleted id")))
        # A new name for the file: its old one is a secret, too.
        for old in (folder / place).glob("*.yaml"):
            old.unlink()
        (folder / place / f"{aviary.put('file name')}.yaml").write_text(aviary.write_yaml(kind, body), "utf-8")


def make_cage(folder: Path, mix: str) -> Cage:
    copy(folder)
    for part in ("terminology", "content"):
        shutil.rmtree(folder / part)
    singles, kinds = MIXES[mix]
    aviary = Aviary(public_singles=singles, public_kinds=kinds)
    history = Repository(folder)
    history.git("config", "user.name", aviary.put("author"))
    write_records(folder, aviary, latest=False)
    history.commit("2026-11-03", {})
    past = set(aviary.places) - set(aviary.ids.values())
    write_records(folder, aviary, latest=True)
    word = aviary.put
    identity, pages, drafts = (folder / "content" / name for name in ("identity", "pages", "submissions"))
    for record, _ in load_folder(folder).records:
        for _, name in record.iter_files():
            (folder / "content" / name).write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (identity / f"{word('picture name')}.svg").write_text(f"<svg><!-- {word('picture')} --></svg>")
    for path in (pages, drafts):
        path.mkdir()
        front, text = f"---\ntitle: {word('title')}\n---\n", f"# {word('heading')}\n\nText {word('text')}.\n\n"
        (path / f"{word('file name')}.md").write_text(f"{front}{text}<!-- {word('comment')} -->\n")
    for name, columns, line in (
        (
            "quotes",
            "week,form,about,persona,stage,id,words",
            f"2026-W47,{word('form')},pain,,,q0123456789,so {word('quote')} now",
        ),
        ("metrics", "record,measure,week,value,side", f"queries/{word('query')},clicks,2026-W47,9,"),
    ):
        (folder / "content" / name).mkdir()
        (folder / "content" / name / f"{word('file name')}.csv").write_text(f"{columns}\n{line}\n")
    config = f"# {word('comment')}\nrepo_url: https://{word('repository')}.example/\n"
    (folder / "mkdocs.yml").write_text(config, "utf-8")
    (folder / ".vale.ini").write_text(f"# {word('comment')}\nMinAlertLevel = suggestion\n")
    history.git("add", "-A")
    history.git("commit", "-q", "-m", word("subject"), "-m", word("body"), day="2026-11-12")
    return Cage(folder, aviary, set(aviary.places) - past)


def load_unchecked(folder: Path):
    """What tells these records apart is that they are strange: checks would find a lot."""
    loaded = load_folder(folder)
    assert [finding.message for finding in loaded.findings if finding.level == "error"] == []
    return Handbook(loaded), []


@pytest.fixture(scope="module", params=["mixed", *(["all", "none"] if IS_WHOLE else [])])
def cage(request, tmp_path_factory):
    return make_cage(tmp_path_factory.mktemp("cage") / "handbook", request.param)


def build_public(cage: Cage, *, site: bool) -> dict[str, str]:
    """The canaries that are in a public build, and where. site: MkDocs builds its site, too."""
    out = cage.folder / "build" / "public"
    shutil.rmtree(out, ignore_errors=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("onevoice.run.build.load_handbook", load_unchecked)
        plan = plan_build(cage.folder, TODAY, public=True)
    if site:
        plan.build("mkdocs", print)
    else:
        plan._write_artifacts()
    return find_words(iter_files(out), set(cage.aviary.places))


def test_nothing_internal_is_in_the_public_build(cage):
    found = build_public(cage, site=True)
    assert (cage.folder / "build" / "public" / "site" / "search" / "search_index.json").is_file()
    assert {word: (cage.aviary.places[word], name) for word, name in found.items() if word in cage.secrets} == {}
    # The search would see them: nearly all that is public is there.
    assert len(cage.secrets) > 1000 and len(set(found) & cage.shown) > 0.9 * len(cage.shown)


def leak_a_field(patch):
    patch.setattr(public, "_list_fields", lambda model: tuple((name, False, ()) for name in model.model_fields))


def leak_a_record(patch):
    patch.setattr(public, "reduce_record", lambda handbook, record: record)


def leak_by_a_template(patch):
    patch.setattr(
        "onevoice.site.llms._render_voice",
        lambda view: [view.handbook.load_result.root.joinpath("mkdocs.yml").read_text()],
    )


# News names records and no texts, so that the past has no way to leak.
@pytest.mark.parametrize("leak", [leak_a_field, leak_a_record, leak_by_a_template])
def test_a_leak_is_found(cage, leak, monkeypatch):
    leak(monkeypatch)
    assert set(build_public(cage, site=False)) & cage.secrets


def is_linted(cage: Cage, word: str) -> bool:
    place = cage.aviary.places[word]
    return word in cage.today and any(place.loc[: len(loc)] == loc for loc in LINTED.get(place.kind, ()))


def test_the_vale_package_has_the_words_and_the_rules_alone(cage, tmp_path):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("onevoice.run.build.load_handbook", load_unchecked)
        plan = plan_build(cage.folder, TODAY)
    for artifact in plan.output_files:
        if "vale/" in artifact.path:
            path = tmp_path / artifact.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(artifact.data)
    found = find_words(iter_files(tmp_path), set(cage.aviary.places))
    assert len(found) > 10
    assert {word: cage.aviary.places[word] for word in found if not is_linted(cage, word)} == {}


@pytest.fixture(scope="module")
def packages(cage, tmp_path_factory):
    """The folder with the wheel and the source distribution of a handbook full of canaries."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("packages")
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE", "CHANGELOG.md", ".gitignore"):
        shutil.copy(ROOT / name, source / name)
    for name in ("scripts", "schemas"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__", "sample"))
    for name in ("terminology", "content", ".git"):
        shutil.copytree(cage.folder / name, source / name)
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(source)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, env=clean_environment())
    assert done.returncode == 0, done.stdout + done.stderr
    return out


def clean_environment(**more: str) -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | more


def test_the_packages_have_what_a_lint_reads_alone(cage, packages):
    wanted = cage.select(lambda word, place: is_linted(cage, word))
    assert len(wanted) > 40
    for pattern in ("*.whl", "*.tar.gz"):
        (folder := packages / pattern[-3:]).mkdir()
        shutil.copy(next(packages.glob(pattern)), folder)
        found = find_words(iter_files(folder), set(cage.aviary.places))
        assert {word: (cage.aviary.places[word], found[word]) for word in found if word not in wanted} == {}
        assert {word: cage.aviary.places[word] for word in wanted if word not in found} == {}


def test_the_wheel_lints_and_explains(cage, packages, tmp_path):
    shutil.unpack_archive(next(packages.glob("*.whl")), tmp_path / "wheel", "zip")
    terms = load_folder(cage.folder).records
    avoided, claim = (
        next(getattr(record, name) for record, _ in terms if kind == record.KIND)
        for kind, name in (("terms", "avoid"), ("proof", "say_not"))
    )
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "draft.md").write_text(
        "---\naudience: customers\nchannel: email\n---\n\n"
        f"{avoided[0].term} with {avoided[0].only_near[0]} again.\n\n{claim[0]}.\n"
    )

    def run(*arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, "-m", "onevoice", *arguments],
            cwd=tmp_path / "drafts", capture_output=True, text=True, timeout=120, check=False,
            env=clean_environment(PYTHONPATH=str(tmp_path / "wheel"), XDG_CACHE_HOME=str(tmp_path / "cache")),
        )  # fmt: skip

    done = run("lint", "--sample", "--no-vale", "draft.md")
    assert done.returncode == 1 and "draft.md:6:1" in done.stdout and "unsourced-number" in done.stdout, done
    assert avoided[0].why in " ".join(done.stdout.split())
    done = run("explain", avoided[0].term)
    assert done.returncode == 0 and avoided[0].why in " ".join(done.stdout.split()), done
    assert "Traceback" not in run("doctor").stderr + run("prove", "--help").stderr
