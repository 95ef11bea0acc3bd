"""Every resource of the API: address, parameters, fields. The description and the answers are made from these."""

from __future__ import annotations

from collections.abc import Iterable

from hsf_kpi.api import figure, lists, values
from hsf_kpi.api.definitions import (
    FORMAT,
    MONTH,
    ORG,
    PAGED,
    SEX,
    UNIT,
    VIEW,
    Field,
    Kind,
    Param,
    Resource,
)
from hsf_kpi.figures.figure import FigureKind
from hsf_kpi.model.codes import Direction, Missing, OrgView, Origin, Sex, Status, UnitOfMeasure
from hsf_kpi.model.period import View, Window
from hsf_kpi.model.target import TargetKind

VERSION = "v1"
STATES = ("final", "preliminary")
_MEASURE = Param("measure", Kind.TEXT, "Nyckeltalets id, på sidor om ett nyckeltal.")
_OF_FIGURES = (UNIT, MONTH, VIEW, SEX, ORG, _MEASURE)


def _codes(every: Iterable[str]) -> tuple[str, ...]:
    return tuple(str(one) for one in every)


def _text(name: str, about: str, *, empty: bool = False, codes: tuple[str, ...] = ()) -> Field:
    return Field(name, Kind.TEXT, about, codes, empty)


def _number(name: str, about: str) -> Field:
    return Field(name, Kind.NUMBER, about, empty=True)


