"""Write agendas/agenda.schema.json from the dataclasses: `python tests/agenda_schema.py`.

It says in JSON Schema what the loader accepts, so that an editor can complete and explain keys.
Every scalar is text for the loader, whatever YAML makes of it; so is it here.
"""

from __future__ import annotations

import ast
import inspect
import json
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from mentorwalk.authoring.checks.document_files import BARE_NAME
from mentorwalk.authoring.checks.findings import FORMAT, SHORT_LIMIT
from mentorwalk.authoring.format.extension import Addition, Extension
from mentorwalk.authoring.format.id_forms import CARD_ID, FIELD_ID, NAME_LIMIT, RESERVED
from mentorwalk.authoring.format.shapes import key_of
from mentorwalk.authoring.inheritance.parts import MAPS
from mentorwalk.domain.agenda import Agenda, Phase, Prompt
from mentorwalk.domain.fields import Choice, Condition, Field
from mentorwalk.domain.outcomes import Document
from mentorwalk.storage.library import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import core_schema

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]
TYPES = ("string", "number", "boolean", "null", "array", "object")


def but(*types: str) -> Schema:
    """A value of these types, which an editor does not offer: nobody is to write `null`."""
    return {"not": {"type": [each for each in TYPES if each not in types]}}


TEXT: Schema = {"anyOf": [{"type": "string"}, but("string", "number", "boolean", "null")]}
"""Any scalar: `30`, `no` and `12:30` are numbers or booleans for an editor."""


def text_like(pattern: str, told: str, *as_read: str, **more: Any) -> Schema:
    """A text of a certain form, and in words which; other types that such a text is read as."""
    form = {"pattern": pattern, "patternErrorMessage": told}
    return {"anyOf": [{"type": "string"}, but("string", *as_read)], **form, **more}


def spaced(pattern: str) -> str:
    """A form with or without space around it."""
    return rf"^\s*{pattern}\s*$"


WRITTEN = text_like(r"\S", "This is empty.", "number", "boolean")
"""Any scalar with something in it."""


def number_like(kind: str, digits: str, **more: Any) -> Schema:
    """A number, quoted or not, with the digits that it may have."""
    return {"type": [kind, "string"], "pattern": spaced(digits), **more}


def file_name(ending: str, *examples: str) -> Schema:
    """A bare file name."""
    pattern = rf"(?=[^\s]{{1,{NAME_LIMIT}}}\s*$){BARE_NAME}\{ending}"
    told = f"A bare file name that ends in `{ending}`."
    return text_like(spaced(pattern), told, examples=list(examples))


ID = "Small letters, digits, `-` and `_`, beginning with a letter."
FIELD = (
    "Small letters, digits and `_`, beginning with a letter; but none of "
    f"{', '.join(f'`{id_}`' for id_ in RESERVED)}."
)
STRICTER: Mapping[tuple[type, str], Schema] = {
    (Agenda, "mentorwalk"): number_like(
        "integer", rf"0*{FORMAT}", minimum=FORMAT, maximum=FORMAT, default=FORMAT
    ),
    (Agenda, "id"): text_like(spaced(rf"(?=[^\s]{{1,{NAME_LIMIT}}}\s*$){CARD_ID}"), ID, "boolean"),
    (Phase, "id"): text_like(spaced(CARD_ID), ID, "boolean"),
    (Prompt, "id"): text_like(spaced(CARD_ID), ID, "boolean"),
    (Field, "id"): text_like(
        spaced(rf"(?!(?:{'|'.join(RESERVED)})\s*$){FIELD_ID}"), FIELD, "boolean"
    ),
    (Phase, "short"): text_like(
        spaced(rf"\S(?:[\s\S]{{0,{SHORT_LIMIT - 2}}}\S)?"),
        f"{SHORT_LIMIT} characters at most, and one at least.",
        *("number", "boolean"),
    ),
    (Agenda, "minutes"): number_like("integer", r"0*[1-9]\d{0,8}", minimum=1, examples=[60]),
    (Agenda, "shortest"): number_like("integer", r"\d{1,9}", minimum=0, examples=[45]),
    (Agenda, "longest"): number_like("integer", r"\d{1,9}", minimum=0, examples=[90]),
    (Agenda, "language"): {**TEXT, "examples": ["en", "de", "es", "fr", "pl"]},
    (Prompt, "minutes"): number_like(
        "number", r"(?!0*(?:\.0*)?\s*$)\d{1,6}(?:\.\d{1,3})?", exclusiveMinimum=0
    ),
    (Document, "template"): file_name(".j2", "summary.md.j2", "contract.md.j2"),
    (Document, "file"): file_name(".md", "summary.md", "contract.md"),
}
"""What the checks of the loader want of a key besides its type."""
AT_LEAST_ONE = ((Agenda, "phases"), (Phase, "prompts"))
"""The lists that cannot be empty."""
EXAMPLES: Mapping[tuple[type, str], int] = {
    (Prompt, "at_least"): 30,
    (Field, "min"): 1,
    (Field, "max"): 10,
    (Choice, "days"): 183,
}
"""What an editor offers for a number that has no usual value."""


