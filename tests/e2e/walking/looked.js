// Headings, names and tables of the page as it stands: a list of faults in words.
() => {
  const faults = [], main = document.querySelector('[data-testid="stApp"]');
  const shown = (element) => element.checkVisibility();
  if (document.documentElement.lang !== "sv") faults.push("html lang är " + document.documentElement.lang);
  const levels = [...main.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(shown).map((h) => [+h.localName[1], h.innerText]);
  if (levels.filter(([level]) => level === 1).length !== 1) faults.push("inte en H1: " + JSON.stringify(levels.slice(0, 3)));
  levels.reduce((before, [level, text]) => {
    if (level > before + 1) faults.push(`H${level} efter H${before}: ${text}`);
    return level;
  }, 0);
  for (const chart of main.querySelectorAll('[data-testid="stVegaLiteChart"]')) {
    const name = chart.getAttribute("role") === "graphics-document" ? chart.getAttribute("aria-label") : "";
    if (!/^[\p{Lu}\d].{20,}\.$/su.test(name)) faults.push("bilden har ingen mening: " + (name || chart.outerHTML.slice(0, 200)));
    const frame = chart.closest('[class*="st-key-figur-"]');
    if (frame && ![...frame.querySelectorAll("button")].some((b) => b.innerText.includes("Visa som tabell")))
      faults.push("bilden har ingen tabell: " + name);
    if (!frame && !chart.closest('[class*="st-key-ruta-"]')) faults.push("bilden står inte i en ram: " + name);
  }
  for (const table of main.querySelectorAll("table")) {
    const heads = [...table.querySelectorAll("thead th")];
    const named = table.getAttribute("aria-label") || table.caption || table.closest("[aria-label]:not(main, [role=tabpanel])");
    if (!heads.length) faults.push("tabell utan rubriker: " + table.innerText.slice(0, 80));
    if (!named) faults.push("tabell utan namn: " + table.innerText.slice(0, 80));
  }
  return faults;
}
