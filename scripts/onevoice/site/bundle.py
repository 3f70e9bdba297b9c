"""Many files of JavaScript as one classic script: browsers don't load modules from a folder, and one file is faster."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_IMPORT = re.compile(r'import (?P<names>\{ \w+(?:, \w+)* \}|\* as \w+) from "\.{1,2}/(?:\w+/)*(?P<module>\w+)\.js";')
_EXPORT = re.compile(r"export (?=(?:async )?(?:class|const|function\*?) (?P<name>\w+))")


def bundle_modules(sources: Mapping[str, str], entry: str) -> str:
    """The module `entry` and all that it needs, in the order in which they need each other.

    sources: the modules' texts by their names, whatever folders they are in. Each import and each export is on a line
    of its own, nothing is renamed and nothing is a default; ValueError for any other. Modules must not need each other.
    Lines that are comments are left out, so no line of a text in them may look like one.
    """
    done: dict[str, str] = {}

    def add_module(name: str) -> None:
        lines, exported = [], []
        for line in sources[name].splitlines():
            if line.lstrip().startswith("//"):
                continue
            if line.startswith("import"):
                line = resolve_import(name, line)
            elif line.startswith("export"):
                found = _EXPORT.match(line)
                if not found:
                    raise ValueError(f"{name}.js: {line}")
                exported.append(found["name"])
                line = line[found.end() :]
            lines.append(line)
        inside = "\n".join(lines)
        done[name] = f"modules.{name} = (() => {{\n{inside}\nreturn {{ {', '.join(exported)} }};\n}})();\n"

    def resolve_import(name: str, line: str) -> str:
        found = _IMPORT.fullmatch(line)
        if not found:
            raise ValueError(f"{name}.js: {line}")
        if found["module"] not in done:
            add_module(found["module"])
        return f"const {found['names'].removeprefix('* as ')} = modules.{found['module']};"

    add_module(entry)
    return "".join(('(() => {\n"use strict";\nconst modules = {};\n', *done.values(), "})();\n"))


def join_scripts(sources: Iterable[str]) -> str:
    """Classic scripts as one, without the lines that are comments. If one of them fails, the others still run.

    Nothing at the top of a script may be for another one.
    """
    parts = []
    for source in sources:
        inside = "\n".join(line for line in source.splitlines() if not line.lstrip().startswith("//"))
        parts.append(f"try {{\n{inside}\n}} catch (error) {{ reportError(error); }}\n")
    return "".join(parts)
