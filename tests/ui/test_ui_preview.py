"""The preview on a page: words first, a table for each thing, the long ones opened; text as text."""

from __future__ import annotations

from dataclasses import replace

from streamlit.testing.v1 import AppTest

from hsf_kpi.model.preview import Preview
from tests.figures.test_figures_incoming import CAT, CHANGE, EMPTY, JUMP, OCTOBER
from tests.reading import as_read


def page(preview: Preview) -> AppTest:
    def script(preview: object, catalogue: object) -> None:
        from hsf_kpi.ui.preview import show_preview

        show_preview(preview, catalogue)  # type: ignore[arg-type]

    return AppTest.from_function(script, args=(preview, CAT), default_timeout=30).run()


def test_words_come_before_the_tables_and_long_ones_are_opened() -> None:
    many = tuple(replace(JUMP, row=n) for n in range(1, 13))
    shown = page(
        replace(EMPTY, new=12, changed=1, months=(OCTOBER,), jumps=many, changes=(CHANGE,), judged=3)
    )
    assert not shown.exception
    assert [one.value for one in shown.subheader] == ["Tolv värden sticker ut", "En ändring av det som fanns"]
    assert as_read(shown.markdown[0].value).startswith("**Filen har 13 värden för oktober 2023")
    assert [len(table.value) for table in shown.table] == [10, 2, 1]
    assert [one.label for one in shown.expander] == ["Visa 2 till"]
    assert list(shown.table[0].value.columns) == [
        "Verksamhet", "Nyckeltal", "I filen", "Väntat", "Bedömning", "Rad"
    ]  # fmt: skip


def test_what_comes_from_the_file_is_text() -> None:
    shown = page(replace(EMPTY, changed=1, changes=(replace(CHANGE, detail="**11** <b>"),)))
    assert shown.table[0].value.iloc[0]["Kostnadsställe"] == r"\*\*11\*\* \<b\>"
