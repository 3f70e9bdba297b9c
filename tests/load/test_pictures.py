"""Pictures: those that records name, from regular files of the handbook, and nothing else."""

import os
from pathlib import Path

import pytest

from onevoice.load.folder import load_folder


def make_folder(root: Path, name: str = "identity/logo.svg") -> Path:
    (root / "content" / "identity").mkdir(parents=True)
    (root / "content" / "identity.yaml").write_text(
        f"identity:\n  logos: [{{name: Logo, file: {name!r}, alt: a, use: u}}]\n"
        "  colors: [{name: Paper, hex: '#ffffff', use: ground}]\n"
    )
    return root / "content" / "identity"


def test_a_picture_that_no_record_names_is_not_read(tmp_path):
    folder = make_folder(tmp_path)
    (folder / "logo.svg").write_bytes(b"<svg/>")
    (folder / "other.svg").write_bytes(b"<svg>secret</svg>")
    assert load_folder(tmp_path).files == {"identity/logo.svg": b"<svg/>"}


@pytest.mark.parametrize("name", ["../secret.svg", "identity/../secret.svg", "identity/./logo.svg", "secret.svg"])
def test_a_picture_is_in_its_folder(tmp_path, name):
    folder = make_folder(tmp_path, name)
    for path in (tmp_path / "secret.svg", tmp_path / "content" / "secret.svg", folder / "logo.svg"):
        path.write_text("<svg/>")
    assert load_folder(tmp_path).files == {}


@pytest.mark.skipif(os.name != "posix", reason="needs pipes and links")
@pytest.mark.parametrize("kind", ["pipe", "device", "folder", "link out", "loop"])
def test_what_is_no_file_of_the_handbook_is_not_read(tmp_path, kind):
    path = make_folder(tmp_path / "handbook") / "logo.svg"
    (tmp_path / "secret.svg").write_text("<svg/>")
    targets = {"device": "/dev/zero", "link out": tmp_path / "secret.svg", "loop": path}
    if kind in targets:
        path.symlink_to(targets[kind])
    else:
        (os.mkfifo if kind == "pipe" else os.mkdir)(path)
    assert load_folder(tmp_path / "handbook").files == {}


def test_a_link_inside_the_handbook_is_followed(tmp_path):
    folder = make_folder(tmp_path)
    (folder / "real.svg").write_text("<svg/>")
    (folder / "logo.svg").symlink_to("real.svg")
    assert load_folder(tmp_path).files == {"identity/logo.svg": b"<svg/>"}
