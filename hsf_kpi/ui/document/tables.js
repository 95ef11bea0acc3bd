// A table that is wider than its frame is scrolled inside it: by keyboard too, with a name for who cannot see it, and fading
// out where there is more (tables.css).
(() => {
  const look = (frame) => {
    const wide = frame.scrollWidth > frame.clientWidth + 1;
    frame.toggleAttribute("data-bred", wide);
    frame.toggleAttribute("data-mer", wide && frame.scrollWidth - frame.clientWidth - frame.scrollLeft > 2);
    if (wide === (frame.getAttribute("role") === "region")) return;
    if (wide) {
      const name = frame.querySelector("table")?.getAttribute("aria-label");
      frame.tabIndex = 0;
      frame.setAttribute("role", "region");
      frame.setAttribute("aria-label", "Tabell som går att rulla i sidled" + (name ? ": " + name : ""));
    } else for (const given of ["tabindex", "role", "aria-label"]) frame.removeAttribute(given);
  };
  const sized = new ResizeObserver((entries) => {
    for (const {target} of entries) look(target.localName === "table" ? target.parentElement : target);
  });
  new MutationObserver((changes) => {
    for (const change of changes)
      for (const node of change.addedNodes) {
        if (node.nodeType !== 1) continue;
        const tables = node.localName === "table" ? [node] : node.querySelectorAll("table");
        for (const table of tables)
          if (table.dataset.testid === "stTableStyledTable") [table, table.parentElement].forEach((one) => sized.observe(one));
      }
  }).observe(document, {subtree: true, childList: true});
  document.addEventListener("scroll", ({target}) => {
    if (target instanceof Element && target.hasAttribute("data-bred")) look(target);
  }, {capture: true, passive: true});
})();
