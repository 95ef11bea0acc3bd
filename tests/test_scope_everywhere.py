"""Nothing goes around the scope: read from the code itself, so that what is written tomorrow is held to it too.

Each rule is a function of a source text, and is shown to find a planted offence.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hsf_kpi import ROOT

PACKAGE = ROOT / "hsf_kpi"
PAGE_FILES = [
    *sorted((PACKAGE / "composing").rglob("*.py")),
    *sorted((PACKAGE / "ui").rglob("*.py")),
    *sorted((PACKAGE / "api").rglob("*.py")),
    *sorted((ROOT / "pages").glob("*.py")),
]

WITHOUT_FIGURES = {
    "Store": {
        "open", "create", "is_there", "close", "state", "load", "take", "sync_definitions", "release", "log", "audit",
        "accounts", "sessions", "throttle", "audit_log", "recording",
        "external",  # public statistics, the same for everybody
        "pulse",  # whether it answers, its version, the latest load's number and time
        "is_replaced",  # whether another file stands in its place
    },
    "Workspace": {
        "open", "catalogue", "state", "version", "is_final", "rights_of", "scope_of", "rule", "as_of", "log",
        "organisation_month",
        "setting",  # the organisation and public statistics
        "national",  # public statistics
        "home", "as_known",  # workspaces to ask, not answers
    },
    "Economy": {
        "workspace",  # what it stands on, not an answer
        "seen_with",  # a definition: the measure that the ledger is seen with
        "register_version",  # a number that grows with each change
        "save_improvement",  # takes rights, which hold the scope
    },
    "Comparing": {
        "workspace",  # what it stands on, not an answer
    },
    "Dialogue": {
        "workspace",  # what it stands on, not an answer
        "version",  # a number that grows with each change
        "save_analysis", "save_action", "save_forecast", "set_ready",  # take rights, which hold the scope
    },
    "Signals": {
        "workspace",  # what it stands on, not an answer
    },
    "EditionStore": set(),
    "Regions": {
        "workspace",  # what it stands on, not an answer
    },
    "FollowUpStore": {
        "version",  # a number that grows with each change
        "save", "save_entry",  # answer what was given, as it is kept; whether one may is asked by Promises
    },
    "Promises": {
        "workspace",  # what it stands on, not an answer
        "version",  # a number that grows with each change
        "responsible_units",  # definitions
        "may", "save", "save_entry",  # take rights, which hold the scope
    },
    "MonthFlow": {
        "workspace",  # what it stands on, not an answer
        "version",  # a number that grows with each change
        "reconcile", "release", "reopen",  # take rights, which hold the scope
    },
    "MonthStore": {
        "version",  # a number that grows with each change
        "steps",  # the log of the whole förvaltning; MonthFlow tells its amounts to those who see the ledger
        # Answer what was given, as it is kept; whether one may is asked by MonthFlow.
        "reconcile", "release", "reopen",
    },
    "LedgerStore": set(),
    "SeriesStore": set(),
    "QualityStore": set(),
    "ProvenanceStore": set(),
    "Quality": {
        "workspace",  # what it stands on, not an answer
    },
    "Habits": {
        # Take rights, which hold the scope.
        "may", "favourites", "set_favourite", "recent", "visited", "forget_recent", "closed", "close", "reopen",
        "views", "lost_views", "shared_views", "save_view", "share_view", "remove_view",
        "flush",  # whether all is written
    },
    "_Kept": set(),
    "RegisterStore": {
        "save_improvement",  # answers a number; whether one may is asked by Economy
        "version",  # a number that grows with each change
    },
    "HandInStore": {
        "version",  # a number that grows with each change
        # Answer what was given, as it is kept; whether one may is asked by Dialogue.
        "save_analysis", "save_action", "save_forecast", "set_ready",
    },
}  # fmt: skip
"""Public methods that answer nothing about the organisation's figures. Every other one takes a scope first."""

KEPT_WITHOUT_SCOPE = {"_make_rights", "_make_rule", "_make_setting", "_read_national", "_read_regions"}
"""What is kept for everybody alike (rights under their identity; public statistics)."""

