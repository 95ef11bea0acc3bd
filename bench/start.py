"""`make run`, second start: from the command to the first page painted in a browser."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time

from playwright.sync_api import sync_playwright

from hsf_kpi import ROOT
from tests.browser import FLAGS, find_browser

RUNS = 3


def main() -> None:
    browser_path = find_browser()
    if browser_path is None:
        print("\nSecond start: no browser found, not measured")
        return
    print("\nSecond start, seconds from the command to the first page painted:")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=FLAGS)
        for _ in range(RUNS):
            print(f"  {once(browser):.1f}")
        browser.close()


def once(browser) -> float:  # type: ignore[no-untyped-def]
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "hsf_kpi", "start", "--no-browser"],
        cwd=ROOT,
        env={**os.environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    try:
        assert process.stdout is not None
        url = next(m[0] for line in process.stdout if (m := re.search(r"http://localhost:\d+", line)))
        page = browser.new_page()
        for _ in range(200):
            try:
                page.goto(url)
                break
            except Exception:
                time.sleep(0.1)
        page.wait_for_selector("h2", timeout=60_000)
        return time.perf_counter() - started
    finally:
        os.killpg(process.pid, 15)
