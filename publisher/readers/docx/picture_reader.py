"""The pictures of a Word file: reads the part that a drawing refers to, or reports why it cannot."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.model import Locator, SourcePicture
from publisher.readers.docx.finding_rules import (
    CROPPED_PICTURE,
    LINKED_PICTURE,
    MISSING_PICTURE,
    UNSHOWN_PICTURE,
)
from publisher.readers.limits import require
from publisher.readers.picture_decoding import PictureError, safe_picture

if TYPE_CHECKING:
    from collections.abc import Mapping

    from publisher.readers.docx.drawings import DrawnPicture
    from publisher.readers.docx.finding_collector import FindingCollector
    from publisher.readers.docx.package import Package, Relationship


class PictureReader:
    """Reads pictures; each part is decoded once, however often it is shown."""

    def __init__(self, package: Package, findings: FindingCollector) -> None:
        """Start without pictures."""
        self._package = package
        self._findings = findings
        self._decoded: dict[str, SourcePicture | PictureError] = {}
        self._count = 0

    def read(
        self,
        drawn: DrawnPicture,
        offset: int,
        relationships: Mapping[str, Relationship],
        *,
        in_table: bool,
    ) -> SourcePicture | None:
        """Return a picture; report it and return None where it cannot be shown.

        Args:
            drawn: The picture as the drawing places it.
            offset: Its offset in the text.
            relationships: The relationships of the story's part, by id.
            in_table: Whether it is in a table, where no picture is shown.

        Raises:
            LimitError: The file has too many pictures, or the picture has too many pixels.

        """
        self._count += 1
        require("pictures", self._count, where=self._package.where)
        locator = Locator(offset=offset, length=0)
        description = f": {drawn.alt}" if drawn.alt else ""
        relationship = relationships.get(drawn.embedded)
        if relationship is None or relationship.external:
            is_linked = drawn.linked or (relationship and relationship.external)
            rule = LINKED_PICTURE if is_linked else MISSING_PICTURE
            self._findings.add(rule, locator, description=description)
            return None
        picture = self._decode(relationship.target)
        if isinstance(picture, PictureError) or in_table:
            problem = picture if isinstance(picture, PictureError) else "in the cell of a table"
            file_name = relationship.target.rpartition("/")[2]
            self._findings.add(
                UNSHOWN_PICTURE,
                locator,
                file_name=file_name,
                problem=problem,
                description=description,
            )
            return None
        if drawn.cropped:
            self._findings.add(CROPPED_PICTURE, locator)
        width, height = drawn.size or (picture.width, picture.height)
        return replace(picture, alt=drawn.alt, locator=locator, width=width, height=height)

    def _decode(self, part: str) -> SourcePicture | PictureError:
        """Return the picture in a part, or the error why there is none."""
        if part not in self._decoded:
            data = self._package.read_part(part)
            try:
                if data is None:
                    raise PictureError("not in the file")  # noqa: TRY301 - handled like any other
                self._decoded[part] = safe_picture(
                    data, alt="", locator=Locator(offset=0, length=0), where=self._package.where
                )
            except PictureError as error:
                self._decoded[part] = error
        return self._decoded[part]