OUTSIDE_MAY_IMPORT = {
    "store", "state", "load", "audit", "throttle", "upkeep", "accounts", "sessions",
    "snapshot",  # makes a store, asked as any store
    "moment",  # days and times
    "register_checks",  # what an activity must hold, asked by the form that it is typed in
    "delivery",  # what a load brings: given to the store, not asked of it
    "preview",  # a file held against the store; every question takes a scope first
    "definitions",  # texts of definitions, no figures
    "habits",  # what people keep for themselves, no figures
    "tokens",  # keys to the API
    "pulse", "schema",  # how a database is
    "examine",  # the same for who examines it by command: sums are held against themselves, and none is told
    "copies", "dump",  # rows by the file, for the commands of who runs the server
    "temporary",  # files that are forgotten
}  # fmt: skip
"""Modules of the store that others may import: none of them gives rows of figures without a scope."""

ADMINISTERS = {
    "accounts",
    "sessions",
    "throttle",
    "tokens",
    "audit_log",
    "log",
    "state",
    "pulse",
    "is_replaced",
    "close",
}
"""Parts of the store that know no figures."""
USES_THE_STORE = {"users", "users_edit", "users_grant", "users_roles", "log", "sessions_list", "keys_list", "own_keys",
                  "export", "warm", "sign_in", "last_good", "operations", "caller"}  # fmt: skip
"""Modules (or folders) of ui/ and api/ that may use those parts directly."""


def methods_without_scope(source: str, name: str) -> set[str]:
    """Public methods of the class that take no scope first, or take one and never use it."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.ClassDef) and node.name == name):
            continue
        for method in node.body:
            if isinstance(method, ast.FunctionDef) and not method.name.startswith("_"):
                parameters = [p.arg for p in method.args.args[1:]]
                used = {n.id for n in ast.walk(method) if isinstance(n, ast.Name)}
                if parameters[:1] != ["scope"] or "scope" not in used:
                    found.add(method.name)
    return found


def kept_without_scope(source: str, name: str) -> set[str]:
    """Methods of the class whose answers are kept by `lru_cache(…)(self._method)` under a key without scope."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.ClassDef) and node.name == name):
            continue
        takes = {f.name: {p.arg for p in f.args.args} for f in node.body if isinstance(f, ast.FunctionDef)}
        for call in ast.walk(node):
            if isinstance(call, ast.Call) and "lru_cache" in ast.unparse(call.func):
                kept = [argument.attr for argument in call.args if isinstance(argument, ast.Attribute)]
                found |= {method for method in kept if "scope" not in takes.get(method, set())}
    return found


def inner_imports(source: str) -> set[str]:
    """Modules of the store that are imported though they are the store's own."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module == "hsf_kpi.store":
            found |= {alias.name for alias in node.names} - OUTSIDE_MAY_IMPORT
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("hsf_kpi.store."):
            found |= {(node.module or "").split(".")[2]} - OUTSIDE_MAY_IMPORT
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.startswith("hsf_kpi.store")}
    return found


def built_scopes(source: str) -> set[str]:
    """Calls that make a scope or a reach: `Scope(…)`, `Scope.of(…)`, `Reach(…)`."""
    return {
        ast.unparse(node.func)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[0] in ("Scope", "Reach")
    }


def store_questions(source: str, module: str) -> set[str]:
    """What is asked of the store itself, past the workspace."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Attribute):
            continue
        on = node.value
        name = on.attr if isinstance(on, ast.Attribute) else on.id if isinstance(on, ast.Name) else ""
        if name in ("store", "_store") and (node.attr not in ADMINISTERS or module not in USES_THE_STORE):
            found.add(f"store.{node.attr}")
        if node.attr in ("store", "_store") and module not in USES_THE_STORE:
            found.add(ast.unparse(node))
    return found


def loose_caches(source: str) -> set[str]:
    """Functions that keep answers under another key than one `Ask` (which holds the scope), with names beside it, or
    a figure.
    """
    found = set()
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.FunctionDef):
            continue
        kept = any(
            word in ast.unparse(decorator)
            for decorator in node.decorator_list
            for word in ("lru_cache", "cache_data", "cache_resource", "functools.cache", "memo")
        ) or any(ast.unparse(decorator) == "cache" for decorator in node.decorator_list)
        keys = [ast.unparse(p.annotation) if p.annotation else "?" for p in node.args.args]
        if kept and (keys not in (["Ask"], ["Ask", "tuple[str, ...]"], ["Figure"]) or node.args.kwonlyargs):
            found.add(node.name)
    return found


