"""What every unit costs towards the world outside, month by month and account by account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hsf_kpi.ingest.demo import shape
from hsf_kpi.ingest.demo.apportion import Floats, Ints
from hsf_kpi.ingest.demo.gross import ROOM
from hsf_kpi.ingest.demo.ledger_frame import Frame, share, yearly
from hsf_kpi.ingest.demo.ledger_settings import LedgerSettings
from hsf_kpi.model.problems import DefinitionError, Problem

REGION, GRANTS, BOARD, SALES, OTHER = (
    "regionersattning", "statsbidrag", "rs-anslag", "forsaljning", "ovriga-intakter",
)  # fmt: skip
STAFF, HIRED, PROVISION = "egen-personal", "inhyrd-personal", "underskottspost"
BOUGHT, INVESTMENTS = "kopta-tjanster", "investeringar"
"""The accounts that the ledger is made of beside those of the mix."""


@dataclass(frozen=True)
class Costs:
    """amounts: (units, months, accounts) in kronor, without what units of the förvaltning buy from each other."""

    accounts: tuple[str, ...]
    amounts: Ints

    @property
    def total(self) -> Ints:
        """(units, months)"""
        found: Ints = self.amounts.sum(axis=2)
        return found


def first_year(gross: Ints, frame: Frame, settings: LedgerSettings, staff: Ints) -> Ints:
    """The gross cost with the months before the first result: what the same month cost a year later, brought back.

    No less than staff and the room around it.
    """
    made = gross.copy()
    for t in reversed(range(len(frame.months))):
        if frame.known[t] and not frame.booked[t] and t + 12 < len(frame.months):
            back = np.rint(made[:, t + 12] / (1 + settings.before / 100)).astype(np.int64)
            least = np.rint(staff[:, t] * ROOM).astype(np.int64) + 1
            made[:, t] = np.where(frame.present[:, t], np.maximum(back, least), 0)
    return made


def external_cost(
    frame: Frame, gross: Ints, staff: Ints, hired: Ints, settings: LedgerSettings, rng: np.random.Generator
) -> Costs:
    """Staff as given, and the rest of the gross cost shared on the accounts of the mix, to the krona.

    DefinitionError naming every unit whose gross cost does not hold its staff.
    """
    rest = np.where(frame.known[None, :], gross - staff - hired, 0)
    _demand_room(frame, gross, staff + hired)
    names = tuple(dict.fromkeys(name for mix in settings.mix.values() for name in mix))
    shares = _shares(frame, names, settings)
    mean = yearly(frame, rest.astype(float), frame.present & frame.known[None, :])[:, :, None]
    jump = np.exp(settings.noise * np.clip(rng.normal(0.0, 1.0, (*frame.shape, len(names))), -2.5, 2.5))
    steady = np.array([name in settings.steady for name in names])
    fixed = np.where(steady, shares * mean, 0.0)
    held = np.minimum(1.0, 0.6 * rest[:, :, None] / np.maximum(fixed.sum(axis=2, keepdims=True), 1.0))
    fixed = fixed * held
    moving = np.where(steady, 0.0, shares * jump)
    left = rest[:, :, None] - fixed.sum(axis=2, keepdims=True)
    scale = np.maximum(moving.sum(axis=2, keepdims=True), 1e-9)
    weights = np.maximum(fixed + moving / scale * left, 0.0)
    parts = share(np.where(frame.present, rest, 0), weights)
    return Costs(
        (STAFF, HIRED, *names), np.concatenate((staff[:, :, None], hired[:, :, None], parts), axis=2)
    )


def _shares(frame: Frame, names: Sequence[str], settings: LedgerSettings) -> Floats:
    """(units, months, accounts): the unit's mix with each account's level over time."""
    default = settings.mix["default"]
    mix = np.array(
        [[settings.mix.get(unit, default).get(name, 0.0) for name in names] for unit in frame.units]
    )
    levels = np.ones((len(frame.months), len(names)))
    for a, name in enumerate(names):
        if name in settings.level:
            levels[:, a] = shape.level(settings.level[name], frame.months)
    found: Floats = mix[:, None, :] / np.maximum(mix.sum(axis=1), 1e-9)[:, None, None] * levels[None, :, :]
    return found


def _demand_room(frame: Frame, gross: Ints, staff: Ints) -> None:
    short = (gross < staff * ROOM) & frame.present & frame.known[None, :] & (staff > 0)
    problems = [
        Problem(
            f"Bruttokostnaden för {unit} {frame.months[int(np.flatnonzero(short[u])[0])]} rymmer inte personalkostnaden.",
            "demo/economy.toml, fältet gross.units",
            f"Höj faktorn för {unit}.",
        )
        for u, unit in enumerate(frame.units)
        if short[u].any()
    ]
    if problems:
        raise DefinitionError(problems)
