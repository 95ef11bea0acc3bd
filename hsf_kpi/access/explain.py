"""Why somebody sees or may do something, or not: every decision of `Rights` in Swedish sentences, with what gives it.

A decision is right for what its reasons say: each reason is a role (or the region's open figures) that alone would give it.
Where nothing may be seen the words are those for what does not exist, and no unit outside the scope is named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hsf_kpi.access.rights import DOING, LOOKING, Held, Rights, Rule
from hsf_kpi.model.codes import Persons
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import NotFound
from hsf_kpi.model.role import Extent, Grant, Permission
from hsf_kpi.model.scope import Reach, Scope
from hsf_kpi.swedish.dates import date_text, month_text

_NOBODY = "Siffror som så få personer står bakom att någon kan kännas igen visas inte för någon roll."


@dataclass(frozen=True, slots=True)
class Reason:
    """What gives a permission: a role held, or (grant None) the region's open figures. `words`: a Swedish sentence."""

    words: str
    grant: Grant | None


@dataclass(frozen=True, slots=True)
class Decision:
    """One permission at the place asked about. `refused` is a Swedish sentence, "" where it is allowed; `reasons` is
    empty exactly where it is refused.
    """

    permission: Permission
    allowed: bool
    refused: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Swedish sentences; a field is "" where there is nothing to say.

    outside: where nothing may be seen, in the words for what does not exist. months, figures: which may be seen.
    masking: how few persons are protected. opened: the region's decision on open figures. idle: roles that give
    nothing now, and why.
    """

    outside: str
    months: str
    figures: str
    masking: str
    opened: str
    decisions: Mapping[Permission, Decision]
    idle: tuple[str, ...] = ()


def explain(rights: Rights, rule: Rule, unit: str | None = None, measure: str | None = None) -> Explanation:
    """What is decided for the unit and the measure (None: anywhere, any), and why."""
    reaches = [reach for reach in rights.scope.reaches if _has(reach, unit, measure)]
    outside = "" if reaches else _outside(rights.scope, unit, measure)
    return Explanation(
        outside,
        _months(reaches, measure),
        _figures(rights, rule, unit) if reaches and measure is None and unit is not None else "",
        _masking(rule.measures.get(measure) if measure else None) if reaches else "",
        _opened(rights, rule),
        {p: _decision(p, rights, rule, unit, measure, outside) for p in Permission},
        tuple(_idle(rights, rule)),
    )


def role_held(grant: Grant, rule: Rule) -> str:
    """«Verksamhetschef för Kirurgkliniken», «HR»; an unknown role or unit by its id."""
    role = rule.roles.get(grant.role)
    title = role.title if role else f"”{grant.role}”"
    if grant.unit is None:
        return title
    unit = rule.organisation.units.get(grant.unit)
    return f"{title} för {unit.name if unit else f'”{grant.unit}”'}"


def validity(grant: Grant) -> str:
    """«från och med 2023-01-01 till och med 2023-12-31», «tills vidare»."""
    parts = [
        f"från och med {date_text(grant.first)}" if grant.first else "",
        f"till och med {date_text(grant.last)}" if grant.last else "",
    ]
    return " ".join(part for part in parts if part) or "tills vidare"


def masking_words(measure: Measure) -> str:
    """The measure's own rule for few persons, in a sentence or two."""
    if measure.persons is Persons.NEITHER:
        return "Nyckeltalet räknar inte personer, och inget i det döljs."
    limit, by_sex = measure.threshold, measure.threshold_by_sex
    apart = f", och färre än {by_sex} när kvinnor och män visas var för sig" if by_sex else ""
    return (
        f"Siffror som färre än {limit} personer står bakom{apart} visas inte för någon roll. "
        "En siffra till kan döljas, där den dolda annars gick att räkna ut."
    )


def _has(reach: Reach, unit: str | None, measure: str | None) -> bool:
    return (unit is None or unit in reach.units) and (
        measure is None or reach.measures is None or measure in reach.measures
    )


def _outside(scope: Scope, unit: str | None, measure: str | None) -> str:
    """The refusal that the store gives."""
    try:
        if unit is not None:
            scope.demand(unit)
            if measure is not None:
                scope.demand_measure(unit, measure)
    except NotFound as refused:
        return str(refused.problems[0])
    return "Inga siffror ingår i din behörighet." if not scope.units else "Det ingår inte i din behörighet."


def _months(reaches: list[Reach], measure: str | None) -> str:
    ends = {reach.through for reach in reaches}
    last = max((end for end in ends if end is not None), default=None)
    if last is None:
        return "Alla månader." if ends else ""
    told = f"till och med {month_text(last)}, den senast frisläppta månaden"
    if None not in ends:
        return f"Månader {told}."
    if any(reach.through is None and (reach.measures is None or measure is not None) for reach in reaches):
        return "Alla månader."
    return f"Alla månader för en del nyckeltal, för de andra {told}."


def _figures(rights: Rights, rule: Rule, unit: str) -> str:
    titles = []
    for held in rights.held:
        at_unit = [r for r in held.reaches if unit in r.units and Permission.SEE in held.role.may]
        if any(reach.measures is None for reach in at_unit):
            return "Alla nyckeltal."
        if at_unit:
            titles.append(held.role.measures_title or "en del av nyckeltalen")
    if rights.open is not None and unit in rights.open.units:
        titles.append("nyckeltalen som inte räknar personer")
    both = " och ".join(dict.fromkeys(titles))
    return f"{both[:1].upper()}{both[1:]}."


