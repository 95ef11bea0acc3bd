"""What is put into the head of the document: Swedish formats and words, links that stay in the session, two style rules."""

from __future__ import annotations

import json

from hsf_kpi.ui.sign_in.script import SIGN_IN_SCRIPT, SIGN_IN_STYLE

LANGUAGE_SCRIPT = """
for (const [k, v] of [["language", "sv-SE"], ["languages", ["sv-SE", "sv"]]])
  Object.defineProperty(navigator, k, {get: () => v, configurable: true});
"""
"""Streamlit formats dates and numbers by navigator.language: Swedish for everyone, whatever the browser's own."""

LINK_SCRIPT = """
addEventListener("click", (event) => {
  const a = event.target instanceof Element && event.target.closest('[data-testid="stMarkdownContainer"] a[href]');
  if (!a || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const to = new URL(a.href, location.href);
  if (to.origin !== location.origin || a.getAttribute("href").startsWith("#")) return;
  event.preventDefault();
  event.stopPropagation();
  const part = document.querySelector(".st-key-" + CSS.escape(to.hash.slice(1)));
  to.hash = "";
  history.pushState({}, "", to);
  dispatchEvent(new PopStateEvent("popstate", {state: {}}));
  const main = document.querySelector('[data-testid="stMain"]');
  if (part) {
    part.tabIndex = -1;
    part.focus({preventScroll: true});
    const grown = new ResizeObserver(() => part.scrollIntoView());
    grown.observe(part);
    setTimeout(() => grown.disconnect(), 3000);
  } else if (main) { main.tabIndex = -1; main.scrollTo(0, 0); main.focus({preventScroll: true}); }
}, true);
"""
"""A link in a text or a table to one of our own pages is followed inside the session, as Back and Forward are.

Without it Streamlit opens every Markdown link in a new tab, with a new session. Ctrl-click still opens a new tab. Focus
goes to the top of the new page's content, so that a keyboard goes on from there; or, for a row that opens something farther
down its own page (`links.opened`), to that part, which is kept in sight while it fills.
"""

WORDS = {
    "No results": "Inga träffar",
    "Skip to main content": "Hoppa till innehållet",
    "App pages": "Sidor",
    "Navigate to home page": "Till startsidan",
    "Logo": "HSF nyckeltal",
    "Open": "Öppna listan",
    "Clear value": "Rensa valet",
    "Close": "Stäng",
    "Main menu": "Meny",
    "Sidebar": "Sidomeny",
    "Expand sidebar": "Visa menyn",
    "Collapse sidebar": "Dölj menyn",
    "Running...": "Hämtar …",
    "Pagination": "Bläddra",
    "Previous page": "Föregående sida",
    "Next page": "Nästa sida",
    "Press Enter to apply": "Tryck på Enter",
    "yyyy": "åååå",
    "Press Enter to submit form": "Tryck på Enter för att skicka",
    "Show password": "Visa lösenordet",
    "Hide password": "Dölj lösenordet",
    "Link to heading": "Länk till rubriken",
    "Failed to generate file for download": "Filen kunde inte göras. Ladda om sidan och försök igen.",
    "Upload": "Välj fil",
    "file upload": "Fil",
    "Add files": "Välj en annan fil",
    "Drag and drop a file here": "Släpp filen här",
    "Drag and drop files here": "Släpp filen här",
    "Remove file": "Ta bort filen",
    "Upload failed": "Filen kunde inte skickas. Ladda om sidan och försök igen.",
    "Page not found": "Sidan finns inte",
    "The page that you have requested does not seem to exist. Running the app's main page.":
        "Adressen leder inte till någon sida här. Översikt visas i stället.",
}  # fmt: skip
"""Streamlit's own English words that no setting reaches, and ours."""

PATTERNS = {
    r"^(\d+)MB per file.*$": "Högst $1\N{NO-BREAK SPACE}MB",
    r"^Remove (.+)$": "Ta bort $1",
    r"^File must be (.+) or smaller\.$": "Filen är för stor.",
}
"""The same for words with a number or a name in them."""

