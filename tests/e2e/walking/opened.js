// Opens what a page keeps closed, one at a time: every part that unfolds, the tabs, a popover of each name, and a list.
// Gives each to axe (popovers that are `alike` on every page not again), and adds up what they say. Returns {said, faults, opened}.
async ([saidSource, lookedSource, axeSource, excused, alike]) => {
  const [collect, check, look] = [saidSource, lookedSource, axeSource].map((source) => eval(source));
  const rest = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
  const until = async (there) => { for (let i = 0; i < 120 && !there(); i++) await rest(); await rest(); return there(); };
  const drawn = async () => {  // a tab may ask the server for what it holds
    const quiet = () => { const {answered, latest} = window.__traffic ?? {answered: true, latest: 0};
      return answered && performance.now() - latest > 150
        && !document.querySelector('[data-testid="stApp"]:not([data-test-script-state="notRunning"])'); };
    await rest();
    for (let i = 0; i < 250 && !quiet(); i++) await new Promise((done) => setTimeout(done, 20));
    await rest();
  };
  const said = [], faults = [], opened = [];
  const parts = [...document.querySelectorAll('[data-testid="stExpander"] summary')].filter((s) => !s.parentElement.open);
  for (const part of parts) { part.click(); opened.push(part.innerText.trim()); }
  if (parts.length) {
    await rest();
    for (const part of parts) faults.push(...await look([part.parentElement, excused]));
  }
  for (const tab of [...document.querySelectorAll('[role="tab"]')].reverse()) {
    tab.click();
    await drawn();
    opened.push(tab.innerText.trim());
    said.push(...collect());
    const panel = document.querySelector('[role="tabpanel"]:not([inert], [hidden])');
    if (panel) faults.push(...check(), ...await look([panel, excused]));
  }
  const body = () => document.querySelector('[data-testid="stPopoverBody"]');
  const names = new Set();
  for (const button of document.querySelectorAll('[data-testid="stPopover"] button')) {
    const name = button.innerText.replace(/\s*(keyboard_arrow|expand)_\w+\s*/, "").trim();
    if (names.has(name) || button.disabled || !button.checkVisibility()) continue;
    names.add(name);
    button.click();
    if (!await until(body)) { faults.push(`«${name}» öppnas inte`); continue; }
    opened.push(name);
    said.push(...collect());
    if (!alike.includes(name)) faults.push(...await look([body(), excused]));
    button.click();
    await until(() => !body());
  }
  return {said: [...said, ...collect()], faults, opened};
}
