"""Loading files: check, preview, load or reject, undo. Framework-free: the page and the command line ask the same.

Everything takes rights: who may load for some units only, loads only for them, and is told of another unit in the words for
one that does not exist. A file's name is never used as a path.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import pandas as pd

from hsf_kpi.access.person_number import like_person_number
from hsf_kpi.access.rights import Rights
from hsf_kpi.ingest.definition_rows import catalogue_with, changed_catalogue
from hsf_kpi.ingest.incoming import Incoming, incoming
from hsf_kpi.ingest.profiles import catalogue_problems, parse_profile, read_profiles
from hsf_kpi.ingest.slices import Slice
from hsf_kpi.looking.incoming import preview_of
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.event import Event
from hsf_kpi.model.incoming import Fault, FileRefused, Holds, Progress
from hsf_kpi.model.load import KeptFile, Load, LoadKind
from hsf_kpi.model.period import Month, Window
from hsf_kpi.model.preview import Preview
from hsf_kpi.model.problems import DataError, HsfError, NotFound, Problem
from hsf_kpi.model.profile import Profile
from hsf_kpi.model.role import Permission
from hsf_kpi.operations.metrics import LOADS
from hsf_kpi.operations.work import load_under_way
from hsf_kpi.store.delivery import Delivery
from hsf_kpi.swedish.dates import month_text
from hsf_kpi.workspace import Workspace

_LONGEST_NAME = 120
MONTHLY = (Window.MONTH, Window.MONTH.value)


def _quiet(_what: str, _share: float) -> None:
    return None


@dataclass(frozen=True)
class Checked:
    """A file that has been read and checked. faults: what is wrong; empty when it can be loaded. already: the load that
    brought this very file. released: final months that it would change. version: the data that the preview was held
    against.
    """

    name: str
    profile: Profile
    incoming: Incoming | None
    faults: tuple[Fault, ...]
    preview: Preview | None = None
    already: Load | None = None
    released: tuple[Month, ...] = ()
    version: int = 0

    @property
    def loadable(self) -> bool:
        return self.incoming is not None and not self.faults and self.already is None and not self.released


class Loading:
    """What can be asked about files and loads."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    # Profiles

    def profiles(self, rights: Rights) -> tuple[Profile, ...]:
        """Those that are shipped, then those written in the page, by title."""
        rights.demand(Permission.LOAD)
        return read_profiles(self.workspace.data_dir, self.workspace.store.profiles.saved())

    def profile(self, rights: Rights, key: str) -> Profile:
        """NotFound where there is none."""
        found = next((one for one in self.profiles(rights) if one.key == key), None)
        if found is None:
            raise NotFound(Problem(f"Källprofilen ”{key}” finns inte.", "profil", "Välj en i listan."))
        return found

    def save_profile(self, rights: Rights, text: str, version: int = 0) -> int:
        """A new profile, or the next version of one. DataError or DefinitionError with every problem."""
        rights.demand(Permission.LOAD, self.workspace.catalogue.organisation.root)
        profile = parse_profile(text, "källprofil")
        if problems := list(catalogue_problems(profile, self.workspace.catalogue, "källprofil")):
            raise DataError(problems)
        shipped = {one.key for one in read_profiles(self.workspace.data_dir)}
        if profile.key in shipped:
            raise DataError(
                Problem(
                    f"Nyckeln ”{profile.key}” hör till en medföljande profil.", "nyckel", "Välj en annan."
                )
            )
        return self.workspace.store.profiles.save(profile.key, text, rights.identity.login, version)

    def remove_profile(self, rights: Rights, profile: Profile) -> None:
        """Takes a saved profile out of the list; what was loaded by it stays."""
        rights.demand(Permission.LOAD, self.workspace.catalogue.organisation.root)
        _, text = self.workspace.store.profiles.saved()[profile.key]
        self.workspace.store.profiles.save(
            profile.key, text, rights.identity.login, profile.version, removed=True
        )

    # Files

    def units(self, rights: Rights) -> frozenset[str]:
        """The units that the person may load for."""
        units = self.workspace.catalogue.organisation.units
        return frozenset(unit for unit in units if rights.may(Permission.LOAD, unit))

    def check(
        self, rights: Rights, path: Path, name: str, key: str, *, sheet: str = "", tell: Progress = _quiet
    ) -> Checked:
        """Reads the whole file and holds it against what is there. Changes nothing. Never raises for what is in the file."""
        profile, given, name = self.profile(rights, key), name, _name(name)
        catalogue, store = self.workspace.catalogue, self.workspace.store
        version = store.state().data_version
        allowed = self.units(rights)
        whole = catalogue.organisation.root in allowed
        if not whole and profile.holds.for_everybody:
            fault = Fault(
                "Den som läser in för en del av förvaltningen kan inte läsa in sådant som gäller hela.",
                "Be en controller för hela förvaltningen.",
            )
            return Checked(name, profile, None, (fault,), version=version)
        try:
            # A name with something like a person's number is refused with the file, and told nowhere.
            read_as = given if like_person_number(given) else name
            found = incoming(path, read_as, profile, catalogue, sheet=sheet, allowed=allowed, tell=tell)
        except FileRefused as refused:
            self._refused(rights, name, len(refused.faults))
            return Checked(name, profile, None, refused.faults, version=version)
        already = store.loads.by_file(found.table.sha256, key)
        checked = Checked(name, profile, found, found.faults, already=already, version=version)
        if found.faults:
            self._refused(rights, name, len(found.faults))
        if found.faults or already is not None:
            return checked
        if profile.holds.defines:
            return replace(checked, faults=self._definition_faults(found))
        months: set[int] = set()
        preview = preview_of(self.workspace, rights.scope, _Watched(found, months), Origin.LOADED, tell)
        released = tuple(month for month in preview.released if month.index in months)
        return replace(checked, preview=preview, released=released)

    def load(self, rights: Rights, checked: Checked, *, tell: Progress = _quiet) -> Load:
        """Loads what has been checked. DataError where it can't be: it has faults, is loaded already, changes final months,
        or the data have been changed since it was checked.
        """
        found = checked.incoming
        if found is None or checked.faults:
            raise FileRefused(checked.name, checked.faults)
        if not found.contents.units <= self.units(rights):
            rights.demand(Permission.LOAD, self.workspace.catalogue.organisation.root)
        rights.demand(Permission.LOAD)
        self._demand_loadable(checked)
        try:
            with load_under_way("loaded"):
                self._take(rights, checked, found, tell)
        except FileNotFoundError as error:
            raise DataError(
                Problem("Filen finns inte längre på servern.", checked.name, "Välj den igen.")
            ) from error
        loaded = self.workspace.store.loads.by_file(found.table.sha256, found.profile.key)
        assert loaded is not None
        return loaded

    def _take(self, rights: Rights, checked: Checked, found: Incoming, tell: Progress) -> None:
        catalogue, store = self.workspace.catalogue, self.workspace.store
        holds = found.profile.holds
        parts = [] if holds is Holds.OBSERVATIONS else list(found.slices())
        unit = self._unit_above(found.contents.units)
        months = found.contents.months
        table = found.table
        delivery = Delivery(
            source=f"{found.profile.system or found.profile.title}, {checked.name}",
            origin=Origin.LOADED,
            observations=(),
            external=tuple(value for part in parts for value in part.external),
            moves=tuple(move for part in parts for move in part.moves),
            improvements=tuple(one for part in parts for one in part.improvements),
            definitions=tuple(one for part in parts for one in part.definitions),
            by=rights.identity.login,
            ledger=_joined(part.ledger for part in parts),
            forecasts=_joined(part.forecasts for part in parts),
            slices=_observed(found) if holds is Holds.OBSERVATIONS else None,
            file=KeptFile(checked.name, table.sha256, table.size, table.path),
            profile=found.profile.key,
            unit=unit,
            first=None if months is None else Month(months[0]),
            last=None if months is None else Month(months[1]),
            tell=tell,
            seen=checked.version,
        )
        if holds.defines:
            changed = changed_catalogue(self.workspace.data_dir, catalogue, delivery.definitions)
            store.definitions.take(changed, delivery, before=catalogue.fingerprint, rows=found.contents.rows)
        else:
            store.take(catalogue, delivery)

    # Loads

    def loads(self, rights: Rights) -> tuple[Load, ...]:
        """The log, newest first: of the units that the person may load for."""
        rights.demand(Permission.LOAD)
        root = self.workspace.catalogue.organisation.root
        return tuple(
            load
            for load in self.workspace.store.loads.all()
            if rights.may(Permission.LOAD, load.unit or root) and load.kind is not LoadKind.DERIVED
        )

    def undo(self, rights: Rights, number: int) -> Load:
        """Undoes a load. NotFound outside the rights; DataError where it can't be undone or would change final months."""
        load = self._one(rights, number)
        root = self.workspace.catalogue.organisation.root
        rights.demand(Permission.LOAD, load.unit or root)
        if load.profile is None:
            raise DataError(
                Problem(
                    "Det som kom med programmet kan inte ångras.",
                    f"inläsning {number}",
                    "Läs in en rättelse i stället.",
                )
            )
        # As it stands in the database now: what somebody released a second ago is final.
        state = self.workspace.store.state()
        released = state.released
        monthly = load.first is not None and self.profile_is_monthly(load)
        if released is not None and monthly and load.first is not None and load.first <= released:
            raise DataError(_final_problem(f"inläsning {number}", (load.first,)))
        store, catalogue, by = self.workspace.store, self.workspace.catalogue, rights.identity.login
        with load_under_way("undone"):
            if load.kind is LoadKind.DEFINITIONS:
                after = catalogue_with(
                    self.workspace.data_dir, catalogue, store.definitions.overlay_without(number)
                )
                store.definitions.undo(after, number, by, before=catalogue.fingerprint)
            else:
                store.loads.undo(catalogue, number, by, seen=state.data_version)
        undone = store.loads.get(number)
        assert undone.undone_by is not None
        return undone

    def profile_is_monthly(self, load: Load) -> bool:
        """Whether what the load brought belongs to months that may be final."""
        saved = self.workspace.store.profiles.saved()
        found = {one.key: one for one in read_profiles(self.workspace.data_dir, saved)}
        profile = found.get(load.profile or "")
        return profile is None or profile.holds.of_months

    def file(self, rights: Rights, number: int) -> tuple[str, Iterator[bytes]]:
        """The kept file of a load: its name and its bytes. NotFound where there is none."""
        load = self._one(rights, number)
        if load.sha256 is None or load.file_name is None:
            raise NotFound(Problem("Inläsningen har ingen fil.", f"inläsning {number}", "Välj en annan."))
        return load.file_name, self.workspace.store.loads.file_parts(load.sha256)

    def _one(self, rights: Rights, number: int) -> Load:
        found = next((load for load in self.loads(rights) if load.number == number), None)
        if found is None:
            raise NotFound(Problem(f"Inläsning {number} finns inte.", "inläsning", "Välj en i loggen."))
        return found

    def _demand_loadable(self, checked: Checked) -> None:
        store, table = self.workspace.store, checked.incoming.table if checked.incoming else None
        already = store.loads.by_file(table.sha256, checked.profile.key) if table else None
        if already is not None:
            raise DataError(already_problem(checked.name, already))
        if checked.released:
            raise DataError(_final_problem(checked.name, checked.released))
        if store.state().data_version != checked.version:
            raise DataError(
                Problem(
                    "Uppgifterna har ändrats sedan filen kontrollerades.",
                    checked.name,
                    "Kontrollera filen på nytt och se vad som nu ändras.",
                )
            )

    def _definition_faults(self, found: Incoming) -> tuple[Fault, ...]:
        """What stands in the way of the definitions becoming those of the file, or that nothing would change."""
        texts = tuple(one for part in found.slices() for one in part.definitions)
        if not texts:
            return (
                Fault("Allt i filen gäller redan. Inget skulle ändras.", "Ändra filen, eller låt den vara."),
            )
        try:
            changed_catalogue(self.workspace.data_dir, self.workspace.catalogue, texts)
        except HsfError as error:
            return tuple(
                Fault(problem.what, problem.todo, value=problem.where[:80]) for problem in error.problems
            )
        return ()

    def _unit_above(self, units: frozenset[str]) -> str | None:
        """The lowest unit that all of them stand under today."""
        organisation, today = self.workspace.catalogue.organisation, self.workspace.state().today
        paths = [organisation.path(unit, today) for unit in sorted(units)]
        if not paths:
            return None
        common = [steps[0] for steps in zip(*paths, strict=False) if len(set(steps)) == 1]
        return common[-1] if common else None

    def _refused(self, rights: Rights, name: str, faults: int) -> None:
        LOADS.labels("refused").inc()
        self.workspace.log(rights.identity, Event.LOAD_REFUSED, f"{name}: {faults} fel")


