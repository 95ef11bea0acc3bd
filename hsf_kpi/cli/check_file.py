"""`check FIL`: what loading the file would change, or what is wrong in it. Changes nothing."""

from __future__ import annotations

import argparse

from hsf_kpi.cli.common import open_workspace
from hsf_kpi.cli.loading import (
    checked_file,
    command_line_rights,
    file_of,
    refusals,
    tell_wrong,
    told_already,
)
from hsf_kpi.cli.preview import preview_lines
from hsf_kpi.loading import loading_of
from hsf_kpi.model.problems import DataError, Problem


def check_file(options: argparse.Namespace) -> int:
    if not options.path or not options.profile:
        missing = "FIL" if options.profile else "--profile"
        raise DataError(
            Problem("det saknas.", missing, "En fil kontrolleras med check FIL --profile PROFIL.")
        )
    path = file_of(options.path)
    workspace = open_workspace()
    checked = checked_file(
        loading_of(workspace), command_line_rights(workspace), path, options.profile, options.sheet
    )
    wrong = refusals(checked)
    if wrong:
        return tell_wrong(wrong)
    if checked.already is not None:
        print(told_already(checked, checked.already))
        return 0
    for line in preview_lines(checked, workspace.catalogue):
        print(line)
    print("Filen går att läsa in. Ingenting är ändrat.")
    return 0
