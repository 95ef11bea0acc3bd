"""Passwords: the rules, the hash, and that the check takes the same road for nobody as for somebody."""

from __future__ import annotations

import bcrypt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi.access import password


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few rounds: what is tested here is not the cost."""
    plain = bcrypt.gensalt
    monkeypatch.setattr(password.bcrypt, "gensalt", lambda: plain(4))


def test_a_good_password_has_no_problems() -> None:
    assert password.problems("korrekt häst batteri", "chef") == []
    assert password.problems("x1y2" * 18, "chef") == [], "72 bytes"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "färre än 12"),
        ("elva tecken", "färre än 12"),
        ("x1y2" * 18 + "z", "för långt"),
        ("åäöü" * 9 + "x", "för långt"),
        ("nul\0 i mitten av", "tecken som inte går"),
        ("halva \ud800 tecken", "tecken som inte går"),
        (" Chef.Ett@exempel.SE ", "är användarnamnet"),
        ("aaaaaaaaaaaabc"[:13], "upprepar samma"),
    ],
)
def test_a_bad_password_is_told(text: str, words: str) -> None:
    assert words in " ".join(str(problem) for problem in password.problems(text, "chef.ett@exempel.se"))


def test_a_hash_matches_its_password_only() -> None:
    kept = password.hashed("korrekt häst batteri")
    assert password.is_hash(kept)
    assert not password.is_hash("korrekt häst batteri")
    assert password.matches("korrekt häst batteri", kept)
    for other in ("korrekt hast batteri", "", "korrekt häst batteri ", "x" * 500, "\0", "\ud800", "-"):
        assert not password.matches(other, kept)
    assert password.hashed("korrekt häst batteri") != kept


def test_a_hash_is_what_streamlit_authenticator_makes() -> None:
    from streamlit_authenticator.utilities.hasher import Hasher

    assert Hasher.check_pw("korrekt häst batteri", password.hashed("korrekt häst batteri"))
    assert password.matches("korrekt häst batteri", Hasher.hash("korrekt häst batteri"))
    assert Hasher.is_hash(password.hashed("korrekt häst batteri"))


@pytest.mark.parametrize("text", ["korrekt häst batteri", "", "\0", "x" * 500, "\ud800"])
def test_the_same_work_is_done_for_nobody(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    kept = password.hashed("något annat lösenord")
    work: list[bytes] = []
    check = bcrypt.checkpw

    def counted(asked: bytes, against: bytes) -> bool:
        work.append(against)
        return check(asked, against)

    monkeypatch.setattr(password.bcrypt, "checkpw", counted)
    assert not password.matches(text, None)
    assert not password.matches(text, kept)
    assert len(work) == 2


@pytest.mark.parametrize("text", ["x" * 73, "\0", "\ud800"])
def test_what_bcrypt_can_not_take_is_never_cut_off(text: str) -> None:
    with pytest.raises(ValueError, match="bcrypt"):
        password.hashed(text)


def test_a_one_time_password_is_good_and_new_each_time() -> None:
    made = {password.one_time() for _ in range(50)}
    assert len(made) == 50
    assert all(password.problems(one, "chef") == [] for one in made)


@given(st.text(max_size=100))
def test_what_has_no_problem_can_be_hashed(text: str) -> None:
    usable = not password.problems(text, "chef")
    if usable:
        assert len(text.encode()) <= password.LONGEST
        assert "\0" not in text
        assert len(text) >= password.SHORTEST
