"""What SECURITY.md and docs/security.md lean on is there."""

from __future__ import annotations

import re
from importlib.metadata import distribution

import pytest

from hsf_kpi import ROOT
from hsf_kpi.settings import NAMES, PREFIX

TEXTS = {name: (ROOT / name).read_text("utf-8") for name in ("SECURITY.md", "docs/security.md", "README.md")}


@pytest.mark.parametrize("name", TEXTS)
def test_every_file_that_is_named_exists(name: str) -> None:
    named = re.findall(r"`((?:tests|hsf_kpi|docs|data|deploy|\.streamlit)/[\w./-]+)`", TEXTS[name])
    assert named
    assert [path for path in named if not (ROOT / path).exists() and "YEAR" not in path] == []


def test_every_line_of_the_checklist_is_judged() -> None:
    tables = TEXTS["docs/security.md"].partition("## The checklist")[2]
    rows = [line for line in tables.splitlines() if line.startswith("| ") and "---" not in line]
    judged = [row for row in rows if not row.startswith("| what |")]
    assert len(judged) >= 35
    assert [row for row in judged if not re.search(r"\b(done|later|not applicable)\b", row)] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_readme_lists_every_setting_in_its_table(name: str) -> None:
    assert re.search(rf"^\| `{PREFIX}{name}` \| .+ \| .+ \|$", TEXTS["README.md"], re.M)


def test_the_settings_of_the_examples_exist() -> None:
    named = set(re.findall(rf"\b{PREFIX}([A-Z_]+)", "".join(TEXTS.values())))
    assert named <= set(NAMES)


def test_the_licence_of_the_sign_in_form_still_permits_what_the_decision_says() -> None:
    """docs/decisions.md, 24: a new version with another licence has to be read first."""
    text = " ".join((distribution("streamlit-authenticator").read_text("LICENSE") or "").split())
    assert "to use the Software for any purpose, including non-personal or commercial use" in text
    assert "as your own work without explicit written permission" in text
