"""Step two: what the files mean together. Each fault is told with file and field."""

from __future__ import annotations

from pathlib import Path

import pytest

HME = "indicators/hme.toml"
TARGETS = "targets/2023.toml"
AT_HME = "data/indicators/hme.toml"
AT = "data/targets/2023.toml"
KORDA = "indicators/korda-mil.toml"
BED = "indicators/belaggning-somatik.toml"

MEASURES = [
    (HME, 'id = "hme"', 'id = "hmx"', f"{AT_HME}: id: Filen heter ”hme” men id är ”hmx”."),
    (HME, 'id = "hme"', 'id = "korda-mil"', f"{AT_HME}: id: Nyckeltalet ”korda-mil” finns flera gånger."),
    (HME, "row = 35", "row = 36", "data/indicators/sjukfranvaro.toml: row: Rad 36 används också av ”hme”."),
    (
        HME,
        "row = 35",
        "row = 36",
        "data/indicators/investeringar.toml: row: Planens rader har luckor: 35 saknas.",
    ),
    (HME, "row = 35\n", "", "data/indicators/investeringar.toml: row: Planens rader har luckor: 35 saknas."),
    (
        HME,
        'goal_area = "medarbetare"',
        'goal_area = "personal"',
        f"{AT_HME}: goal_area: Målområdet ”personal” finns inte. "
        "Välj ett av: valmaende, nyskapande, effektiv, medarbetare, ekonomi.",
    ),
    (
        HME,
        'goal = "F',
        'goal = "f',
        f"{AT_HME}: goal: Målet ”förvaltningen ska vara en attraktiv arbetsgivare”",
    ),
    (
        HME,
        'measured_at = ["hsf"',
        'measured_at = ["hfs"',
        f"{AT_HME}: measured_at: Enheten ”hfs” finns inte.",
    ),
    (HME, 'applies_to = ["hsf"', 'applies_to = ["hfs"', f"{AT_HME}: applies_to: Enheten ”hfs” finns inte."),
    (
        KORDA,
        'measured_at = ["hjalpmedelscentrum"]',
        'measured_at = ["tag:hjalpmedel"]',
        "data/indicators/korda-mil.toml: measured_at: Ingen enhet har taggen ”hjalpmedel”.",
    ),
    (
        HME,
        'measured = ["year"]',
        'measured = ["r12"]',
        f"{AT_HME}: measured: ”r12” beräknas och kan inte mätas.",
    ),
    (
        HME,
        'measured = ["year"]',
        'measured = ["year", "year"]',
        f"{AT_HME}: measured: Samma period står flera gånger.",
    ),
    (
        "indicators/hyrpersonal.toml",
        'related = ["antal-medarbetare"',
        'related = ["antal-anstallda"',
        "data/indicators/hyrpersonal.toml: related: Nyckeltalet ”antal-anstallda” finns inte.",
    ),
    (
        "indicators/hyrpersonal.toml",
        'related = ["antal-medarbetare"',
        'related = ["hyrpersonal"',
        "data/indicators/hyrpersonal.toml: related: Nyckeltalet hänvisar till sig självt.",
    ),
    (
        KORDA,
        'denominator = "Uthyrd',
        'denominator = ""\nnote = "Uthyrd',
        "data/indicators/korda-mil.toml: definition.denominator: ”ratio” har en nämnare",
    ),
    (
        HME,
        'amount = "0.05"',
        'amount = "-0.05"',
        f"{AT_HME}: tolerance.amount: Toleransen måste vara större än 0.",
    ),
    (
        "indicators/svf-ledtid.toml",
        'id = "N70643"',
        'id = "N99999"',
        "data/indicators/svf-ledtid.toml: external[N99999].id: Serien ”N99999” finns inte",
    ),
    (
        "indicators/svf-ledtid.toml",
        'role = "related"',
        'role = "outcome"',
        "data/indicators/svf-ledtid.toml: external: 2 serier i ”kolada” har rollen outcome.",
    ),
    (
        "indicators/kladregler-hygien.toml",
        'window = "delar1"',
        'window = "delar2"',
        "data/indicators/kladregler-hygien.toml: external[U70418].window: "
        "En publicerad serie per ”delar2” är utfall, men nyckeltalet mäts inte så.",
    ),
    (
        "indicators/svf-ledtid.toml",
        'measured = ["year"]',
        'measured = ["delar1"]',
        "data/indicators/svf-ledtid.toml: external[N79198].window: En publicerad serie per ”year” är utfall",
    ),
    (
        "indicators/kladregler-hygien.toml",
        'window = "delar1"',
        'window = "month"',
        "data/indicators/kladregler-hygien.toml: external[U70418].window: "
        "En publicerad serie har ett värde per år, inte per ”month”.",
    ),
    (
        "indicators/svf-ledtid.toml",
        '[[external]]\nregister = "kolada"\nid = "N70643"\nrole = "related"\n',
        '[[external]]\nregister = "kolada"\nid = "N79198"\nrole = "outcome"\n'
        'note = "Samma mått som i planen."\n'
        '[[external]]\nregister = "kolada"\nid = "N70643"\nrole = "related"\n',
        "data/indicators/svf-ledtid.toml: external: Serien ”N79198” står flera gånger.",
    ),
    (
        "plan.toml",
        'id = "nyskapande"',
        'id = "valmaende"',
        "data/plan.toml: goal_area[valmaende].id: Målområdet ”valmaende” står 2 gånger.",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "expected"), MEASURES)
