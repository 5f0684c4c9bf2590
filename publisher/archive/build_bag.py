"""A bag in the making: the packed reports and the failures, until the bag is finished.

Input: the plan of a bag and, for each of its items, the packed report or the error. Output: the bag.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from publisher.archive.pack_report import pack
from publisher.archive.sign_report import sign_report
from publisher.archive.write_bag import Failure, finish, judged_by_verapdf
from publisher.batch.workers import Finished
from publisher.errors import PublisherError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.archive.bag_plan import BagPlan
    from publisher.archive.pack_report import Item, Packed
    from publisher.archive.write_bag import Bag
    from publisher.signing import Signing


class BagBuilder:
    """Collects the reports of a bag and finishes it."""

    def __init__(
        self, plan: BagPlan, signing: Signing | None = None, skipped: Sequence[PublisherError] = ()
    ) -> None:
        """Begin with what could not be read or was skipped when the source was searched."""
        self.plan = plan
        self.packed: list[Packed] = []
        self.failures = [
            Failure(source=os.path.relpath(error.where, plan.source), error=error)
            for error in skipped
        ]
        self._signing = signing

    def add(self, event: Finished[Item, Packed]) -> Packed | PublisherError:
        """Sign and validate a packed report and add it; return it, or the error that keeps it out."""
        outcome = event.outcome
        if not isinstance(outcome, PublisherError):
            try:
                if self._signing:  # here, because a private key is sent to no other process
                    outcome = sign_report(outcome, self._signing)
                outcome = judged_by_verapdf(outcome)
            except PublisherError as error:
                outcome = error
        if isinstance(outcome, PublisherError):
            self.failures.append(Failure(source=event.task.task.relative_path, error=outcome))
        else:
            self.packed.append(outcome)
        return outcome

    def finish(self, bag_info: Sequence[tuple[str, str]]) -> Bag | None:
        """Write the bag with these lines of ``bag-info.txt``; return None if no report could be packed."""
        if not self.packed:
            return None
        return finish(self.plan, self.packed, self.failures, bag_info)


def pack_here(items: Sequence[Item]) -> Iterator[Finished[Item, Packed]]:
    """Pack reports in this process, one after another."""
    for item in items:
        try:
            yield Finished(item, pack(item))
        except PublisherError as error:
            yield Finished(item, error)
