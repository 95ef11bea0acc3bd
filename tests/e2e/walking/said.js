// Everything that the document says to a reader, seen or read out: [how, text]. Names of icons are not words, nor is code.
() => {
  const NAMES = ["aria-label", "title", "alt", "placeholder", "aria-roledescription", "aria-description", "aria-valuetext"];
  const said = [];
  const say = (how, text) => { if ((text ?? "").trim()) said.push([how, text.trim()]); };
  const walk = (node) => {
    if (["SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE", "LINK", "META", "CODE"].includes(node.nodeName)) return;
    if (node.dataset?.testid === "stIconMaterial" || (node.checkVisibility && !node.checkVisibility())) return;
    for (const name of NAMES) say(name, node.getAttribute(name));
    if (node.nodeName === "INPUT" || node.nodeName === "TEXTAREA") say("value", node.value);
    for (const child of node.childNodes) {
      if (child.nodeType === 3) say("text", child.data);
      else if (child.nodeType === 1) walk(child);
    }
  };
  say("title", document.title);
  walk(document.body);
  return said;
}