def more_than_figures(source: str) -> set[str]:
    """What a renderer imports besides figures, words and itself."""
    allowed = ("hsf_kpi.figures", "hsf_kpi.render", "hsf_kpi.swedish", "hsf_kpi.model")
    modules = {n.module or "" for n in ast.walk(ast.parse(source)) if isinstance(n, ast.ImportFrom)}
    modules |= {a.name for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Import) for a in n.names}
    return {m for m in modules if m.startswith("hsf_kpi") and not m.startswith(allowed)} | (
        modules & {"hsf_kpi.model.scope", "hsf_kpi.model.catalogue"}
    )


def module_of(file: Path) -> str:
    """«users», «sign_in» for all in that folder."""
    inside = file.relative_to(PACKAGE / "ui") if file.is_relative_to(PACKAGE / "ui") else Path(file.name)
    return inside.parts[0].removesuffix(".py")


def offences(files: list[Path], rule: Callable[[str], set[str]]) -> dict[str, set[str]]:
    found = {str(file.relative_to(ROOT)): rule(file.read_text("utf-8")) for file in files}
    return {name: what for name, what in found.items() if what}


ASKED = [
    ("store/store.py", "Store"),
    ("store/ledger.py", "LedgerStore"),
    ("store/registers.py", "RegisterStore"),
    ("store/series.py", "SeriesStore"),
    ("store/handins.py", "HandInStore"),
    ("workspace.py", "Workspace"),
    ("economy.py", "Economy"),
    ("signals.py", "Signals"),
    ("dialogue.py", "Dialogue"),
    ("month.py", "MonthFlow"),
    ("store/months.py", "MonthStore"),
    ("comparing.py", "Comparing"),
    ("regions.py", "Regions"),
    ("store/quality.py", "QualityStore"),
    ("store/editions.py", "EditionStore"),
    ("store/follow_ups.py", "FollowUpStore"),
    ("promises.py", "Promises"),
    ("store/provenance.py", "ProvenanceStore"),
    ("quality.py", "Quality"),
    ("habits/own.py", "Habits"),
    ("searching/index.py", "_Kept"),
]


@pytest.mark.parametrize(("file", "name"), ASKED)
def test_every_question_about_figures_takes_a_scope(file: str, name: str) -> None:
    source = (PACKAGE / file).read_text("utf-8")
    assert f"class {name}" in source
    assert methods_without_scope(source, name) <= WITHOUT_FIGURES[name], "takes no scope: about figures?"


@pytest.mark.parametrize(("file", "name"), ASKED)
def test_every_kept_answer_about_figures_is_kept_under_its_scope(file: str, name: str) -> None:
    assert kept_without_scope((PACKAGE / file).read_text("utf-8"), name) <= KEPT_WITHOUT_SCOPE


def test_nobody_outside_the_store_imports_its_insides() -> None:
    files = [f for f in PACKAGE.rglob("*.py") if not f.is_relative_to(PACKAGE / "store")]
    assert not offences([*files, *(ROOT / "pages").glob("*.py")], inner_imports)


def test_no_page_makes_a_scope() -> None:
    assert not offences(PAGE_FILES, built_scopes)


def test_no_page_asks_the_store_about_figures() -> None:
    found = {str(f): store_questions(f.read_text("utf-8"), module_of(f)) for f in PAGE_FILES}
    assert not {name: what for name, what in found.items() if what}


def test_every_kept_answer_of_the_pages_is_kept_under_its_scope() -> None:
    # Which way to sign in is chosen by a setting, and a chapter of the handbook is a file: neither knows figures. A text is
    # escaped alike for everybody. The collector of what is counted is registered once. The API's description names no unit.
    found = offences(PAGE_FILES, loose_caches)
    known = {
        "hsf_kpi/ui/sign_in/__init__.py": {"_made"},
        "hsf_kpi/ui/help_chapters.py": {"chapter"},
        "hsf_kpi/ui/text.py": {"plain"},
        "hsf_kpi/ui/operations/gauges.py": {"register"},
        "hsf_kpi/api/description.py": {"description"},
    }
    assert found == known


