"""Electronic signatures of a finished file: read, compared with what came after them, and judged."""
