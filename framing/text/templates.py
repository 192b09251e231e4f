"""Pages from templates: Jinja escapes what enters one, and nothing that steers a screen leaves it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from framing.text.escaping import clipped, one_line, visible
from framing.text.words import how_many

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # here, so that importing framing stays light

    environment = Environment(
        loader=PackageLoader("framing", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.policies["json.dumps_kwargs"] = {"separators": (",", ":"), "allow_nan": False}
    environment.filters |= {"clipped": clipped, "one_line": one_line}
    environment.globals["how_many"] = how_many
    return environment


def fill(template: str, **values: Any) -> Markup:
    """A page or a part of one: a template filled with values.

    Text is escaped, and its control characters and direction overrides are shown as marks, as :func:`framing.text.escaping.visible`
    shows them. Only what is ``Markup`` counts as HTML: what another template made, a style sheet, a chart.

    Parameters
    ----------
    template : str
        Its path in the package, such as ``"report/templates/page.html"``.
    **values
        What the template reads; it fails if one is missing.

    Returns
    -------
    Markup

    Examples
    --------
    >>> print(fill("text/templates/notebook.html", parts=["<b>\\u202egnp"]))
    <p>&lt;b&gt;⟨RLO⟩gnp</p>
    """
    from markupsafe import Markup

    return Markup(visible(_environment().get_template(template).render(values)))
