// Parts that Streamlit gives a role that they cannot have. The small menu's list has headings between its rows, which no list
// may: it is told as the links that it holds. The place to drop a file has a name, and so is a group and not «presentation».
new MutationObserver((changes) => {
  for (const change of changes)
    for (const node of change.addedNodes) {
      if (!(node instanceof HTMLElement)) continue;
      const menu = node.closest('[data-testid="stSidebarNavItems"]') ?? node.querySelector('[data-testid="stSidebarNavItems"]');
      if (menu) for (const part of [menu, ...menu.querySelectorAll("li")]) part.setAttribute("role", "presentation");
      const drop = '[data-testid="stFileUploaderDropzone"]';
      for (const place of node.matches(drop) ? [node] : node.querySelectorAll(drop)) place.setAttribute("role", "group");
    }
}).observe(document, {subtree: true, childList: true});