def one_of_words(*words: str) -> Schema:
    """Exactly these words, in any letters, with or without space around them."""
    among = "|".join("".join(f"[{c.upper()}{c}]" for c in word) for word in words)
    return {"type": "string", "pattern": spaced(f"({among})")}


class AsWritten(GenerateJsonSchema):
    """Says what a value may look like in the file, rather than what it becomes."""

    def str_schema(self, _schema: core_schema.StringSchema) -> Schema:
        """Any scalar is text."""
        return dict(TEXT)

    def int_schema(self, _schema: core_schema.IntSchema) -> Schema:
        """A whole number, quoted or not."""
        return number_like("integer", r"-?\d{1,9}")

    def float_schema(self, _schema: core_schema.FloatSchema) -> Schema:
        """A number, quoted or not."""
        return number_like("number", r"\d{1,6}(?:\.\d{1,3})?")

    def bool_schema(self, _schema: core_schema.BoolSchema) -> Schema:
        """Yes or no; older YAML makes booleans of them."""
        words = one_of_words("yes", "no", "true", "false")
        return {"anyOf": [{"enum": ["yes", "no"]}, words, but("boolean")]}

    def literal_schema(self, schema: core_schema.LiteralSchema) -> Schema:
        """One of a few words."""
        words = list(schema["expected"])
        pattern = spaced(f"({'|'.join(words)})")
        told: Schema = {"anyOf": [{"enum": words}, {"type": "string", "pattern": pattern}]}
        if "yes" in words:
            told["anyOf"].append({"allOf": [but("boolean"), {"not": {"const": False}}]})
        return told

    def nullable_schema(self, schema: core_schema.NullableSchema) -> Schema:
        """What may be left out is left out with its key."""
        return self.generate_inner(schema["schema"])

    def union_schema(self, schema: core_schema.UnionSchema) -> Schema:
        """One text or a list: the only union of the format."""
        several = (each for each in schema["choices"] if not isinstance(each, tuple))
        items = next(each for each in several if each["type"] == "tuple")["items_schema"][0]
        listed = {"type": "array", "items": self.generate_inner(items)}
        return {"anyOf": [*TEXT["anyOf"], listed]}

    def tuple_schema(self, schema: core_schema.TupleSchema) -> Schema:
        """A list; nothing at all is an empty one."""
        (item,) = schema["items_schema"]
        inner = self.generate_inner(item)
        if item.get("cls") is Condition or _refers_to(item, Condition):
            answers = {"anyOf": [*TEXT["anyOf"], {"type": "array", "items": TEXT}]}
            return {"type": "object", "additionalProperties": answers}
        nothing = {"enum": [None, ""]}
        # Of alternatives an editor would show a title each.
        wrong = {"not": {"anyOf": [{"type": "array"}, nothing]}}
        return {"items": inner, "if": wrong, "then": {"type": "array"}}

    def dataclass_schema(self, schema: core_schema.DataclassSchema) -> Schema:
        """Keys, and no others; a choice may be a mere word."""
        keys, part = super().dataclass_schema(schema), schema["cls"]
        required: list[str] = keys.get("required", [])
        kept: Schema = {key: keys[key] for key in ("type", "description")}
        kept["properties"] = {
            key_of(name): _key(part, name, inner, required=name in required)
            for name, inner in keys["properties"].items()
        }
        kept |= {"required": required, "additionalProperties": False}
        return {"anyOf": [*TEXT["anyOf"], kept]} if part is Choice else kept


