"""What the audit log tells of. The values are stored and shown: a verb in Swedish, «who verb detail»."""

from __future__ import annotations

from enum import StrEnum


class Event(StrEnum):
    CREATED = "skapade databasen"
    DEFINED = "läste in definitioner"
    LOADED = "läste in data"
    UNDONE = "ångrade en inläsning"
    LOAD_REFUSED = "nekade en inläsning"
    FETCHED = "hämtade data"
    PROFILE_CHANGED = "ändrade en källprofil"
    RECONCILED = "stämde av"
    RELEASED = "frisläppte"
    REOPENED = "öppnade igen"
    SIGNED_IN = "loggade in"
    SIGN_IN_FAILED = "misslyckades att logga in"
    SIGNED_OUT = "loggade ut"
    SESSION_ENDED = "avslutade en inloggning"
    DENIED = "nekades"
    EXPORTED = "exporterade"
    REPORTED = "gjorde en rapport"
    FROZEN = "frös en rapport"
    LOOKED_AS = "visade som"
    USER_CHANGED = "ändrade en användare"
    IMPROVED = "ändrade ett förbättringsarbete"
    HANDED_IN = "lämnade in till dialogen"
    FOLLOWED_UP = "följde upp"
    KEY_MADE = "skapade en åtkomstnyckel"
    KEY_ENDED = "tog tillbaka en åtkomstnyckel"
    KEY_USED = "hämtade uppgifter med en åtkomstnyckel"
    KEY_FAILED = "nekades med en åtkomstnyckel som inte gäller"
    SHARED = "delade en vy"
    BACKED_UP = "tog en säkerhetskopia"
    RESTORED = "återställde en säkerhetskopia"
    LOG_PRUNED = "gallrade loggen"
