"""The pages and states that the walk visits, each with a text that shows that it is the state meant."""

from __future__ import annotations

from typing import NamedTuple


class State(NamedTuple):
    """A page as somebody meets it. `where`: its address; `told`: text that shows that it is the state meant."""

    where: str
    told: str
    server: str = "app_url"
    """The fixture with the server's address."""


HSF = "enhet=hsf&manad=2023-10&vy=ack"
KLINIK = "enhet=kirurgkliniken&manad=2023-10&vy=ack"

STATES = {
    "oversikt": State(f"?{HSF}", "Demodata"),
    "signaler": State(f"signaler?{HSF}", "Månadens signaler"),
    "min_verksamhet": State(f"min_verksamhet?{KLINIK}", "Kirurgkliniken"),
    "min_verksamhet, lämna in": State(
        "min_verksamhet?enhet=akutsjukvard&manad=2023-10&vy=ack&del=dialog", "Lämna in"
    ),
    "vagen": State(f"vagen?{HSF}&mot=underskott", "−800"),
    "budget": State(f"budget?{HSF}", "Budget och ramar"),
    "ekonomiatgarder": State(
        "ekonomiatgarder?enhet=akutsjukvard&manad=2023-10&uppdrag=medarbetare", "Ekonomiåtgärder"
    ),
    "produktion": State(f"produktion?{HSF}", "Produktion och bemanning"),
    "maluppfyllelse": State(f"maluppfyllelse?{HSF}", "Måluppfyllelse"),
    "nyckeltal": State(f"nyckeltal?nyckeltal=hyrpersonal&{HSF}", "hyrpersonal"),
    "jamfor": State(f"jamfor?nyckeltal=sjukfranvaro&{KLINIK}", "Jämför"),
    "uppdrag": State("uppdrag?enhet=hsf&manad=2023-10", "Uppdrag och åtgärder"),
    "hos2029": State("hos2029?enhet=hsf&manad=2023-10", "HoS 2029"),
    "nara_vard": State("nara_vard?enhet=hsf&manad=2023-10", "Nära vård"),
    "intern_kontroll": State("intern_kontroll?enhet=hsf&manad=2023-10", "Intern kontroll"),
    "omvarld": State("omvarld?enhet=hsf&manad=2023-10", "Omvärld"),
    "omvarld, ett nyckeltal": State(
        "omvarld?enhet=hsf&manad=2023-10&utblick=ett&regioner=0014,0003", "Uppsala"
    ),
    "omvarld, riket": State("omvarld?enhet=hsf&manad=2023-10&utblick=riket", "riket"),
    "omvarld, VGR": State("omvarld?enhet=hsf&manad=2023-10&utblick=vgr", "VGR"),
    "rapport": State(f"rapport?{KLINIK}", "Gör filerna"),
    "inlasning": State("inlasning?roll=controller", "Läs in"),
    "datakvalitet": State(f"datakvalitet?{HSF}", "Datakvalitet och källor"),
    "anvandare": State("anvandare?roll=admin", "Användare och logg"),
    "hjalp": State("hjalp", "Hjälp"),
    "maskerat": State(
        "nyckeltal?nyckeltal=aktiv-forskning&enhet=vardval-primarvard&manad=2023-10&vy=ack", "Maskerat"
    ),
    "utan värden": State("?enhet=narsjukvard-ost&manad=2019-01&vy=r12", "Närsjukvård Öst"),
    "nekad länk": State("?roll=verksamhetschef&enhet=medicinkliniken", "inte ingår i din behörighet"),
    "okänd enhet": State("maluppfyllelse?enhet=finns-inte", "finns-inte"),
    "okänd sida": State("finns-inte", "Sidan finns inte"),
    "inloggning": State("", "Lösenord", "local_url"),
}
"""What a test is named after → the state. Every page of the menu is here under its own name."""
