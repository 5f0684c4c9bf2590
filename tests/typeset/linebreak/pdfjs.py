"""The text that pdf.js extracts: a model of its rules for spaces, and pdf.js itself where it is installed.

The rules are those of ``getTextContent`` in ``src/core/evaluator.js`` of pdf.js 5, for upright horizontal text.
"""

import json
import os
import subprocess
from io import BytesIO
from math import hypot
from pathlib import Path

from pypdf import PdfReader

from publisher.pdf.content_stream import Interpreter
from publisher.pdf.geometry import multiply
from publisher.pdf.syntax import resolve, stream_data

PDFJS = os.environ.get("PUBLISHER_PDFJS", "")
"""The folder of the npm package pdfjs-dist; empty if it is not installed."""
_NO_SPACE, _SPACE, _BACK = 0.03, 0.102, -0.2
"""In em: the gaps that forget a space, and make one; the step back that begins another text."""
_PROGRAM = """
const { getDocument } = await import(process.argv[1]);
const data = new Uint8Array(await (await import("fs")).promises.readFile("/dev/stdin"));
const file = await getDocument({ data, verbosity: 0 }).promise;
const pages = [];
for (let number = 1; number <= file.numPages; number++) {
  const content = await (await file.getPage(number)).getTextContent();
  pages.push(content.items.map(item => item.str + (item.hasEOL ? "\\n" : "")).join(""));
}
console.log(JSON.stringify(pages));
"""


class _Reading(Interpreter):
    def __init__(self):
        super().__init__({})
        self.parts, self.last = [], [" ", " "]
        self.previous = None
        self.open = False
        self.font_size = self.height = 0.0
        self.scale = 1.0
        self.shown_in = None

    def set_text_matrix(self, *matrix):
        super().set_text_matrix(*matrix)
        if self.open:
            self.scale = self._line_scale()

    def show_adjusted(self, items):
        state = self.state
        if self.shown_in != (state.font, state.size):
            self.open, self.shown_in = False, (state.font, state.size)
        for item in items:
            if isinstance(item, float):
                self._advance(-item * 0.001 * state.size)
                continue
            for character, width, is_space in map(state.font.__getitem__, state.font.codes(item)):
                after = state.character_spacing + (state.word_spacing if is_space else 0.0)
                if character.isspace():
                    self._advance(width * state.size + after)
                    self._save(" ")
                    continue
                self._compare()
                self._begin()
                self._advance(width * state.size)
                self.previous = self._position() if width else self.previous
                if self._save(character):
                    self.parts.append(" ")
                self.parts.append(character)
                self._advance(after)

    def _advance(self, width):
        offset = (1.0, 0.0, 0.0, 1.0, width * self.state.horizontal_scale, 0.0)
        self.text_matrix = multiply(offset, self.text_matrix)

    def _position(self):
        raised = multiply((1.0, 0.0, 0.0, 1.0, 0.0, self.state.rise), self.text_matrix)
        return multiply(raised, self.state.ctm)[4:]

    def _line_scale(self):
        return hypot(*self.line_matrix[:2]) * hypot(*self.state.ctm[:2])

    def _begin(self):
        if not self.open:
            self.open, self.font_size = True, self.state.size
            matrix = multiply(self.text_matrix, self.state.ctm)
            self.scale, self.height = self._line_scale(), hypot(*matrix[2:4]) * self.state.size

    def _compare(self):
        if self.previous is None or self.previous == self._position():
            return
        (x, y), (left, base) = self._position(), self.previous
        gap, rise = (x - left) / self.scale, abs(y - base)
        if (gap < _BACK * self.font_size and rise > 0.5 * self.height) or rise > self.height:
            self.parts.append("\n")
            self.last, self.open = [" ", " "], False
            return
        if gap <= _NO_SPACE * self.font_size:
            self.last = [" ", " "]
        elif gap > _SPACE * self.font_size or self._has_space():
            self.parts.append(" ")
            self.last = [" ", " "]

    def _has_space(self):
        return self.last[1] == " " != self.last[0]

    def _save(self, character):
        was_space = self._has_space()
        self.last = [self.last[1], character]
        return was_space and character != " "


_Reading.operators = {
    **Interpreter.operators,
    b"Tm": ((float,) * 6, _Reading.set_text_matrix),
    b"TJ": ((list,), _Reading.show_adjusted),
}


def modelled_text(data):
    """Return the text of a PDF as pdf.js extracts it, by the model."""
    texts = []
    for page in PdfReader(BytesIO(data)).pages:
        contents = resolve(page["/Contents"])
        streams = contents if isinstance(contents, list) else [contents]
        reading = _Reading()
        reading.interpret(b"\n".join(map(stream_data, map(resolve, streams))), page["/Resources"])
        texts.append("".join(reading.parts))
    return "\n".join(texts)


def pdfjs_text(data):
    """Return the text of a PDF as pdf.js extracts it; ``PDFJS`` must be set."""
    module = Path(PDFJS).resolve() / "legacy/build/pdf.mjs"
    command = ["node", "--input-type=module", "-e", _PROGRAM, module.as_uri()]
    result = subprocess.run(command, input=data, capture_output=True, check=True)
    return "\n".join(json.loads(result.stdout))
