// A picture of the handbook is too wide to be read on a phone: under each a link to it in its full size, in a window of its
// own where it can be enlarged.
document.addEventListener("load", ({target}) => {
  const place = target.localName === "img" && target.closest(".st-key-handbok")
    && target.closest('[data-testid="stImage"]');
  if (!place) return;
  let link = place.querySelector("[data-hsf-bild]");
  if (!link) {
    link = document.createElement("a");
    link.dataset.hsfBild = "";
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = "Öppna bilden i full storlek";
    place.append(link);
  }
  link.href = target.src;
  link.setAttribute("aria-label", link.textContent + ", ny flik: " + target.alt);
}, true);
