// Says Streamlit's own words in Swedish, in texts and in names for screen readers, as they come (words.py).
// Of a picture only what its parts are said to be: its words are ours already.
(() => {
  const words = new Map(Object.entries($WORDS));
  const patterns = $PATTERNS;
  const forms = Object.entries(patterns).map(([form, to]) => [new RegExp(form), to]);
  const any = new RegExp(Object.keys(patterns).join("|"));  // nearly every text is our own: asked once, not for each form
  const swedish = (text) => {
    if (words.has(text)) return words.get(text);
    if (text.length < 200 && any.test(text)) for (const [form, to] of forms) if (form.test(text)) return text.replace(form, to);
  };
  const role = "aria-roledescription";
  const names = ["aria-label", "title", "alt", "placeholder", "aria-valuetext", role];
  const name = (node, attribute) => {
    const word = swedish(node.getAttribute(attribute) ?? "");
    if (word) node.setAttribute(attribute, word);
  };
  const say = (node) => {
    if (node.nodeType === 3) {
      const word = swedish(node.data.trim());
      if (word) node.data = word;
      return;
    }
    if (node.nodeType !== 1 || node.localName === "script") return;
    if (node instanceof SVGElement) {
      // Marks come one by one, hundreds of them.
      if (node.hasAttribute(role)) name(node, role);
      if (node.firstElementChild) for (const part of node.querySelectorAll(`[${role}]`)) name(part, role);
      return;
    }
    for (const attribute of names) name(node, attribute);
    for (const child of node.childNodes) say(child);
  };
  new MutationObserver((changes) => {
    for (const change of changes)
      if (change.type === "childList") change.addedNodes.forEach(say);
      else if (change.type === "characterData") say(change.target);
      else if (change.attributeName === role || !(change.target instanceof SVGElement))
        name(change.target, change.attributeName);
  }).observe(document, {subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: names});
})();
