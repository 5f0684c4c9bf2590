"""A program that validates one file with page-validation, in a process of its own.

Standard input: the file. Arguments: the name of a profile, then the limits as JSON. Standard output: a JSON object
with the version and the failures, or with why the file cannot be read. It imports nothing of this package, so that
it starts quickly and needs only page-validation.
"""

from __future__ import annotations

import json
import sys


def main() -> None:
    """Validate the file and print the result."""
    import page

    profile, limits = sys.argv[1], json.loads(sys.argv[2])
    result: dict[str, object] = {"version": page.__version__, "failures": [], "error": ""}
    try:
        report = page.validate_pdf_bytes(
            sys.stdin.buffer.read(), profile=profile, limits=page.SafetyLimits(**limits)
        )
        result["failures"] = [(failure.rule_id, failure.message) for failure in report.failures]
    except page.PageError as error:
        result["error"] = str(error) or type(error).__name__
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()
