"""Pictures: those that records name, from regular files of the handbook, and nothing else."""

import os
from pathlib import Path

import pytest

from onevoice import limits
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


def test_a_picture_has_a_size(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MAX_PICTURE_BYTES", 2**20)
    path = make_folder(tmp_path) / "logo.svg"
    path.write_bytes(b" " * 2**20)
    assert [*load_folder(tmp_path).files] == ["identity/logo.svg"]
    path.write_bytes(b" " * (2**20 + 1))
    loaded = load_folder(tmp_path)
    assert loaded.files == {}
    assert loaded.refused_files == {"identity/logo.svg": "has 1 MB; at most 1 MB can be used. Make it smaller."}
