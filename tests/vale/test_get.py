"""Vale is found where it really runs, got whole or not at all, and its absence is one clear line."""

import hashlib
import http.server
import io
import os
import shutil
import subprocess
import sys
import tarfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from onevoice.errors import MissingToolError
from onevoice.vale import release
from onevoice.vale.get import Timeouts, ensure_vale
from onevoice.vale.resolve import locate_own_vale, resolve_vale

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="stands in for Vale with shell scripts")

RUNS = f"#!/bin/sh\necho vale version {release.VERSION}\n"
QUICK = Timeouts(byte=1, download=3, build=30, lock=30, probe=5)


def program(path: Path, text: str = RUNS) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
    return path


def packed(text: str = RUNS, name: str = "vale") -> tuple[bytes, release.Archive]:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as file:
        member = tarfile.TarInfo(name)
        member.size = len(text.encode())
        file.addfile(member, io.BytesIO(text.encode()))
    data = buffer.getvalue()
    return data, release.Archive("vale.tar.gz", hashlib.sha256(data).hexdigest(), len(data))


class Server(http.server.ThreadingHTTPServer):
    """Sends `data` for /vale.tar.gz, after `delay` seconds, and counts the questions."""

    daemon_threads = True

    def __init__(self, data: bytes, delay: float = 0, drip: float = 0) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.data, self.delay, self.drip, self.asked = data, delay, drip, 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked += 1
        if self.path != "/vale.tar.gz":
            self.send_error(404)
            return
        time.sleep(self.server.delay)
        self.send_response(200)
        self.end_headers()
        try:
            if self.server.drip:
                for byte in self.server.data:
                    self.wfile.write(bytes([byte]))
                    time.sleep(self.server.drip)
            else:
                self.wfile.write(self.server.data)
        except OSError:
            pass

    def log_message(self, *_):
        pass


@pytest.fixture
def serve():
    servers = []

    def start(*args, **kwargs) -> Server:
        servers.append(Server(*args, **kwargs))
        threading.Thread(target=servers[-1].serve_forever, daemon=True).start()
        return servers[-1]

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def left_over(cache: Path) -> list[str]:
    return sorted(path.name for path in locate_own_vale(cache).parent.iterdir())


# --- finding -------------------------------------------------------------------------------------------------------


def test_the_named_vale_comes_first(tmp_path):
    named, on_path = program(tmp_path / "a" / "my-vale"), program(tmp_path / "b" / "vale")
    found = resolve_vale({"ONEVOICE_VALE": str(named), "PATH": str(on_path.parent)}, tmp_path)
    assert (found.path, found.version, found.origin) == (named, release.VERSION, "$ONEVOICE_VALE")


def test_a_named_vale_that_does_not_run_is_a_mistake_not_an_absence(tmp_path):
    program(tmp_path / "b" / "vale")
    with pytest.raises(MissingToolError, match=r"\$ONEVOICE_VALE is /no/such/vale.*unset it"):
        resolve_vale({"ONEVOICE_VALE": "/no/such/vale", "PATH": str(tmp_path / "b")}, tmp_path)


def test_a_build_from_source_counts_as_vale(tmp_path):
    on_path = program(tmp_path / "vale", "#!/bin/sh\necho vale version master\n")
    assert "built from source" in str(resolve_vale({"PATH": str(on_path.parent)}, tmp_path / "cache"))


UNUSABLE = {
    "says something else": "#!/bin/sh\necho Vale of Tears 1.0\n",
    "fails": "#!/bin/sh\necho vale version 3.22.0\nexit 1\n",
    "is too old": "#!/bin/sh\necho vale version 2.30.0\n",
    "never answers": "#!/bin/sh\nexec sleep 60\n",
    "is no program": "This is a placeholder for the actual Vale binary.\n",
    "downloads when it runs": "#!/usr/bin/python3\nfrom vale.main import main\nmain()\n",
    "is a shim": "#!/bin/sh\nexec pyenv exec vale\n",
}


@pytest.mark.parametrize("text", UNUSABLE.values(), ids=UNUSABLE)
def test_an_unusable_vale_on_path_is_passed_over(tmp_path, text):
    bad, good = program(tmp_path / "bad" / "vale", text), program(tmp_path / "good" / "vale")
    path = os.pathsep.join([str(bad.parent), "", str(tmp_path / "missing")])
    assert resolve_vale({"PATH": path}, tmp_path / "cache", patience=0.5) is None
    both = os.pathsep.join([path, str(good.parent)])
    assert resolve_vale({"PATH": both}, tmp_path / "cache", patience=0.5).path == good


