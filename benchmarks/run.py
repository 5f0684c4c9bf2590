"""Measure this toolkit and other programs: ``python benchmarks/run.py [--quick] [--patches] [--peers …] [-o FILE]``."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from measuring import FULL, QUICK, measure
from patches import KINDS, QUICK_KINDS, find_missing_tool, measure_patches
from peers import PEERS
from report import machine, markdown

from publisher.errors import PublisherError
from publisher.system.atomic_write import write_atomically


def main() -> int:
    """Measure, write the page and the medians, and print the page."""
    arguments = _arguments()
    medians_path = arguments.output.with_suffix(".json")
    try:
        known = json.loads(medians_path.read_bytes()) if medians_path.is_file() else {}
        if arguments.patches and find_missing_tool():
            print(f"patches are left out: {find_missing_tool()} is not installed", file=sys.stderr)
            results = known
        elif arguments.patches:
            results = {**known, "patches": {"machine": machine(), **_measure_patches(arguments)}}
        else:
            plan = QUICK if arguments.quick else FULL
            results = {"machine": machine(), **measure(arguments.peers, plan, arguments.report)}
            if "patches" in known:
                results["patches"] = known["patches"]
        page = markdown(results)
        medians = json.dumps(results, ensure_ascii=False, indent=2) + "\n"
        write_atomically({medians_path: medians.encode(), arguments.output: page.encode()})
    except PublisherError as error:
        print(f"error: {error}", file=sys.stderr)
        if error.hint:
            print(f"hint: {error.hint}", file=sys.stderr)
        return error.exit_code
    print(page)
    return 0


def _measure_patches(arguments: argparse.Namespace) -> dict[str, Any]:
    return measure_patches(QUICK_KINDS if arguments.quick else KINDS, arguments.counts)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure this toolkit and other programs.")
    parser.add_argument("--quick", action="store_true", help="smaller documents, fewer times")
    parser.add_argument(
        "--patches",
        action="store_true",
        help="count with valgrind what each patch of WeasyPrint saves, and leave the other results as they are",
    )
    parser.add_argument(
        "--counts",
        type=Path,
        metavar="FOLDER",
        help="keep the counts of --patches in this folder, so that a run that was stopped continues there",
    )
    parser.add_argument(
        "--peers",
        type=_words,
        default=tuple(PEERS),
        metavar="NAME[,NAME]",
        help=f"compare these programs: {', '.join(PEERS)}",
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
        help="write the page to this file, and the medians to one with the suffix .json",
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
