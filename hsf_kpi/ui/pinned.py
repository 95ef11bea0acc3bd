"""The options of Streamlit that guard something, and the only values that the server starts with.

.streamlit/config.toml sets them. An environment variable, a flag, a file in the home folder, or a start from another folder
(where Streamlit does not find that file) would change them without a word: then nothing is served.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from streamlit import config

from hsf_kpi.model.problems import Problem
from hsf_kpi.settings import SettingsError

PINNED: Mapping[str, Any] = {
    "browser.gatherUsageStats": False,
    "client.allowedOrigins": [],
    "client.disableDataExport": True,
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "client.toolbarMode": "minimal",
    "global.developmentMode": False,
    "logger.hideWelcomeMessage": True,
    "runner.magicEnabled": False,
    "server.allowRunOnSave": False,
    "server.corsAllowedOrigins": [],
    "server.enableAgentApi": False,
    "server.enableCORS": True,
    "server.enableStaticServing": False,
    "server.enableXsrfProtection": True,
    "server.fileWatcherType": "none",
    "server.runOnSave": False,
    "server.scriptHealthCheckEnabled": False,
    "server.trustedUserHeaders": {},
    "server.unsafeMetricsUserAttributes": [],
}


def demand_pinned(option: Callable[[str], Any] = config.get_option) -> None:
    """SettingsError, with every option that is not as it must be."""
    problems = [
        Problem(
            f"har värdet ”{found}” i stället för ”{value}”.",
            name,
            "Starta från projektets mapp, och ta bort miljövariabeln eller flaggan som ändrar det.",
        )
        for name, value in PINNED.items()
        if (found := option(name)) != value
    ]
    if problems:
        raise SettingsError(problems)