@pytest.mark.parametrize("downloaded", [False, True])
def test_the_python_package_counts_once_it_has_its_program(tmp_path, downloaded):
    wrapper = program(tmp_path / "bin" / "vale", "#!/usr/bin/python3\nfrom vale.main import main\nmain()\n")
    text = RUNS + "#" * 5000 if downloaded else "This is a placeholder.\n"
    behind = program(tmp_path / "lib" / "python3.11" / "site-packages" / "vale" / "vale_bin", text)
    found = resolve_vale({"PATH": str(wrapper.parent)}, tmp_path / "cache")
    assert (found.path if found else None) == (behind if downloaded else None)


def test_our_own_copy_comes_last(tmp_path):
    own = program(locate_own_vale(tmp_path))
    assert resolve_vale({"PATH": ""}, tmp_path).path == own
    on_path = program(tmp_path / "bin" / "vale")
    assert resolve_vale({"PATH": str(on_path.parent)}, tmp_path).path == on_path


# --- getting -------------------------------------------------------------------------------------------------------


def test_six_platforms_have_an_archive_and_others_have_none():
    names = {release.select_archive(system, machine).name for system in ("linux", "darwin", "win32")
             for machine in ("x86_64", "arm64")}  # fmt: skip
    assert len(names) == len(release.ARCHIVES) == 6
    assert release.select_archive("win32", "AMD64").name.endswith("Windows_64-bit.zip")
    assert release.select_archive("linux", "riscv64") is None
    assert release.select_archive("freebsd14", "x86_64") is None


def test_a_download_is_installed_once_and_then_reused(tmp_path, serve):
    data, archive = packed()
    server, said = serve(data), []
    environ = {"PATH": "", "ONEVOICE_VALE_MIRROR": server.url + "/"}
    first = ensure_vale(environ, tmp_path, archive=archive, patience=QUICK, say=said.append)
    assert ensure_vale(environ, tmp_path, archive=archive, patience=QUICK, say=said.append) == first
    assert first.path == locate_own_vale(tmp_path) and os.access(first.path, os.X_OK)
    assert server.asked == 1 and len(said) == 1
    assert left_over(tmp_path) == ["lock", "vale"]


def test_a_wrong_hash_installs_nothing_and_tries_nothing_else(tmp_path, serve):
    data, archive = packed()
    server = serve(data.replace(data[-1:], b"?"))
    program(tmp_path / "bin" / "go", "#!/bin/sh\ntouch $0.ran\n")
    environ = {"PATH": str(tmp_path / "bin"), "ONEVOICE_VALE_MIRROR": server.url}
    with pytest.raises(MissingToolError, match="SHA-256 differs"):
        ensure_vale(environ, tmp_path, archive=archive, patience=QUICK)
    assert left_over(tmp_path) == ["lock"] and not (tmp_path / "bin" / "go.ran").exists()


UNREACHABLE = {
    "not found": ("/elsewhere", {}, "answered 404"),
    "silent": ("", {"delay": 2}, "did not respond"),
    "cut off": ("", {"short": True}, "sent only"),
    "trickling": ("", {"drip": 0.05}, "did not finish within"),
}


@pytest.mark.parametrize(("folder", "manner", "reason"), UNREACHABLE.values(), ids=UNREACHABLE)
def test_out_of_reach_and_without_go_is_one_line(tmp_path, serve, folder, manner, reason):
    data, archive = packed()
    if "short" in manner:
        data, manner = data[:-1], {}
    environ = {"PATH": "", "ONEVOICE_VALE_MIRROR": serve(data, **manner).url + folder}
    with pytest.raises(MissingToolError) as caught:
        ensure_vale(environ, tmp_path, archive=archive, patience=QUICK)
    message = str(caught.value)
    assert reason in message and "Go, which could build it, is not installed" in message and "$ONEVOICE_VALE" in message
    assert "\n" not in message and left_over(tmp_path) == ["lock"]


@pytest.mark.parametrize("mirror", ["http://127.0.0.1:9", "nonsense", "file:///no/such/folder", "http://[::bad"])
def test_an_address_that_refuses_is_out_of_reach(tmp_path, mirror):
    with pytest.raises(MissingToolError, match=r"could not be reached|failed"):
        ensure_vale({"PATH": "", "ONEVOICE_VALE_MIRROR": mirror}, tmp_path, patience=QUICK)


def test_what_a_killed_run_left_is_cleared(tmp_path, serve):
    program(locate_own_vale(tmp_path).parent / ".get-dead" / "vale", "half")
    data, archive = packed()
    ensure_vale({"PATH": "", "ONEVOICE_VALE_MIRROR": serve(data).url}, tmp_path, archive=archive, patience=QUICK)
    assert left_over(tmp_path) == ["lock", "vale"]


