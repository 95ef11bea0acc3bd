// A link in a text or a table to one of our own pages is followed inside the session, as Back and Forward are.
// Without it Streamlit opens every Markdown link in a new tab, with a new session. Ctrl-click still opens a new tab.
// Focus goes to the top of the new page's content, so that a keyboard goes on from there; or, for a row that opens
// something farther down its own page (`links.opened`), to that part, which is kept in sight while it fills.
addEventListener("click", (event) => {
  const a = event.target instanceof Element && event.target.closest('[data-testid="stMarkdownContainer"] a[href]');
  if (!a || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const to = new URL(a.href, location.href);
  if (to.origin !== location.origin || a.getAttribute("href").startsWith("#")) return;
  event.preventDefault();
  event.stopPropagation();
  // A window that the link stands in closes at once, and gives back focus; then it is the new page's.
  const dialog = a.closest('[data-testid="stDialog"]');
  const part = !dialog && document.querySelector(".st-key-" + CSS.escape(to.hash.slice(1)));
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
  } else if (main) {
    const enter = () => { main.tabIndex = -1; main.scrollTo(0, 0); main.focus({preventScroll: true}); };
    if (!dialog) return enter();
    dialog.querySelector('[role="dialog"] > button')?.click();
    const gone = new MutationObserver(() => {
      if (dialog.isConnected) return;
      gone.disconnect();
      setTimeout(enter, 50);
    });
    gone.observe(document.body, {subtree: true, childList: true});
  }
}, true);
