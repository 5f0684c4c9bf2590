"""Measure this toolkit beside its peers: ``python benchmarks/run.py [--quick] [--peers …] [-o FILE]``."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from measuring import FULL, QUICK, measure
from peers import PEERS
from report import machine, markdown

from publisher.errors import PublisherError
from publisher.system.atomic_write import write_whole


def main() -> int:
    """Measure, write the page and the medians, and print the page."""
    given = _arguments()
    plan = QUICK if given.quick else FULL
    try:
        results = {"machine": machine(), **measure(given.peers, plan, given.report)}
        page = markdown(results)
        medians = json.dumps(results, ensure_ascii=False, indent=2) + "\n"
        write_whole(
            {given.output.with_suffix(".json"): medians.encode(), given.output: page.encode()}
        )
    except PublisherError as error:
        print(f"error: {error}", file=sys.stderr)
        if error.hint:
            print(f"hint: {error.hint}", file=sys.stderr)
        return error.exit_code
    print(page)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure this toolkit beside its peers.")
    parser.add_argument("--quick", action="store_true", help="smaller documents, fewer times")
    parser.add_argument(
        "--peers",
        type=_words,
        default=tuple(PEERS),
        metavar="NAME[,NAME]",
        help=f"which programs are compared: {', '.join(PEERS)}",
    )
    parser.add_argument(
        "--report",
        type=Path,
        metavar="FILE",
        help="compare with this report, its figures changed each time, instead of a generated one",
    )
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        default=Path("out/performance.md"),
        metavar="FILE",
        help="where the page goes, the medians beside it as .json",
    )
    return parser.parse_args()


def _words(text: str) -> tuple[str, ...]:
    words = tuple(dict.fromkeys(filter(None, text.split(","))))
    unknown = [word for word in words if word not in PEERS]
    if unknown or not words:
        raise argparse.ArgumentTypeError(f"known are {', '.join(PEERS)}")
    return words


if __name__ == "__main__":
    sys.exit(main())
