"""Streamlit's and uvicorn's lines in the same log as ours, in the same form.

Both bring handlers of their own, and Streamlit gives one to each logger that it makes later. All that is Streamlit's own and
not promised stands here; tests/ui/test_ui_operations_log.py tells when it no longer fits.
"""

from __future__ import annotations

import logging
from typing import Final

from streamlit import logger as streamlit_logger

from hsf_kpi.operations import log

_THEIRS: Final = ("streamlit", "uvicorn", "websockets")
_SILENT: Final = ("uvicorn.access",)
"""A line for each request, with what stands in the link. Requests are logged by who stands in front (nginx), or by our own
`request.py` without it.
"""


def set_up() -> None:
    """Before the server serves: our log, and theirs in it."""
    log.set_up_as_set()
    streamlit_logger.setup_formatter = _join
    for name in list(logging.root.manager.loggerDict):
        if name.split(".")[0] in _THEIRS:
            _join(logging.getLogger(name))


def _join(logger: logging.Logger) -> None:
    """Hands its lines on to the one handler. Which of them, it decides itself (.streamlit/config.toml: warnings)."""
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
    logger.propagate = logger.name not in _SILENT
    if not logger.propagate:
        logger.addHandler(logging.NullHandler())
