"""Front matter: where it is, what it holds, and where each of its keys stands.

python-frontmatter knows the fence and hands the YAML to a loader; the loader is ours, since the
stock one forgets positions, keeps the last of two equal keys, turns `no` into False and `012` into
10, and follows aliases. Dates stay texts: a rule says whether they are good dates.
"""

from __future__ import annotations

import re
from typing import Any

from ..model import CrampError, Meta, Source, Span
from ..patterns import lazy

_LIMIT = 64 * 1024  # code points of front matter; real ones have some hundreds
_DEPTH = 20
_OPENED = lazy(r"-{3}[ \t]*\n")
_CLOSED = lazy(r"^(?:-{3}|\.{3})[ \t]*$", re.MULTILINE)
_KEYISH = lazy(r"[\w\"'-]+[ \t]*:(?:[ \t\n]|$)")
# The lines that most front matter is made of: plain or quoted scalars, without escapes, lists of
# plain words, and items that are such scalars or flat mappings of plain words.
_FLOW = r"(?:[^\W_]|/)(?:[^\s:#\[\]{},\"'\\]|(?<=[^\s,])[ ](?=[^\s:#\[\]{},\"'\\]))*"
_BLOCK = r"(?:[^\W_]|/)(?:[^\s:#]|(?<!\s)#|:(?=\S)|[ ](?=[^\s#]))*"
_SCALAR = rf"(?:{_BLOCK}|\"[^\s\"\\]?(?:[ ]?[^\s\"\\])*\"|'[^\s']?(?:[ ]?[^\s'])*')"
_PAIRS = rf"[A-Za-z_]\w*:[ ]{_FLOW}(?:,[ ]?[A-Za-z_]\w*:[ ]{_FLOW})*"
_LINE = lazy(
    rf"[ ]*|(?:(?P<key>[A-Za-z_][\w-]*):(?:[ ]+(?:(?P<value>{_SCALAR})|"
    rf"\[[ ]*(?P<list>(?:{_FLOW}(?:[ ]*,[ ]*{_FLOW})*)?)[ ]*\]))?|"
    rf"[ ]{{0,4}}-[ ](?:(?P<item>{_SCALAR})|(?P<map>\{{{_PAIRS}\}})))[ ]*"
)
_FLOW_ITEM, _FLOW_PAIR = lazy(_FLOW), lazy(rf"(?P<key>[A-Za-z_]\w*):[ ](?P<value>{_FLOW})")
_NUMBER = lazy(r"[-+]?(?:0|[1-9][0-9]{0,17})(?P<fraction>\.[0-9]{1,17})?")
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}


def front_matter(source: Source) -> Meta:
    """The front matter of `source`; an empty Meta if it has none.

    Raises CrampError (path:line) for a fence that is never closed, for what is no YAML, and for
    YAML that front matter has no use for: equal keys, aliases, tags, deep nesting.
    """
    text = source.text
    opened = _OPENED.match(text)
    if not opened:
        return Meta()
    closed = _CLOSED.search(text, opened.end())
    if not closed:
        if not _KEYISH.match(text, opened.end()):
            return Meta()  # a thematic break, not a fence
        raise CrampError(
            "the front matter is never closed",
            f"{source.name}:1",
            "add a line --- below its last key",
        )
    block = text[opened.end() : closed.start()]
    if not block.strip():
        return Meta(span=Span(0, closed.end()))
    if len(block) > _LIMIT:
        raise CrampError("the front matter is longer than 64 KiB", f"{source.name}:1")
    data, keys = _plain(block, opened.end()) or _load(block, opened.end(), source)
    return Meta(data, keys, Span(0, closed.end()))


def _plain(block: str, offset: int) -> tuple[dict[str, Any], dict[str, Span]] | None:
    """What `_load` gives, for the plain lines that most front matter is made of; None for anything
    else. Loading the library takes longer than checking a small page."""
    data: dict[str, Any] = {}
    keys: dict[str, Span] = {}
    listed = ""  # the key whose items the next lines may be
    margin = 0  # of its items
    below = offset
    for line in block.split("\n"):
        at, below = below, below + len(line) + 1
        found = _LINE.fullmatch(line)
        if not found or not line.isprintable():
            return None
        key, value = found["key"], found["value"]
        if found["item"] or found["map"]:
            if not listed:
                return None
            indent = line.index("-")
            margin = margin if data[listed] else indent
            if indent != margin:
                return None
            data[listed] = items = data[listed] or []
            name = f"{listed}.{len(items)}"
            if found["item"]:
                keys[name] = _within(found, "item", at)
                items.append(_simple(found["item"]))
                continue
            first = at + found.start("map")
            keys[name] = Span(first, first + 1)
            items.append({})
            for pair in _FLOW_PAIR.finditer(found["map"]):
                if pair["key"] in items[-1]:
                    return None
                items[-1][pair["key"]] = _scalar(pair["value"])
                keys[f"{name}.{pair['key']}"] = _within(pair, "key", first)
        elif key is not None:
            if key in data:
                return None
            keys[key] = _within(found, "key", at)
            listed = "" if value or found["list"] is not None else key
            data[key] = _simple(value) if value else None
            if found["list"] is not None:
                first = at + found.start("list")
                words = list(_FLOW_ITEM.finditer(found["list"]))
                data[key] = [_scalar(word[0]) for word in words]
                for i, word in enumerate(words):
                    keys[f"{key}.{i}"] = Span(first + word.start(), first + word.end())
    return (data, keys) if data else None


