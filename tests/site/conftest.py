"""The repository's own handbook, built once for all tests of the site."""

import functools
import http.server
import threading
from pathlib import Path

import pytest

from crawl import read_headers
from handbooks import build, copy


@pytest.fixture(scope="session")
def built(tmp_path_factory) -> Path:
    """The folder of the repository's handbook after `onevoice build`."""
    folder = copy(tmp_path_factory.mktemp("handbook"))
    build(folder)
    return folder


@pytest.fixture(scope="session")
def site(built) -> Path:
    """The built site."""
    return built / "build" / "site"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def end_headers(self):
        # As hosts do that read `_headers`: what is tested in a browser runs under the site's policy.
        for name, value in read_headers(Path(self.directory)):
            self.send_header(name, value)
        super().end_headers()

    def send_error(self, code, message=None, explain=None):
        # As hosts of static files do: a page that is not there is answered with 404.html.
        data = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


@pytest.fixture(scope="session")
def serve():
    """A function that lets a folder answer on this machine, and says where."""
    servers = []

    def start(folder: Path) -> str:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()


@pytest.fixture(scope="session")
def address(site, serve):
    """Where the built site answers on this machine."""
    return serve(site)
