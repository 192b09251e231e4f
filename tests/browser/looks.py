"""What a reader of an article sees, asked from outside the page, whether or not scripts may run in it."""

from __future__ import annotations

from typing import Any

# How everything in the text of a reader looks now, the key itself left out.
_LOOKS = """root => [...root.querySelectorAll('*')].filter(part => !part.closest('fieldset')).map(part => {
    const style = getComputedStyle(part)
    const seen = ['color', 'background-color', 'border-bottom', 'outline', 'box-shadow', 'text-decoration', 'font-weight', 'font-style']
    return part.checkVisibility() ? [part.className, ...seen.map(name => style.getPropertyValue(name))].join(' | ') : part.className
})"""


def looks(reader: Any) -> list[str]:
    """Of each element in a reader its classes and, where it is shown, its looks."""
    return reader.evaluate(_LOOKS)


def layer_of(box: Any) -> str:
    """The layer that a check box switches."""
    return next(name.removeprefix("fr-see-") for name in box.get_attribute("class").split() if name.startswith("fr-see-"))