def _key(part: type, name: str, inner: Schema, *, required: bool) -> Schema:
    """What stands behind a key of a part: what its type says, and what the loader checks."""
    default = inner.pop("default", None)
    inner.pop("title", None)
    if required and inner == TEXT:
        inner = dict(WRITTEN)
    inner = dict(STRICTER.get((part, name), inner))
    if (part, name) in AT_LEAST_ONE:
        inner = {"type": "array", "minItems": 1, "items": inner["items"]}
    if (part, name) in EXAMPLES:
        inner["examples"] = [EXAMPLES[part, name]]
    if default and not isinstance(default, dict):
        inner["default"] = default
    return inner | {"description": descriptions(part)[name]}


def _refers_to(schema: core_schema.CoreSchema, part: type) -> bool:
    """Whether a schema stands for a part that occurs several times."""
    return str(schema.get("schema_ref", "")).startswith(f"{part.__module__}.{part.__name__}:")


def descriptions(part: type) -> dict[str, str]:
    """What the docstrings below a dataclass's fields say, by field."""
    (tree,) = ast.parse(inspect.getsource(part)).body
    assert isinstance(tree, ast.ClassDef)
    said = {}
    for field, after in zip(tree.body, tree.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(after, ast.Expr):
            said[ast.unparse(field.target)] = ast.literal_eval(after.value)
    return said


NOTHING: tuple[Schema, Schema] = ({"type": "null"}, {"const": ""})
"""How a value reads that is not there."""


def keys_of_any(parts: tuple[str, ...], defined: Schema) -> Schema:
    """The keys of several parts, by reference; a key without a value is taken away."""
    ways: dict[str, list[Schema]] = {}
    for part in parts:
        for key in defined[part]["properties"]:
            ways.setdefault(key, []).append({"$ref": f"#/$defs/{part}/properties/{key}"})
    said = {
        key: defined[part]["properties"][key]
        for part in parts[::-1]
        for key in defined[part]["properties"]
    }
    return {
        key: {"anyOf": [*either, *NOTHING], "description": said[key]["description"]}
        for key, either in ways.items()
    }


def extension(defined: Schema) -> Schema:
    """The keys of an agenda that extends another."""
    said = descriptions(Extension)
    places = {key: {**TEXT, "description": words} for key, words in descriptions(Addition).items()}
    part = keys_of_any(
        ("Prompt", "Field", "Phase", *(kind.__name__ for kind in MAPS.values())), defined
    )
    added = keys_of_any(("Prompt", "Field"), defined) | places
    closed: Schema = {"type": "object", "additionalProperties": False}
    values: dict[str, Schema] = {
        "leave_out": {"type": "array", "items": TEXT},
        "change": {"type": "object", "additionalProperties": {**closed, "properties": part}},
        "add": {"type": "array", "items": {**closed, "properties": added, "required": ["id"]}},
    }
    keys = {key: {"anyOf": [value, *NOTHING]} for key, value in values.items()}
    values["as_of"] = {"type": "object", "additionalProperties": TEXT}
    keys = {"extends": dict(TEXT), **keys}
    return {key: {**value, "description": said[key]} for key, value in keys.items()}


def extensible(told: Schema) -> Schema:
    """The schema of agendas that stand alone, and of those that extend another one."""
    keys = extension(told["$defs"])
    alone = [key for key in told["required"] if key not in ("mentorwalk", "id")]
    return {
        **told,
        "properties": told["properties"] | keys,
        "required": ["mentorwalk", "id"],
        "if": {"required": ["extends"]},
        "then": {},
        "else": {"required": alone, "properties": dict.fromkeys(list(keys)[1:], False)},
    }


def schema_text() -> str:
    """The schema as it is shipped."""
    told = extensible(TypeAdapter(Agenda).json_schema(schema_generator=AsWritten))
    top = {"$schema": DIALECT, "title": "An agenda for mentorwalk", **told}
    return json.dumps(top, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    SCHEMA.write_text(schema_text(), encoding="utf-8")
