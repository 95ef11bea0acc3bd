"""What the document's own script does for signing in. A cookie that no script may read can only be set by an answer
over HTTP, and a Streamlit page only talks over its websocket.
"""

from __future__ import annotations

import json

import streamlit as st

SIGN_IN, SIGN_OUT = "inloggning", "utloggning"
"""The addresses of `routes.py`."""
PAGE = "hsf-inloggningssida"
"""The key of the sign-in page's column."""
TO_PROVIDER = "hsf-till-leverantoren"
"""The key of the button that leads to the provider."""

_FAILED = "Inloggningen gick inte att slutföra. Ladda om sidan och försök igen."

SIGN_IN_SCRIPT = f"""
(() => {{
  const others = new BroadcastChannel("hsf-inloggning");
  others.onmessage = () => location.reload();
  const post = (to, body) => fetch(to, {{method: "POST", credentials: "same-origin",
    headers: {{"content-type": "application/json"}}, body: JSON.stringify(body)}});
  const done = new Set();
  const look = () => {{
    for (const place of document.querySelectorAll("[data-hsf-biljett]")) {{
      const ticket = place.dataset.hsfBiljett;
      if (done.has(ticket)) continue;
      done.add(ticket);
      post("{SIGN_IN}", {{biljett: ticket}}).then((answer) => {{
        if (!answer.ok) throw new Error(answer.status);
        others.postMessage("in");
        location.reload();
      }}).catch(() => {{ place.textContent = {json.dumps(_FAILED, ensure_ascii=False)}; }});
    }}
    for (const place of document.querySelectorAll("[data-hsf-ut]")) {{
      const dead = place.dataset.hsfUt;
      if (done.has(dead)) continue;
      done.add(dead);
      post("{SIGN_OUT}", {{avslutad: dead}}).then((answer) => {{
        if (answer.ok) others.postMessage("ut");
        else if (answer.status === 409) location.reload();
      }}, () => {{}});
    }}
    const fields = '.st-key-{PAGE} input[autocomplete="off"]';
    for (const field of document.querySelectorAll(fields))
      field.autocomplete = field.type === "password" ? "current-password" : "username";
  }};
  new MutationObserver(look).observe(document, {{subtree: true, childList: true}});

  const kept = "hsf-till", minutes = 10;
  addEventListener("click", (event) => {{
    if (!(event.target instanceof Element) || !event.target.closest(".st-key-{TO_PROVIDER} button")) return;
    sessionStorage.setItem(kept, JSON.stringify([Date.now(), location.pathname + location.search]));
  }}, true);
  try {{
    const [at, to] = JSON.parse(sessionStorage.getItem(kept)) || [];
    const back = location.pathname.endsWith("/") && !location.search;
    if (to && back) {{
      sessionStorage.removeItem(kept);
      const ours = to.startsWith("/") && !to.startsWith("//");
      if (ours && Date.now() - at < minutes * 60000) history.replaceState({{}}, "", to);
    }}
  }} catch {{ sessionStorage.removeItem(kept); }}
}})();
"""
"""Hands the form's ticket over for a cookie, takes the cookie back after signing out, and tells this browser's other
tabs. Lets password managers know the fields. The provider always sends the browser back to the start page: the link
that was asked for waits in the tab's own storage.
"""

SIGN_IN_STYLE = """
body:has([data-testid="stDialog"]) [data-testid="stPopoverBody"] { display: none; }
"""
"""«Mer» lies over the dialog that was opened from it, and would cover it."""


def hand_over(ticket: str) -> None:
    """Leaves the ticket for the script. `ticket` is url-safe base64: nothing in it needs escaping."""
    st.html(f'<p role="status" data-hsf-biljett="{ticket}">Loggar in …</p>')


def take_back(dead: str) -> None:
    """Has the script take the cookie back whose secret is kept as `dead` (hex), and no other: the browser may have
    signed in again in another tab, and then this page is loaded anew.
    """
    st.html(f'<span hidden data-hsf-ut="{dead}"></span>')