def test_a_measure_that_does_not_hold_together(change, problems, file, old, new, expected) -> None:  # type: ignore[no-untyped-def]
    change(file, old, new)
    found = problems()
    assert sum(problem.startswith(expected) for problem in found) >= 1, found


def target(key: str, text: str) -> str:
    return f'[[target]]\nmeasure = "{key}"\n{text}'


TARGET_FAULTS = [
    (
        target("hme", 'kind = "at_least"\nlow = "79"'),
        target("hmx", 'kind = "at_least"\nlow = "79"'),
        f"{AT}: target[hmx].measure: Nyckeltalet ”hmx” finns inte.",
    ),
    (
        target("hme", 'kind = "at_least"\nlow = "79"'),
        target("hmx", 'kind = "at_least"\nlow = "79"'),
        f"{AT_HME}: row: Planens rad 35 (”hme”) saknar målvärde.",
    ),
    (
        target("hme", 'kind = "at_least"\nlow = "79"'),
        target("hme", 'kind = "at_least"'),
        f"{AT}: target[hme].low: Målet ”at_least” behöver low.",
    ),
    (
        target("hme", 'kind = "at_least"\nlow = "79"'),
        target("hme", 'kind = "at_least"\nlow = "79"\nhigh = "90"'),
        f"{AT}: target[hme].high: Målet ”at_least” har inget high.",
    ),
    (
        target("hme", 'kind = "at_least"\nlow = "79"'),
        target("hme", 'kind = "at_most"\nhigh = "79"'),
        f"{AT}: target[hme].kind: Målet ”at_most” motsäger riktningen ”up” i {AT_HME}.",
    ),
    (
        target("sjukfranvaro", 'kind = "at_most"\nhigh = "6.0"'),
        target("sjukfranvaro", 'kind = "at_least"\nlow = "6.0"'),
        f"{AT}: target[sjukfranvaro].kind: Målet ”at_least” motsäger riktningen ”down”",
    ),
    (
        target("belaggning-somatik", 'kind = "between"\nlow = "85"\nhigh = "90"'),
        target("belaggning-somatik", 'kind = "at_least"\nlow = "85"'),
        f"{AT}: target[belaggning-somatik].kind: Målet ”at_least” motsäger riktningen ”band”",
    ),
    (
        target("belaggning-somatik", 'kind = "between"\nlow = "85"\nhigh = "90"'),
        target("belaggning-somatik", 'kind = "between"\nlow = "90"\nhigh = "85"'),
        f"{AT}: target[belaggning-somatik].low: Den nedre gränsen är inte lägre än den övre.",
    ),
    (
        target("hme", 'kind = "at_least"\nlow = "79"'),
        target("hme", 'kind = "between"\nlow = "79"\nhigh = "90"'),
        f"{AT}: target[hme].kind: Målet ”between” motsäger riktningen ”up”",
    ),
    (
        target("investeringar", 'kind = "at_most"\nhigh = "160.8"'),
        target("investeringar", 'kind = "better_than_national"'),
        f"{AT}: target[investeringar].kind: Målet ”better_than_national” motsäger riktningen ”none”",
    ),
    (
        target("utlokaliserade", 'kind = "less_than_fixed_year"\nfixed_year = 2022'),
        target("utlokaliserade", 'kind = "less_than_fixed_year"'),
        f"{AT}: target[utlokaliserade].fixed_year: Målet ”less_than_fixed_year” behöver fixed_year.",
    ),
    (
        target("utlokaliserade", 'kind = "less_than_fixed_year"\nfixed_year = 2022'),
        target("utlokaliserade", 'kind = "less_than_fixed_year"\nfixed_year = 2023'),
        f"{AT}: target[utlokaliserade].fixed_year: Jämförelseåret 2023 är inte före målets år 2023.",
    ),
    (
        target("hme", 'kind = "at_least"\nlow = "79"'),
        target("prestationsniva", 'kind = "at_least"\nlow = "79"'),
        f"{AT}: target[prestationsniva]: Nyckeltalet har flera målvärden för samma år.",
    ),
    (
        target("vantetid-1177", 'kind = "at_most"\nhigh = "8"'),
        target("vantetid-1177", 'kind = "at_most"\nhigh = "8"\nsex = "women"'),
        f"{AT}: target[vantetid-1177].sex: Nyckeltalet redovisas inte per kön.",
    ),
    ("year = 2023", "year = 2024", f"{AT}: year: Filen heter ”2023” men året är 2024."),
    (
        '[[baseline]]\nmeasure = "hme"',
        '[[baseline]]\nmeasure = "hmx"',
        f"{AT}: baseline[hmx].measure: Nyckeltalet ”hmx” finns inte.",
    ),
    (
        'wording = "77,6"\nvalue = "77.6"\ndecimals = 1\nwindow = "year"\n',
        'wording = "77,6"\nvalue = "77.6"\ndecimals = 1\n',
        f"{AT}: baseline[hme].window: Perioden är ofullständig.",
    ),
    (
        'wording = "77,6"\nvalue = "77.6"\ndecimals = 1\nwindow = "year"\nend = "2021-12"\n',
        'wording = "77,6"\nvalue = "77.6"\ndecimals = 1\nwindow = "year"\n',
        f"{AT}: baseline[hme].end: Perioden är ofullständig.",
    ),
    (
        'wording = "77,6"\nvalue = "77.6"\ndecimals = 1\nwindow = "year"\nend = "2021-12"\n',
        'wording = "77,6"\nvalue = "77.6"\ndecimals = 1\nwindow = "year"\nend = "2021-11"\n',
        f"{AT}: baseline[hme].end: Perioden ”year” kan inte sluta 2021-11. Den slutar alltid i månad 12.",
    ),
    (
        'wording = "77,6"\nvalue = "77.6"\ndecimals = 1\nwindow = "year"\n',
        'wording = "77,6"\nvalue = "77.6"\ndecimals = 1\nwindow = "ytd"\n',
        f"{AT}: baseline[hme].window: Nyckeltalet mäts inte för perioden ”ytd”. Välj ett av: year.",
    ),
    (
        'wording = "87 % (ack nov 22)"',
        'wording = "87 % (ack nov 22)"\nsex = "men"',
        f"{AT}: baseline[belaggning-somatik].sex: Nyckeltalet redovisas inte per kön.",
    ),
    (
        'wording = "M12"\nsex = "men"',
        'wording = "M12"\nsex = "women"',
        f"{AT}: baseline[aktiv-forskning]: Nyckeltalet har flera nuvärden för samma period.",
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), TARGET_FAULTS)
def test_a_target_that_does_not_hold_together(change, problems, old, new, expected) -> None:  # type: ignore[no-untyped-def]
    change(TARGETS, old, new)
    found = problems()
    assert sum(problem.startswith(expected) for problem in found) >= 1, found