def _masking(measure: Measure | None) -> str:
    return masking_words(measure) if measure else _NOBODY


def _opened(rights: Rights, rule: Rule) -> str:
    if rights.open is not None:
        return "Regionen har öppnat de nyckeltal som inte räknar personer, för alla verksamheter och alla inloggade."
    if rule.open_figures:
        return "Regionen har öppnat de nyckeltal som inte räknar personer för alla inloggade; här visas bara rollens egna."
    return "Regionen har inte öppnat nyckeltalen för alla: var och en ser det som rollerna ger."


def _decision(
    permission: Permission, rights: Rights, rule: Rule, unit: str | None, measure: str | None, outside: str
) -> Decision:
    allowed = rights.may(permission, unit, measure)
    if not allowed:
        refused = outside if permission is Permission.SEE else _refused(permission, rights)
        return Decision(permission, False, refused, ())
    reasons = [
        Reason(_gives(held, rule, unit, measure, permission), held.grant)
        for held in rights.held
        if Rights(rights.identity, (held,), rights.scope).may(permission, unit, measure)
    ]
    if rights.open is not None and Rights(rights.identity, (), rights.scope, rights.open).may(
        permission, unit, measure
    ):
        reasons.append(Reason(_opened(rights, rule), None))
    return Decision(permission, True, "", tuple(reasons))


def changes_nothing(rights: Rights) -> str:
    """Why nothing can be changed by who looks in that way, whatever the roles give; "" where something can."""
    if rights.identity.seen_as:
        return "Den som ser som en annan roll kan bara titta."
    return "Uppgifter per en tidigare dag kan inte ändras. Välj ”Nu” under ”Mer”." if rights.looking else ""


def _refused(permission: Permission, rights: Rights) -> str:
    """Why not, from the roles alone: never from the unit asked for."""
    if (rights.identity.seen_as or permission not in LOOKING) and (why := changes_nothing(rights)):
        return why
    having = [held.role.title for held in rights.held if permission in held.role.may]
    if having:
        return f"Rollen {_and(having)} får {DOING[permission]}, men inte här."
    if not rights.held:
        return "Du har ingen roll som gäller i dag."
    roles = [held.role.title for held in rights.held]
    return f"Det ingår inte i {'rollen' if len(set(roles)) == 1 else 'rollerna'} {_and(roles)}."


def _gives(held: Held, rule: Rule, unit: str | None, measure: str | None, permission: Permission) -> str:
    """«Rollen Verksamhetschef för Kirurgkliniken gäller verksamheten och allt under den, tills vidare.»"""
    parts = [f"Rollen {role_held(held.grant, rule)} {_how(held, rule, unit, measure, permission)}"]
    ends = {reach.through for reach in held.reaches if _has(reach, unit, measure)}
    last = max((end for end in ends if isinstance(end, Month)), default=None)
    if last is not None:
        parts.append(f"till och med {month_text(last)} som är den senast frisläppta månaden")
    if held.grant.first or held.grant.last:
        parts.append(f"{'och rollen gäller ' if last else ''}{validity(held.grant)}")
    return f"{', '.join(parts)}."


def _how(held: Held, rule: Rule, unit: str | None, measure: str | None, permission: Permission) -> str:
    role, root = held.role, rule.organisation.root
    if role.extent is Extent.NOTHING:
        return "ger det, utan siffror"
    if role.extent is Extent.TOP:
        return "gäller förvaltningen och områdena"
    if role.extent is Extent.SUBTREE:
        if unit is not None and unit not in held.own:
            return "ger också summorna för verksamheterna ovanför"
        if permission is Permission.FOLLOW_UP and held.grant.unit != root:
            return "gäller det som verksamheten, eller någon under den, ansvarar för"
        return "gäller verksamheten och allt under den"
    limited = role.measures is not None and measure not in role.measures
    if limited and unit == root:
        return "ger också förvaltningens summor"
    return "gäller alla verksamheter" + (
        f" ({role.measures_title})" if role.measures is not None and role.measures_title else ""
    )


def _idle(rights: Rights, rule: Rule) -> list[str]:
    """The roles held that give nothing today, and why."""
    in_force = {held.grant for held in rights.held}
    told = []
    for grant in rights.identity.grants:
        role, named = rule.roles.get(grant.role), role_held(grant, rule)
        if grant in in_force:
            if role is not None and role.released_only and rule.released is None:
                told.append(f"Rollen {named} ger inga siffror än: ingen månad är frisläppt.")
        elif role is None:
            told.append(f"Rollen {named} finns inte längre och ger ingenting.")
        elif role.needs_unit and grant.unit not in rule.organisation.units:
            told.append(f"Rollen {role.title} ger ingenting: verksamheten som den gäller finns inte.")
        else:
            told.append(f"Rollen {named} gäller {validity(grant)}, och ger ingenting i dag.")
    return told


def _and(titles: list[str]) -> str:
    *rest, last = dict.fromkeys(titles)
    return f"{', '.join(rest)} och {last}" if rest else last
