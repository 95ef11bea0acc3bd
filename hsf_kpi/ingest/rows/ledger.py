"""Budget and outcome from a file, in whole kronor: our accounts, our sign."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from hsf_kpi.ingest.files.wording import plain
from hsf_kpi.ingest.rows.cells import Bools, Chunk, Ints, Objects, text_of
from hsf_kpi.ingest.rows.entries import Entries, Together
from hsf_kpi.ingest.rows.met import Met
from hsf_kpi.ingest.rows.numbers import LARGEST_KRONOR
from hsf_kpi.ingest.rows.part import objects, taken, texts
from hsf_kpi.ingest.rows.periods import begun, months
from hsf_kpi.ingest.rows.reading import Reading, tell_numbers
from hsf_kpi.ingest.slices import Slice
from hsf_kpi.model.ledger import AmountKind

KINDS = tuple(AmountKind)
_KIND_WORDS = {
    "budget": AmountKind.BUDGET,
    "b": AmountKind.BUDGET,
    "utfall": AmountKind.ACTUAL,
    "u": AmountKind.ACTUAL,
    "actual": AmountKind.ACTUAL,
    "bokfört": AmountKind.ACTUAL,
    "redovisat": AmountKind.ACTUAL,
}
_YES = frozenset({"ja", "j", "1", "x", "sant", "true", "yes"})
_NO = frozenset({"nej", "n", "0", "falskt", "false", "no", "-"})
_LONGEST_CENTRE = 40


class LedgerRows(Met):
    """Reads and checks a file of budget and outcome. `first`: what the first pass found, for the second."""

    def __init__(self, reading: Reading, first: LedgerRows | None = None) -> None:
        super().__init__()
        self.reading = reading
        self._first = first
        accounts = reading.catalogue.ledger_accounts
        self._only_budget = np.array([*(a.budget_only for a in accounts), False], dtype=np.bool_)
        self._internal = np.array([*(a.may_be_internal for a in accounts), False], dtype=np.bool_)
        self._reversed = np.array(
            [*(a.id in reading.profile.reversed_accounts for a in accounts), False], dtype=np.bool_
        )
        self._together = Together(reading)

    def read(self, chunk: Chunk) -> Iterator[Slice]:
        """The chunk's rows; those that are added up with others come at the end."""
        entries, good = self._entries(chunk)
        if self._first is None:
            self.meet(entries.unit[good], entries.account[good], entries.month[good])
            self._together.add(entries, good)
            return
        self._together.name(entries, self._first._together)
        kept = good & ~self._first._together.is_merged(entries)
        if kept.any():
            yield Slice(ledger=_frame(self.reading, entries, kept))

    def finish(self) -> None:
        self._together.finish()

    def rest(self) -> Iterator[Slice]:
        assert self._first is not None
        for entries in self._first._together.merged():
            yield Slice(ledger=_frame(self.reading, entries, np.ones(len(entries), dtype=np.bool_)))

    def notes(self) -> list[str]:
        return self._together.notes()

    def _entries(self, chunk: Chunk) -> tuple[Entries, Bools]:
        reading = self.reading
        unit, month, account = reading.unit(chunk), months(reading, chunk), reading.account(chunk)
        kind = self._kind(chunk)
        amount = reading.numbers(chunk, "amount", 1, LARGEST_KRONOR)
        tell_numbers(
            lambda rows, what, todo: reading.tell_texts(chunk, rows, what, todo, "amount"),
            amount,
            kronor=True,
        )
        reading.tell_texts(
            chunk,
            ~amount.given,
            "Beloppet saknas.",
            "Ange beloppet, eller ta bort raden om det saknas.",
            "amount",
        )
        counterpart, no_counterpart = self._counterpart(chunk)
        project, no_project = self._project(chunk)
        centre = reading.texts(chunk, "cost_centre", _LONGEST_CENTRE)
        good = (
            (unit >= 0)
            & (month >= 0)
            & (account >= 0)
            & (kind >= 0)
            & amount.good
            & ~no_counterpart
            & ~no_project
        )
        signed = np.where(self._reversed[account], -amount.value, amount.value)
        entries = Entries(
            chunk.rows, unit, month, account, kind, signed, counterpart, project, centre,
            self._written(chunk, "unit"), self._written(chunk, "account"),
        )  # fmt: skip
        return entries, self._checked(chunk, entries, good)

    def _checked(self, chunk: Chunk, entries: Entries, good: Bools) -> Bools:
        reading = self.reading
        actual = entries.kind == KINDS.index(AmountKind.ACTUAL)
        internal = entries.counterpart >= 0
        wrong = good & actual & self._only_budget[entries.account]
        reading.tell_texts(
            chunk,
            wrong,
            "Kontot finns bara i budgeten och har aldrig ett utfall.",
            "Ta bort raderna.",
            "account",
        )
        outside = good & internal & ~self._internal[entries.account]
        reading.tell_texts(
            chunk, outside, "Kontot har ingen motpart inom förvaltningen.",
            "Lämna motparten tom, eller rätta kontot.", "account",
        )  # fmt: skip
        itself = good & internal & (entries.unit == entries.counterpart)
        reading.tell_texts(
            chunk, itself, "Verksamheten står som sin egen motpart.",
            "Ange den verksamhet som har köpt eller sålt.", "counterpart",
        )  # fmt: skip
        now = begun(reading)
        early = good & actual & (entries.month > now.index)
        reading.tell_texts(
            chunk, early, "Månaden har inte börjat, så det finns inget utfall av den.",
            f"Ange en månad till och med {now.iso}, eller budget.", self._period(),
        )  # fmt: skip
        good = good & ~wrong & ~outside & ~itself & ~early
        gone = reading.absent(entries.unit, entries.month, good)
        reading.tell_absent(chunk, gone, entries.unit)
        return good & ~gone

    def _period(self) -> str:
        fields = self.reading.layout.fields
        return next((name for name in ("period", "month") if name in fields), "year")

    def _kind(self, chunk: Chunk) -> Ints:
        column = self.reading.column(chunk, "kind")
        assert column is not None
        found = [_KIND_WORDS.get(plain(text_of(cell))) for cell in column.cells]
        codes = np.array([KINDS.index(k) if k else -1 for k in found] + [-1], dtype=np.int64)[column.number]
        self.reading.tell_texts(
            chunk, codes < 0, "Slaget går inte att läsa.", "Ange budget eller utfall.", "kind"
        )
        return codes

    def _counterpart(self, chunk: Chunk) -> tuple[Ints, Bools]:
        """The unit, −1 for nobody; and the rows where it is unknown (told)."""
        reading = self.reading
        column = reading.column(chunk, "counterpart")
        if column is None:
            return np.full(len(chunk), -1, dtype=np.int64), np.zeros(len(chunk), dtype=np.bool_)
        at = {unit: number for number, unit in enumerate(reading.unit_ids)}
        found = [reading.counterparts.find(text_of(cell)) for cell in column.cells]
        codes = np.array([at.get(f or "", -2) for f in found] + [-1], dtype=np.int64)[column.number]
        unknown = codes == -2
        for text, rows in column.texts(unknown) if unknown.any() else ():
            asked = reading.counterparts.suggestion(text)
            reading.tell(
                chunk, rows, "Motparten finns inte.",
                f"Ange en av förvaltningens verksamheter, eller lämna tomt när motparten är utomstående.{asked}",
                reading.heading("counterpart"), text,
            )  # fmt: skip
        return np.maximum(codes, -1), unknown

    def _project(self, chunk: Chunk) -> tuple[Bools, Bools]:
        column = self.reading.column(chunk, "project")
        if column is None:
            no = np.zeros(len(chunk), dtype=np.bool_)
            return no, no
        words = [plain(text_of(cell)) for cell in column.cells]
        codes = [1 if word in _YES else 0 if word in _NO else -1 for word in words]
        found = np.array([*codes, 0], dtype=np.int64)[column.number]
        self.reading.tell_texts(
            chunk,
            found < 0,
            "Det sägs inte om raden är ett uppdragsprojekt.",
            "Ange ja eller nej, eller lämna tomt.",
            "project",
        )
        return found == 1, found < 0

    def _written(self, chunk: Chunk, name: str) -> Objects:
        """What the file itself says, so that rows that it tells apart can be added up."""
        column = self.reading.column(chunk, name)
        assert column is not None
        return objects((*(plain(text_of(cell)) for cell in column.cells), ""))[column.number]


def _frame(reading: Reading, entries: Entries, rows: Bools) -> pd.DataFrame:
    """Columns as store/ledger_batch.py takes them, and `row`."""
    units = (*reading.unit_ids, "")
    return pd.DataFrame(
        {
            "unit": taken(units, entries.unit[rows]),
            "month": entries.month[rows],
            "account": taken(reading.account_ids, entries.account[rows]),
            "kind": taken(tuple(kind.value for kind in KINDS), entries.kind[rows]),
            "amount": entries.amount[rows],
            "counterpart": taken(units, entries.counterpart[rows]),
            "project": entries.project[rows],
            "cost_centre": texts(entries.centre[rows]),
            "row": entries.row[rows],
        }
    )
