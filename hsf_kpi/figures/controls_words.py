"""The titles and the words around the risks of intern kontroll and what their controls have shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from hsf_kpi.figures.captions import sentences
from hsf_kpi.figures.economy.words import listed
from hsf_kpi.figures.findings import heading
from hsf_kpi.figures.followed import NOT_FOLLOWED, state_text
from hsf_kpi.figures.phrases import how_many
from hsf_kpi.model.control import DecisionLevel, Risk
from hsf_kpi.model.follow_up import ControlResult, FollowUp
from hsf_kpi.swedish.dates import month_short
from hsf_kpi.swedish.words import inside, sentence_start

LEVEL_WORD: Mapping[DecisionLevel, str] = MappingProxyType(
    {DecisionLevel.BOARD: "Hälso- och sjukvårdsnämnden", DecisionLevel.REGION: "Regionstyrelsen"}
)
NOBODY = "Anges inte"
HIGHEST_OF_ALL = ", högst bland dem"
Results = Mapping[str, FollowUp]
"""Risk → the latest that has been said of its control."""


def control_finding(risks: Sequence[Risk], results: Results) -> str:
    """«Två av åtta risker har risktal 12, högst bland dem; ingen kontroll är uppföljd»"""
    if not risks:
        return "Inga risker för intern kontroll finns bland definitionerna"
    top, followed = _highest_counted(risks), _followed(risks, results)
    said = (f"{top}; {followed}", f"{top.removesuffix(HIGHEST_OF_ALL)}; {followed}")
    return heading((*said, sentence_start(followed)))


def matrix_titles(risks: Sequence[Risk]) -> Iterator[str]:
    """«Hygienrutiner och vårddokumentation har högst risktal, 12», or how many they are."""
    top = highest(risks)
    names = [top[0].name, *(inside(risk.name) for risk in top[1:])]
    if 1 < len(risks) != len(top):
        yield f"{listed(names)} har högst risktal, {top[0].value}"
    yield _highest_counted(risks)


def result_titles(risks: Sequence[Risk], results: Results) -> Iterator[str]:
    """«Tre av åtta kontroller är uppföljda, en visar väsentlig avvikelse»"""
    yield sentence_start(_followed(risks, results))


def highest(risks: Sequence[Risk]) -> list[Risk]:
    """Those with the highest risktal."""
    most = max(risk.value for risk in risks)
    return [risk for risk in risks if risk.value == most]


def result_text(result: FollowUp | None) -> str:
    """«● utan avvikelse, okt 2023»"""
    if result is None:
        return NOT_FOLLOWED
    return f"{state_text(result.state)}, {month_short(result.month)}"


def responsible_words(risks: Sequence[Risk]) -> str:
    """That some have no responsible, and who may then follow them up."""
    without = [risk for risk in risks if not risk.responsible]
    if not without:
        return ""
    whose = "följs den" if len(without) == 1 else "följs de"
    return sentences(
        f"{how_many(len(without), capital=True)} av {how_many(len(risks))} risker har ingen ansvarig i planen."
        if len(without) < len(risks)
        else f"Planen anger ingen ansvarig för {'risken' if len(risks) == 1 else 'riskerna'}.",
        f"Här {whose} upp av den som följer upp för hela förvaltningen.",
    )


def _highest_counted(risks: Sequence[Risk]) -> str:
    top = highest(risks)
    value = f"har risktal {top[0].value}"
    if len(top) == len(risks):
        every = {1: "Den enda risken", 2: "Båda riskerna"}.get(
            len(risks), f"Alla {how_many(len(risks))} risker"
        )
        return f"{every} {value}"
    return f"{how_many(len(top), capital=True)} av {how_many(len(risks))} risker {value}{HIGHEST_OF_ALL}"


def _followed(risks: Sequence[Risk], results: Results) -> str:
    """«ingen kontroll är uppföljd», «tre av åtta kontroller är uppföljda, en visar väsentlig avvikelse»"""
    found = [results[risk.id] for risk in risks if risk.id in results]
    count, every = len(found), len(risks)
    if not found:
        return "ingen kontroll är uppföljd"
    if count == every:
        said = {1: "kontrollen är uppföljd", 2: "båda kontrollerna är uppföljda"}.get(
            every, f"alla {how_many(every)} kontroller är uppföljda"
        )
    else:
        said = f"{how_many(count)} av {how_many(every)} kontroller är {'uppföljd' if count == 1 else 'uppföljda'}"
    major = sum(one.state is ControlResult.MAJOR for one in found)
    minor = sum(one.state is ControlResult.MINOR for one in found)
    if major or minor:
        what = "väsentlig avvikelse" if major else "mindre avvikelse"
        return f"{said}{' och' if count == 1 else f', {how_many(major or minor)}'} visar {what}"
    if all(one.state is ControlResult.CLEAN for one in found):
        return f"{said}, utan avvikelse"
    return said
