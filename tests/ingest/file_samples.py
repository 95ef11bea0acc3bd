"""Files written for the readers of incoming rows: a small catalogue, the own formats, and texts as files."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from hsf_kpi import ROOT
from hsf_kpi.ingest.incoming import Incoming, incoming
from hsf_kpi.ingest.profiles import read_profiles
from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import Persons, UnitOfMeasure
from hsf_kpi.model.incoming import Fault
from hsf_kpi.model.measure import Counted
from hsf_kpi.model.period import Window
from hsf_kpi.model.profile import Profile
from tests.store.builders import SMALL, catalogue, measure
from tests.store.ledger_builders import ACCOUNTS

OWN = {profile.key: profile for profile in read_profiles(ROOT / "data")}
TODAY = dt.date(2023, 11, 14)

_KEYS = {
    "kirurgi": {"kostnadsställe": "4711", "hsa_id": "SE2321000172-1A2B"},
    "medicin": {"kostnadsställe": "4712", "hsa_id": "SE2321000172-1A2C"},
}
ORGANISATION = replace(
    SMALL,
    units={
        **SMALL.units,
        **{
            key: replace(
                SMALL.units[key], name=f"{SMALL.units[key].name}kliniken", short_name=key[:3], keys=keys
            )
            for key, keys in _KEYS.items()
        },
    },
)
MEASURES = (
    measure("franvaro", Aggregation.RATIO, by_sex=True, counted=Counted.SHARE, unit_of_measure=UnitOfMeasure.PERCENT),
    measure("besok", Aggregation.COUNT, by_sex=True),
    measure("resultat", Aggregation.AMOUNT, unit_of_measure=UnitOfMeasure.MNKR, component_unit="kr"),
    measure(
        "vantetid", Aggregation.WEIGHTED_MEAN, unit_of_measure=UnitOfMeasure.MINUTES, component_unit="sekunder"
    ),
    measure("arsarbetare", Aggregation.FTE, unit_of_measure=UnitOfMeasure.FTE),
    measure(
        "hme", Aggregation.SURVEY, by_sex=True, measured=(Window.YEAR,), persons=Persons.DENOMINATOR,
        unit_of_measure=UnitOfMeasure.PERCENT,
    ),
    measure("index", Aggregation.SURVEY, measured=(Window.TWO_YEARS,), unit_of_measure=UnitOfMeasure.INDEX),
    measure("delar", Aggregation.COUNT, measured=(Window.TERTIAL_1, Window.YEAR)),
)  # fmt: skip
CATALOGUE: Catalogue = replace(catalogue(ORGANISATION, MEASURES), ledger_accounts=ACCOUNTS)


def read(folder: Path, text: str | bytes, profile: str | Profile, **rest: Any) -> Incoming:
    """The text as a file, read by a profile (by key: one of the own formats)."""
    path = folder / "fil.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    one = OWN[profile] if isinstance(profile, str) else profile
    return incoming(path, "fil.csv", one, rest.pop("catalogue", CATALOGUE), today=TODAY, **rest)


def lines(*rows: str) -> str:
    return "\n".join(rows) + "\n"


def observed(found: Incoming) -> pd.DataFrame:
    """Every slice's observations, which must be loadable."""
    assert found.faults == ()
    return pd.concat(
        [s.observations for s in found.slices() if s.observations is not None], ignore_index=True
    )


def only(found: Incoming) -> Fault:
    """The one fault."""
    [fault] = found.faults
    return fault
