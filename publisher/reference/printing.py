"""What a print shop usually asks for.

Input: nothing. Output: the defaults of options, of the preflight and of its requirements.
"""

USUAL_BLEED = 3.0
"""Bleed on every side, in millimetres."""
USUAL_MAX_INK = 300.0
"""The highest sum of all inks on one spot, in per cent."""
USUAL_MIN_PPI = 300.0
"""The lowest resolution of pictures, in pixels per inch."""
