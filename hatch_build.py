"""What a package of this repository carries of its handbook: the part that a lint needs, and the example whole."""

import datetime
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class HandbookHook(BuildHookInterface):
    """Puts the records that a lint reads into the wheel, and into the source distribution that a wheel is made from."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before a package is built."""
        if version == "editable":
            return
        sys.path.insert(0, str(Path(self.root, "scripts")))
        from onevoice.exchange import sample
        from onevoice.handbook import checks
        from onevoice.handbook.handbook import Handbook
        from onevoice.load.folder import load_folder

        handbook = Handbook(load_folder(Path(self.root)))
        self._folder = Path(tempfile.mkdtemp(prefix="onevoice-"))
        for artifact in sample.write(handbook):
            path = self._folder / artifact.path
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(artifact.data)
        found = [
            *handbook.load_result.findings,
            *checks.run_checks(Handbook(load_folder(self._folder)), datetime.date.today()),
        ]
        errors = [finding for finding in found if finding.level == "error"]
        if errors:
            lines = [f"{one.path}:{one.span.line}: {one.message}" for one in errors]
            sys.exit("\n".join(["The handbook has errors, so it cannot be packaged.", *lines]))
        # Ferrywell is the example that `onevoice init --example` copies. The handbook of anyone else stays at home.
        is_example = handbook.brand.name == self.config["example"]
        for folder in sorted(self._folder.iterdir()):
            whole = str(Path(self.root, folder.name))
            if self.target_name == "wheel":
                build_data["force_include"][str(folder)] = f"onevoice/sample/{folder.name}"
                if is_example:
                    build_data["force_include"][whole] = f"onevoice/example/{folder.name}"
            else:
                build_data["force_include"][whole if is_example else str(folder)] = folder.name

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Called after a package was built."""
        if version != "editable":
            shutil.rmtree(self._folder, ignore_errors=True)
