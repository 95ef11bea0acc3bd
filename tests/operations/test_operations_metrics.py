"""The metrics are Prometheus' text, documented name by name, and no label can grow."""

from __future__ import annotations

import re

from prometheus_client.parser import text_string_to_metric_families

from hsf_kpi import ROOT, __version__
from hsf_kpi.operations import metrics

DOCUMENTED = (ROOT / "docs" / "operations.md").read_text("utf-8")


def test_everything_is_readable_text_with_the_process_and_the_version() -> None:
    found = {family.name: family for family in text_string_to_metric_families(metrics.text().decode())}
    assert found["hsf_kpi_build_info"].samples[0].labels == {"version": __version__}
    assert {"process_resident_memory_bytes", "python_gc_collections", "hsf_kpi_rerun_seconds"} <= set(found)
    assert not [name for name in found if name.endswith("_created")]


def test_every_metric_of_ours_is_documented_with_its_labels() -> None:
    for collector in (metrics.RERUN, metrics.LOADS, metrics.REPORTS, metrics.SIGN_INS_REFUSED,
                      metrics.DATABASE_ERRORS, metrics.UNDER_WAY):  # fmt: skip
        name = collector.describe()[0].name
        row = re.search(rf"^\| `{name}[a-z_]*` \| (.*) \|$", DOCUMENTED, re.M)
        assert row, name
        assert [label for label in collector._labelnames if f"`{label}`" not in row[1]] == []


def test_no_label_is_named_for_a_person_or_a_unit() -> None:
    labels = set(re.findall(r"[{,]([a-z_]+)=", metrics.text().decode()))
    assert not labels & {
        "user",
        "login",
        "unit",
        "enhet",
        "session",
        "indicator",
        "nyckeltal",
        "path",
        "link",
    }