def test_a_second_year(change, problems, folder: Path) -> None:  # type: ignore[no-untyped-def]
    text = (folder / TARGETS).read_text(encoding="utf-8").split("[[target]]")[0]
    again = folder / "targets" / "plan.toml"
    again.write_text(text, encoding="utf-8")
    found = problems()
    assert len(found) == 3
    assert sum("Flera filer har målvärden för 2023." in problem for problem in found) == 2
    assert any(
        p.startswith("data/targets/plan.toml: year: Filen heter ”plan” men året är 2023.") for p in found
    )


def test_the_direction_turned_without_its_target(change, problems) -> None:  # type: ignore[no-untyped-def]
    change(BED, 'direction = "band"', 'direction = "up"')
    [problem] = problems()
    assert problem.startswith(
        f"{AT}: target[belaggning-somatik].kind: Målet ”between” motsäger riktningen ”up”"
    )


SOURCE_ERRORS = [
    (
        'id = "vardval-2025"',
        'id = "vardval-2024"',
        "data/source_errors.toml: source_error[vardval-2024].id: Id används flera gånger.",
    ),
    (
        'terms = ["6.7", "68.2"]',
        'terms = ["6.8", "68.2"]',
        "data/source_errors.toml: source_error[ramforandring-2025].terms: Termernas summa är 75.0,",
    ),
    (
        'printed_value = "277.7"',
        'printed_value = "277.8"',
        "data/source_errors.toml: source_error[riktade-statsbidrag-summa].printed_value: "
        "Det tryckta värdet 277.8 är lika med det väntade: källan verkar vara rättad.",
    ),
    (
        'impossible = "över 100 procent"\n',
        "",
        "data/source_errors.toml: source_error[fortroende-vardcentral-kvinnor].expected_value: "
        "Posten säger inte varför",
    ),
    (
        'printed = "K622%"',
        'printed = "K62%"',
        "data/source_errors.toml: source_error[fortroende-vardcentral-kvinnor].measure: "
        "Inget nuvärde för ”fortroende-vardcentral” har texten ”K62%”.",
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), SOURCE_ERRORS)
def test_a_register_of_source_errors_that_is_not_true(change, problems, old, new, expected) -> None:  # type: ignore[no-untyped-def]
    change("source_errors.toml", old, new)
    found = problems()
    assert sum(problem.startswith(expected) for problem in found) >= 1, found


