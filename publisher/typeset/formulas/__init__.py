"""Drawings of formulas (MathML) for the typesetter, by ziamath in the font STIX Two Math."""
