"""data/uppdrag.toml: what wrong mål and måldokument are told."""

from __future__ import annotations

from typing import Any

from tests.ingest.test_definitions_missions import told


def goals(**changed: Any) -> dict[str, Any]:
    return {"goal_area": "halsa", "council": ["God hälsa"], "documents": ["Program"], **changed}


def test_they_may_be_left_out_and_lack_any_part() -> None:
    assert told(goals=[]) == []
    assert told(goals=[goals(), {"goal_area": "ekonomi"}]) == []


def test_a_malomrade_that_there_is_not_and_one_told_twice() -> None:
    assert told(goals=[goals(goal_area="sol")]) == [
        "data/uppdrag.toml: goals[sol].goal_area: Målområdet ”sol” finns inte. Ange id för ett målområde i plan.toml."
    ]
    assert [text.partition(": ")[2] for text in told(goals=[goals(), goals()])] == [
        "goals[halsa].goal_area: Målområdet står flera gånger. Samla dess mål och måldokument i en [[goals]]."
    ]


def test_an_empty_document_and_a_field_that_is_none() -> None:
    assert len(told(goals=[goals(documents=[""])])) == 1
    (unknown,) = told(goals=[goals(document=["Program"])])
    assert "document" in unknown
