"""A request read against its resource's parameters: every fault at once, in Swedish."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hsf_kpi.api.caller import Caller
from hsf_kpi.api.definitions import CSV, FORMAT, JSON, MOST_NAMES, Kind, Param
from hsf_kpi.api.problems import Refusal, shown
from hsf_kpi.model.codes import OrgView, Sex
from hsf_kpi.model.period import Month, View
from hsf_kpi.model.problems import Problem
from hsf_kpi.model.scope import Scope
from hsf_kpi.workspace import Workspace


@dataclass(frozen=True)
class Question:
    """What is asked, by whom. `given`: parameter → its values, as checked; `path`: what the address itself names."""

    workspace: Workspace
    caller: Caller
    given: Mapping[str, tuple[str, ...]]
    path: Mapping[str, str] = field(default_factory=dict)

    @property
    def scope(self) -> Scope:
        return self.caller.scope

    def text(self, name: str) -> str:
        """The value, or "" where it was left out and has no first value."""
        return next(iter(self.given.get(name, ())), "")

    def names(self, name: str) -> tuple[str, ...]:
        return self.given.get(name, ())

    def whole(self, name: str) -> int:
        return int(self.text(name))

    def month(self, name: str) -> Month | None:
        return Month.parse(self.text(name)) if self.text(name) else None

    @property
    def view(self) -> View:
        return View(self.text("view"))

    @property
    def sex(self) -> Sex:
        return Sex(self.text("sex"))

    @property
    def org(self) -> OrgView:
        return OrgView(self.text("org"))


def read_query(params: Sequence[Param], pairs: Sequence[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    """Parameter → values, first values filled in. Refusal with 400 and every fault."""
    known = {param.name: param for param in params}
    wrong: list[Problem] = []
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        if name in known:
            found.setdefault(name, []).append(value)
        else:
            has = ", ".join(known)
            wrong.append(
                Problem(f"Parametern ”{shown(name)}” finns inte.", shown(name), f"Välj bland {has}.")
            )
    given: dict[str, tuple[str, ...]] = {}
    for param in params:
        values = found.get(param.name)
        if values is None:
            given[param.name] = (param.first,) if param.first else ()
            continue
        if param.many:
            values = [part.strip() for value in values for part in value.split(",")]
        wrong += _faults(param, values)
        given[param.name] = tuple(dict.fromkeys(values))
    if wrong:
        raise Refusal(400, tuple(dict.fromkeys(wrong)))
    return given


def form_of(given: Mapping[str, tuple[str, ...]], pairs: Sequence[tuple[str, str]], accept: str) -> str:
    """csv or json: what `format` says, else what Accept names first of the two; JSON where it names neither."""
    if any(name == FORMAT.name for name, _ in pairs):
        return given[FORMAT.name][0]
    for part in accept.lower().split(","):
        kind = part.partition(";")[0].strip()
        if kind == "text/csv":
            return CSV
        if kind in ("application/json", "*/*"):
            return JSON
    return JSON


def _faults(param: Param, values: Sequence[str]) -> list[Problem]:
    if not param.many and len(values) > 1:
        return [
            Problem(f"Parametern ”{param.name}” är angiven flera gånger.", param.name, "Ange den en gång.")
        ]
    if len(values) > MOST_NAMES:
        return [
            Problem(
                f"Så många värden går inte att ange ({len(values)}).", param.name, f"Ange högst {MOST_NAMES}."
            )
        ]
    return [problem for value in values if (problem := _fault(param, value)) is not None]


def _fault(param: Param, value: str) -> Problem | None:
    if not value:
        return Problem(f"Parametern ”{param.name}” är tom.", param.name, "Ange ett värde eller utelämna den.")
    wrong = f"”{shown(value)}” går inte att använda."
    if param.codes and value not in param.codes:
        return Problem(wrong, param.name, f"Välj {', '.join(param.codes)}.")
    if param.kind is Kind.WHOLE:
        fits = (
            value.isascii()
            and value.isdecimal()
            and len(value) <= 9
            and param.low <= int(value) <= param.high
        )
        return (
            None
            if fits
            else Problem(wrong, param.name, f"Skriv ett heltal från {param.low} till {param.high}.")
        )
    if param.kind is Kind.MONTH:
        try:
            Month.parse(value)
        except ValueError:
            return Problem(wrong, param.name, "Skriv till exempel 2023-10.")
    return None
