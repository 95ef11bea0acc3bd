"""The lines of the server's log: for people as text, for machines as one JSON object a line, with the same content.

An exception's own words may hold what somebody wrote in a form or a link, and a database's error the values of a row: they
are written at level debug only. The kind of exception and the places in the code are always there.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import sys
import threading
import traceback
from types import TracebackType
from typing import Any, Final

from hsf_kpi.model.problems import HsfError
from hsf_kpi.operations import trail
from hsf_kpi.settings import Operations, read_settings

TOLD: Final = ("code", "page", "outcome", "first", "ms", "status")
"""What a line may carry beside its words: `extra=` of the logging call."""
_LONGEST: Final = 2000
"""Signs of a message; a page of somebody else's words is no log."""


class _Lines(logging.Formatter):
    def __init__(self, *, words: bool = False) -> None:
        """words: whether an exception's own words are written."""
        super().__init__()
        self.words = words

    def fields(self, record: logging.LogRecord) -> dict[str, Any]:
        at = dt.datetime.fromtimestamp(record.created, dt.UTC)
        found: dict[str, Any] = {
            "time": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage()[:_LONGEST],
            **trail.noted(),
        }
        found |= {name: value for name in TOLD if (value := getattr(record, name, None)) is not None}
        if record.exc_info and record.exc_info[1] is not None:
            found |= {"error": self._errors(record.exc_info[1]), "trace": _places(record.exc_info[1])}
        return found

    def _errors(self, error: BaseException) -> str:
        """The kinds, outermost first, down to the one that began it."""
        told, at = [], error
        while True:
            speaks = self.words or isinstance(at, HsfError)
            told.append(f"{type(at).__name__}: {at}"[:_LONGEST] if speaks else type(at).__name__)
            cause = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
            if cause is None or len(told) == 5:
                return " < ".join(told)
            at = cause


class JsonLines(_Lines):
    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(self.fields(record), ensure_ascii=False, default=str)


class TextLines(_Lines):
    def format(self, record: logging.LogRecord) -> str:
        told = self.fields(record)
        time, level, logger, message = (told.pop(name) for name in ("time", "level", "logger", "message"))
        trace = told.pop("trace", ())
        rest = " ".join(f"{name}={value}" for name, value in told.items())
        # One event stays one line, whatever stands in it: nobody writes a line of their own into the log.
        first = f"{time} {level.upper()} {logger}: {message}".replace("\r", " ").replace("\n", " ")
        return "\n".join((f"{first} ({rest})" if rest else first, *(f"    {place}" for place in trace)))


def _places(error: BaseException) -> list[str]:
    """Where it happened, the call that failed last."""
    return [
        f"{frame.filename}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__, limit=-40)
    ]


def handler(form: str, level: str) -> logging.Handler:
    """Writes to stderr, in one of `settings.LOG_FORMS`."""
    made = logging.StreamHandler()
    made.setFormatter((JsonLines if form == "json" else TextLines)(words=level == "debug"))
    return made


def set_up(form: str, level: str) -> logging.Handler:
    """Everything that is logged in this process goes to one handler, which this gives, also what nobody caught."""
    made = handler(form, level)
    logging.basicConfig(handlers=[made], level=logging.WARNING, force=True)
    logging.getLogger("hsf_kpi").setLevel(level.upper())
    logging.captureWarnings(True)
    threading.excepthook = _fell
    sys.excepthook = _ended
    return made


def set_up_as_set() -> logging.Handler:
    """As the settings say; as text, for people to read what is wrong with them, when they can't be used."""
    try:
        operations = read_settings().operations
    except HsfError:
        operations = Operations()
    return set_up(operations.log, operations.log_level)


def _fell(told: threading.ExceptHookArgs) -> None:
    if told.exc_type is not SystemExit and told.exc_value is not None:
        _log.error("a thread fell", exc_info=told.exc_value)


def _ended(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    _log.critical("the server ended by a fault", exc_info=error)


_log = logging.getLogger(__name__)
