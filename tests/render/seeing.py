"""How colours are seen: contrast (WCAG 2.2), difference (CIE 1976), and by people who are colour-blind.

The colour-blindness matrices are those of Machado, Oliveira and Fernandes, «A Physiologically-based Model for Simulation of
Color Vision Deficiency» (IEEE TVCG 15(6), 2009), severity 1.0, on linear RGB.
"""

from __future__ import annotations

from math import cbrt, dist

Triple = tuple[float, float, float]
Matrix = tuple[Triple, Triple, Triple]

NORMAL: Matrix = ((1, 0, 0), (0, 1, 0), (0, 0, 1))
SIGHTS: dict[str, Matrix] = {
    "normal": NORMAL,
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}  # fmt: skip
_XYZ: Matrix = (
    (0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041),
)  # fmt: skip
_WHITE: Triple = (0.95047, 1.0, 1.08883)


def contrast(one: str, two: str) -> float:
    """1 to 21."""
    high, low = sorted((luminance(one), luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    """Relative, 0 to 1."""
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(colour: str) -> Triple:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return red, green, blue


def faded(colour: str, ground: str, share: float) -> str:
    """The colour over the ground with that opacity, as a browser mixes them."""
    pairs = zip(_bytes(colour), _bytes(ground), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in pairs)


def apart(one: str, two: str, sight: Matrix = NORMAL) -> float:
    """ΔE of 1976: about 2 can just be seen, 10 is seen at a glance."""
    return dist(lab(one, sight), lab(two, sight))


def lab(colour: str, sight: Matrix = NORMAL) -> Triple:
    """L* (0 to 100), a*, b* as the sight has them."""
    red, green, blue = (min(1.0, max(0.0, part)) for part in _times(sight, linear(colour)))
    x, y, z = (
        _curve(part / white) for part, white in zip(_times(_XYZ, (red, green, blue)), _WHITE, strict=True)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _curve(part: float) -> float:
    return cbrt(part) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116


def _times(matrix: Matrix, of: Triple) -> Triple:
    first, second, third = (sum(a * b for a, b in zip(row, of, strict=True)) for row in matrix)
    return first, second, third


def _bytes(colour: str) -> Triple:
    red, green, blue = (float(int(colour[i : i + 2], 16)) for i in (1, 3, 5))
    return red, green, blue
