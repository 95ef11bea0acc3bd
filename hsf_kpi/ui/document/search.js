// «Sök» (ui/search.py): focus is in its field at once, and nothing is lost of what is typed while the window opens (to
// Streamlit some letters are commands). Enter opens the first hit for exactly what stands in the field, as soon as it is
// there; the arrows go through the hits.
(() => {
  const inWindow = '[data-testid="stDialog"] ';
  const field = () => document.querySelector(inWindow + '[class*="st-key-sok-text"] input');
  const hits = () => [...document.querySelectorAll(inWindow + '[class*="st-key-sok-traffar"] a[href]')];
  const plainKey = (event) => !event.ctrlKey && !event.metaKey && !event.altKey;
  let typed = null, entered = false, patience = 0, asked = false, met = null, wanted = null;
  addEventListener("keydown", (event) => {
    const command = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (command && event.key.toLowerCase() === "k") {
      // Another window would give way to this one, with what has been written in it.
      const isOpen = document.querySelector('[data-testid="stDialog"]');
      if (!isOpen && !document.querySelector(".st-key-sok-knapp")) return;
      // Ours and not Streamlit's own, which is there only when the button is: that is drawn after the page.
      event.preventDefault();
      event.stopImmediatePropagation();
      if (isOpen || typed !== null) return;
      typed = "";
      entered = false;
      clearTimeout(patience);
      patience = setTimeout(() => { typed = null; asked = false; }, 5000);
      asked = true;
      press();
      return;
    }
    const kept = event.key.length === 1 || event.key === "Enter" || event.key === "Backspace";
    if (typed !== null && kept && plainKey(event)) {
      if (event.key === "Enter") entered = true;
      else typed = event.key === "Backspace" ? typed.slice(0, -1) : typed + event.key;
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    const now = field();
    if (!now || !plainKey(event)) return;
    if (event.key === "Enter" && event.target === now && now.value.trim()) {
      wanted = now.value.trim();
      open();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const stops = [now, ...hits()], at = stops.indexOf(document.activeElement);
      const to = at < 0 ? undefined : stops[at + (event.key === "ArrowDown" ? 1 : -1)];
      if (to) { event.preventDefault(); to.focus(); }
    }
  }, true);
  // What is kept of a key is all of it: some commands wait for its release.
  for (const rest of ["keypress", "keyup"])
    addEventListener(rest, (event) => {
      if (typed !== null && plainKey(event)) event.stopImmediatePropagation();
    }, true);
  const press = () => {
    const button = document.querySelector(".st-key-sok-knapp button:enabled");
    if (button) { asked = false; button.click(); }
  };
  const open = () => {
    const now = field();
    if (!now || now.value.trim() !== wanted) { wanted = null; return; }
    const bytes = [...new TextEncoder().encode(wanted)].map((one) => one.toString(16).padStart(2, "0")).join("");
    const found = document.querySelector(inWindow + ".st-key-sok-traffar-" + bytes);
    if (found?.querySelector("a[href]")) { wanted = null; found.querySelector("a[href]").click(); }
  };
  new MutationObserver(() => {
    if (asked) press();
    if (wanted !== null) open();
    const now = field();
    if (!now) return;
    // Drawn after the field.
    document.querySelector(inWindow + ".st-key-sok-antal:not([role])")?.setAttribute("role", "status");
    if (now === met) return;
    met = now;
    now.focus();
    if (typed) document.execCommand("insertText", false, typed);
    wanted = typed && entered ? typed.trim() : null;
    typed = null;
  }).observe(document, {subtree: true, childList: true});
})();
