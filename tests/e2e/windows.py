"""Windows of visitors who know nothing of each other, and when a page in one of them is done.

A new window fetches and compiles Streamlit's scripts anew, which costs more than most of what is done in it. So a window
is emptied of everything that a visitor leaves, cookies and what pages keep, and given to the next one.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

from playwright.sync_api import Browser, BrowserContext, Page

TRAFFIC = """
(() => {
  const traffic = (window.__traffic = {answered: false, latest: 0});
  const now = (answered) => Object.assign(traffic, {answered, latest: performance.now()});
  window.WebSocket = class extends WebSocket {
    constructor(...given) { super(...given); this.addEventListener("message", () => now(true)); }
    send(...given) { now(false); super.send(...given); }
  };
})();
"""
"""What a page has asked the server, and whether it has begun to answer."""
QUIET = """
() => {
  const traffic = window.__traffic, height = document.querySelector('[data-testid="stMain"]')?.scrollHeight;
  if (height !== traffic.height) Object.assign(traffic, {height, latest: performance.now()});
  const silent = performance.now() - traffic.latest;
  const app = document.querySelector('[data-testid="stApp"][data-test-script-state="notRunning"]');
  return app && document.querySelector("h1") && silent > (traffic.answered ? 200 : 5000);
}
"""
"""The script has finished, what it sent is drawn and moves no more, and a click before this has had the time to be sent."""

_free: list[BrowserContext] = []


def window(browser: Browser, **options: Any) -> BrowserContext:
    """A new window, where `ready` can tell when a page is done, and nothing moves that need not."""
    size = {"width": 1440, "height": 1000}
    context = browser.new_context(viewport=size, reduced_motion="reduce", **options)
    context.add_init_script(TRAFFIC)
    return context


def fresh(browser: Browser) -> BrowserContext:
    """A visitor's window where nobody has been, as far as any page or server can tell. Give it back with `left`."""
    if _free:
        return _free.pop()
    context = window(browser, locale="en-US", accept_downloads=True)
    context.new_page()  # keeps the window open from one visitor to the next
    return context


def left(*contexts: BrowserContext) -> None:
    """Empties windows of `fresh` for the next visitor."""
    for context in contexts:
        empty(context)
        _free.append(context)


def forget() -> None:
    """The browser is about to close, and its windows with it."""
    _free.clear()


def empty(context: BrowserContext) -> None:
    """Closes every page but the first, and takes away the cookies and what their pages have kept in the browser."""
    kept = context.pages[0]
    everywhere = context.new_cdp_session(kept)
    for page in context.pages[1:]:
        if page.url.startswith("http"):
            origin = urljoin(page.url, "/").rstrip("/")
            everywhere.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
        page.close()
    everywhere.detach()
    context.clear_cookies()


def ready(page: Page) -> None:
    """Waits until the script has finished and what it sent is drawn. (Asked at every frame, the browser would draw every
    frame.)
    """
    page.wait_for_selector('[data-testid="stApp"]', timeout=60_000)
    page.wait_for_function(QUIET, polling=50, timeout=60_000)
