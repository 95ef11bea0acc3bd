"""One form for the whole server's log: Streamlit's and uvicorn's lines too, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from hsf_kpi import ROOT

PROGRAM = """
import logging
import uvicorn
uvicorn.Config("app:app", access_log=False)  # as Streamlit makes it, which sets up uvicorn's own handlers
from streamlit.logger import get_logger
before = get_logger("streamlit.before")
from hsf_kpi.ui.operations import loggers
loggers.set_up()
after = get_logger("streamlit.after")
before.warning("deras")
after.warning("deras")
logging.getLogger("uvicorn.error").error("deras")
logging.getLogger("uvicorn.access").info('"GET /?enhet=hemligt" 200')
logging.getLogger("uvicorn.access").error('"GET /?enhet=hemligt" 200')
from streamlit import config, logger
logger.update_formatter()
after.warning("deras")
logging.getLogger("hsf_kpi.x").info("vår")
"""


def said(**settings: str) -> list[str]:
    environment = {**os.environ, **{f"HSF_KPI_{name}": value for name, value in settings.items()}}
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout == ""
    return run.stderr.splitlines()


def test_every_line_is_json_once_and_links_are_not_in_it() -> None:
    found = [json.loads(line) for line in said(LOG="json", LOG_LEVEL="info")]
    assert [(line["logger"], line["message"]) for line in found] == [
        ("streamlit.before", "deras"),
        ("streamlit.after", "deras"),
        ("uvicorn.error", "deras"),
        ("streamlit.after", "deras"),
        ("hsf_kpi.x", "vår"),
    ]


def test_for_people_it_is_text_and_quiet() -> None:
    lines = said()
    assert len(lines) == 4
    assert all(line.endswith(": deras") for line in lines)
    assert [" WARNING " in line for line in lines] == [True, True, False, True]


@pytest.mark.parametrize("settings", [{"LOG": "xml"}, {"PORT": "x"}])
def test_settings_that_can_not_be_used_leave_a_log_to_tell_it_in(settings: dict[str, str]) -> None:
    assert len(said(**settings)) == 4
