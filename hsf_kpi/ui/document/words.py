"""Streamlit's own English words that no setting reaches, and ours in their place."""

from __future__ import annotations

WORDS = {
    "No results": "Inga träffar",
    "Skip to main content": "Hoppa till innehållet",
    "App pages": "Sidor",
    "Navigate to home page": "Till startsidan",
    "Logo": "HSF nyckeltal",
    "Open": "Öppna listan",
    "Clear value": "Rensa valet",
    "Close": "Stäng",
    "Main menu": "Meny",
    "Sidebar": "Sidomeny",
    "Expand sidebar": "Visa menyn",
    "Collapse sidebar": "Dölj menyn",
    "Running...": "Hämtar …",
    "Pagination": "Bläddra",
    "Previous page": "Föregående sida",
    "Next page": "Nästa sida",
    "Press Enter to apply": "Tryck på Enter",
    "yyyy": "åååå",
    "Press Enter to submit form": "Tryck på Enter för att skicka",
    "Show password": "Visa lösenordet",
    "Hide password": "Dölj lösenordet",
    "Link to heading": "Länk till rubriken",
    "Failed to generate file for download": "Filen kunde inte göras. Ladda om sidan och försök igen.",
    "Upload": "Välj fil",
    "file upload": "Fil",
    "Add files": "Välj en annan fil",
    "Drag and drop a file here": "Släpp filen här",
    "Drag and drop files here": "Släpp filen här",
    "Remove file": "Ta bort filen",
    "Upload failed": "Filen kunde inte skickas. Ladda om sidan och försök igen.",
    "Page not found": "Sidan finns inte",
    "The page that you have requested does not seem to exist. Running the app's main page.":
        "Adressen leder inte till någon sida här. Översikt visas i stället.",
}  # fmt: skip
"""Streamlit's own English words that no setting reaches, and ours."""

PATTERNS = {
    r"^(\d+)MB per file.*$": "Högst $1\N{NO-BREAK SPACE}MB",
    r"^Remove (.+)$": "Ta bort $1",
    r"^File must be (.+) or smaller\.$": "Filen är för stor.",
}
"""The same for words with a number or a name in them."""
