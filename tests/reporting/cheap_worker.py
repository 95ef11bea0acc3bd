"""The worker with a maker that costs nothing: the medium's id says what becomes of the file."""

from __future__ import annotations

import sys
import time

from hsf_kpi.figures.report import Report
from hsf_kpi.model.problems import Problem, RenderError
from hsf_kpi.render.progress import Progress, unheard
from hsf_kpi.reporting import making, worker

MADE = b"\x00fil\n" * 50_000


def make(report: Report, medium_id: str, told: Progress = unheard) -> bytes:
    told(0, 2)
    if medium_id == "print":
        print("a library says something")
        sys.stdout.flush()
    if medium_id == "wrong":
        raise RenderError((Problem("Rubriken får inte plats."), Problem("Bilden saknas.")))
    if medium_id == "value":
        raise ValueError(report.title)
    if medium_id == "crash":
        raise KeyError(report.title)
    if medium_id == "slow":
        time.sleep(30)
    told(2, 2)
    return report.title.encode() + MADE


if __name__ == "__main__":
    making.make = make
    worker.main()
