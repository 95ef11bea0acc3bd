"""What must hold of each row of observations. Every fault is told with its rows, column and value."""

from __future__ import annotations

import numpy as np

from hsf_kpi.ingest.rows.cells import Bools
from hsf_kpi.ingest.rows.part import PARTS, Part
from hsf_kpi.ingest.rows.periods import WINDOWS, begun
from hsf_kpi.ingest.rows.reading import Reading
from hsf_kpi.ingest.rows.rules import Rules
from hsf_kpi.ingest.rows.words import plain_number
from hsf_kpi.model.aggregation import FIXED
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Window
from hsf_kpi.swedish.words import WINDOW_WORD

_MONTH = WINDOWS.index(Window.MONTH)
_LEAVE_OUT = "eller ta bort raden om värdet saknas."


def check_part(reading: Reading, rules: Rules, part: Part) -> Bools:
    """The rows that can be loaded, as far as each is seen by itself."""
    return _Check(reading, rules, part).done()


class _Check:
    def __init__(self, reading: Reading, rules: Rules, part: Part) -> None:
        self.reading, self.rules, self.part = reading, rules, part
        readable = [n.good | ~n.given for n in part.numbers.values()]
        self.good: Bools = part.known & np.logical_and.reduce(readable)

    def done(self) -> Bools:
        self._place()
        self._existence()
        self._forms()
        self._sizes()
        return self.good

    def _place(self) -> None:
        part, rules = self.part, self.rules
        known = self.part.known
        wrong = known & ~rules.measured[part.measure, part.window]
        for window in np.unique(part.window[wrong]).tolist():
            for measure, rows in self._by_measure(wrong & (part.window == window)):
                words = " eller ".join(WINDOW_WORD[w] for w in measure.measured)
                self._tell(
                    rows, f"”{measure.short_name}” mäts inte per {WINDOW_WORD[WINDOWS[window]]}.",
                    f"Ange värden per {words}.", self._period(),
                )  # fmt: skip
        now = begun(self.reading)
        early = known & (part.window == _MONTH) & (part.month > now.index) & ~rules.ahead[part.measure]
        self._each(
            early, "Månaden har inte börjat, så det finns inget utfall av den.",
            f"Ange en månad till och med {now.iso}.", self._period(),
        )  # fmt: skip
        for measure, rows in self._by_measure((part.sex > 0) & ~rules.by_sex[part.measure]):
            self._tell(rows, f"”{measure.short_name}” redovisas inte per kön.", "Ange bara totalen.", "sex")

    def _existence(self) -> None:
        """That the unit was there in the month."""
        part = self.part
        gone = self.reading.absent(part.unit, part.month, part.known)
        self.reading.tell_absent(part.chunk, gone, part.unit)
        self.good = self.good & ~gone

    def _forms(self) -> None:
        """Parts or a finished value: what the measure needs, and nothing else."""
        part, rules = self.part, self.rules
        measure, ready = part.measure, part.is_ready
        numerator, denominator = part.numbers["numerator"].given, part.numbers["denominator"].given
        self._each(
            ready & numerator, "Raden har både ett färdigt värde och en täljare.",
            "Ange antingen delarna eller det färdiga värdet.", "ready",
        )  # fmt: skip
        self._each(
            ready & ~numerator & denominator & ~rules.respondents[measure],
            "Ett färdigt värde har en nämnare, men nyckeltalet räknar inga svarande i den.", "Ta bort nämnaren.",
            "denominator",
        )  # fmt: skip
        parts = ~ready
        survey = parts & rules.survey[measure]
        for name, rows in self._by_measure(survey):
            self._tell(
                rows, f"”{name.short_name}” räknas inte fram ur delar, och raden har inget färdigt värde.",
                f"Ange det färdiga värdet, {_LEAVE_OUT}", "ready",
            )  # fmt: skip
        parts &= ~survey
        self._each(parts & ~numerator, "Täljaren saknas.", f"Ange täljaren, {_LEAVE_OUT}", "numerator")
        with_one = rules.has_denominator[measure]
        self._each(
            parts & numerator & ~denominator & with_one,
            "Nämnaren saknas.",
            f"Ange nämnaren, {_LEAVE_OUT}",
            "denominator",
        )
        for name, rows in self._by_measure(parts & denominator & ~with_one):
            self._tell(rows, f"”{name.short_name}” har ingen nämnare.", "Ta bort nämnaren.", "denominator")

    def _sizes(self) -> None:
        part, rules = self.part, self.rules
        measure = part.measure
        values = {name: part.numbers[name].value for name in PARTS}
        given = {name: part.numbers[name].given for name in PARTS}
        parts = ~part.is_ready
        unsigned = ~rules.signed[measure]
        self._each(
            given["numerator"] & (values["numerator"] < 0) & unsigned, "Antalet är negativt.",
            "Ange noll eller mer.", "numerator",
        )  # fmt: skip
        self._each(
            given["ready"] & (values["ready"] < 0) & unsigned,
            "Värdet är negativt.",
            "Ange noll eller mer.",
            "ready",
        )
        self._each(
            parts & given["denominator"] & (values["denominator"] < 0) & ~rules.growth[measure],
            "Nämnaren är negativ.", "Ange noll eller mer.", "denominator",
        )  # fmt: skip
        self._each(
            ~parts & given["denominator"] & (values["denominator"] <= 0), "Antalet svarande är inte större än noll.",
            "Ange antalet svarande, eller lämna nämnaren tom när det inte är känt.", "denominator",
        )  # fmt: skip
        self._each(
            given["ready"] & rules.percent[measure] & (values["ready"] > 100 * FIXED), "Andelen är över 100 procent.",
            "Ange en andel från 0 till 100.", "ready",
        )  # fmt: skip
        over = self.good & parts & rules.share[measure] & (values["numerator"] > values["denominator"])
        for denominator in np.unique(values["denominator"][over]).tolist():
            # What is not told any more is counted at once.
            rows = (
                over & self.good
                if self.reading.faults.full
                else over & (values["denominator"] == denominator)
            )
            self._tell(
                rows,
                "Täljaren är större än nämnaren.",
                f"Ange högst {plain_number(denominator)}, som är nämnaren.",
                "numerator",
            )

    def _each(self, rows: Bools, what: str, todo: str, name: str) -> None:
        self._tell(rows & self.good, what, todo, name)

    def _tell(self, rows: Bools, what: str, todo: str, name: str) -> None:
        """A field's column; of a column for each nyckeltal, the one with the numbers."""
        if not rows.any():
            return
        self.good = self.good & ~rows
        part = self.part
        place = part.columns.get(name) or (
            next(iter(part.columns.values()), None) if name in (*PARTS, "measure") else None
        )
        if place is not None and (name in part.columns or name not in self.reading.layout.fields):
            self.reading.tell_column(part.chunk, rows, what, todo, *place)
        else:
            self.reading.tell_texts(part.chunk, rows, what, todo, name)

    def _by_measure(self, rows: Bools) -> list[tuple[Measure, Bools]]:
        """The good ones of the rows, by measure."""
        rows = rows & self.good
        part = self.part
        return [
            (self.rules.measures[at], rows & (part.measure == at))
            for at in np.unique(part.measure[rows]).tolist()
        ]

    def _period(self) -> str:
        return next((name for name in ("period", "month") if name in self.reading.layout.fields), "year")