def test_a_misprint_must_be_left_empty(change, problems) -> None:  # type: ignore[no-untyped-def]
    change(TARGETS, 'wording = "K622%"\nsex = "women"', 'wording = "K622%"\nsex = "women"\nvalue = "62"')
    [problem] = problems()
    assert problem.startswith(
        "data/source_errors.toml: source_error[fortroende-vardcentral-kvinnor].measure: Nuvärdet"
    )


def test_no_list_of_series_means_no_check_of_them(change, folder: Path) -> None:  # type: ignore[no-untyped-def]
    from hsf_kpi.ingest.definitions import read_catalogue

    (folder / "published" / "kolada_indicators.csv").unlink()
    change("indicators/svf-ledtid.toml", 'id = "N70643"', 'id = "N99999"')
    assert read_catalogue(folder).measure("svf-ledtid").external[1].id == "N99999"


def test_every_problem_of_meaning_is_told_at_once(change, problems) -> None:  # type: ignore[no-untyped-def]
    faults = [*((f, o, n, e) for f, o, n, e in (MEASURES[5], MEASURES[8], MEASURES[15]))]
    faults += [
        (TARGETS, *TARGET_FAULTS[5]),
        (TARGETS, *TARGET_FAULTS[7]),
        ("source_errors.toml", *SOURCE_ERRORS[1]),
    ]
    for file, old, new, _ in faults:
        change(file, old, new)
    found = problems()
    for *_, expected in faults:
        assert any(problem.startswith(expected) for problem in found), (expected, found)
    assert len(found) == len(faults)
