"""Content streams that mark what they paint with the tags of a plan (ISO 32000-1, 14.6)."""

from __future__ import annotations

import contextlib
from functools import cache
from typing import TYPE_CHECKING, Any

from publisher.typeset.output.press_colours import press_stream
from publisher.typeset.tagging.plan import Artifact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.typeset.tagging.plan import StructurePlan


@cache
def stream_class(*, press: bool) -> Any:
    """Return the class of a page's content stream; with ``press`` its colours are inks."""
    import publisher._pydyf as pydyf
    from publisher._weasyprint.pdf.stream import Stream

    class MarkedStream(press_stream(Stream) if press else Stream):  # type: ignore[misc]  # weasyprint has no types
        """A page's content stream that marks each box with its tag in the plan."""

        def __init__(self, page: int, plan: StructurePlan, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self._plan, self._page, self._mcid = plan, page, 0

        @contextlib.contextmanager
        def marked(self, box: Any, tag: str) -> Iterator[None]:
            content = self._plan.contents.get(box, _LAYOUT)
            if isinstance(content, Artifact):
                entries = {"Type": f"/{content.artifact_type}"}
                if content.subtype:
                    entries["Subtype"] = f"/{content.subtype}"
                self.begin_marked_content("Artifact", pydyf.Dictionary(entries))
            else:
                content.mcid = self._mcid
                self._mcid += 1
                self.stream.append(b"/%b\n<</MCID %d>>\nBDC" % (tag.encode(), content.mcid))
            try:
                yield
            finally:
                self.end_marked_content()

    return MarkedStream


_LAYOUT = Artifact(artifact_type="Layout")
