"""Modules of JavaScript become one script."""

import json
import shutil
import subprocess

import pytest

from conftest import absent
from onevoice.site.bundle import bundle_modules, join_scripts

SOURCES = {
    "main": 'import { twice } from "../matcher/twice.js";\nimport * as pair from "./pair.js";\n'
    "console.log(JSON.stringify([twice(2), new pair.Pair().size, Object.keys(pair)]));\n",
    "pair": 'import { twice } from "./twice.js";\nconst hidden = 1;\nexport const seen = hidden;\n'
    "export class Pair { size = twice(seen); }\nexport async function later() {}\n"
    "export function* several() {}\n",
    "twice": "console.log('once');\nexport function twice(n) { return 2 * n; }\n",
    "unused": "console.log('never');\n",
}


def test_one_script_does_what_the_modules_do():
    node = shutil.which("node") or absent("node")
    done = subprocess.run([node, "-e", bundle_modules(SOURCES, "main")], capture_output=True, text=True, check=True)
    once, said = done.stdout.splitlines()
    assert once == "once"
    assert json.loads(said) == [4, 2, ["seen", "Pair", "later", "several"]]


@pytest.mark.parametrize(
    "line",
    [
        'import one from "./twice.js";',
        'import { one as other } from "./twice.js";',
        'import "./twice.js";',
        "export default 1;",
        "export { one };",
        'export * from "./twice.js";',
    ],
)
def test_what_it_cannot_join_is_refused(line):
    with pytest.raises(ValueError, match=r"main\.js: "):
        bundle_modules({**SOURCES, "main": line}, "main")


def test_a_script_that_fails_leaves_the_others_as_they_are():
    node = shutil.which("node") or absent("node")
    sources = ["(() => {\n// first\nconsole.log(1);\n})();\n", "missing();\n", "(() => {\nconsole.log(3);\n})();\n"]
    told = "globalThis.reportError = (error) => console.log(error.name);\n"
    done = subprocess.run([node, "-e", told + join_scripts(sources)], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["1", "ReferenceError", "3"]
    assert "first" not in join_scripts(sources)
