"""`start`: builds what is missing and serves the dashboard."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
import webbrowser
from contextlib import closing

from hsf_kpi import ROOT
from hsf_kpi.build import bring_up_to_date
from hsf_kpi.cli.sign_in import first_administrator, refuse_demo_sign_in
from hsf_kpi.model.problems import HsfError, Problem
from hsf_kpi.settings import Settings, read_settings
from hsf_kpi.store.store import Store
from hsf_kpi.store.upkeep import prune

TRIES = 20


def add_to(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    command = commands.add_parser("start", help="starta dashboarden")
    command.add_argument("--no-browser", action="store_true", help="öppna ingen webbläsare")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    settings = read_settings()
    refuse_demo_sign_in(settings)
    print(bring_up_to_date(settings, tell=print), flush=True)
    with closing(Store.open(settings.database_url)) as store:
        prune(store, settings.log_days)
        missing = first_administrator(settings, store)
    if missing:
        print(missing, flush=True)
    port = free_port(settings.port)
    url = f"http://localhost:{port}"
    print(f"HSF nyckeltal startar på {url} (avsluta med Ctrl-C)", flush=True)
    if not options.no_browser and _has_screen() and _answers_here(settings):
        threading.Thread(target=_open_when_up, args=(url,), daemon=True).start()
    return serve(server_command(settings, port))


def serve(command: list[str]) -> int:
    """Runs the server until it ends. It is told of SIGTERM, which comes to this process alone; Ctrl-C comes to both."""
    with subprocess.Popen(command, cwd=ROOT) as server:
        signal.signal(signal.SIGTERM, lambda *_: server.terminate())
        while True:
            try:
                return server.wait()
            except KeyboardInterrupt:
                continue


def server_command(settings: Settings, port: int) -> list[str]:
    """What is run. Anybody on the machine can read it: secrets go by the environment, which the server inherits."""
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), "--server.port", str(port)]
    for host in settings.allowed_hosts:
        command += ["--server.allowedHosts", host]
    return command


def free_port(first: int) -> int:
    """The first free port from `first` on."""
    for port in range(first, min(first + TRIES, 65536)):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("", port))
            except OSError:
                continue
            return port
    raise HsfError(
        Problem(
            f"ingen ledig port från {first} och framåt.",
            "HSF_KPI_PORT",
            "Stäng det som kör, eller ange en annan port.",
        )
    )


def _has_screen() -> bool:
    return sys.platform in ("darwin", "win32") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


def _answers_here(settings: Settings) -> bool:
    return not settings.allowed_hosts or not {"localhost", "*"}.isdisjoint(settings.allowed_hosts)


def _open_when_up(url: str) -> None:
    for _ in range(120):
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=1):
                webbrowser.open(url)
                return
        except OSError:
            time.sleep(0.5)
