"""A cache of stage results, for a report that is built again and again while a person decides about it.

Input: the inputs of a stage, and the function that runs it. Output: its result, from the cache if the stage had equal
inputs before. Inputs are compared by value: if a change has no effect on the input of a stage, the stage does not run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Result = TypeVar("Result")
SIZE = 4
"""Results of a stage that are stored: enough to undo a few decisions, and to compare two styles."""


class StageRunner:
    """Runs each stage whenever it is asked to."""

    def run(
        self, _stage: str, _inputs: tuple[object, ...], compute: Callable[[], Result]
    ) -> Result:
        """Return the result of a stage."""
        return compute()


class StageCache(StageRunner):
    """Runs a stage if it has no result of equal inputs. It belongs to one report and one thread at a time.

    Example:
        >>> cache = StageCache()
        >>> cache.run("parse", ("text",), lambda: "first")
        'first'
        >>> cache.run("parse", ("text",), lambda: "second")
        'first'

    """

    def __init__(self, size: int = SIZE) -> None:
        """Begin without results; ``size`` results of each stage are stored, those used last."""
        self._size = size
        self._entries: dict[str, list[tuple[tuple[object, ...], object]]] = {}

    def run(self, stage: str, inputs: tuple[object, ...], compute: Callable[[], Result]) -> Result:
        """Return the result of a stage with some inputs; compute it if it is not stored.

        Args:
            stage: The name of the stage.
            inputs: All values that the result depends on; they are immutable.
            compute: Runs the stage. An error that it raises is not stored.

        """
        entries = self._entries.setdefault(stage, [])
        for index, (known_inputs, result) in enumerate(entries):
            if known_inputs == inputs:
                entries.insert(0, entries.pop(index))
                return result  # type: ignore[return-value] # a stage has one type of results
        computed = compute()
        entries.insert(0, (inputs, computed))
        del entries[self._size :]
        return computed


RUN_ALL = StageRunner()
"""Runs every stage."""
