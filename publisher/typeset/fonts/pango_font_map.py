"""A Pango font map that takes its substitution rules from a fontconfig configuration of its own.

Pango looks for fonts in the configuration of the font map, but before 1.52 its FreeType font maps take the rules
that prepare a search (``<match target="pattern">``) from the configuration that is current in the process. Rules
of the machine would then decide which of our fonts are used; and to make our configuration the current one would
change the fonts of everyone else in the process. For those versions the font map here is a subclass whose
``default_substitute`` does what Pango 1.52 does.
"""

from __future__ import annotations

from typing import Any

from publisher.errors import SystemLibraryError
from publisher.messages import translatable
from publisher.system.locked_cache import locked_cache

_HEADER = """
typedef struct {
    size_t type;
    const char *name;
    unsigned int class_size;
    unsigned int instance_size;
} GTypeQuery;
typedef struct {
    void *object_class[17];
    void *font_map_class[8];
    void (*default_substitute)(void *font_map, void *pattern);
    void *others[13];
} PangoFcFontMapClass;
int pango_version(void);
void *pango_ft2_font_map_new(void);
size_t pango_ft2_font_map_get_type(void);
void pango_fc_font_map_set_config(void *font_map, void *config);
void *pango_fc_font_map_get_config(void *font_map);
void g_type_query(size_t type, GTypeQuery *query);
size_t g_type_register_static_simple(
    size_t parent, const char *name, unsigned int class_size,
    void (*class_init)(PangoFcFontMapClass *, void *), unsigned int instance_size,
    void (*instance_init)(void *, void *), unsigned int flags);
void *g_object_new_with_properties(
    size_t type, unsigned int count, const char **names, const void *values);
int FcConfigSubstitute(void *config, void *pattern, int kind);
void FcDefaultSubstitute(void *pattern);
int FcPatternGetDouble(void *pattern, const char *object, int n, double *value);
int FcPatternAddDouble(void *pattern, const char *object, double value);
"""
_NAMES = {
    "pango": ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
    "pangoft2": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll"),
    "gobject": ("libgobject-2.0.so.0", "libgobject-2.0.0.dylib", "libgobject-2.0-0.dll"),
    "fontconfig": ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll"),
}
_TAKES_RULES_FROM_THE_MAP = 15101
"""The version of Pango, 1.51.1, from which a font map's own configuration has the rules."""
_PATTERN_RULES = 0  # FcMatchPattern
_RESOLUTION = 72.0
"""Dots per inch of a FreeType font map that nobody has changed."""


def new_font_map(config: int) -> int:
    """Return a new ``PangoFontMap *`` whose fonts and rules are those of an ``FcConfig *``.

    Both are addresses. Who calls this owns the font map; it keeps a reference to the configuration.
    """
    pango, pangoft2 = _library("pango"), _library("pangoft2")
    if pango.pango_version() < _TAKES_RULES_FROM_THE_MAP:
        font_map = _library("gobject").g_object_new_with_properties(
            _font_map_type(), 0, _ffi().NULL, _ffi().NULL
        )
    else:
        font_map = pangoft2.pango_ft2_font_map_new()
    pangoft2.pango_fc_font_map_set_config(font_map, _ffi().cast("void *", config))
    return int(_ffi().cast("uintptr_t", font_map))


@locked_cache
def _font_map_type() -> int:
    """Return the type of font map that takes its rules from its own configuration."""
    ffi, gobject = _ffi(), _library("gobject")
    parent, query = _library("pangoft2").pango_ft2_font_map_get_type(), ffi.new("GTypeQuery *")
    gobject.g_type_query(parent, query)
    if query.class_size != ffi.sizeof("PangoFcFontMapClass"):
        raise SystemLibraryError(
            "Pango's font map has a form that is not known",
            hint="report this with the version of libpangoft2-1.0-0",
        )
    register = gobject.g_type_register_static_simple
    size, instance_size = query.class_size, query.instance_size
    registered = register(
        parent, b"PublisherFontMap", size, _callbacks()[0], instance_size, ffi.NULL, 0
    )
    return int(registered)


@locked_cache
def _callbacks() -> tuple[Any, Any]:
    """Return the function that fills in the class, and its method; the class needs both for good."""
    ffi, fontconfig, pangoft2 = _ffi(), _library("fontconfig"), _library("pangoft2")

    @ffi.callback("void(void *, void *)")  # type: ignore[untyped-decorator]  # cffi has no types
    def default_substitute(font_map: Any, pattern: Any) -> None:
        """Apply rules to a search, as ``pango_ft2_font_map_default_substitute`` does."""
        config = pangoft2.pango_fc_font_map_get_config(font_map)
        fontconfig.FcConfigSubstitute(config, pattern, _PATTERN_RULES)
        if fontconfig.FcPatternGetDouble(pattern, b"dpi", 0, ffi.new("double *")):  # has none
            fontconfig.FcPatternAddDouble(pattern, b"dpi", _RESOLUTION)
        fontconfig.FcDefaultSubstitute(pattern)

    @ffi.callback("void(PangoFcFontMapClass *, void *)")  # type: ignore[untyped-decorator]
    def class_init(font_map_class: Any, _data: Any) -> None:
        font_map_class.default_substitute = default_substitute

    return class_init, default_substitute


@locked_cache
def _ffi() -> Any:
    from cffi import FFI

    ffi = FFI()
    ffi.cdef(_HEADER)
    return ffi


@locked_cache
def _library(name: str) -> Any:
    for file_name in _NAMES[name]:
        try:
            return _ffi().dlopen(file_name)
        except OSError:
            continue
    raise SystemLibraryError(
        translatable("the library {name} is not on this machine", name=name),
        hint="run publisher doctor, which names the packages",
    )
