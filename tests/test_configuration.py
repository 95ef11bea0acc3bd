"""Configuration that must not change by accident."""

from __future__ import annotations

import re
import tomllib

from hsf_kpi import ROOT

CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))


def test_nothing_is_sent_and_nothing_is_given_away() -> None:
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["client"]["showErrorDetails"] == "none"
    assert CONFIG["server"]["enableXsrfProtection"] is True
    assert CONFIG["server"]["enableAgentApi"] is False
    assert CONFIG["server"]["enableStaticServing"] is False
    assert CONFIG["server"]["fileWatcherType"] == "none"


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
