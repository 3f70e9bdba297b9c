"""Repositories for tests: a handbook whose every commit has its day."""

import os
import subprocess
from pathlib import Path


class Repository:
    """A git repository in a folder, made by nobody in particular."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *args: str, day: str = "2026-01-01") -> str:
        """What git prints."""
        moment = f"{day}T09:00:00+01:00"
        person = {
            f"GIT_{who}_{what}": "test@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
        }
        dates = {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
        alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        environment = {**os.environ, **person, **dates, **alone}
        done = subprocess.run(
            ["git", *args], cwd=self.folder, env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout

    def commit(self, day: str, files: dict[str, str | None]) -> str:
        """Write files (None: delete), commit them on a day, and return the commit's name."""
        for name, text in files.items():
            path = self.folder / name
            if text is None:
                path.unlink()
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(text.encode())
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "Change", day=day)
        return self.git("rev-parse", "HEAD").strip()
