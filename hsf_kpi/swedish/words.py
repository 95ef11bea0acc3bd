"""The Swedish words of the closed vocabularies: status, missing, view, sex, origin, cadence, unit."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.codes import Direction, Missing, OrgView, Origin, Sex, Status, UnitOfMeasure
from hsf_kpi.model.dialogue import YearEnd
from hsf_kpi.model.follow_up import ControlResult, Stage
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import View, Window

_S = "\N{NO-BREAK SPACE}"

STATUS_WORD: Mapping[Status, str] = MappingProxyType(
    {
        Status.MET: "uppnått",
        Status.NEAR: "nära",
        Status.MISSED: "ej uppnått",
        Status.NOT_ASSESSABLE: "kan inte bedömas",
    }
)
STATUS_SHAPE: Mapping[Status, str] = MappingProxyType(
    {Status.MET: "●", Status.NEAR: "◆", Status.MISSED: "■", Status.NOT_ASSESSABLE: "○"}
)
YEAR_END_WORD: Mapping[YearEnd, str] = MappingProxyType(
    {
        YearEnd.REACHED: "uppnås",
        YearEnd.PARTLY: "uppnås delvis",
        YearEnd.NOT_REACHED: "uppnås inte",
    }
)
"""Helårsbedömning: words alone, since the shapes tell how a target stands today."""
STAGE_WORD: Mapping[Stage, str] = MappingProxyType(
    {
        Stage.NOT_STARTED: "ej påbörjad",
        Stage.ONGOING: "pågår",
        Stage.DONE: "klar",
        Stage.LATE: "försenad",
    }
)
STAGE_SHAPE: Mapping[Stage, str] = MappingProxyType(
    {Stage.NOT_STARTED: "○", Stage.ONGOING: "◆", Stage.DONE: "●", Stage.LATE: "■"}
)
"""The shapes of the targets' statuses, with the same colours: done as reached, late as missed, going on as near."""
CONTROL_WORD: Mapping[ControlResult, str] = MappingProxyType(
    {
        ControlResult.NOT_DONE: "ej genomförd",
        ControlResult.CLEAN: "utan avvikelse",
        ControlResult.MINOR: "mindre avvikelse",
        ControlResult.MAJOR: "väsentlig avvikelse",
    }
)
CONTROL_SHAPE: Mapping[ControlResult, str] = MappingProxyType(
    {
        ControlResult.NOT_DONE: "○",
        ControlResult.CLEAN: "●",
        ControlResult.MINOR: "◆",
        ControlResult.MAJOR: "■",
    }
)
MISSING_TEXT: Mapping[Missing, str] = MappingProxyType(
    {
        Missing.NOT_YET_REPORTED: "inte rapporterat än",
        Missing.LATE: "försenat",
        Missing.NOT_APPLICABLE: "ej tillämpligt",
        Missing.MASKED: "maskerat",
        Missing.NOT_MEASURED_HERE: "mäts inte på denna nivå",
        Missing.NOT_BY_SEX: "redovisas inte per kön",
        Missing.MEASURING_STARTED: "mätning påbörjad",
        Missing.NOT_REPORTED: "inte rapporterat",
        Missing.ZERO_DENOMINATOR: "nämnaren är noll",
        Missing.TOO_SHORT: "kortare än tolv månader",
        Missing.NOT_RELEASED: "inte frisläppt än",
    }
)
VIEW_WORD: Mapping[View, str] = MappingProxyType(
    {View.MONTH: "månad", View.YTD: "ackumulerat", View.R12: f"rullande{_S}12"}
)
SEX_WORD: Mapping[Sex, str] = MappingProxyType({Sex.ALL: "alla", Sex.WOMEN: "kvinnor", Sex.MEN: "män"})
ORG_WORD: Mapping[OrgView, str] = MappingProxyType(
    {OrgView.TODAY: "dagens organisation", OrgView.AS_WAS: "organisationen som den var"}
)
ORIGIN_WORD: Mapping[Origin, str] = MappingProxyType(
    {Origin.LOADED: "inläst", Origin.PUBLISHED: "publicerat", Origin.DEMO: "Demodata"}
)
DIRECTION_WORD: Mapping[Direction, str] = MappingProxyType(
    {
        Direction.UP: "högre är bättre",
        Direction.DOWN: "lägre är bättre",
        Direction.BAND: "bäst inom ett intervall",
        Direction.NONE: "ingen riktning är bättre",
    }
)
WINDOW_WORD: Mapping[Window, str] = MappingProxyType(
    {
        Window.MONTH: "månad",
        Window.YTD: "ackumulerat",
        Window.R12: f"rullande{_S}12",
        Window.TERTIAL_1: f"delår{_S}1",
        Window.TERTIAL_2: f"delår{_S}2",
        Window.YEAR: "år",
        Window.TWO_YEARS: "vartannat år",
    }
)
CADENCE_WORD: Mapping[Window, str] = MappingProxyType(
    {
        Window.MONTH: "varje månad",
        Window.TERTIAL_1: f"delår{_S}1",
        Window.TERTIAL_2: f"delår{_S}2",
        Window.YEAR: "varje år",
        Window.TWO_YEARS: "vartannat år",
    }
)
"""How often a measure is measured; the plan's own words for it are `measure.reporting`."""
UNIT_CAPTION: Mapping[UnitOfMeasure, str] = MappingProxyType(
    {
        UnitOfMeasure.PERCENT: "procent",
        UnitOfMeasure.MINUTES: "minuter",
        UnitOfMeasure.MNKR: "mnkr",
        UnitOfMeasure.KR_PER_HOUR: "kronor per timme",
        UnitOfMeasure.COUNT: "antal",
        UnitOfMeasure.FTE: "årsarbetare",
        UnitOfMeasure.INDEX: "index",
        UnitOfMeasure.PER_100: f"per{_S}100",
        UnitOfMeasure.PER_1000: f"per{_S}1{_S}000",
        UnitOfMeasure.RATIO: "kvot",
        UnitOfMeasure.POINTS_PER_FTE: "poäng per årsarbetare",
    }
)
_MORE_LESS: Mapping[UnitOfMeasure, tuple[str, str]] = MappingProxyType(
    {
        UnitOfMeasure.COUNT: ("fler", "färre"),
        UnitOfMeasure.FTE: ("fler", "färre"),
        UnitOfMeasure.MINUTES: ("längre", "kortare"),
    }
)


def comparative(unit: UnitOfMeasure, more: bool) -> str:
    """«fler» and «färre» for what is counted, «längre» and «kortare» for time, else «högre» and «lägre»."""
    above, below = _MORE_LESS.get(unit, ("högre", "lägre"))
    return above if more else below


def comparative_for(measure: Measure, more: bool, window: Window | None = None) -> str:
    """`comparative` as the measure needs it: «färre per månad» for a monthly mean, unless `window` is a month;
    «högre» and «lägre» for an amount of units that are no single things (vårdproduktion).
    """
    if measure.aggregation is Aggregation.AMOUNT:
        return "högre" if more else "lägre"
    word = comparative(measure.unit_of_measure, more)
    monthly_mean = measure.aggregation is Aggregation.MONTHLY_MEAN and window is not Window.MONTH
    return f"{word} per månad" if monthly_mean else word


def sentence_start(text: str) -> str:
    """The first letter upper case, the rest as it is («jämförs inte: omorganisation …», «1177 …»)."""
    return text[:1].upper() + text[1:]


def inside(text: str) -> str:
    """As it stands inside a sentence: the first letter lower case; a name in capitals keeps them («HME …»)."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
