// Says Streamlit's own words in Swedish, in texts and in names for screen readers, as they come (words.py).
(() => {
  const words = new Map(Object.entries($WORDS));
  const forms = Object.entries($PATTERNS).map(([form, to]) => [new RegExp(form), to]);
  const swedish = (text) => {
    if (words.has(text)) return words.get(text);
    if (text.length < 200) for (const [form, to] of forms) if (form.test(text)) return text.replace(form, to);
  };
  const names = ["aria-label", "title", "alt", "placeholder"];
  const say = (node) => {
    if (node.nodeType === 3) {
      const word = swedish(node.data.trim());
      if (word) node.data = word;
      return;
    }
    if (node.nodeType !== 1 || node.localName === "svg" || node.localName === "script") return;
    for (const name of names) {
      const word = swedish(node.getAttribute(name) ?? "");
      if (word) node.setAttribute(name, word);
    }
    for (const child of node.childNodes) say(child);
  };
  new MutationObserver((changes) => {
    for (const change of changes)
      if (change.type === "childList") change.addedNodes.forEach(say); else say(change.target);
  }).observe(document, {subtree: true, childList: true, attributes: true, attributeFilter: names});
})();
