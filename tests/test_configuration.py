"""Configuration that must not change by accident."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from hsf_kpi import ROOT
from hsf_kpi.cli.start import server_command
from hsf_kpi.settings import SettingsError, read_settings
from hsf_kpi.ui.pinned import PINNED, demand_pinned

CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
ASK = """
import json, sys
from streamlit import config
print(json.dumps({name: config.get_option(name) for name in json.loads(sys.argv[1])}))
"""


def effective(*names: str) -> dict[str, Any]:
    """What Streamlit makes of the configuration, started as the launcher starts it."""
    run = subprocess.run(
        [sys.executable, "-c", ASK, json.dumps(names)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    answer: dict[str, Any] = json.loads(run.stdout.strip().splitlines()[-1])
    return answer


def test_nothing_is_sent_and_nothing_is_given_away() -> None:
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["client"]["showErrorDetails"] == "none"
    assert CONFIG["client"]["toolbarMode"] == "minimal"
    assert CONFIG["client"]["disableDataExport"] is True
    assert CONFIG["client"]["allowedOrigins"] == []
    assert CONFIG["logger"]["hideWelcomeMessage"] is True
    server = CONFIG["server"]
    assert server["enableXsrfProtection"] is server["enableCORS"] is True
    assert server["xsrfCookieSameSite"] in ("lax", "strict")
    assert server["enableAgentApi"] is server["enableStaticServing"] is False
    assert server["scriptHealthCheckEnabled"] is server["runOnSave"] is server["allowRunOnSave"] is False
    assert server["fileWatcherType"] == "none"
    assert server["corsAllowedOrigins"] == []
    assert "address" not in server
    assert "cookieSecret" not in server


def test_what_one_browser_can_make_the_server_hold_is_bounded() -> None:
    assert CONFIG["server"]["maxUploadSize"] <= 200
    assert CONFIG["server"]["maxWidgetStateSize"] <= 5
    assert 30 <= CONFIG["server"]["disconnectedSessionTTL"] <= 300


def test_streamlit_reads_every_pinned_option_as_it_is_pinned() -> None:
    assert effective(*PINNED) == dict(PINNED)


@pytest.mark.parametrize("option", PINNED)
def test_every_pinned_option_stops_the_server_by_itself(option: str) -> None:
    demand_pinned({**PINNED}.__getitem__)
    with pytest.raises(SettingsError, match=re.escape(option)):
        demand_pinned({**PINNED, option: "något annat"}.__getitem__)


def test_a_server_with_loosened_options_does_not_start_and_tells_each() -> None:
    """One by a flag, one by the environment: the server is started once."""
    run = subprocess.run(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", "0",
         "--client.showErrorDetails", "full"],
        cwd=ROOT,
        env={**os.environ, "STREAMLIT_SERVER_ENABLE_CORS": "false"},
        capture_output=True,
        text=True,
        timeout=120,
    )  # fmt: skip
    assert run.returncode != 0
    for told in ("client.showErrorDetails: har värdet ”full”", "server.enableCORS: har värdet ”False”"):
        assert told in run.stdout + run.stderr


def test_a_server_that_does_not_find_its_configuration_does_not_start(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "uvicorn", "--app-dir", str(ROOT), "--port", "0", "app:app"],
        cwd=tmp_path,
        env={**os.environ, "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert run.returncode != 0
    assert "client.showErrorDetails: har värdet ”full”" in run.stdout + run.stderr


def test_the_launcher_adds_nothing_but_port_and_hosts() -> None:
    settings = read_settings(
        {"HSF_KPI_ALLOWED_HOSTS": "a.exempel.se, b.exempel.se", "HSF_KPI_COOKIE_SECRET": "x" * 40}
    )
    command = server_command(settings, 8501)
    assert {part for part in command if part.startswith("--")} <= {"--server.port", "--server.allowedHosts"}
    assert not [part for part in command if "x" * 40 in part], "no secret in the list of processes"


def test_no_full_collection_after_each_run() -> None:
    assert CONFIG["runner"]["postScriptGC"] is False


def test_every_requirement_is_pinned_with_a_hash() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        blocks = re.split(r"\n(?=[a-z])", (ROOT / name).read_text("utf-8"))
        for block in blocks:
            assert "==" in block.splitlines()[0], block
            assert "--hash=sha256:" in block, block


def test_what_runs_holds_no_test_tools() -> None:
    runs = (ROOT / "requirements.txt").read_text("utf-8")
    for tool in ("pytest", "playwright", "hypothesis", "mypy", "ruff"):
        assert not re.search(rf"^{tool}==", runs, re.MULTILINE)