@pytest.mark.parametrize(
    "content", [{"name": "README"}, {"text": "#!/bin/sh\nexit 3\n"}], ids=["no vale", "a dead one"]
)
def test_an_archive_without_a_vale_that_runs_installs_nothing(tmp_path, serve, content):
    data, archive = packed(**content)
    with pytest.raises(MissingToolError, match=r"does not contain Vale|does not answer"):
        ensure_vale({"PATH": "", "ONEVOICE_VALE_MIRROR": serve(data).url}, tmp_path, archive=archive, patience=QUICK)
    assert left_over(tmp_path) == ["lock"]


def test_parallel_first_runs_download_once(tmp_path, serve):
    data, archive = packed()
    server = serve(data, delay=0.3)
    environ = {"PATH": "", "ONEVOICE_VALE_MIRROR": server.url}
    with ThreadPoolExecutor(6) as pool:
        runs = [pool.submit(ensure_vale, environ, tmp_path, archive=archive, patience=QUICK) for _ in range(6)]
        assert len({run.result() for run in runs}) == 1
    assert server.asked == 1


def test_a_lock_that_another_run_holds_is_waited_for_and_then_said(tmp_path):
    fcntl = pytest.importorskip("fcntl")
    target = locate_own_vale(tmp_path)
    target.parent.mkdir(parents=True)
    with (target.parent / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(MissingToolError, match="Another run has been installing Vale"):
            ensure_vale({"PATH": ""}, tmp_path, patience=Timeouts(lock=0.3))


def test_the_lock_of_a_run_that_was_killed_does_not_count(tmp_path, serve):
    target = locate_own_vale(tmp_path)
    target.parent.mkdir(parents=True)
    code = "import filelock, sys\nwith filelock.FileLock(sys.argv[1]): print('held', flush=True); input()"
    command = [sys.executable, "-c", code, str(target.parent / "lock")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(MissingToolError, match="Another run has been installing Vale"):
            ensure_vale({"PATH": ""}, tmp_path, patience=Timeouts(lock=0.3))
        holder.kill()
    data, archive = packed()
    environ = {"PATH": "", "ONEVOICE_VALE_MIRROR": serve(data).url}
    assert ensure_vale(environ, tmp_path, archive=archive, patience=QUICK).path == target


def test_a_home_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(MissingToolError, match=r"Could not save Vale in .*Set \$ONEVOICE_CACHE"):
        ensure_vale({"PATH": ""}, tmp_path / "file" / "cache", patience=QUICK)


def test_a_read_only_home_is_said():
    # Nobody, not even root, can make a folder there.
    with pytest.raises(MissingToolError, match="Could not save Vale in"):
        ensure_vale({"PATH": ""}, Path("/proc/onevoice"), patience=QUICK)


def test_go_builds_it_where_the_host_is_out_of_reach(tmp_path):
    go = f"#!/bin/sh\nprintf '%s\\n' '#!/bin/sh' 'echo vale version {release.VERSION}' > $GOBIN/vale\n"
    program(tmp_path / "bin" / "go", go + "/bin/chmod 755 $GOBIN/vale\n")
    found = ensure_vale(
        {"PATH": str(tmp_path / "bin"), "ONEVOICE_VALE_MIRROR": "http://127.0.0.1:9"}, tmp_path, patience=QUICK
    )
    assert found.path == locate_own_vale(tmp_path) and left_over(tmp_path) == ["lock", "vale"]


FAILING_GO = {
    "fails": ("#!/bin/sh\necho go: no network >&2\nexit 1\n", "Go could not build it (go: no network)"),
    "hangs": ("#!/bin/sh\nsleep 60\n", "Go did not finish building it within 1 seconds"),
}


@pytest.mark.parametrize(("text", "reason"), FAILING_GO.values(), ids=FAILING_GO)
def test_a_go_that_fails_is_said(tmp_path, text, reason):
    program(tmp_path / "bin" / "go", text)
    environ = {"PATH": f"{tmp_path / 'bin'}:/usr/bin:/bin", "ONEVOICE_VALE_MIRROR": "http://127.0.0.1:9"}
    with pytest.raises(MissingToolError) as caught:
        ensure_vale(environ, tmp_path, patience=Timeouts(build=1))
    assert reason in str(caught.value)


@pytest.mark.slow
def test_the_real_go_builds_the_real_vale(tmp_path):
    if not shutil.which("go"):
        pytest.skip("Go is not on this machine")
    environ = {**os.environ, "ONEVOICE_VALE_MIRROR": "http://127.0.0.1:9"}
    environ["PATH"] = os.pathsep.join(
        folder for folder in environ["PATH"].split(os.pathsep) if not shutil.which("vale", path=folder)
    )
    environ.pop("ONEVOICE_VALE", None)
    found = ensure_vale(environ, tmp_path)
    assert found.version == release.VERSION
    assert "--output" in subprocess.run([found.path, "--help"], capture_output=True, text=True, check=True).stdout
