"""Templates: those that come with cramplint, and those of a site that has its own."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from ..model import CrampError

if TYPE_CHECKING:
    from jinja2 import Environment

_OURS = "cramplint"
_MOST = 400  # characters of what went wrong: an error may quote all that a template was given


class Theme(NamedTuple):
    """A site's own templates: `files`, name and text of each, and the `folder` that they are from,
    for messages. What is not there comes with cramplint; what is there may build on it, as
    "cramplint/article.html"."""

    folder: str = ""
    files: tuple[tuple[str, str], ...] = ()


OURS = Theme()


def environment(theme: Theme, filters: Mapping[str, Callable[..., Any]]) -> Environment:
    """Where templates are drawn: escaped, strict about names, and shut off from Python."""
    from jinja2 import (
        ChoiceLoader,
        FunctionLoader,
        PackageLoader,
        PrefixLoader,
        StrictUndefined,
    )
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    own = dict(theme.files)

    def source(name: str) -> tuple[str, str, None] | None:
        return (own[name], f"{theme.folder}/{name}", None) if name in own else None

    ours = PackageLoader("cramplint", "render/templates")
    made = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([PrefixLoader({_OURS: ours}), FunctionLoader(source), ours]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,  # a run has one set of templates
    )
    made.filters.update(filters)
    return made


def names() -> tuple[str, ...]:
    """The templates that cramplint draws pages by."""
    from jinja2 import PackageLoader

    return tuple(PackageLoader("cramplint", "render/templates").list_templates())


def draw(made: Environment, theme: Theme, name: str, values: Mapping[str, Any]) -> str:
    """The text of the template `name`. Raises CrampError, with file and line, for what is wrong
    with a template of the site's own."""
    if not theme.files:
        return made.get_template(name).render(values)
    try:
        return made.get_template(name).render(values)
    except Exception as error:
        raise told(error, theme) from error


def told(error: Exception, theme: Theme) -> CrampError:
    """What is wrong with a template, where, and what to do."""
    from jinja2 import TemplateNotFound, TemplateSyntaxError, UndefinedError

    todo = "compare cramplint's own template of that name"
    if isinstance(error, TemplateSyntaxError):
        file = error.filename or f"{theme.folder}/{error.name}"
        return CrampError(_short(error.message or "is no template"), f"{file}:{error.lineno}", todo)
    own = {f"{theme.folder}/{name}" for name, _ in theme.files}
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename in own]
    where = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else theme.folder
    if isinstance(error, TemplateNotFound):
        return CrampError(f"there is no template {error.name}", where, "name one of the folder's")
    what = str(error) if isinstance(error, UndefinedError) else f"{type(error).__name__}: {error}"
    return CrampError(_short(what), where, todo)


def _short(words: str) -> str:
    return words if len(words) <= _MOST else words[:_MOST] + "…"
