"""The Vale that we get: one version, its archives, and the hashes that they must have."""

from __future__ import annotations

import platform
import sys
from dataclasses import dataclass

VERSION = "3.22.0"
BASE_URL = f"https://github.com/vale-cli/vale/releases/download/v{VERSION}"
GO_PACKAGE = f"github.com/vale-cli/vale/v3/cmd/vale@v{VERSION}"


@dataclass(frozen=True)
class Archive:
    """One file of the release. name: its file name; sha256: of the whole file, in hex; size: in bytes."""

    name: str
    sha256: str
    size: int


# The hashes and sizes are those that the npm package @vvago/vale 3.22.0 pins for its own download.
ARCHIVES = {
    (system, machine): Archive(f"vale_{VERSION}_{name}", sha256, size)
    for system, machine, name, sha256, size in (
        ("linux", "64-bit", "Linux_64-bit.tar.gz",
         "52f5cd0314a1b7384cac6aa102a68193977312f6ba9c9f3ae001b5deec8e3a10", 12217265),
        ("linux", "arm64", "Linux_arm64.tar.gz",
         "18f57dfe023e804159b2bb307f00274d801d426c518a8a0cc25d4f98bf035e73", 11491949),
        ("darwin", "64-bit", "macOS_64-bit.tar.gz",
         "e54a94b86d45f8bdd751f31ad3d06d6ae04da1154e720a006ed0f2e03a675fff", 12210071),
        ("darwin", "arm64", "macOS_arm64.tar.gz",
         "7dea014d6586101f6f695105f2e8825b7297236df0af9e68e193bcb4e4d25f7e", 11817825),
        ("win32", "64-bit", "Windows_64-bit.zip",
         "7e55b39881f48ced8cf27406129c065a20247800e82e816a9e79d06c4b1a199e", 12493409),
        ("win32", "arm64", "Windows_arm64.zip",
         "2289fc3ff04e450e57e3124c858cb8cbb34878c4d742fa8298e7f54f20280cd2", 11662236),
    )
}  # fmt: skip

MACHINES = {"x86_64": "64-bit", "amd64": "64-bit", "arm64": "arm64", "aarch64": "arm64"}


def select_archive(system: str = sys.platform, machine: str | None = None) -> Archive | None:
    """The archive for a platform (`sys.platform`, `platform.machine()`), or None if Vale publishes none."""
    machine = platform.machine() if machine is None else machine
    return ARCHIVES.get((system, MACHINES.get(machine.lower(), machine)))
