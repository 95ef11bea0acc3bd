"""`doctor`: looks at all that the service stands on. 0 when all is well, 1 with warnings, 2 when something is wrong."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os

from hsf_kpi.doctor.examine import examine, worst
from hsf_kpi.doctor.finding import Level

_ENDS = {
    Level.FINE: "Allt är i ordning.",
    Level.WARNING: "Tjänsten kan köras, men det finns något att se till (!).",
    Level.WRONG: "Något är fel (✗) och behöver rättas.",
}


def add_to(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    command = commands.add_parser("doctor", help="undersök att allt är i ordning; ändrar ingenting")
    command.add_argument(
        "--sums",
        action="store_true",
        help="räkna också om alla summor vid sidan av och jämför; andra skrivningar väntar så länge",
    )
    command.add_argument("--json", action="store_true", help="svara med JSON")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    found = examine(os.environ, dt.datetime.now(dt.UTC), sums=options.sums)
    level = worst(found)
    if options.json:
        rows = [
            {"level": one.level.name.lower(), "area": one.area, "what": one.what, "todo": one.todo}
            for one in found
        ]
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return int(level)
    for one in found:
        print(one)
    print(_ENDS[level])
    return int(level)
