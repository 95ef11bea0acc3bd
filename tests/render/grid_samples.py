"""Grids as the pages have them: which serves which, sannolikhet × konsekvens, met year by year, areas beside each other."""

from __future__ import annotations

from hsf_kpi.figures.figure import Figure
from hsf_kpi.figures.grids import BETTER, NEAR, NONE, PLAIN, WORSE, Cell, grid_figure
from hsf_kpi.model.codes import Origin
from tests.figures.figure_samples import CONTEXT

SOURCE = "Källa: Förvaltningsplan 2023–2025."
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZÅ"


def grid(cells: list[Cell], rows: list[str], columns: list[str], **more) -> Figure:
    told = {"slug": "prov", "title": "Fem uppdrag saknar åtgärd", "sentence": "Fem rader är tomma.", **more}
    return grid_figure(
        caption="Uppdrag och åtgärder. Region Västmanland.", context=CONTEXT, cells=cells, rows=rows,
        columns=columns, source=SOURCE, origins={Origin.PUBLISHED}, **told,
    )  # fmt: skip


def links(rows: int = 37, columns: int = 27, *, notes: bool = True) -> Figure:
    names = [*(str(n) for n in range(1, rows - 8)), *(f"HSN 1.{n}" for n in range(1, 10))][-rows:]
    words = "Verka för en ökad tillgänglighet i primärvården och en god och jämlik vård för länets invånare"
    cells = [
        Cell(name, LETTERS[k], PLAIN)
        for i, name in enumerate(names)
        for k in range(columns)
        if (i * 7 + k * 3) % 13 == 0
    ]
    return grid(
        cells, names, list(LETTERS[:columns]), row_title="Uppdrag", column_title="Åtgärd",
        row_notes=[words[: 30 + i * 2].strip() for i in range(rows)] if notes else (),
    )  # fmt: skip


def risks() -> Figure:
    rows = ["4 Mycket sannolik", "3 Sannolik", "2 Möjlig", "1 Osannolik"]
    columns = ["1 Försumbar", "2 Lindrig", "3 Kännbar", "4 Allvarlig"]
    cells = [
        Cell(rows[0], columns[2], PLAIN, "12: vårddokumentation"),
        Cell(rows[1], columns[3], PLAIN, "12: hygienrutiner"),
        Cell(rows[1], columns[2], WORSE, "9: läkemedelshantering\n9: avtalstrohet\n9: informationssäkerhet"),
        Cell(rows[2], columns[2], BETTER, "6: löneutbetalningar\n6: kommunikationskanaler"),
        Cell(rows[2], columns[3], NEAR, "8: digital tillgänglighet"),
    ]
    return grid(cells, rows, columns, row_title="Sannolikhet", column_title="Konsekvens", cell_title="Risker")


def years() -> Figure:
    rows = [
        "Vårdgaranti första besök",
        "Medicinskt färdigbehandlade patienter i slutenvården",
        "Oplanerade återinskrivningar inom 30 dagar",
        "Fallskador",
        "Trycksår",
    ]
    columns = [str(year) for year in range(2016, 2026)]
    tones = (BETTER, WORSE, NONE, BETTER, NEAR)
    cells = [
        Cell(row, year, tones[(i * 3 + k) % 5])
        for i, row in enumerate(rows)
        for k, year in enumerate(columns)
        if (i, k) != (3, 4)
    ]
    words = {BETTER: "uppnått", WORSE: "ej uppnått", NEAR: "nära", NONE: "okänt"}
    return grid(cells, rows, columns, row_title="Mål", column_title="År", tones=words)


def areas() -> Figure:
    rows = ["Nära vård", "Koncentration", "Digitalisering", "Kvalitetsutveckling"]
    columns = [
        "Omställning till framtidens hälso- och sjukvård", "Ekonomi i balans", "Kompetensförsörjning",
        "Tillgänglighet", "Kvalitet och patientsäkerhet",
    ]  # fmt: skip
    cells = [Cell(rows[i], columns[k], PLAIN) for i, k in ((0, 0), (0, 3), (1, 1), (2, 0), (2, 3), (3, 4))]
    return grid(cells, rows, columns, row_title="VGR", column_title="Insatsområde")


SAMPLES = {"links": links, "risks": risks, "years": years, "areas": areas}
