"""Custom properties: how they are written, which are missing, and which lengths a template reads."""

import pytest

from publisher.render.custom_properties import root_length, root_rule, undefined_properties


def test_fonts_are_declared_on_the_root_element():
    assert root_rule({"song": '"A", "B"', "ink-red": "#c00"}) == (
        ':root {\n  --song: "A", "B";\n  --ink-red: #c00;\n}\n'
    )


@pytest.mark.parametrize(
    ("css", "undefined"),
    [
        ("p { margin: var(--a) }", ("--a",)),
        ("p { margin: var( --a ) var(--b) var(--a) }", ("--a", "--b")),
        (":root { --a: 1mm } p { margin: var(--a) }", ()),
        ("p { margin: var(--a) } .b { --a: 1mm }", ()),
        ("p { margin: var(--a, 1mm) }", ()),
        ("p { margin: var(--a, var(--b)) }", ("--b",)),
        (":root { --a: calc(2 * var(--b)) }", ("--b",)),
        ("@page { @top-left { color: var(--a) } }", ("--a",)),
        ("@media print { p { color: var(--a) } } :root { --a: red }", ()),
        ("/* var(--a) */ p { content: 'var(--b)' }", ()),
        (":root { --A: 1mm } p { margin: var(--a) }", ("--a",)),
    ],
)
def test_a_property_without_declaration_and_fallback_is_undefined(css, undefined):
    assert undefined_properties(css) == undefined


def test_a_template_reads_the_last_length_of_the_root_element():
    css = ":root { --w: 10mm } p { --w: 1mm } :root { --w: 25.4mm; --h: 1in }"
    assert root_length(css, "--w") == pytest.approx(72)
    assert root_length(css, "--h") == pytest.approx(72)


@pytest.mark.parametrize("value", ["", "--w: 3", "--w: 1em", "--w: calc(1mm * 2)", "--w: 1mm 2mm"])
def test_a_value_that_is_no_absolute_length_is_an_error(value):
    with pytest.raises(ValueError, match=r"--w is .* which is not one absolute length"):
        root_length(f":root {{ {value} }}", "--w")
