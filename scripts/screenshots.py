"""Pictures of every page from the running app, for README and docs: `make screenshots` (or give another folder).

Every page in light and dark, 1440 and 400 px wide; README and docs use the light 1440 ones, which lie in docs/pictures, with
the parts of pages that the handbook shows.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from hsf_kpi.build import bring_up_to_date  # noqa: E402
from hsf_kpi.cli.start import free_port  # noqa: E402
from hsf_kpi.settings import read_settings  # noqa: E402
from scripts.handbook_pictures import close_tour, take_parts  # noqa: E402
from tests.browser import FLAGS, find_browser  # noqa: E402
from tests.e2e.windows import ready, window  # noqa: E402

PAGES = {
    "oversikt": "?enhet=hsf&manad=2023-10&vy=ack",
    "signaler": "signaler?enhet=hsf&manad=2023-10&vy=ack",
    "min_verksamhet": "min_verksamhet?enhet=kirurgkliniken&manad=2023-10&vy=ack",
    "inlamning": "min_verksamhet?enhet=akutsjukvard&manad=2023-10&vy=ack&del=dialog",
    "jamfor": "jamfor?nyckeltal=sjukfranvaro&enhet=kirurgkliniken&manad=2023-10&vy=ack",
    "maluppfyllelse": "maluppfyllelse?enhet=hsf&manad=2023-10&vy=ack",
    "nyckeltal": "nyckeltal?nyckeltal=hyrpersonal&enhet=hsf&manad=2023-10&vy=manad",
    "nyckeltal-ar": "nyckeltal?nyckeltal=fortroende-vardcentral&enhet=hsf&manad=2023-10&vy=ack",
    "vagen": "vagen?enhet=hsf&manad=2023-10&vy=ack&mot=underskott",
    "vagen-klinik": "vagen?enhet=kirurgkliniken&manad=2023-10&vy=ack",
    "budget": "budget?enhet=hsf&manad=2023-10&vy=ack",
    "ekonomiatgarder": "ekonomiatgarder?enhet=hsf&manad=2023-10&uppdrag=medarbetare",
    "ekonomiatgarder-hyrpersonal": "ekonomiatgarder?enhet=akutsjukvard&manad=2023-10&uppdrag=hyrpersonal",
    "produktion": "produktion?enhet=hsf&manad=2023-10&vy=ack",
    "uppdrag": "uppdrag?enhet=hsf&manad=2023-10",
    "uppdrag-samband": "uppdrag?enhet=hsf&manad=2023-10&visar=samband",
    "uppdrag-uppdragen": "uppdrag?enhet=hsf&manad=2023-10&visar=uppdrag",
    "uppdrag-mal": "uppdrag?enhet=hsf&manad=2023-10&visar=mal",
    "hos2029": "hos2029?enhet=hsf&manad=2023-10",
    "nara_vard": "nara_vard?enhet=hsf&manad=2023-10",
    "intern_kontroll": "intern_kontroll?enhet=hsf&manad=2023-10",
    "omvarld": "omvarld?enhet=hsf&manad=2023-10",
    "omvarld-ett": "omvarld?enhet=hsf&manad=2023-10&utblick=ett&regioner=0014,0003",
    "omvarld-riket": "omvarld?enhet=hsf&manad=2023-10&utblick=riket",
    "omvarld-vgr": "omvarld?enhet=hsf&manad=2023-10&utblick=vgr",
    "datakvalitet": "datakvalitet?enhet=hsf&manad=2023-10&vy=ack",
    "rapport": "rapport?enhet=kirurgkliniken&manad=2023-10&vy=ack",
    "inlasning": "inlasning?roll=controller",
    "nyckeltal-per": "nyckeltal?nyckeltal=vardgaranti.besok&enhet=kirurgkliniken&manad=2023-09&vy=manad&per=2023-10-20",
    "oversikt-klinik": "?enhet=kirurgkliniken&manad=2023-10&vy=ack",
    "anvandare": "anvandare?roll=admin",
    "hjalp": "hjalp",
    "hjalp-ledning": "hjalp?kapitel=ledning",
    "hjalp-verksamhetschef": "hjalp?kapitel=verksamhetschef",
    "hjalp-controller": "hjalp?kapitel=controller",
    "hjalp-installation": "hjalp?kapitel=installation",
    "hjalp-fragor": "hjalp?kapitel=fragor",
    "hjalp-sidorna": "hjalp?kapitel=sidorna",
    "hjalp-sidan": "hjalp?kapitel=sidorna&om=vagen-till-800",
    "hjalp-nyckeltalen": "hjalp?kapitel=nyckeltalen",
    "hjalp-roller": "hjalp?kapitel=roller",
    "hjalp-begrepp": "hjalp?kapitel=begrepp",
    "hjalp-ikoner": "hjalp?kapitel=ikoner",
    "hjalp-tillganglighet": "hjalp?kapitel=tillganglighet",
}
KEPT = (
    "oversikt", "signaler", "min_verksamhet", "jamfor", "vagen", "ekonomiatgarder", "maluppfyllelse", "nyckeltal",
    "uppdrag", "hos2029", "nara_vard", "intern_kontroll", "omvarld", "rapport", "datakvalitet", "inlasning",
)  # fmt: skip


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--all", metavar="FOLDER", help="every page, theme and width into this folder")
    options.add_argument("--url", help="an app that already runs")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        environment = {**os.environ, "HSF_KPI_DATABASE_URL": f"sqlite:///{scratch}/demo.sqlite3"}
        process = None
        url = chosen.url
        if not url:
            bring_up_to_date(read_settings(environment))
            url = f"http://localhost:{(port := free_port(8900))}"
            process = subprocess.Popen(
                [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
                cwd=ROOT,
                env=environment,
                stdout=subprocess.DEVNULL,
            )
            wait(url)
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
                take(browser, url, Path(chosen.all) if chosen.all else None)
        finally:
            if process is not None:
                process.terminate()


def wait(url: str) -> None:
    for _ in range(240):
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=1):
                return
        except OSError:
            time.sleep(0.25)
    raise SystemExit("the app did not start")


def take(browser: Browser, url: str, folder: Path | None) -> None:
    variants = (
        [("light", 1440)] if folder is None else [(t, w) for t in ("light", "dark") for w in (1440, 400)]
    )
    target = folder or ROOT / "docs" / "pictures"
    target.mkdir(parents=True, exist_ok=True)
    for theme, width in variants:
        for name, where in PAGES.items():
            if folder is None and name not in KEPT:
                continue
            context = window(browser, locale="sv-SE", color_scheme=theme)
            page = context.new_page()
            page.set_viewport_size({"width": width, "height": 1000})
            page.goto(f"{url}/{where}")
            ready(page)
            close_tour(page)
            page.wait_for_timeout(1500)
            height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
            page.set_viewport_size({"width": width, "height": min(int(height) + 20, 12000)})
            page.wait_for_timeout(600)
            file = target / (f"{name}.png" if folder is None else f"{name}-{width}-{theme}.png")
            page.screenshot(path=file)
            print(file)
            context.close()
    if folder is None:
        take_parts(browser, url, target)


if __name__ == "__main__":
    main()
