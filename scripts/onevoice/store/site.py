"""Manners towards a website: what its robots.txt allows, and no faster than it wants."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import importlib
import os
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin

from onevoice import cache, limits
from onevoice.disk import replace_file
from onevoice.errors import OnevoiceError
from onevoice.prose.files import read_file_bytes
from onevoice.store.retry import retry_reading
from onevoice.store.web import ROBOT, Answer, RefusedAnswer, fetch_address, find_origin

_SECTION = "hosts"


class Site:
    """A website as one process asks it. failure: why nobody can say what it allows; "" if that is known."""

    def __init__(self, top: str) -> None:
        self.top = top
        self.delay = limits.CRAWL_SECONDS
        self.failure = ""
        parse = _load_parser()
        try:
            said = self._read_rules()
        except OnevoiceError as error:
            self.failure = str(error)
            said = ""
        # Python's own parser takes the wildcards of RFC 9309 for letters, and would read what a site has closed.
        self.robots = parse(said)
        rate = self.robots.request_rate(ROBOT)
        wanted = self.robots.crawl_delay(ROBOT) or (rate.seconds / max(rate.requests, 1) if rate else None)
        self.delay = float(wanted or self.delay)

    def _read_rules(self) -> str:
        """What its robots.txt says. Raises OnevoiceError if it can't be read."""
        address = urljoin(self.top, "/robots.txt")
        try:
            answer = self._ask(address, limits.MAX_ROBOTS_BYTES)
            return answer.data.decode("utf-8", "replace")
        except RefusedAnswer as error:
            # Who may not see the rules may see nothing; where there are none, all.
            return "User-agent: *\nDisallow: /" if error.status in (401, 403) else ""

    def explain_refusal(self, address: str) -> str:
        """Why an address may not be asked for; "" if it may."""
        if not self.robots.can_fetch(address, ROBOT):
            return "its robots.txt doesn't allow it"
        if self.delay > limits.MAX_CRAWL_SECONDS:
            most = f"onevoice waits at most {limits.MAX_CRAWL_SECONDS:g}"
            return f"its robots.txt asks for {self.delay:g} seconds between pages, and {most}"
        return ""

    def fetch_page(self, address: str, most: int = limits.MAX_FILE_BYTES) -> Answer:
        """What is at an address, in turn. Raises OnevoiceError if it can't be read, or may not."""

        def check_rules(address: str) -> None:
            if self.failure:
                raise OnevoiceError(f"{address}: not read, because nobody knows what is allowed: {self.failure}")
            if reason := self.explain_refusal(address):
                raise OnevoiceError(f"{address}: not read, because {reason}.")

        check_rules(address)
        return self._ask(address, most, check_rules)

    def _ask(self, address: str, most: int, check: Callable[[str], None] = lambda address: None) -> Answer:
        def ask() -> Answer:
            wait_for_turn(self.top, self.delay)
            return fetch_address(address, most, check)

        return retry_reading(ask, address)


def _load_parser() -> Callable[[str], Any]:
    """What reads a robots.txt. Raises OnevoiceError if it isn't installed."""
    try:
        parse: Callable[[str], Any] = importlib.import_module("protego").Protego.parse
    except ImportError:
        raise OnevoiceError(
            "protego is not installed, which reads what a website allows. "
            'Get it with `pip install "onevoice[audit-remote]"`.'
        ) from None
    return parse


def find_site(address: str) -> Site:
    """The site of an address, whose rules are read once in each process."""
    scheme, host, port = find_origin(address)
    return _open_site(f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}/", os.getpid())


@functools.lru_cache(maxsize=256)
def _open_site(top: str, process_id: int) -> Site:
    return Site(top)


def wait_for_turn(top: str, delay: float) -> None:
    """Wait until a site may be asked again. All processes of this user on this machine take turns."""
    from filelock import FileLock

    place = cache.find_cache_folder() / _SECTION / hashlib.sha256(top.encode()).hexdigest()[:32]
    now = time.time()
    due = now
    # Without a place to write to, each process waits on its own.
    with contextlib.suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{place}.lock"):
            with contextlib.suppress(OnevoiceError, ValueError):
                kept = float(read_file_bytes(place))
                # A clock that was set back must not make us wait for days.
                due = kept if now < kept < now + limits.NETWORK_IDLE_SECONDS else now
            replace_file(place, str(due + delay).encode(), durable=False)
        time.sleep(max(due - now, 0))
        return
    time.sleep(delay)
