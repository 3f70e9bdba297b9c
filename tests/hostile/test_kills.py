"""A run that dies at any moment leaves whole files, and the next run makes everything as if nothing had happened."""

import os
import random
import shutil
import signal
import sys
import time
from dataclasses import dataclass

import pytest

from hostile import site
from office import text, word
from rounds import IS_WHOLE, choose_count

pytestmark = [
    pytest.mark.rounds,
    pytest.mark.skipif(sys.platform == "win32", reason="ends processes with SIGKILL"),
]
# What changes a file, makes one, and writes down what it has read.
WORDS = "terms:\n" + "".join(f"  - {{preferred: word{n}, definition: d, avoid: [wort{n}]}}\n" for n in range(300))
WORDS += "  - {preferred: use, definition: d, avoid: [employ]}\n"
# What says how to go on after a death.
PLANS = ("manifest.json", "import-plan.json")
# How many unfinished files a run may leave when it dies.
MAX_LITTER = 3


@dataclass(frozen=True)
class Verb:
    """A verb that writes. command: its words. exits: of a run that ends. is_cold: nothing has been built before."""

    command: tuple[str, ...]
    exits: tuple[int, ...] = (0,)
    is_cold: bool = False


VERBS = {
    "build": Verb(("build",)),
    "build-public": Verb(("build", "--public")),
    "build-offline": Verb(("build", "--offline")),
    "first-build": Verb(("build",), is_cold=True),
    "fix": Verb(("lint", "--no-vale", "--fix", "content/submissions")),
    "comment": Verb(("lint", "--no-vale", "--comment", "copy.docx", "draft.docx"), exits=(1,)),
    "sign": Verb(("sign", "use", "--as", "sales")),
    "new-baseline": Verb(("baseline", "update", "--no-vale", "new.json", "content/submissions")),
    "old-baseline": Verb(("baseline", "update", "--no-vale", "old.json", "content/submissions/draft0.md")),
    "import": Verb(("import", "--yes", "words.yaml")),
    "cold-cache": Verb(("lint", "--no-vale", "content/submissions"), exits=(1,)),
}
SAMPLE = ("build", "fix", "sign", "import", "cold-cache")


class Scene:
    """A handbook before a run and after it, and what can go on from the state before."""

    def __init__(self, folder, verb):
        self.verb, self.folder, self.cache = verb, folder / "book", folder / "cache"
        self.environment = site.list_environment(self.cache)
        site.write_handbook(self.folder)
        (self.folder / "words.yaml").write_text(WORDS)
        (self.folder / "draft.docx").write_bytes(word(text("We utilize it.")))
        if verb.command[0] == "build" and not verb.is_cold:
            site.edit_handbook(self.folder, "first")
            self.run(*verb.command)
        if "old.json" in verb.command:
            self.run("baseline", "update", "--no-vale", "old.json", "content/submissions/draft0.md")
            (self.folder / "content" / "submissions" / "draft0.md").write_text("We utilize 0 words.\n")
        if verb.command[0] == "build":
            site.edit_handbook(self.folder, "second")
        self.before, self.cached = folder / "before", folder / "cached"
        shutil.copytree(self.folder, self.before)
        self.cache.mkdir(exist_ok=True)
        shutil.copytree(self.cache, self.cached)
        self.old = site.hash_tree(self.folder)
        log = folder / "log"
        began = time.monotonic()
        code, said = site.run(self.folder, verb.command, self.environment | {"DEADLY_LOG": str(log)})
        self.seconds = time.monotonic() - began
        assert code in verb.exits, said
        self.report = said
        self.renames = log.read_text().splitlines()
        self.new = site.hash_tree(self.folder)

    def run(self, *command):
        code, said = site.run(self.folder, command, self.environment)
        assert code == 0, said

    def reset(self):
        site.restore(self.folder, self.before)
        site.restore(self.cache, self.cached)

    def check_whole(self):
        """No file is anything but what it was or what it becomes; a site is all of one of them."""
        now = site.hash_tree(self.folder)
        litter = [path for path in now if any(part in path for part in (".onevoice-", ".site-new-", ".site-old"))]
        assert len({path.split("/.site-")[0] for path in litter}) <= MAX_LITTER
        for path, data in now.items():
            if path not in litter and not path.endswith(PLANS):
                assert data in (self.old.get(path), self.new.get(path)), f"{path} is damaged"
        assert {path for path in self.old if path in self.new} - {"", *now} <= {
            path for path in self.old if "/site/" in path
        }
        pages = {path: data for path, data in now.items() if "/site/" in path and path not in litter}
        sites = [{path: data for path, data in tree.items() if "/site/" in path} for tree in (self.old, self.new)]
        assert pages in (*sites, {})

    def check_healed(self, moment):
        """After the next run all is as if none had died, but for what may still be another run's for an hour."""
        for path in self.folder.rglob(".onevoice-*"):
            if "build" not in path.parts:
                os.utime(path, (time.time() - 7200,) * 2)
        code, said = site.run(self.folder, self.verb.command, self.environment)
        assert code in self.verb.exits, f"{moment}: {said}"
        if self.verb.exits == (1,):
            assert said == self.report
        assert site.hash_tree(self.folder) == self.new, moment

    def check_site_stays(self, moment):
        """A broken record afterwards does not keep the last site away."""
        terms = self.folder / "terminology" / "terms.yaml"
        sound = terms.read_bytes()
        terms.write_text(site.BROKEN)
        code, said = site.run(self.folder, self.verb.command, self.environment)
        assert code == 2 or code == 1, f"{moment}: {said}"
        assert "Traceback" not in said
        terms.write_bytes(sound)
        if not self.verb.is_cold:
            now = site.hash_tree(self.folder)
            for path in self.old:
                if "/site/" in path:
                    assert path in now or path not in self.new, f"{moment}: {path} is not there"


@pytest.fixture(scope="module", params=VERBS if IS_WHOLE else SAMPLE)
def scene(request, tmp_path_factory):
    return Scene(tmp_path_factory.mktemp(request.param), VERBS[request.param])


def choose_moments(count):
    """Before and after each rename; in a sample, before the last: a build has put the last site away then."""
    return (
        [(at, side) for at in range(1, count + 1) for side in ("before", "after")] if IS_WHOLE else [(count, "before")]
    )


def test_death_at_a_rename(scene):
    """Every rename in `make test-slow`, before and after it."""
    assert scene.renames
    for at, side in choose_moments(len(scene.renames)):
        scene.reset()
        deadly = {"DEADLY_AT": str(at), "DEADLY_SIDE": side}
        code, said = site.run(scene.folder, scene.verb.command, scene.environment | deadly)
        moment = f"{side} {scene.renames[at - 1]}"
        assert code == -signal.SIGKILL, f"{moment}: {said}"
        scene.check_whole()
        if scene.verb.command[0] == "build" and (at % 8 == 0 or at > len(scene.renames) - 4):
            scene.check_site_stays(moment)
        scene.check_healed(moment)


def test_death_at_any_moment(scene):
    """20 moments of each verb in `make test-slow`, and 50 of `import`."""
    choose = random.Random(12)
    for _ in range(
        choose_count(1 if scene.verb.command[0] != "build" else 0, 50 if scene.verb.command[0] == "import" else 20)
    ):
        scene.reset()
        process = site.start(scene.folder, scene.verb.command, scene.environment)
        wait = choose.uniform(0, scene.seconds * 1.1)
        time.sleep(wait)
        site.kill(process)
        scene.check_whole()
        scene.check_healed(f"after {wait:.3f} s")