WORDS_SCRIPT = f"""
(() => {{
  const words = new Map(Object.entries({json.dumps(WORDS, ensure_ascii=False)}));
  const forms = Object.entries({json.dumps(PATTERNS, ensure_ascii=False)}).map(([form, to]) => [new RegExp(form), to]);
  const swedish = (text) => {{
    if (words.has(text)) return words.get(text);
    if (text.length < 200) for (const [form, to] of forms) if (form.test(text)) return text.replace(form, to);
  }};
  const names = ["aria-label", "title", "alt", "placeholder"];
  const say = (node) => {{
    if (node.nodeType === 3) {{
      const word = swedish(node.data.trim());
      if (word) node.data = word;
      return;
    }}
    if (node.nodeType !== 1 || node.localName === "svg" || node.localName === "script") return;
    for (const name of names) {{
      const word = swedish(node.getAttribute(name) ?? "");
      if (word) node.setAttribute(name, word);
    }}
    for (const child of node.childNodes) say(child);
  }};
  new MutationObserver((changes) => {{
    for (const change of changes)
      if (change.type === "childList") change.addedNodes.forEach(say); else say(change.target);
  }}).observe(document, {{subtree: true, childList: true, attributes: true, attributeFilter: names}});
}})();
"""

STYLE = """
[class*="st-key-bred-"] td [data-testid="stMarkdownContainer"] { max-width: none; }
[class*="st-key-bred-tid"] td:first-child p { white-space: nowrap; }
[data-testid="stDateInput"] [role="spinbutton"] { min-width: 24px; min-height: 24px; display: inline-flex;
  align-items: center; justify-content: center; }
[data-testid="stDateInput"] [data-type="literal"] { align-self: center; }
[data-testid="stElementToolbar"] { display: none; }
[class*="st-key-valt-"] { scroll-margin-top: 4.5rem; }
[class*="st-key-figur-malvarden-"] [data-testid="stTable"] table { table-layout: fixed; min-width: 60rem; }
[class*="st-key-figur-malvarden-"] th:nth-child(1) { width: 22%; }
[class*="st-key-figur-malvarden-"] th:nth-child(2) { width: 11%; }
[class*="st-key-figur-malvarden-"] th:nth-child(3) { width: 9%; }
[class*="st-key-figur-malvarden-"] th:nth-child(4) { width: 10%; }
[class*="st-key-figur-malvarden-"] th:nth-child(5) { width: 9%; }
[class*="st-key-figur-malvarden-"] th:nth-child(6) { width: 8%; }
[class*="st-key-figur-malvarden-"] th:nth-child(7) { width: 12%; }
[class*="st-key-figur-malvarden-"] th:nth-child(8) { width: 19%; }
@media (min-width: 60rem) {
  [class*="st-key-figur-plan-atgarder"] [data-testid="stTable"] table,
  [class*="st-key-figur-indikatorer-per-mal"] [data-testid="stTable"] table { table-layout: fixed; }
  [class*="st-key-figur-plan-atgarder"] th:nth-child(1) { width: 6%; }
  [class*="st-key-figur-plan-atgarder"] th:nth-child(2) { width: 21%; }
  [class*="st-key-figur-plan-atgarder"] th:nth-child(3) { width: 12%; }
  [class*="st-key-figur-plan-atgarder"] th:nth-child(4) { width: 20%; }
  [class*="st-key-figur-plan-atgarder"] th:nth-child(5) { width: 11%; }
  [class*="st-key-figur-plan-atgarder"] th:nth-child(6) { width: 9%; }
  [class*="st-key-figur-plan-atgarder"] th:nth-child(7) { width: 9%; }
  [class*="st-key-figur-plan-atgarder"] th:nth-child(8) { width: 12%; }
  [class*="st-key-figur-indikatorer-per-mal"] th:nth-child(1) { width: 44%; }
  [class*="st-key-figur-indikatorer-per-mal"] th:nth-child(2) { width: 40%; }
  [class*="st-key-figur-indikatorer-per-mal"] th:nth-child(3) { width: 16%; }
}
"""
"""The tables of one figure share their column widths, which Streamlit has no setting for. A «bred» table’s cells take
the room there is, and in a «bred-tid» one a time stands on one line. The parts of a day are large enough to hit. A part that
a link leads to (`links.opened`) stops below the menu.

Streamlit's toolbar on charts is English, saves pictures without title, unit and source, and shows the renderer's rows.

Our own export menu and table stand under every figure.
"""

HEAD = (
    f"<script>{LANGUAGE_SCRIPT}</script><script>{LINK_SCRIPT}</script><script>{WORDS_SCRIPT}</script>"
    f"<script>{SIGN_IN_SCRIPT}</script>"
    f"<style>{STYLE}{SIGN_IN_STYLE}</style>"
)
