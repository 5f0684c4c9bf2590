"""Building of a bag from packed reports: signing, validation, failures and completion.

Input: the plan of a bag and, for each of its items, the packed report or the error. Output: the bag.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from publisher.archive.pack_report import pack_report
from publisher.archive.sign_report import sign_report
from publisher.archive.write_bag import Failure, add_verapdf_verdicts, finish_bag
from publisher.batch.workers import Finished
from publisher.errors import PublisherError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.archive.bag_plan import BagPlan
    from publisher.archive.pack_report import BagItem, PackedReport
    from publisher.archive.write_bag import BagSummary
    from publisher.signing import SigningOptions


class BagBuilder:
    """Collects the reports of a bag and finishes it."""

    def __init__(
        self,
        plan: BagPlan,
        signing: SigningOptions | None = None,
        skipped: Sequence[PublisherError] = (),
    ) -> None:
        """Start a bag.

        Args:
            plan: The plan of the bag.
            signing: How to sign the PDFs; ``None`` for unsigned PDFs.
            skipped: Errors of files and folders that were skipped when the source was searched.
        """
        self.plan = plan
        self.packed: list[PackedReport] = []
        self.failures = [
            Failure(source=os.path.relpath(error.where, plan.source), error=error)
            for error in skipped
        ]
        self._signing = signing

    def add(self, event: Finished[BagItem, PackedReport]) -> PackedReport | PublisherError:
        """Sign and validate a packed report and add it; return it, or the error because of which it is left out."""
        outcome = event.outcome
        if not isinstance(outcome, PublisherError):
            try:
                if self._signing:  # in this process, because a private key cannot be pickled
                    outcome = sign_report(outcome, self._signing)
                outcome = add_verapdf_verdicts(outcome)
            except PublisherError as error:
                outcome = error
        if isinstance(outcome, PublisherError):
            self.failures.append(Failure(source=event.task.task.relative_path, error=outcome))
        else:
            self.packed.append(outcome)
        return outcome

    def finish(self, bag_info: Sequence[tuple[str, str]]) -> BagSummary | None:
        """Write the bag with these lines of ``bag-info.txt``; return ``None`` if no report could be packed."""
        if not self.packed:
            return None
        return finish_bag(self.plan, self.packed, self.failures, bag_info)


def pack_in_this_process(items: Sequence[BagItem]) -> Iterator[Finished[BagItem, PackedReport]]:
    """Pack reports in this process, one after another."""
    for item in items:
        try:
            yield Finished(item, pack_report(item))
        except PublisherError as error:
            yield Finished(item, error)
