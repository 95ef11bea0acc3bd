"""docs/data.md held against the program: every field, value, variable and command; every example, for real."""

from __future__ import annotations

import argparse
import re
import shutil
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal, get_origin

import pytest
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from hsf_kpi import ROOT
from hsf_kpi.cli.main import COMMANDS
from hsf_kpi.ingest.definitions import changes, read_catalogue, rebases, report_templates, shapes
from hsf_kpi.ingest.definitions import plan_tables_shapes as economy
from hsf_kpi.ingest.demo import generate, read_settings
from hsf_kpi.ingest.demo import settings as demo
from hsf_kpi.ingest.demo.check import check
from hsf_kpi.ingest.profiles import catalogue_problems, read_profiles
from hsf_kpi.ingest.profiles import shapes as profiles
from hsf_kpi.ingest.published import read_external, read_published
from hsf_kpi.model.problems import DefinitionError
from hsf_kpi.settings import NAMES, PREFIX

TEXT = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")

HEADINGS: dict[type[BaseModel], str] = {
    shapes.PlanShape: "The file `plan.toml`",
    shapes.GoalAreaShape: "`[[goal_area]]`",
    shapes.OrganisationShape: "The file `organisation.toml`",
    shapes.UnitShape: "`[[unit]]`",
    shapes.PlacementShape: "`[[unit.placement]]`",
    shapes.ReorganisationShape: "`[[reorganisation]]`",
    shapes.RamPartShape: "`[[ram_part]]`",
    changes.OrganisationChangesShape: "The file `organisation/NAME.toml`",
    changes.UnitChangeShape: "`[[unit]]` of `organisation/NAME.toml`",
    shapes.MeasureShape: "An indicator or `[[part]]`",
    shapes.DefinitionShape: "`[definition]`",
    shapes.ToleranceShape: "`[tolerance]`",
    shapes.ExternalShape: "`[[external]]`",
    shapes.DerivedShape: "`[derived]`",
    shapes.TargetsShape: "The file `targets/YEAR.toml`",
    shapes.TargetShape: "`[[target]]`",
    shapes.BaselineShape: "`[[baseline]]`",
    shapes.RolesShape: "The file `roles.toml`",
    shapes.FigureGroupShape: "`[[figure_group]]`",
    shapes.RoleShape: "`[[role]]`",
    shapes.DemoPersonShape: "`[[demo_person]]`",
    shapes.ComparisonShape: "The file `comparison.toml`",
    shapes.ComparisonGroupShape: "`[[group]]` of `comparison.toml`",
    shapes.SourceErrorsShape: "The file `source_errors.toml`",
    shapes.SourceErrorShape: "`[[source_error]]`",
    report_templates.ReportShape: "The file `reports/ID.toml`",
    report_templates.SectionShape: "`[[section]]` of `reports/ID.toml`",
    rebases.TrendShape: "The file `trend.toml`",
    rebases.RebaseShape: "`[[rebase]]`",
    economy.PlanTableShape: "The file `economy/ID.toml`",
    economy.PlanColumnShape: "`[[column]]`",
    economy.PlanRowShape: "`[[row]]`",
    economy.PlanTotalShape: "`[[total]]`",
    economy.AccountPlanShape: "The file `economy/accounts.toml`",
    economy.AccountGroupShape: "`[[group]]`",
    economy.LedgerAccountShape: "`[[account]]`",
    economy.LeversShape: "The file `economy/levers.toml`",
    economy.LeverShape: "`[[lever]]`",
    profiles.ProfileShape: "The file `profiles/KEY.toml`",
    profiles.ColumnShape: "`[[column]]` of `profiles/KEY.toml`",
    profiles.WideColumnShape: "`[[wide]]`",
    demo.General: "`demo/demo.toml`",
    demo.Norm: "`demo/norm_hours.toml`",
    demo.Weights: "`demo/units.toml`",
    demo.Flow: "`demo/measures.toml`",
    demo.Anchor: "An anchor",
    demo.Survey: "`demo/surveys.toml`",
    demo.Events: "`demo/events.toml`",
    demo.Shift: "`[[shift]]`",
    demo.Hole: "`[[hole]]`",
    demo.Economy: "`demo/economy.toml`",
    demo.Segment: "`[[segment]]`",
    demo.Gross: "`[gross]`",
}
"""Where the table of each shape stands. DemoSettings has none: its fields are the demo's files."""

ADD = " (add at the end)"
INSTEAD = re.compile(r" \(instead of the unit ([a-z0-9-]+)\)")


def shapes_of(module: Any) -> set[type[BaseModel]]:
    """The shapes that a module defines, without their base."""
    own = (x for x in vars(module).values() if isinstance(x, type) and x.__module__ == module.__name__)
    return {x for x in own if issubclass(x, BaseModel) and x.model_fields}


