// When the reader's light or dark setting changes, the page is asked for anew as soon as Streamlit has changed its own: the
// pictures get their colours on the server.
(() => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const ask = () => {
    const app = document.querySelector('[data-testid="stApp"]');
    if (app && getComputedStyle(app).colorScheme !== (dark.matches ? "dark" : "light")) return requestAnimationFrame(ask);
    dispatchEvent(new PopStateEvent("popstate", {state: {}}));
  };
  dark.addEventListener("change", ask);
})();
