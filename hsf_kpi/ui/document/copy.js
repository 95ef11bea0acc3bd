// «Kopiera länk» copies the address of what is shown, in the browser alone, and says how it went (ui/copy_link.py).
// Where the browser keeps the clipboard for itself (no TLS), the old way is tried, from within the window that has focus.
addEventListener("click", async (event) => {
  const button = event.target instanceof Element && event.target.closest(".st-key-kopiera-lank button");
  if (!button) return;
  event.preventDefault();
  event.stopPropagation();
  const address = location.origin + location.pathname + location.search;
  const byHand = () => {
    const field = button.parentElement.appendChild(document.createElement("textarea"));
    field.value = address;
    field.style.cssText = "position: fixed; opacity: 0";
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    button.focus();
    return done;
  };
  let done;
  try { await navigator.clipboard.writeText(address); done = true; } catch { done = byHand(); }
  const told = document.querySelector("[data-hsf-kopierad]");
  if (!told) return;
  told.textContent = "";
  setTimeout(() => {
    told.textContent = done ? "Länken är kopierad."
      : "Webbläsaren tillåter inte det. Markera adressen i adressfältet och kopiera den därifrån.";
  }, 50);
}, true);
