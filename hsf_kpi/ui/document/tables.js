// A table takes the room there is (tables.css). Short cells stay on one line where that leaves room for the others. On a
// phone a table that has no room is read row by row, each cell after its heading; a matrix of numbers, and any wide table
// elsewhere, is scrolled in its frame: by keyboard too, with a name for who cannot see it, and fading out where
// there is more. Of a long table that is read row by row the first rows are shown, with a button to all of them.
(() => {
  const PHONE = matchMedia("screen and (max-width: 40rem)"), SHORT = 21, HEADING = 9, MATRIX = 9, MANY = 30, FIRST = 15;
  const said = (cell) => cell.textContent.trim();
  const wide = (frame) => frame.scrollWidth > frame.clientWidth + 1;
  const squeezed = (rows) => rows.some((cells) => cells.some((cell, i) => i && said(cell).length > 2 * SHORT
    && cell.clientWidth < 160));
  const look = (frame) => {
    const table = frame.querySelector("table");
    if (!table?.tHead?.rows.length) return;
    const heads = [...table.tHead.rows[0].cells].map(said);
    const rows = [...table.tBodies].flatMap((body) => [...body.rows]).map((row) => [...row.cells]);
    const short = heads.map((_, i) => i && rows.every((cells) => !cells[i] || said(cells[i]).length <= SHORT) ? i + 1 : 0);
    for (const head of table.tHead.rows[0].cells) head.toggleAttribute("data-smal", said(head).length <= HEADING);
    table.removeAttribute("data-rader");
    table.dataset.korta = short.filter(Boolean).join(" ");
    if (wide(frame) && !PHONE.matches) delete table.dataset.korta;
    const words = short.includes(0, 1);
    if (PHONE.matches && (heads.length < MATRIX ? wide(frame) || words && squeezed(rows) : words && wide(frame)))
      byRow(table, heads, rows);
    folded(frame, table, rows.length);
    scrolled(frame, table);
  };
  const byRow = (table, heads, rows) => {
    table.setAttribute("data-rader", "");
    for (const cells of rows)
      cells.forEach((cell, i) => {
        cell.dataset.rubrik = heads[i] ? heads[i] + ": " : "";
        cell.toggleAttribute("data-tom", !said(cell));
      });
    // A row that is laid out as text is still a row for who hears it.
    for (const [names, role] of [["thead, tbody", "rowgroup"], ["tr", "row"], ["th", "columnheader"], ["td", "cell"]])
      table.querySelectorAll(names).forEach((part) => part.setAttribute("role", role));
    table.setAttribute("role", "table");
  };
  const folded = (frame, table, count) => {
    const long = table.hasAttribute("data-rader") && count > MANY, open = frame.hasAttribute("data-alla");
    let button = frame.querySelector("[data-hsf-alla]");
    if (long && !button) {
      button = document.createElement("button");
      button.type = "button";
      button.dataset.hsfAlla = "";
      button.onclick = () => {
        frame.toggleAttribute("data-alla");
        look(frame);
        button.scrollIntoView({block: "nearest"});
      };
      frame.append(button);
    }
    table.toggleAttribute("data-falld", long && !open);
    if (!button) return;
    button.hidden = !long;
    button.setAttribute("aria-expanded", open);
    button.textContent = open ? `Visa de första ${FIRST} raderna` : `Visa alla ${count} rader`;
  };
  const scrolled = (frame, table) => {
    frame.toggleAttribute("data-bred", wide(frame));
    frame.toggleAttribute("data-mer", wide(frame) && frame.scrollWidth - frame.clientWidth - frame.scrollLeft > 2);
    if (wide(frame) === (frame.getAttribute("role") === "region")) return;
    if (wide(frame)) {
      const name = table.getAttribute("aria-label");
      frame.tabIndex = 0;
      frame.setAttribute("role", "region");
      frame.setAttribute("aria-label", "Tabell som går att rulla i sidled" + (name ? ": " + name : ""));
    } else for (const given of ["tabindex", "role", "aria-label"]) frame.removeAttribute(given);
  };
  const sized = new ResizeObserver((entries) => {
    const tables = entries.map(({target}) => target.localName === "table" ? target.parentElement : target);
    for (const frame of new Set(tables)) look(frame);
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
    if (target instanceof Element && target.hasAttribute("data-bred")) scrolled(target, target.querySelector("table"));
  }, {capture: true, passive: true});
})();
