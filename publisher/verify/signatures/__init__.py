"""Electronic signatures of a finished file: reading, later changes, trust, and the verdict."""