def section(heading: str) -> str:
    """From the heading to the next heading of any level."""
    found = re.findall(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#+ |\Z)", _without_code(TEXT), re.M | re.S)
    assert len(found) == 1, f"docs/data.md has {len(found)} headings «{heading}»"
    return str(found[0])


def _without_code(text: str) -> str:
    """A comment in an example looks like a heading."""
    return re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S)


def rows(heading: str) -> dict[str, list[str]]:
    """Field → its other cells, of the first table below the heading."""
    table = section(heading).partition("| field |")[2].partition("\n\n")[0]
    lines = (re.split(r"(?<!\\)\|", line.strip().strip("|")) for line in table.splitlines()[2:])
    cells = [[cell.strip() for cell in line] for line in lines]
    return {line[0].strip("`"): line[1:] for line in cells}


def name_of(name: str, field: FieldInfo) -> str:
    return field.alias or name


def values_of(annotation: Any) -> Iterator[str]:
    """The allowed values of a field that has a closed set of them."""
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        yield from (value.value for value in annotation)
    elif get_origin(annotation) is Literal:
        yield from annotation.__args__
    elif get_origin(annotation) is not dict:
        for part in getattr(annotation, "__args__", ()):
            yield from values_of(part)


def test_every_shape_has_a_table() -> None:
    known = shapes_of(shapes) | shapes_of(changes) | shapes_of(rebases) | shapes_of(economy) | shapes_of(demo)
    known |= shapes_of(profiles) | shapes_of(report_templates)
    assert known == {*HEADINGS, demo.DemoSettings}


@pytest.mark.parametrize("shape", HEADINGS, ids=lambda shape: shape.__name__)
def test_the_table_has_every_field_and_no_other(shape: type[BaseModel]) -> None:
    table = rows(HEADINGS[shape])
    assert list(table) == [name_of(name, field) for name, field in shape.model_fields.items()]
    for name, field in shape.model_fields.items():
        needed = table[name_of(name, field)][0]
        assert (needed == "required") == field.is_required(), f"{name}: {needed}"


@pytest.mark.parametrize("shape", HEADINGS, ids=lambda shape: shape.__name__)
def test_the_defaults_are_the_programs(shape: type[BaseModel]) -> None:
    for name, field in shape.model_fields.items():
        default = field.default
        told = rows(HEADINGS[shape])[name_of(name, field)][0]
        if default is PydanticUndefined or name == "seconds":
            continue
        if default is None or default == [] or default == {} or default == ():
            assert told.startswith("none"), name
        elif default == "":
            assert told.startswith("empty"), name
        elif isinstance(default, bool | str):
            assert told == f"`{str(default).lower()}`", name
        else:
            assert float(told.strip("`")) == default, name


@pytest.mark.parametrize("shape", HEADINGS, ids=lambda shape: shape.__name__)
def test_every_allowed_value_is_told(shape: type[BaseModel]) -> None:
    told = section(HEADINGS[shape])
    for name, field in shape.model_fields.items():
        computed = {"ytd", "r12"} if name in ("measured", "part_of_year") else set()
        missing = {v for v in values_of(field.annotation) if f"`{v}`" not in told} - computed
        assert not missing, f"{name}: {missing}"


@pytest.mark.parametrize("name", NAMES)
def test_every_environment_variable_is_named(name: str) -> None:
    assert re.search(rf"`{PREFIX}{name}[`=]", TEXT + README)


def test_every_command_is_named() -> None:
    parsers = argparse.ArgumentParser().add_subparsers()
    for module in COMMANDS:
        module.add_to(parsers)
    assert len(parsers.choices) == len(COMMANDS)
    for command in parsers.choices:
        assert re.search(rf"python -m hsf_kpi {command}\b", TEXT + README), command


# The examples


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.M | re.S)


def part(heading: str) -> str:
    """From a heading of the second level to the next."""
    return re.split(r"^## ", TEXT.partition(f"\n## {heading}\n")[2], flags=re.M)[0]


REFERENCE, _, _ = TEXT.partition("\n## Walk-through")
WALKS = re.findall(r"^## (Walk-through.*)$", TEXT, re.M)