def test_an_ask_holds_the_scope_and_compares_it() -> None:
    from dataclasses import fields

    from hsf_kpi.composing.ask import Ask

    assert {f.name for f in fields(Ask) if f.compare} >= {
        "workspace",
        "version",
        "scope",
        "selection",
        "measure",
    }


def test_renderers_know_figures_only() -> None:
    assert not offences(sorted((PACKAGE / "render").glob("*.py")), more_than_figures)


PLANTED: list[tuple[Callable[[str], set[str]], str, set[str]]] = [
    (lambda s: methods_without_scope(s, "Store"), "class Store:\n def best(self, unit): ...", {"best"}),
    (lambda s: methods_without_scope(s, "Store"), "class Store:\n def best(self, scope, unit):\n  return 1", {"best"}),
    (lambda s: methods_without_scope(s, "Store"), "class Store:\n def ok(self, scope):\n  return scope", set()),
    (lambda s: kept_without_scope(s, "Economy"),
     "class Economy:\n def __init__(self):\n  self.a = lru_cache(maxsize=2)(self._a)\n def _a(self, unit): ...", {"_a"}),
    (lambda s: kept_without_scope(s, "Economy"),
     "class Economy:\n def __init__(self):\n  self.a = lru_cache(maxsize=2)(self._a)\n def _a(self, v, scope): ...", set()),
    (inner_imports, "from hsf_kpi.store.queries import read_unit", {"queries"}),
    (inner_imports, "from hsf_kpi.store.ledger_read import read", {"ledger_read"}),
    (inner_imports, "from hsf_kpi.store.registers import RegisterStore", {"registers"}),
    (inner_imports, "from hsf_kpi.store.handins import HandInStore", {"handins"}),
    (inner_imports, "def f():\n    from hsf_kpi.store import tables", {"tables"}),
    (inner_imports, "import hsf_kpi.store.engine", {"hsf_kpi.store.engine"}),
    (inner_imports, "from hsf_kpi.store.store import Store", set()),
    (built_scopes, "x = Scope.of(units)", {"Scope.of"}),
    (built_scopes, "def f():\n return Scope(frozenset({Reach(units)}))", {"Scope", "Reach"}),
    (built_scopes, "def f(scope: Scope) -> bool: return scope.sees('a')", set()),
    (lambda s: store_questions(s, "overview"), "w.store.unit_series(s)", {"store.unit_series", "w.store"}),
    (lambda s: store_questions(s, "users"), "store = w.store\nstore.units_series(s)", {"store.units_series"}),
    (lambda s: store_questions(s, "overview"), "read(w.store)", {"w.store"}),
    (lambda s: store_questions(s, "overview"), "w.store.ledger.read(s)", {"store.ledger", "w.store"}),
    (lambda s: store_questions(s, "users"), "w.store.registers.moves(s)", {"store.registers"}),
    (lambda s: store_questions(s, "users"), "w.store.handins.read(s)", {"store.handins"}),
    (lambda s: store_questions(s, "users"), "w.store.accounts.all()", set()),
    (loose_caches, "@lru_cache(maxsize=2)\ndef f(unit: str) -> int: ...", {"f"}),
    (loose_caches, "@st.cache_data\ndef f(ask: Ask, unit: str) -> int: ...", {"f"}),
    (loose_caches, "@cache\ndef f() -> int: ...", {"f"}),
    (loose_caches, "@lru_cache(maxsize=KEPT)\ndef f(ask: Ask) -> int: ...", set()),
    (more_than_figures, "from hsf_kpi.store.store import Store", {"hsf_kpi.store.store"}),
    (more_than_figures, "from hsf_kpi.model.scope import Scope", {"hsf_kpi.model.scope"}),
    (more_than_figures, "from hsf_kpi.figures.figure import Figure", set()),
]  # fmt: skip


def _named() -> Iterator[object]:
    for number, case in enumerate(PLANTED):
        yield pytest.param(*case, id=str(number))


@pytest.mark.parametrize(("rule", "source", "found"), list(_named()))
def test_the_rules_find_a_planted_offence(
    rule: Callable[[str], set[str]], source: str, found: set[str]
) -> None:
    assert rule(source) == found
