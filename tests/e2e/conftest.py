"""The real app in a process of its own, and a real browser: any Chromium, Chrome or Edge on the machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from hsf_kpi import ROOT
from hsf_kpi.cli.start import free_port

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "microsoft-edge",
)
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-sync",
]


def find_browser() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None) or next(
        (place for place in PLACES if Path(place).exists()), None
    )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = find_browser()
    if found is None:
        message = "No Chromium, Chrome or Edge found. Debian: apt-get install chromium. macOS, Windows: install Chrome."
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield chrome
        chrome.close()


@pytest.fixture(scope="session")
def app_url(demo_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app on the demo database, as the launcher serves it."""
    port = free_port(8700 + 20 * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:]))
    url = f"http://localhost:{port}"
    log = tmp_path_factory.mktemp("app") / "app.log"
    environment = {**os.environ, "HSF_KPI_DATABASE_URL": demo_database}
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_until_up(url, process, log)
            yield url
        finally:
            process.terminate()
            process.wait(10)


def _wait_until_up(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(240):
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=1):
                return
        except OSError:
            time.sleep(0.25)
    pytest.fail(f"the app did not start:\n{log.read_text()[-3000:]}")


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(
        locale="en-US", viewport={"width": 1440, "height": 1000}, accept_downloads=True
    )
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def ready(page: Page) -> None:
    """Waits until the script has finished and what it sent is drawn."""
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=60_000)
    page.wait_for_selector("h1", timeout=60_000)
    page.wait_for_timeout(250)
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=60_000)


def open_at(page: Page, url: str) -> Page:
    page.goto(url)
    ready(page)
    return page


def address(page: Page) -> str:
    return str(page.evaluate("location.href"))
