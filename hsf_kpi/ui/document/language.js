// Streamlit formats dates and numbers by navigator.language: Swedish for everyone, whatever the browser's own.
for (const [k, v] of [["language", "sv-SE"], ["languages", ["sv-SE", "sv"]]])
  Object.defineProperty(navigator, k, {get: () => v, configurable: true});
