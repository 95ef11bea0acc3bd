"""Streamlit's own English words that no setting reaches, and ours in their place."""

from __future__ import annotations

WORDS = {
    # Around the page
    "Skip to main content": "Hoppa till innehållet",
    "App pages": "Sidor",
    "Navigate to home page": "Till startsidan",
    "Logo": "HSF nyckeltal",
    "App Logo": "HSF nyckeltal",
    "Main menu": "Meny",
    "Sidebar": "Sidomeny",
    "Expand sidebar": "Visa menyn",
    "Collapse sidebar": "Dölj menyn",
    "View less": "Visa färre",
    "Running...": "Hämtar …",
    "Stop": "Avbryt",
    "Stopping...": "Avbryter …",
    "Please wait...": "Hämtar …",
    "Notifications": "Meddelanden",
    "view more": "visa mer",
    "view less": "visa mindre",
    "Close": "Stäng",
    "Page not found": "Sidan finns inte",
    "The page that you have requested does not seem to exist. Running the app's main page.":
        "Adressen leder inte till någon sida här. Översikt visas i stället.",
    # When the server is gone
    "Connecting": "Ansluter",
    "Connecting to Streamlit server": "Ansluter till servern",
    "Unable to connect to Streamlit server": "Servern svarar inte",
    "Connection error": "Servern svarar inte",
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:":
        "Sidan visar det som var hämtat och ansluter igen av sig själv. Så startas servern:",
    "streamlit run yourscript.py": "python -m hsf_kpi start",
    "Streamlit server is not responding. Are you connected to the internet?":
        "Sidan visar det som var hämtat och ansluter igen av sig själv. Kontrollera din egen uppkoppling.",
    "Connection lost. Please wait for the app to reconnect, then try again.":
        "Servern svarar inte. Vänta tills sidan är ansluten igen och försök på nytt.",
    # Lists to choose from
    "No results": "Inga träffar",
    "No options to select": "Det finns inget att välja",
    "No options to select.": "Det finns inget att välja.",
    "Open": "Öppna listan",
    "Clear value": "Rensa valet",
    "Clear entry": "Rensa",
    "Clear all": "Ta bort alla",
    "Select all": "Välj alla",
    "Selected values": "Valda",
    "Suggestions": "Att välja bland",
    "Selectbox": "Lista",
    "Selectbox options": "Att välja bland",
    "Multiselect": "Lista",
    "Multiselect options": "Att välja bland",
    "Choose an option": "Välj",
    "Choose options": "Välj en eller flera",
    # Forms
    "Press Enter to apply": "Tryck på Enter",
    "Press Enter to submit form": "Tryck på Enter för att skicka",
    "Press Ctrl+Enter to apply": "Tryck på Ctrl och Enter",
    "Press Ctrl+Enter to submit form": "Tryck på Ctrl och Enter för att skicka",
    "Press ⌘+Enter to apply": "Tryck på ⌘ och Enter",
    "Press ⌘+Enter to submit form": "Tryck på ⌘ och Enter för att skicka",
    "This field is required.": "Fältet måste fyllas i.",
    "Show password": "Visa lösenordet",
    "Hide password": "Dölj lösenordet",
    "Help": "Förklaring",
    "Increment": "Öka",
    "Decrement": "Minska",
    # Dates
    "yyyy": "åååå",
    "Empty": "tomt",
    "Choose date": "Välj datum",
    "Clear date": "Rensa datumet",
    "Use arrow keys to navigate dates. Enter to select. Escape to close.":
        "Gå mellan dagarna med piltangenterna. Välj med Enter, stäng med Esc.",
    # Parts of a page
    "Link to heading": "Länk till rubriken",
    "Loading": "Hämtar",
    "progress": "Så långt har det kommit",
    "Pagination": "Bläddra",
    "Previous page": "Föregående sida",
    "Next page": "Nästa sida",
    "Scroll tabs left": "Flikar åt vänster",
    "Scroll tabs right": "Flikar åt höger",
    "Scrollable table": "Tabell som kan rullas i sidled",
    "Copy to clipboard": "Kopiera",
    "Copied": "Kopierat",
    # Files
    "Download failed": "Filen kunde inte hämtas. Ladda om sidan och försök igen.",
    "Failed to generate file for download": "Filen kunde inte göras. Ladda om sidan och försök igen.",
    "Upload": "Välj fil",
    "file upload": "Fil",
    "Add files": "Välj en annan fil",
    "Drag and drop a file here": "Släpp filen här",
    "Drag and drop files here": "Släpp filen här",
    "Click to retry upload": "Skicka filen igen",
    "Upload failed": "Filen kunde inte skickas. Ladda om sidan och försök igen.",
    "Only one file is allowed.": "Välj en fil i taget.",
    "File size is too small.": "Filen är tom.",
    "Unexpected error. Please try again.": "Filen kunde inte skickas. Försök igen.",
    # What a screen reader is told that a part of a picture is
    "visualization": "diagram",
    "axis": "axel",
    "legend": "teckenförklaring",
}  # fmt: skip
"""Streamlit's own English words that no setting reaches, and ours."""

PATTERNS = {
    r"^(\d+)MB per file.*$": "Högst $1\N{NO-BREAK SPACE}MB",
    r"^(\d+)\.0B$": "$1\N{NO-BREAK SPACE}byte",
    r"^(\d+)\.(\d)(KB|MB|GB)$": "$1,$2\N{NO-BREAK SPACE}$3",
    r"^Remove (.+)$": "Ta bort $1",
    r"^Cancel upload of (.+)$": "Avbryt överföringen av $1",
    r"^File must be (.+) or smaller\.$": "Filen är för stor.",
    r"^.* files are not allowed\.$": "Filer av den sorten kan inte läsas in.",
    r"^Help for (.+)$": "Förklaring av $1",
    r"^Shortcut (.+)$": "Snabbtangent $1",
    # Read out: Streamlit's lists are set to English, whatever the page's language.
    r"^(\d+) options? available\.$": "$1 att välja bland.",
    r"^(.+), selected$": "$1, vald",
    r"^year, (.+)$": "år, $1",
    r"^month, (.+)$": "månad, $1",
    r"^day, (.+)$": "dag, $1",
    r"^Page (\d+)$": "Sida $1",
    r"^(\d+) more$": "$1 till",
    r"^View (\d+) more$": "Visa $1 till",
    r"^Select (\d+) matches$": "Välj $1 träffar",
    r"^You can only select up to (\d+) options?\. Remove an option first\.$":
        "Du kan välja högst $1. Ta bort en först.",
    r"^Error: Date set outside allowed range\. Please select a date between (.+) and (.+)\.$":
        "Datumet går inte att välja. Ange ett från $1 till $2.",
    r"^Error: Date set outside allowed range\. Please select a date on or after (.+)\.$":
        "Datumet går inte att välja. Ange $1 eller senare.",
    r"^Error: Date set outside allowed range\. Please select a date on or before (.+)\.$":
        "Datumet går inte att välja. Ange $1 eller tidigare.",
    r"^Attempting to connect to (.+)$": "Söker servern på $1",
    r"^[\w ]+ icon$": "ikon",
    r"^.+ mark container$": "delar av bilden",
}  # fmt: skip
"""The same for words with a number or a name in them."""
