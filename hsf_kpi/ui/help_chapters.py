"""The handbook's chapters: which there are, in which order, for whom, and how one is read and linked to."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlencode

from hsf_kpi import ROOT
from hsf_kpi.model.problems import NotFound, Problem
from hsf_kpi.ui.help_text import Chapter, read_chapter, slug
from hsf_kpi.ui.links import ROLE
from hsf_kpi.ui.menu import HELP

CHAPTER, ABOUT = "kapitel", "om"
"""In the link: which chapter, and which part of it alone."""
FOLDER = ROOT / "docs" / "handbok"

PAGES, MEASURES, ICONS, STATEMENT = "sidorna", "nyckeltalen", "ikoner", "tillganglighet"
CONTENTS: dict[str, dict[str, str]] = {
    "Börja här": {
        "ledning": "Läs av läget, hitta det som kräver beslut och ta med det till mötet.",
        "verksamhetschef": "Följ din verksamhet, förklara avvikelser, lämna in inför dialogen och gör rapporten.",
        "controller": "Läs in filer, granska, ångra, stäm av och frisläpp månaden.",
        "installation": "För IT: start, inställningar, inloggning, databas, uppgradering och kommandon.",
    },
    "Slå upp": {
        "fragor": "Varför är värdet maskerat, varför skiljer sig två sidor, hur skriver jag ut och hur börjar jag om?",
        PAGES: "Vad varje sida svarar på, vad som står där och vem som ser den.",
        MEASURES: "Varje nyckeltal: vad det mäter, enhet, riktning, hur ofta och varifrån.",
        "roller": "Vad varje roll ser och får göra.",
        "begrepp": "Orden och konventionerna: mål, status, visning, maskerat, styrgränser, prognos.",
        ICONS: "Märken, ikoner, färger och tecken.",
        STATEMENT: "Hur tillgänglig tjänsten är, hur den är prövad, kända brister och hur du säger till.",
    },
}
"""Group → chapter (its file's name) → what it is about."""
CHAPTERS = tuple(key for group in CONTENTS.values() for key in group)


@lru_cache(maxsize=len(CHAPTERS))
def chapter(key: str) -> Chapter:
    """The chapter as it stands in its file. NotFound where the file is gone."""
    try:
        return read_chapter(key, (FOLDER / f"{key}.md").read_text("utf-8"))
    except OSError:
        raise NotFound(
            Problem(
                "Kapitlet går inte att läsa.", f"docs/handbok/{key}.md", "Säg till den som sköter servern."
            )
        ) from None


def help_href(key: str = "", part: str = "", role: str | None = None) -> str:
    """The relative address of the contents, a chapter, or a part of it (its heading or key). `role`: on demo data."""
    params = {CHAPTER: key, ABOUT: slug(part), ROLE: role or ""}
    query = urlencode({name: value for name, value in params.items() if value})
    return f"{HELP}?{query}" if query else HELP


def contents_text() -> str:
    """docs/handbok/README.md: the contents for those who read the handbook on a code host."""
    lines = ["# Handbok för HSF nyckeltal", "", "Samma kapitel finns i appen, på sidan Hjälp.", ""]
    for group, found in CONTENTS.items():
        lines += [f"## {group}", ""]
        lines += [f"- [{chapter(key).title}]({key}.md): {about}" for key, about in found.items()]
        lines.append("")
    return "\n".join(lines)
