// A chart's place is as high from the beginning as the chart will at least be («plats-…-h320», room.py), so that nothing
// below it moves when it is drawn.
new MutationObserver((changes) => {
  for (const change of changes)
    for (const node of change.addedNodes) {
      if (!(node instanceof HTMLElement)) continue;  // a chart's hundreds of marks hold no place
      const places = [...node.querySelectorAll('[class*="st-key-plats-"]')];
      if (node.matches('[class*="st-key-plats-"]')) places.push(node);
      for (const place of places) place.style.minHeight = /st-key-plats-\S*-h(\d+)/.exec(place.className)?.[1] + "px";
    }
}).observe(document, {subtree: true, childList: true});