def put(folder: Path, block: str) -> None:
    """Does what the first line of an example says: the whole file, added to one, or instead of a unit in one."""
    tag, _, content = block.partition("\n")
    assert tag.startswith("# data/"), f"an example without a file name: {tag}"
    instead = INSTEAD.search(tag)
    name = INSTEAD.sub("", tag.removesuffix(ADD)).removeprefix("# data/")
    path = folder / name
    if instead:
        text = path.read_text(encoding="utf-8")
        kept = re.split(r"(?=^\[\[(?:unit|reorganisation|ram_part)\]\]$)", text, flags=re.M)
        own = [i for i, table in enumerate(kept) if f'\nid = "{instead[1]}"\n' in table]
        assert len(own) == 1, f"{name} has no single unit {instead[1]}"
        kept[own[0]] = f"{content}\n"
        path.write_text("".join(kept), encoding="utf-8")
    elif tag.endswith(ADD):
        path.write_text(f"{path.read_text(encoding='utf-8')}\n{content}", encoding="utf-8")
    else:
        assert not path.exists(), f"two examples of {name}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """The examples of the reference, as the data folder that they are."""
    folder = tmp_path / "data"
    for block in blocks(REFERENCE, "toml"):
        put(folder, block)
    indicators, regions = blocks(REFERENCE, "csv")
    (folder / "published").mkdir()
    (folder / "published" / "kolada_indicators.csv").write_text(indicators, encoding="utf-8")
    (folder / "published" / "kolada_regions.csv").write_text(regions, encoding="utf-8")
    return folder


def test_the_examples_are_a_data_folder(example: Path) -> None:
    catalogue = read_catalogue(example)
    derived = {"periodresultat"}
    loaded = {"trycksar.kat-1-4", "trycksar.kat-2-4", "sjukfranvaro", "hme"}
    assert set(catalogue.measures) == loaded | derived
    assert {key for key, measure in catalogue.measures.items() if measure.derived} == derived
    assert [rebase.last is None for rebase in catalogue.rebases] == [False, True]
    assert catalogue.ledger_seen_with == "periodresultat"
    assert [lever.id for lever in catalogue.levers] == ["hyrpersonal", "restriktivitet"]
    assert [table.id for table in catalogue.plan_tables] == [
        "ram-per-omrade",
        "ramforandringar",
        "investeringar",
    ]
    assert [account.id for account in catalogue.ledger_accounts] == ["regionersattning", "resor"]
    assert [group.id for group in catalogue.comparison_groups] == ["kliniker"]
    assert len(read_external(example, catalogue)) == 2
    [profile] = read_profiles(example)
    assert profile.key == "sjukfranvaro-heroma"
    assert {problem.where for problem in catalogue_problems(profile, catalogue, "")} <= {
        ": units[4711]",
        ": units[4712]",
    }
    published = read_published(example, catalogue)
    assert [o.measure for o in published] == ["trycksar.kat-1-4"]
    values = generate(catalogue, read_settings(example / "demo"))
    assert set(values["measure"].unique()) - derived == loaded


def test_the_examples_are_a_data_folder_without_the_tables_of_economy_too(example: Path) -> None:
    shutil.rmtree(example / "economy")
    assert read_catalogue(example).plan_tables == ()


def test_there_are_the_walkthroughs() -> None:
    assert len(WALKS) == 4
    for walk in WALKS:
        assert "`python -m hsf_kpi check`" in part(walk)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "data", tmp_path / "data"))


@pytest.mark.parametrize("walk", WALKS)
def test_a_walkthrough_works_on_the_data_that_come_with_the_product(
    walk: str, copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for block in blocks(part(walk), "toml"):
        put(copy, block)
    catalogue = read_catalogue(copy)
    options = argparse.Namespace(path=str(copy), profile=None)
    assert next(module for module in COMMANDS if module.__name__.endswith(".check")).run(options) == 0
    said = capsys.readouterr().out.strip()
    assert f"```text\n{said}\n```" in part(walk)
    if not walk.endswith("a merger"):
        check(catalogue, read_settings(copy / "demo"))
        return
    with pytest.raises(DefinitionError) as caught:
        check(catalogue, read_settings(copy / "demo"))
    assert f"```text\n{caught.value}\n```" in part(walk)
    economy = copy / "demo" / "economy.toml"
    line = 'rontgenkliniken = "-6.4"'
    assert f"`{line}`" in part(walk)
    economy.write_text(economy.read_text(encoding="utf-8").replace(f"{line}\n", "", 1), encoding="utf-8")
    check(catalogue, read_settings(copy / "demo"))


def test_a_row_without_a_target_is_told_as_the_walkthrough_says(copy: Path) -> None:
    walk = part("Walk-through: add an indicator")
    put(copy, blocks(walk, "toml")[0])
    with pytest.raises(DefinitionError) as caught:
        read_catalogue(copy)
    assert f"```text\n{caught.value}\n```" in walk


def test_months_without_norm_hours_are_told_as_the_walkthrough_says(copy: Path) -> None:
    general = copy / "demo" / "demo.toml"
    text = general.read_text(encoding="utf-8").replace('last = "2023-10"', 'last = "2024-02"')
    general.write_text(text.replace("as_of = 2023-11-14", "as_of = 2024-03-14"), encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        check(read_catalogue(copy), read_settings(copy / "demo"))
    assert f"```text\n{caught.value}\n```" in part("Walk-through: a new year's targets")
