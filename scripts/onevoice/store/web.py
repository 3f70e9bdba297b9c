"""One page of a website: fetched within limits of time and size, and from no other host than the one that was named."""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import quote, urljoin, urlsplit

import onevoice
from onevoice import limits
from onevoice.errors import OnevoiceError
from onevoice.store.retry import PassingFault

# What robots.txt calls us, and what servers are told.
ROBOT = "onevoice"
USER_AGENT = f"{ROBOT}/{onevoice.__version__} (audit of an archive)"
# Another address is meant; the others of this kind are answers.
_REDIRECTS = {301, 302, 303, 307, 308}
# The server is busy: it may answer later.
_BUSY = {408, 425, 429, 500, 502, 503, 504}
_PORTS = {"http": 80, "https": 443}
_CHUNK = 1 << 16
# Everything that may stand in an address as it is.
_SAFE = "%/:=&?~+!$,;'@()*[]"


class Answer(NamedTuple):
    """What a server has sent. address: where it was in the end. media_type, charset: as it says, in lowercase."""

    address: str
    data: bytes
    media_type: str
    charset: str


class RefusedAnswer(OnevoiceError):
    """A server has answered, but with no page. status: with which number instead."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


def is_web(uri: str) -> bool:
    """Whether this is an address of a website."""
    return uri[:8].lower().startswith(("http://", "https://"))


def clean_address(address: str) -> str:
    """The address as servers get it, without its fragment. Raises OnevoiceError if it is none, or has a password."""
    try:
        parts = urlsplit(address.strip())
        known = is_web(address) and parts.hostname and parts.port != 0
    except ValueError:
        known = False
    if not known:
        raise OnevoiceError(f"{address[:200]}: this is no address of a website.")
    if "@" in parts.netloc:
        raise OnevoiceError(f"{parts.hostname}: this address has a password in it, and results name addresses.")
    return quote(parts._replace(fragment="").geturl(), safe=_SAFE)


def find_origin(address: str) -> tuple[str, str, int]:
    """The scheme, host and port of an address."""
    parts = urlsplit(address)
    return parts.scheme, parts.hostname or "", parts.port or _PORTS[parts.scheme]


def is_same_site(address: str, other: str) -> bool:
    """Whether an address leads to the site of another one; from http to https, too, but not back."""
    (scheme, host, port), origin = find_origin(address), find_origin(other)
    return (scheme, host, port) == origin or (
        (scheme, host, port) == ("https", host, 443) and origin == ("http", host, 80)
    )


def fetch_address(address: str, most: int, check: Callable[[str], None] = lambda address: None) -> Answer:
    """What is at an address. most: bytes that are taken. check: raises for an address that may not be asked for.

    Raises OnevoiceError for what will stay so, and PassingFault or another exception for what may be different soon.
    """
    ends = time.monotonic() + limits.FETCH_SECONDS
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler,
        urllib.request.HTTPHandler,
        urllib.request.HTTPSHandler,
        urllib.request.HTTPErrorProcessor,
        urllib.request.HTTPDefaultErrorHandler,
    ):
        opener.add_handler(handler())
    for _ in range(limits.MAX_REDIRECTS + 1):
        check(address)
        request = urllib.request.Request(address, headers={"User-Agent": USER_AGENT, "Accept": "*/*"})
        try:
            with opener.open(request, timeout=limits.FETCH_WAIT_SECONDS) as response:
                return _read_answer(address, response, most, ends)
        except urllib.error.HTTPError as error:
            with error:
                address = _follow_redirect(address, error.code, error.headers.get("Location") or "")
    raise OnevoiceError(f"{address}: it leads on and on, more than {limits.MAX_REDIRECTS} times.")


def _follow_redirect(address: str, status: int, location: str) -> str:
    """Where an answer leads to. Raises RefusedAnswer or PassingFault if nowhere, and OnevoiceError if elsewhere."""
    if status in _BUSY:
        raise PassingFault(f"the server answers {status}")
    if status not in _REDIRECTS or not location:
        reason = {404: "there is nothing there", 410: "there is nothing there any more", 401: "access denied",
                  403: "access denied"}.get(status, "the server refuses")  # fmt: skip
        raise RefusedAnswer(f"{address}: cannot be read ({reason}: {status}).", status)
    target = urljoin(address, location)
    scheme = urlsplit(target).scheme
    if not is_web(target):
        raise OnevoiceError(f"{address}: it leads to a `{scheme[:20]}:` address, which is not followed.")
    target = clean_address(target)
    if not is_same_site(target, address):
        _, host, _ = find_origin(target)
        way = host if host != find_origin(address)[1] else f"{host} by another way"
        raise OnevoiceError(
            f"{address}: it leads to {way}, which is not followed. Name that as a source, if it's yours."
        )
    return target


def _read_answer(address: str, response: http.client.HTTPResponse, most: int, ends: float) -> Answer:
    length = response.headers.get("Content-Length") or ""
    wanted = int(length) if length.isdigit() and not response.headers.get("Transfer-Encoding") else None
    data = bytearray()
    while chunk := b"" if wanted is not None and wanted > most else response.read1(_CHUNK):
        data += chunk
        if len(data) > most:
            break
        if time.monotonic() > ends:
            raise OnevoiceError(f"{address}: cannot be read (it takes more than {limits.FETCH_SECONDS:g} seconds).")
    if len(data) > most or (wanted or 0) > most:
        raise OnevoiceError(f"{address}: cannot be read (it has more than {most >> 20} MB). Leave it out.")
    if wanted is not None and len(data) < wanted:
        raise PassingFault("the connection broke before the end")
    if (response.headers.get("Content-Encoding") or "identity").lower() != "identity":
        raise OnevoiceError(f"{address}: cannot be read (the server packs it without being asked to).")
    headers = response.headers
    return Answer(address, bytes(data), headers.get_content_type(), (headers.get_content_charset() or "").lower())
