// Marks each container by the beginnings of its key, for the style: «figur-malvarden-ekonomi» is `data-nyckel="figur
// figur-malvarden figur-malvarden-ekonomi"`, and a table's «siffror_2_5_ekonomi» is "siffror siffror_2 siffror_5". Looking for
// a part of a class instead, as `[class*=…]` does, would have the browser restyle every cell of every table at each rerun,
// since Streamlit then gives the containers around them other classes.
(() => {
  const KEY = /(?:^|\s)st-key-(\S+)/, PLACES = /^([^_]+)((?:_\d+)+)_/;
  const beginnings = (key) => {
    const [, kind, places] = PLACES.exec(key) ?? [];
    if (kind) return [kind, ...places.slice(1).split("_").map((place) => kind + "_" + place)];
    return key.split("-").map((_, i, parts) => parts.slice(0, i + 1).join("-"));
  };
  const mark = (one) => {
    const key = KEY.exec(one.getAttribute("class") ?? "")?.[1];
    const marks = key && beginnings(key).join(" ");
    if (marks ? one.dataset.nyckel !== marks : "nyckel" in one.dataset) {
      if (marks) one.dataset.nyckel = marks;
      else delete one.dataset.nyckel;
    }
  };
  new MutationObserver((changes) => {
    for (const {type, target, addedNodes} of changes)
      if (type === "attributes") {
        if (target instanceof HTMLElement) mark(target);
      } else
        for (const node of addedNodes)
          if (node instanceof HTMLElement) {
            mark(node);
            node.querySelectorAll('[class*="st-key-"]').forEach(mark);
          }
  }).observe(document, {subtree: true, childList: true, attributes: true, attributeFilter: ["class"]});
})();
