// A table takes the room there is (tables.css). Short cells stay on one line where that leaves room for the others. On a
// phone a table that has no room is read row by row, each cell after its heading; a matrix of numbers, and any wide table
// elsewhere, is scrolled in its frame: by keyboard too, with a name for who cannot see it, and fading out where
// there is more. Of a long table that is read row by row the first rows are shown, with a button to all of them.
(() => {
  const PHONE = matchMedia("screen and (max-width: 40rem)"), SHORT = 21, HEADING = 9, MATRIX = 9, MANY = 30, FIRST = 15;
  const said = (cell) => cell.textContent.trim();
  const wide = (frame) => frame.scrollWidth > frame.clientWidth + 1;
  const more = (frame) => frame.scrollWidth - frame.clientWidth - frame.scrollLeft > 2;
  const squeezed = (rows) => rows.some((cells) => cells.some((cell, i) => i && said(cell).length > 2 * SHORT
    && cell.clientWidth < 160));
  // All at once: what is written between two measurements costs the browser a layout of the whole page.
  const look = (frames) => {
    const tables = [...frames].map((frame) => ({frame, table: frame.querySelector("table")}))
      .filter(({table}) => table?.tHead?.rows.length);
    for (const one of tables) {
      const heads = [...one.table.tHead.rows[0].cells];
      one.heads = heads.map(said);
      one.rows = [...one.table.tBodies].flatMap((body) => [...body.rows]).map((row) => [...row.cells]);
      const short = heads.map((_, i) => i && one.rows.every((cells) => !cells[i] || said(cells[i]).length <= SHORT) ? i + 1 : 0);
      one.words = short.includes(0, 1);
      heads.forEach((head, i) => head.toggleAttribute("data-smal", one.heads[i].length <= HEADING));
      one.table.removeAttribute("data-rader");
      one.table.dataset.korta = short.filter(Boolean).join(" ");
    }
    for (const one of tables) {
      one.wide = wide(one.frame);
      one.byRow = PHONE.matches && (one.heads.length < MATRIX ? one.wide || one.words && squeezed(one.rows) : one.words && one.wide);
    }
    for (const {frame, table, ...one} of tables) {
      if (one.wide && !PHONE.matches) delete table.dataset.korta;
      if (one.byRow) byRow(table, one.heads, one.rows);
      folded(frame, table, one.rows.length);
    }
    const widths = tables.map(({frame}) => [wide(frame), more(frame)]);
    tables.forEach(({frame, table}, i) => scrolled(frame, table, ...widths[i]));
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
        look([frame]);
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
  const scrolled = (frame, table, isWide = wide(frame), hasMore = more(frame)) => {
    frame.toggleAttribute("data-bred", isWide);
    frame.toggleAttribute("data-mer", isWide && hasMore);
    if (isWide === (frame.getAttribute("role") === "region")) return;
    if (isWide) {
      const name = table.getAttribute("aria-label");
      frame.tabIndex = 0;
      frame.setAttribute("role", "region");
      frame.setAttribute("aria-label", "Tabell som går att rulla i sidled" + (name ? ": " + name : ""));
    } else for (const given of ["tabindex", "role", "aria-label"]) frame.removeAttribute(given);
  };
  const sized = new ResizeObserver((entries) => {
    const tables = entries.map(({target}) => target.localName === "table" ? target.parentElement : target);
    look(new Set(tables));
  });
  new MutationObserver((changes) => {
    for (const change of changes)
      for (const node of change.addedNodes) {
        if (!(node instanceof HTMLElement)) continue;
        const tables = node.localName === "table" ? [node] : node.querySelectorAll("table");
        for (const table of tables)
          if (table.dataset.testid === "stTableStyledTable") [table, table.parentElement].forEach((one) => sized.observe(one));
      }
  }).observe(document, {subtree: true, childList: true});
  document.addEventListener("scroll", ({target}) => {
    if (target instanceof Element && target.hasAttribute("data-bred")) scrolled(target, target.querySelector("table"));
  }, {capture: true, passive: true});
})();
