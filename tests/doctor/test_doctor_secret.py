"""Two machines with different secrets for cookies can be told apart by what doctor says on each."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi.doctor.machine import fingerprint, proxy
from hsf_kpi.settings import read_settings
from tests.test_settings import OIDC

SECRETS = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=32, max_size=64)


def told(**settings: str) -> list[str]:
    return [
        finding.what
        for finding in proxy(read_settings(settings), settings)
        if finding.area == "Kakornas hemlighet"
    ]


@given(SECRETS, SECRETS)
def test_the_same_secret_is_told_alike_another_one_not_and_none_is_told(one: str, other: str) -> None:
    here, there = (told(**{**OIDC, "HSF_KPI_COOKIE_SECRET": secret}) for secret in (one, other))
    assert (here == there) == (one == other)
    assert one not in here[0]
    assert fingerprint(one) in here[0]


def test_without_a_provider_there_is_no_such_secret() -> None:
    assert told() == []
