// At the width there is: whether the page scrolls sideways, and texts that are cut off. A list of faults in words.
() => {
  const faults = [], main = document.querySelector('[data-testid="stMain"]');
  for (const scrolled of [document.documentElement, main])
    if (scrolled.scrollWidth > scrolled.clientWidth) {
      const wide = [...main.querySelectorAll("*")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1)[0];
      faults.push(`${innerWidth} px: ${scrolled.localName} är ${scrolled.scrollWidth} px bred (${(wide ?? scrolled).outerHTML.slice(0, 160)})`);
    }
  for (const element of document.body.querySelectorAll("*")) {
    if (element instanceof SVGElement) continue;
    if (element.clientWidth < 8 || element.scrollWidth <= element.clientWidth + 1 || element.localName === "input") continue;
    const {overflowX, clip, clipPath} = getComputedStyle(element);
    if (!["hidden", "clip"].includes(overflowX) || clip !== "auto" || clipPath !== "none" || !element.checkVisibility()) continue;
    if (element.innerText.trim()) faults.push(`${innerWidth} px: avklippt: ${element.innerText.trim().slice(0, 80)} (${element.outerHTML.slice(0, 120)})`);
  }
  return faults;
}
