"""Every page file begins with the guard; the menu and the files agree."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable
from pathlib import Path

import pytest

from hsf_kpi import ROOT
from hsf_kpi.composing import choices
from hsf_kpi.ui import economy
from hsf_kpi.ui.menu import HELP, LOADING, MENU, USERS

FILES = sorted((ROOT / "pages").glob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.name)
def test_the_first_statement_after_the_imports_is_the_guard(file: Path) -> None:
    body = ast.parse(file.read_text("utf-8")).body
    rest = [node for node in body if not isinstance(node, ast.Import | ast.ImportFrom | ast.Expr)]
    first = next(node for node in body[1:] if not isinstance(node, ast.Import | ast.ImportFrom))
    assert first is rest[0]
    guards = {USERS: "visit = visited(Permission.ADMINISTER)"} | dict.fromkeys(
        (choices.ROAD, choices.BUDGET), "entry = entered_economy()"
    )
    guards[LOADING] = "visit = visited(Permission.LOAD)"
    guards[HELP] = "visit = visited()"
    guards[choices.ASSIGNMENTS] = "entry = entered_assignments()"
    assert ast.unparse(first) == guards.get(file.stem, "entry = entered()")


@pytest.mark.parametrize("guard", [economy.entered_economy, economy.entered_assignments])
def test_the_guards_of_the_economy_begin_with_the_guard_of_all(guard: Callable[[], object]) -> None:
    (function,) = ast.parse(inspect.getsource(guard)).body
    assert isinstance(function, ast.FunctionDef)
    _docstring, first, *rest = function.body
    assert ast.unparse(first) == "entry = entered()"
    assert any("_demand(entry" in ast.unparse(node) for node in rest)


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.name)
def test_a_page_holds_neither_sql_nor_arithmetic_nor_chart_grammar(file: Path) -> None:
    tree = ast.parse(file.read_text("utf-8"))
    modules = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)} | {
        name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names
    }
    assert not {m.split(".")[0] for m in modules} & {"sqlalchemy", "altair", "pandas", "numpy"}
    assert not any(m.startswith(("hsf_kpi.store", "hsf_kpi.render")) for m in modules)
    assert not any(isinstance(node, ast.BinOp) for node in ast.walk(tree))


def test_the_menu_names_every_page_file_and_no_other() -> None:
    assert {name for pages in MENU.values() for name in pages} == {file.stem for file in FILES}


def test_no_pages_folder_stands_beside_the_main_script() -> None:
    assert not (ROOT / "hsf_kpi" / "ui" / "pages").exists()
