"""The published shape of an article's JSON document, as a JSON Schema (draft 2020-12).

A member that is always there is required; members are added without a new version, and never change
their meaning within one.
"""

from __future__ import annotations

from typing import Any

VERSION = 1
_TEXT = {"type": "string"}
_NAME = {"type": "string", "minLength": 1}
_HTML = {"type": "string", "description": "Sanitised HTML; headings begin at level 2."}
_FLAG = {"type": "boolean"}
_COUNT = {"type": "integer", "minimum": 0}
_NUMBER = {"type": "number"}
_DATE = {"type": "string", "format": "date", "pattern": "^\\d{4}-\\d{2}-\\d{2}$"}


def article() -> dict[str, Any]:
    """The schema of the document of one article."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:cramplint:schema:article:{VERSION}",
        "title": "An article as cramplint publishes it",
        **_object(
            {
                "generator": {"const": "cramplint"},
                "schema_version": {"const": VERSION},
                "id": _about(_NAME, "The path of its page without the ending; it stays the same."),
                "path": _about(_NAME, "Of its page, from the root of the site."),
                "url": {"type": "string", "format": "uri"},
                "slug": _NAME,
                "lang": _about(_NAME, "A BCP 47 tag."),
                "locale": _about(_TEXT, "The country of its readers; empty if it is not known."),
                "type": _about(_NAME, "article, story, news, recipe, landing or another."),
                "health_article": _FLAG,
                "title": _TEXT,
                "description": _TEXT,
                "dates": _object(
                    dict.fromkeys(("created", "updated", "last_reviewed", "next_review"), _DATE),
                    optional=("created", "updated", "last_reviewed", "next_review"),
                ),
                "authors": _list(_PERSON),
                "reviewers": _about(_list(_PERSON), "Whom the front matter names, and no other."),
                "topics": _list(_NAME),
                "funding": _TEXT,
                "sections": _list(_SECTION),
                "faq": _list(_object(_QUESTION)),
                "red_flags": _list(_object(_RED_FLAG)),
                "doses": _about(_list(_object(_DOSE)), "Amounts of nutrients, in their order."),
                "references": _list(_object({"text": _NAME, "url": _NAME}, ("text", "url"))),
                "related": _list(
                    _object({"slug": _NAME, "title": _NAME, "url": _about(_NAME, "Relative.")})
                ),
                "disclaimer": _object(
                    {"level": {"enum": ["full", "partial", "none"]}, "text": _TEXT}
                ),
                "readability": _about(
                    {"oneOf": [{"type": "null"}, _object(_GRADES)]},
                    "Grades of school in the United States; null for other languages than English"
                    " and for texts of fewer than ten sentences.",
                ),
                "lint": _object(
                    {
                        **dict.fromkeys(("errors", "warnings", "notes", "suppressed"), _COUNT),
                        "rules": _about(_counts(), "How often each rule was broken."),
                    }
                ),
                "source": _object(
                    {
                        "path": _NAME,
                        "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
                    }
                ),
                "content_html": _HTML,
                "content_text": _TEXT,
                "extra": {
                    "type": "object",
                    "description": "The keys of the front matter that are not cramplint's own.",
                },
            },
            optional=("url",),
        ),
    }


def _object(members: dict[str, Any], optional: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": members,
        "required": [name for name in members if name not in optional],
        "additionalProperties": False,
    }


def _list(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item}


def _counts() -> dict[str, Any]:
    return {"type": "object", "additionalProperties": {"type": "integer", "minimum": 1}}


def _about(schema: dict[str, Any], words: str) -> dict[str, Any]:
    return {**schema, "description": words}


_PERSON = _object(
    {"name": _NAME, "credentials": _NAME, "url": _NAME, "organisation": {"const": True}},
    optional=("credentials", "url", "organisation"),
)
_BOTH = {"html": _HTML, "text": _TEXT}
_BLOCK = _object(
    {
        "kind": {
            "enum": [
                *("paragraph", "list", "table", "quote", "callout", "code", "html", "rule"),
            ]
        },
        **_BOTH,
        "ordered": _FLAG,
        "items": _about(_list(_object(_BOTH)), "Of a list, without the lists inside them apart."),
        "rows": _about(_list(_list(_TEXT)), "Of a table, its head first; plain text."),
    },
    optional=("ordered", "items", "rows"),
)
_SECTION = _object(
    {
        "id": _about(_TEXT, "Of its heading on the page; empty before the first heading."),
        "title": _TEXT,
        "level": {"type": "integer", "minimum": 0, "maximum": 6},
        **_BOTH,
        "blocks": _list(_BLOCK),
    }
)
_QUESTION = {"question": _NAME, "answer_text": _TEXT, "answer_html": _HTML}
_RED_FLAG = {
    "id": _TEXT,
    "tier": _about(
        {"enum": ["emergency", "urgent", "soon", None]},
        "How soon it asks for care; null where its words do not say.",
    ),
    "title": _TEXT,
    "text": _TEXT,
    "signs": _list(_TEXT),
}
_DOSE = {
    "text": _about(_NAME, "As written."),
    "nutrient": {"type": ["string", "null"]},
    "low": _NUMBER,
    "high": _NUMBER,
    "unit": _NAME,
    "per": _about({"type": ["string", "null"]}, "day, week, month, dose or kg."),
    "times": _about(_NUMBER, "How often in that time."),
    "class": _about(
        {"enum": ["recommend", "limit", "food", "lab", "study", "strength", "other"]},
        "What the amount is said for.",
    ),
    "form": {"type": ["string", "null"]},
    "elemental": {"type": ["boolean", "null"]},
    "people": {"type": ["string", "null"]},
}
_GRADES = {"flesch_kincaid_grade": _NUMBER, "smog": _NUMBER}
