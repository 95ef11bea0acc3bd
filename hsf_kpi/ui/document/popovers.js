// What is opened over the page (a table, the export) is entered: Streamlit draws it last in the document, where a keyboard
// would reach it after everything else. Past its end one goes on from its button, and it closes; when it closes, focus is
// its button's. Higher than its room, it is scrolled by keyboard too.
(() => {
  const BODY = '[data-testid="stPopoverBody"]';
  const fit = (over) => { over.tabIndex = over.scrollHeight > over.clientHeight + 1 ? 0 : -1; };
  const sized = new ResizeObserver((entries) => entries.forEach(({target}) => fit(target.closest(BODY))));
  const openers = new Map();
  const enter = (over) => {
    if (openers.has(over)) return;
    openers.set(over, document.activeElement);
    fit(over);
    [over, ...over.children].forEach((one) => sized.observe(one));
    over.focus({preventScroll: true});
  };
  const leave = (over) => {
    const opener = openers.get(over);
    openers.delete(over);
    if (opener?.isConnected && document.activeElement === document.body) opener.focus({preventScroll: true});
  };
  addEventListener("keydown", (event) => {
    const over = event.key === "Tab" && event.target instanceof Element && event.target.closest(BODY);
    const opener = over && openers.get(over);
    if (!opener?.isConnected) return;
    const stops = [...over.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
      .filter((one) => one.tabIndex >= 0 && !one.disabled && one.checkVisibility());
    const back = event.shiftKey, last = back ? [over, stops[0]] : [stops.at(-1) ?? over];
    if (!last.includes(event.target)) return;
    if (back) event.preventDefault();
    opener.focus();
    opener.click();
  }, true);
  new MutationObserver((changes) => {
    for (const {addedNodes, removedNodes} of changes) {
      for (const node of addedNodes)
        if (node instanceof HTMLElement) for (const over of node.matches(BODY) ? [node] : node.querySelectorAll(BODY)) enter(over);
      if (removedNodes.length) for (const over of openers.keys()) if (!over.isConnected) leave(over);
    }
  }).observe(document, {subtree: true, childList: true});
})();
