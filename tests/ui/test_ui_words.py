"""Our words for Streamlit's own: each of those stands in the scripts that it sends, so that a newer one is not missed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import streamlit

from hsf_kpi.ui.document import SCRIPTS
from hsf_kpi.ui.document.words import PATTERNS, WORDS

SCRIPT_FOLDER = Path(streamlit.__file__).parent / "static" / "static" / "js"
ELEMENTS = (
    "index", "utils", "ArrowVega", "embed", "BaseButton", "Button", "Date", "Download", "DynamicIcon",
    "FileUpl", "InputInst", "Multiselect", "NumberInput", "Pagination", "Progress", "Radio", "Reordered", "Selectbox",
    "Spinner", "StreamlitMark", "Table", "Text", "Toast", "required", "useCopy", "useSync", "isArray",
)  # fmt: skip
"""What the files begin with of the elements that we use, and of the frame around them."""
ELSEWHERE = {
    "The page that you have requested does not seem to exist. Running the app's main page.": "put together of two",
    "Failed to generate file for download": "the server's own words",
}
"""What the scripts do not hold as one text, and why."""
SAMPLES = {
    "200MB per file • CSV, XLSX": "Högst 200\N{NO-BREAK SPACE}MB",
    "105.0B": "105\N{NO-BREAK SPACE}byte",
    "1.2KB": "1,2\N{NO-BREAK SPACE}KB",
    "3.4MB": "3,4\N{NO-BREAK SPACE}MB",
    "Remove besok.csv": "Ta bort besok.csv",
    "Cancel upload of besok.csv": "Avbryt överföringen av besok.csv",
    "File must be 200.0MB or smaller.": "Filen är för stor.",
    "application/pdf files are not allowed.": "Filer av den sorten kan inte läsas in.",
    "Help for Uppgifter per": "Förklaring av Uppgifter per",
    "Shortcut Ctrl + K": "Snabbtangent Ctrl + K",
    "58 options available.": "58 att välja bland.",
    "1 option available.": "1 att välja bland.",
    "Kirurgkliniken, selected": "Kirurgkliniken, vald",
    "year, Till och med": "år, Till och med",
    "month, Till och med": "månad, Till och med",
    "day, Till och med": "dag, Till och med",
    "Page 3": "Sida 3",
    "3 more": "3 till",
    "View 4 more": "Visa 4 till",
    "Select 3 matches": "Välj 3 träffar",
    "You can only select up to 5 options. Remove an option first.": "Du kan välja högst 5. Ta bort en först.",
    "Error: Date set outside allowed range. Please select a date between 2023-01-01 and 2023-10-31.":
        "Datumet går inte att välja. Ange ett från 2023-01-01 till 2023-10-31.",
    "Error: Date set outside allowed range. Please select a date on or after 2023-01-01.":
        "Datumet går inte att välja. Ange 2023-01-01 eller senare.",
    "Error: Date set outside allowed range. Please select a date on or before 2023-01-01.":
        "Datumet går inte att välja. Ange 2023-01-01 eller tidigare.",
    "Attempting to connect to localhost:8501.": "Söker servern på localhost:8501.",
    "add icon": "ikon",
    "symbol mark container": "delar av bilden",
}  # fmt: skip


@pytest.fixture(scope="module")
def sent() -> str:
    """What Streamlit's scripts for our elements say, in one."""
    files = [file for file in SCRIPT_FOLDER.glob("*.js") if file.name.startswith(ELEMENTS)]
    return "".join(file.read_text("utf-8") for file in files)


def test_each_word_that_is_put_in_swedish_is_one_that_streamlit_says(sent: str) -> None:
    pressed = {word for word in WORDS if word.startswith("Press ")}
    assert all(f"`{part}" in sent for part in ("Press Enter to ${", "Press ${", "submit form`", "apply`"))
    assert [word for word in WORDS.keys() - pressed - ELSEWHERE.keys() if f"`{word}`" not in sent] == []


def test_each_form_with_a_number_or_a_name_in_it_is_put_in_swedish() -> None:
    said = {}
    for sample in SAMPLES:
        form, to = next((f, t) for f, t in PATTERNS.items() if re.search(f, sample))
        said[sample] = re.sub(form, re.sub(r"\$(\d)", r"\\\1", to), sample)
    assert said == SAMPLES
    used = {next(form for form in PATTERNS if re.search(form, sample)) for sample in SAMPLES}
    assert used == PATTERNS.keys()


def test_the_words_are_in_the_document() -> None:
    assert any("Hoppa till innehållet" in script and "Ta bort $1" in script for script in SCRIPTS)
