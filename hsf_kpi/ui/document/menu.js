// The small menu's list has parts that no list may have, headings between its rows: it is told as the links that it holds.
new MutationObserver((changes) => {
  for (const change of changes)
    for (const node of change.addedNodes) {
      const menu = node.nodeType === 1
        && (node.closest('[data-testid="stSidebarNavItems"]') ?? node.querySelector('[data-testid="stSidebarNavItems"]'));
      if (!menu) continue;
      for (const part of [menu, ...menu.querySelectorAll("li")]) part.setAttribute("role", "presentation");
    }
}).observe(document, {subtree: true, childList: true});