UNITS = Resource(
    "units",
    "Verksamheter som får ses",
    (MONTH, ORG, *PAGED),
    (
        _text("unit", "Verksamhetens id."),
        _text("name", "Namnet."),
        _text("short_name", "Det korta namnet."),
        _text("level", "Nivån: förvaltning, område, klinik …"),
        _text("parent", "Id för verksamheten ovanför, av dem som får ses.", empty=True),
        Field("depth", Kind.WHOLE, "Antal nivåer nedanför den översta som får ses."),
    ),
    lists.units,
)
MEASURES = Resource(
    "measures",
    "Nyckeltalen och vad de betyder",
    PAGED,
    (
        _text("measure", "Nyckeltalets id."),
        _text("name", "Namnet."),
        _text("short_name", "Det korta namnet."),
        Field("plan_row", Kind.WHOLE, "Raden i planen; tom utanför planen.", empty=True),
        _text("goal_area", "Planens målområde.", empty=True),
        _text("goal", "Planens mål.", empty=True),
        _text("unit_of_measure", "Måttenheten.", codes=_codes(UnitOfMeasure)),
        _text("unit_caption", "Måttenheten i ord."),
        Field("decimals", Kind.WHOLE, "Antal decimaler som visas."),
        _text("direction", "Åt vilket håll det är bättre.", codes=_codes(Direction)),
        _text("direction_words", "Riktningen i ord."),
        Field("by_sex", Kind.TRUTH, "Om det redovisas för kvinnor och män var för sig."),
        _text("reporting", "Hur ofta det rapporteras."),
        _text("definition", "Vad det mäter."),
        _text("purpose", "Varför det följs.", empty=True),
        _text("numerator", "Täljaren.", empty=True),
        _text("denominator", "Nämnaren.", empty=True),
        _text("note", "Anmärkning.", empty=True),
        _text("source", "Källan."),
    ),
    lists.measures,
)
MONTHS = Resource(
    "months",
    "Månaderna, senaste först",
    PAGED,
    (
        Field("month", Kind.MONTH, "Månaden."),
        _text("state", "Frisläppt (final) eller inte (preliminary).", codes=STATES),
        _text("state_words", "Detsamma i ord."),
        Field("edition", Kind.WHOLE, "Vilken utgåva av månaden som gäller.", empty=True),
    ),
    lists.months,
)
VALUES = Resource(
    "values",
    "Värden: verksamhet × månad × nyckeltal",
    (
        Param("unit", Kind.TEXT, "Verksamheternas id, ett eller flera; annars alla som får ses.", many=True),
        Param("measure", Kind.TEXT, "Nyckeltalens id, ett eller flera; annars alla som får ses.", many=True),
        Param("from", Kind.MONTH, "Första månaden; annars bara den sista."),
        Param("through", Kind.MONTH, "Sista månaden; annars den senaste som får ses."),
        VIEW,
        SEX,
        ORG,
        *PAGED,
    ),
    (
        _text("unit", "Verksamhetens id."),
        _text("unit_name", "Verksamhetens namn."),
        _text("measure", "Nyckeltalets id."),
        _text("measure_name", "Nyckeltalets korta namn."),
        Field("month", Kind.MONTH, "Månaden som värdet är framtaget för."),
        _text("view", "Vyn.", codes=_codes(View)),
        _text("sex", "Kön.", codes=_codes(Sex)),
        _text("org", "Organisationen.", codes=_codes(OrgView)),
        _text("window", "Tiden som värdet är för; ett årsmått visas också i en månad.", codes=_codes(Window)),
        Field("period_start", Kind.DAY, "Tidens första dag."),
        Field("period_end", Kind.DAY, "Tidens sista dag."),
        _text("period_words", "Tiden i ord."),
        _number("value", "Värdet, i måttenheten; tomt när det saknas eller är maskerat."),
        _text("unit_of_measure", "Måttenheten.", codes=_codes(UnitOfMeasure)),
        _text("missing", "Varför värdet saknas; masked: maskerat.", empty=True, codes=_codes(Missing)),
        _text("missing_reason", "Detsamma i ord.", empty=True),
        _text("incomplete", "Vad en ofullständig summa bygger på.", empty=True),
        _text("status", "Läget mot målet.", codes=_codes(Status)),
        _text("status_words", "Läget i ord."),
        _text("status_reason", "Varför, i en mening."),
        _number("gap", "Avståndet till målet; plus är på rätt sida."),
        Field("target_year", Kind.WHOLE, "Målets år.", empty=True),
        _text("target_kind", "Målets slag.", empty=True, codes=_codes(TargetKind)),
        _text("target_words", "Målet som planen skriver det.", empty=True),
        _number("target_low", "Målets nedre gräns."),
        _number("target_high", "Målets övre gräns."),
        _text("target_from", "Verksamheten ovanför som målet är satt för.", empty=True),
        _number("compared_with", "Talet som utfallet är prövat mot."),
        _number("last_year", "Värdet samma tid året innan."),
        _text("last_year_missing", "Varför det saknas.", empty=True, codes=_codes(Missing)),
        _number("change", "Skillnaden mot året innan."),
        _text("not_compared", "Varför åren inte jämförs.", empty=True),
        _text("state", "Om månaden är frisläppt (final) eller inte (preliminary).", codes=STATES),
        _text("origin", "Inläst, publicerat eller demodata.", empty=True, codes=_codes(Origin)),
        _text("source", "Källan."),
    ),
    values.values,
)
PAGES = Resource(
    "figures",
    "Sidor som har figurer, och deras egna val",
    PAGED,
    (
        _text("page", "Sidans namn i adressen."),
        _text("title", "Sidans rubrik."),
        Field("needs_measure", Kind.TRUTH, "Om parametern measure behövs."),
        _text("choice", "Ett av sidans egna val: en parameter.", empty=True),
        _text("codes", "Vad valet kan vara; tomt när det är fritt.", empty=True),
        _text("default", "Vad det är när det utelämnas.", empty=True),
    ),
    lists.pages,
)
OF_PAGE = Resource(
    "figures/{page}",
    "En sidas figurer",
    (*_OF_FIGURES, *PAGED),
    (
        _text("figure", "Figurens namn i adressen."),
        _text("kind", "Figurens slag.", codes=_codes(FigureKind)),
        _text("title", "Rubriken."),
        _text("caption", "Vad den visar."),
        Field("rows", Kind.WHOLE, "Antal rader."),
    ),
    figure.figures,
    choices=True,
)
FIGURE = Resource(
    "figures/{page}/{figure}",
    "En figur: samma som på sidan och i exporten",
    (*_OF_FIGURES, FORMAT),
    figure=figure.figure,
    choices=True,
)
RESOURCES = (UNITS, MEASURES, MONTHS, VALUES, PAGES, OF_PAGE, FIGURE)
