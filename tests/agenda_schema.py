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

from mentorwalk.authoring.extension import Addition, Extension
from mentorwalk.authoring.parts import MAPS
from mentorwalk.authoring.shapes import key_of
from mentorwalk.domain import agenda
from mentorwalk.domain.fields import Choice, Condition
from mentorwalk.storage.library import SCHEMA

if TYPE_CHECKING:
    from pydantic_core import core_schema

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]
TEXT: Schema = {"type": ["string", "number", "boolean", "null"]}
"""Any scalar: `30`, `no` and `12:30` are numbers or booleans for an editor."""


def one_of_words(*words: str, **more: Any) -> Schema:
    """Exactly these words, with or without space around them."""
    among = "|".join("".join(f"[{c.upper()}{c}]" for c in word) for word in words)
    return {"type": "string", "pattern": rf"^\s*({among})\s*$", **more}


class AsWritten(GenerateJsonSchema):
    """Says what a value may look like in the file, rather than what it becomes."""

    def str_schema(self, _schema: core_schema.StringSchema) -> Schema:
        """Any scalar is text."""
        return dict(TEXT)

    def int_schema(self, _schema: core_schema.IntSchema) -> Schema:
        """A whole number, quoted or not."""
        return {"type": ["integer", "string"], "pattern": r"^\s*-?\d{1,9}\s*$"}

    def float_schema(self, _schema: core_schema.FloatSchema) -> Schema:
        """A number, quoted or not."""
        return {"type": ["number", "string"], "pattern": r"^\s*\d{1,6}(\.\d{1,3})?\s*$"}

    def bool_schema(self, _schema: core_schema.BoolSchema) -> Schema:
        """Yes or no; older YAML makes booleans of them."""
        return {"anyOf": [{"enum": [True, False]}, one_of_words("yes", "no", "true", "false")]}

    def literal_schema(self, schema: core_schema.LiteralSchema) -> Schema:
        """One of a few words."""
        words = list(schema["expected"])
        as_read = [True] if "yes" in words else []
        pattern = rf"^\s*({'|'.join(words)})\s*$"
        return {"anyOf": [{"enum": [*words, *as_read]}, {"type": "string", "pattern": pattern}]}

    def nullable_schema(self, schema: core_schema.NullableSchema) -> Schema:
        """What may be left out is left out with its key."""
        return self.generate_inner(schema["schema"])

    def tuple_schema(self, schema: core_schema.TupleSchema) -> Schema:
        """A list; nothing at all is an empty one."""
        (item,) = schema["items_schema"]
        inner = self.generate_inner(item)
        if item.get("cls") is Condition or _refers_to(item, Condition):
            answers = {"anyOf": [TEXT, {"type": "array", "items": TEXT}]}
            return {"type": "object", "additionalProperties": answers}
        return {"anyOf": [{"type": "array", "items": inner}, {"type": "null"}, {"const": ""}]}

    def dataclass_schema(self, schema: core_schema.DataclassSchema) -> Schema:
        """Keys, and no others; a choice may be a mere word."""
        keys = super().dataclass_schema(schema)
        kept: Schema = {key: keys[key] for key in ("type", "description", "properties")}
        said = descriptions(schema["cls"])
        for name, inner in kept["properties"].items():
            inner.pop("title", None)
            inner["description"] = said[name]
            if not inner.get("default") or isinstance(inner["default"], dict):
                inner.pop("default", None)
        kept["properties"] = {key_of(name): inner for name, inner in kept["properties"].items()}
        kept |= {"required": keys.get("required", []), "additionalProperties": False}
        return {"anyOf": [TEXT, kept]} if schema["cls"] is Choice else kept


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
    told = extensible(TypeAdapter(agenda.Agenda).json_schema(schema_generator=AsWritten))
    top = {"$schema": DIALECT, "title": "An agenda for mentorwalk", **told}
    return json.dumps(top, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    SCHEMA.write_text(schema_text(), encoding="utf-8")
