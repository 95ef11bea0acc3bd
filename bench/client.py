"""A browser without a screen: speaks Streamlit's websocket, asks for reruns and times them."""

from __future__ import annotations

import time
import urllib.request
from dataclasses import dataclass
from http.cookiejar import CookieJar
from types import TracebackType

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect


class Session:
    """One session: `rerun` sends a page and its parameters and returns the milliseconds until the script has finished."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.socket: ClientConnection | None = None
        self.buttons: dict[str, str] = {}

    def __enter__(self) -> Session:
        visitor = arrive(self.url)
        self.socket = connect(
            self.url.replace("http", "ws") + "/_stcore/stream",
            subprotocols=["streamlit", visitor.token],  # type: ignore[list-item]
            additional_headers=visitor.headers,
            origin=self.url,  # type: ignore[arg-type]
            max_size=None,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.socket is not None:
            self.socket.close()

    def rerun(self, page: str, query: str, press: str = "") -> float:
        """Milliseconds from sending to the script's end. Raises when the page shows an exception. press: the label of a
        button of the page, which must have been shown in the run before.
        """
        assert self.socket is not None
        asked = question(page, query)
        if press:
            widget = asked.rerun_script.widget_states.widgets.add()
            widget.id, widget.trigger_value = self.buttons[press], True
        started = time.perf_counter()
        self.socket.send(asked.SerializeToString())
        while True:
            answer = read(self.socket.recv(timeout=120))  # type: ignore[arg-type]
            if answer.delta.new_element.WhichOneof("type") == "button":
                button = answer.delta.new_element.button
                self.buttons[button.label] = button.id
            if is_last(answer):
                return (time.perf_counter() - started) * 1000


def question(page: str, query: str) -> BackMsg:
    """What a browser asks when it opens the page with these parameters."""
    message = BackMsg()
    message.rerun_script.query_string = query
    message.rerun_script.page_name = page
    message.rerun_script.context_info.timezone = "Europe/Stockholm"
    message.rerun_script.context_info.locale = "sv-SE"
    return message


def read(received: bytes) -> ForwardMsg:
    """One part of the answer. RuntimeError when it is an exception on the page."""
    answer = ForwardMsg()
    answer.ParseFromString(received)
    if answer.delta.new_element.WhichOneof("type") == "exception":
        raise RuntimeError(answer.delta.new_element.exception.message)
    return answer


def is_last(answer: ForwardMsg) -> bool:
    """Whether the script has finished."""
    return answer.WhichOneof("type") == "script_finished" and answer.script_finished != _EARLY


@dataclass(frozen=True)
class Visitor:
    """What the server has given a new browser: its cookies, and the token that the websocket is opened with."""

    cookies: str
    token: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Cookie": self.cookies}


def arrive(url: str) -> Visitor:
    """Asks for the document, as a browser does, and for the token."""
    jar = CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    opener.open(urllib.request.Request(url, headers={"Accept": "text/html"}), timeout=60).read()
    opener.open(f"{url}/_stcore/health", timeout=60).read()
    token = next((c.value for c in jar if c.name == "_streamlit_xsrf"), None) or "none"
    return Visitor("; ".join(f"{c.name}={c.value}" for c in jar), token)


_EARLY = ForwardMsg.ScriptFinishedStatus.Value("FINISHED_EARLY_FOR_RERUN")
