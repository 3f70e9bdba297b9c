"""Copy the locked versions to where pip takes them from: the hooks' environments, and the build of the package.

`make lock` runs this. pre-commit installs a hook with `pip install . <additional_dependencies>`, and pip builds the
package with what pyproject.toml names: without versions there, each would get the newest of the day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HOOKS, PROJECT = ".pre-commit-hooks.yaml", "pyproject.toml"
# What builds the package, and what that needs.
BUILDERS = ("hatchling", "packaging", "pathspec", "pluggy", "trove-classifiers")

_LOCKED = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>[^\s;]+)(?: ; (?P<marker>[^\\\n]+?))?(?: \\)?$", re.M)
_HOOK_LIST = re.compile(r"(?<=^  additional_dependencies: &locked\n)(?:    .*\n)*", re.M)
_BUILD_LIST = re.compile(r"(?<=^\[build-system\]\nrequires = \[\n)(?:  .*\n)*", re.M)


def read_locked(text: str, names: Iterable[str] = ()) -> list[str]:
    """The requirements in a locked file, without hashes. names: only these; none: all."""
    wanted = {*names}
    return [
        f"{one['name']}=={one['version']}" + (f" ; {one['marker']}" if one["marker"] else "")
        for one in _LOCKED.finditer(text)
        if not wanted or one["name"] in wanted
    ]


def pin_hooks(text: str, locked: list[str]) -> str:
    """The hooks' manifest with these requirements."""
    return _HOOK_LIST.sub("".join(f'    - "{one}"\n' for one in locked).replace("\\", r"\\"), text)


def pin_build(text: str, locked: list[str]) -> str:
    """pyproject.toml with these requirements of the build."""
    return _BUILD_LIST.sub("".join(f'  "{one}",\n' for one in locked).replace("\\", r"\\"), text)


def render_files() -> dict[str, str]:
    """Both files as they have to be."""
    hook, site = ((ROOT / "requirements" / name).read_text("utf-8") for name in ("hook.txt", "site.txt"))
    return {
        HOOKS: pin_hooks((ROOT / HOOKS).read_text("utf-8"), read_locked(hook)),
        PROJECT: pin_build((ROOT / PROJECT).read_text("utf-8"), read_locked(site, BUILDERS)),
    }


if __name__ == "__main__":
    for name, text in render_files().items():
        (ROOT / name).write_text(text, "utf-8")