class _Watched:
    """The slices of a file on their way to the preview; notes the months that they would change."""

    def __init__(self, found: Incoming, months: set[int]) -> None:
        self._found, self._months = found, months
        self.profile, self.contents = found.profile, found.contents

    def slices(self) -> Iterator[Slice]:
        for part in self._found.slices():
            if part.observations is not None:
                monthly = part.observations["window"].isin(MONTHLY)
                self._months.update(int(m) for m in part.observations.loc[monthly, "month"].unique())
            if part.ledger is not None:
                self._months.update(int(m) for m in part.ledger["month"].unique())
            yield part


def _name(name: str) -> str:
    """A file's name as it is told and kept: no folders, no signs that are not seen, and not longer than it can be."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(sign if sign.isprintable() else " " for sign in last).strip() or "fil"
    if like_person_number(seen):
        return "filen"
    return seen if len(seen) <= _LONGEST_NAME else f"{seen[: _LONGEST_NAME - 9]}…{seen[-8:]}"


def _observed(found: Incoming) -> Callable[[], Iterator[pd.DataFrame]]:
    def slices() -> Iterator[pd.DataFrame]:
        for part in found.slices():
            if part.observations is not None:
                yield part.observations

    return slices


def _joined(frames: Iterable[pd.DataFrame | None]) -> pd.DataFrame | tuple[()]:
    """Whole: what is checked of a ledger is its sums, and as small numbers it is little."""
    some = [frame for frame in frames if frame is not None]
    return pd.concat(some, ignore_index=True) if some else ()


def already_problem(name: str, load: Load) -> Problem:
    return Problem(
        f"Filen är redan inläst (inläsning {load.number}). Inget har ändrats.",
        name,
        "Ska den läsas på ett annat sätt, med en ändrad källprofil: ångra den först. "
        "Vill du gå tillbaka till den: ångra de senare inläsningarna.",
    )


def _final_problem(where: str, months: tuple[Month, ...]) -> Problem:
    named = month_text(months[0]) if len(months) == 1 else f"{month_text(months[0])}–{month_text(months[-1])}"
    return Problem(
        f"Det ändrar frisläppta månader ({named}).",
        where,
        "Öppna månaden igen först, och frisläpp den sedan på nytt.",
    )


@lru_cache(maxsize=8)
def loading_of(workspace: Workspace) -> Loading:
    return Loading(workspace)