def _within(found: re.Match[str], group: str, at: int) -> Span:
    return Span(at + found.start(group), at + found.end(group))


def _simple(text: str) -> Any:
    return text[1:-1] if text[0] in "\"'" else _scalar(text)


def _load(block: str, offset: int, source: Source) -> tuple[dict[str, Any], dict[str, Span]]:
    import yaml
    from frontmatter.default_handlers import YAMLHandler

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class Positions(base):  # type: ignore[misc]  # the base is chosen at run time
        def get_single_data(self) -> tuple[Any, dict[str, Span]]:
            return _build(self, offset)

    try:
        data, keys = YAMLHandler().load(block, Loader=Positions)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = source.text.count("\n", 0, offset) + 1 + (mark.line if mark else 0)
        problem = getattr(error, "problem", None) or str(error).split("\n")[0]
        raise CrampError(
            f"the front matter is no YAML: {problem}", f"{source.name}:{line}", "mend that line"
        ) from error
    except _Refused as refused:
        what, at = refused.args
        line = source.text.count("\n", 0, offset + at) + 1
        raise CrampError(what, f"{source.name}:{line}", "write it out plainly") from refused
    if not isinstance(data, dict):
        raise CrampError(
            "the front matter holds no keys", f"{source.name}:2", "write `key: value` lines"
        )
    return data, keys


class _Refused(Exception):
    """(what, index into the block): YAML that is legal and not for front matter."""


def _build(loader: Any, offset: int) -> tuple[Any, dict[str, Span]]:
    """The loader's events -> plain data and key positions, without recursion."""
    import yaml

    kinds: Any = yaml  # the stubs know less of events than the library does
    keys: dict[str, Span] = {}
    root: list[Any] = []
    # One frame a container: (container, path, the key that waits for its value).
    stack: list[list[Any]] = [[root, "", None]]
    while loader.check_event():
        event: Any = loader.get_event()
        at = event.start_mark.index
        if isinstance(event, kinds.AliasEvent) or getattr(event, "anchor", None):
            raise _Refused("the front matter uses a YAML anchor or alias", at)
        if isinstance(event, kinds.NodeEvent) and event.tag:
            raise _Refused(f"the front matter uses the YAML tag {event.tag}", at)
        if isinstance(event, kinds.CollectionEndEvent):
            stack.pop()
            continue
        if not isinstance(event, kinds.NodeEvent):
            continue
        holder, path, key = stack[-1]
        value: Any
        if isinstance(event, kinds.ScalarEvent):
            value = _scalar(event.value) if event.implicit[0] else event.value
        else:
            value = {} if isinstance(event, kinds.MappingStartEvent) else []
        span = Span(offset + at, offset + event.end_mark.index)
        if isinstance(holder, dict) and key is None:
            if not isinstance(event, kinds.ScalarEvent):
                raise _Refused("a key of the front matter is a list or a mapping", at)
            name = event.value
            if name in holder:
                raise _Refused(f"the key {name} stands twice in the front matter", at)
            holder[name] = None
            keys[f"{path}{name}"] = span
            stack[-1][2] = name
            continue
        if isinstance(holder, dict):
            holder[key] = value
            inner = f"{path}{key}."
            stack[-1][2] = None
        else:
            if holder is root and root:
                raise _Refused("the front matter holds two YAML documents", at)
            inner = "" if holder is root else f"{path}{len(holder)}."
            if inner:
                keys[inner[:-1]] = span
            holder.append(value)
        if not isinstance(event, kinds.ScalarEvent):
            if len(stack) > _DEPTH:
                raise _Refused(f"the front matter is nested deeper than {_DEPTH}", at)
            stack.append([value, inner, None])
    return (root[0] if root else {}), keys


def _scalar(text: str) -> Any:
    """A plain scalar: null, true, false, a decimal number; anything else is a text."""
    if text.lower() in _WORDS and text in (text.lower(), text.title(), text.upper()):
        return _WORDS[text.lower()]
    number = _NUMBER.fullmatch(text)
    if not number:
        return text
    return float(text) if number["fraction"] else int(text)
