"""The dashboard in a process of its own, and a real Chromium to look at it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str:
    """The path of an installed Chromium."""
    names = [os.environ.get("BROWSER_PATH", ""), "chromium", "chromium-browser", "google-chrome"]
    for name in names:
        if name and (found := shutil.which(name)):
            return found
    raise RuntimeError("The browser tests need Chromium: install it, or set BROWSER_PATH to it.")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    launched = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
    yield launched
    launched.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The dashboard on a free port, with an empty store."""
    yield from serve(tmp_path_factory.mktemp("served") / "store")


@pytest.fixture(scope="session")
def built(sample_store: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Address of a server with the sample study, built, for tests that change nothing; and the study's id."""
    yield from serve_sample(sample_store, tmp_path_factory.mktemp("built") / "store")


@pytest.fixture
def changed(sample_store: tuple[Path, str], tmp_path: Path) -> Iterator[tuple[str, str]]:
    """The same for one test alone, which may change what it likes."""
    yield from serve_sample(sample_store, tmp_path / "served")


def serve_sample(sample_store: tuple[Path, str], store: Path) -> Iterator[tuple[str, str]]:
    """Address of a server on a copy of the sample study, and the study's id, until the test is over."""
    folder, study = sample_store
    shutil.copytree(folder, store)
    for address in serve(store):
        yield address, study


def serve(store: Path) -> Iterator[str]:
    """A server on a store, until the test is over."""
    port = free_port()
    environment = {**os.environ, "DASHBOARD_DATA_DIR": str(store)}
    with running(serving(port), environment) as process:
        until_it_answers(f"http://127.0.0.1:{port}/_stcore/health", process)
        yield f"http://127.0.0.1:{port}"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serving(port: int) -> list[str]:
    """The command that serves the dashboard on a port."""
    return [
        sys.executable, "-m", "streamlit", "run", "serve.py", "--server.port", str(port), "--server.headless", "true",
    ]  # fmt: skip


@contextmanager
def running(
    command: list[str], environment: dict[str, str], log: Path = Path(os.devnull)
) -> Iterator[subprocess.Popen[bytes]]:
    """A process while the block runs; what it says goes to a file."""
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out)
        try:
            yield process
        finally:
            process.terminate()
            process.wait(20)


def until_it_answers(url: str, process: subprocess.Popen[bytes]) -> None:
    """Come back once the server answers."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)  # between two questions to a server that is starting
    raise RuntimeError(f"the dashboard did not start (exit status {process.poll()})")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A window of its own, in which no script may fail."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    context.set_default_timeout(60_000)
    opened = context.new_page()
    failures: list[str] = []
    opened.on("pageerror", lambda error: failures.append(str(error)))
    yield opened
    context.close()
    assert failures == []
