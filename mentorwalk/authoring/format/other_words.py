"""Words that people try, from forms and other tools, and what agendas call the same."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from mentorwalk.domain.errors import looks_misspelt

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_KINDS = {
    "text": "string str textarea paragraph freetext open words comment email name phone",
    "list": "array bullets bulletlist bulletpoints multiline",
    "select": "radio dropdown choice choices singlechoice enum option options choose",
    "checkbox": "multiplechoice multichoice multiple multiselect checkboxes checklist",
    "confirm": "yesno yesorno boolean bool toggle switch truefalse",
    "number": "integer int float numeric amount",
    "scale": "rating score stars slider likert range nps 15 110 05 010",
    "date": "day datetime calendar",
    "time": "hour clock",
    "ratings": "matrix grid wheel table",
    "ranking": "rank order sort priorities",
    "outline": "tree mindmap nested",
}
_KEYS = {
    "pick": "label value option choice name title",
    "ask": "question prompt frage title label heading",
    "label": "name question title text prompt ask",
    "heading": "title name label",
    "group": "title name label heading",
    "title": "name heading label",
    "kind": "type",
    "of": "fields field answers",
    "short": "abbreviation",
    "prompts": "cards questions steps",
    "phases": "sections stages parts",
    "record": "fields answers write form notes questions",
    "settle": "agree agreement sheet decide",
    "choices": "options answers values",
    "choices_from": "optionsfrom answersfrom valuesfrom",
    "low": "labels lowlabel minlabel",
    "high": "highlabel maxlabel",
    "minutes": "duration time length mins min timebox",
    "shortest": "min minimum",
    "longest": "max maximum",
    "meeting": "nextmeeting",
    "prepare": "preparation beforehand",
    "intro": "introduction",
    "leave_out": "remove delete omit drop without",
    "default": "usual preselected preset initial",
    "required": "mandatory compulsory",
    "extra": "optional",
    "to": "who speaker person role for in into at",
    "after": "behind following",
    "before": "above",
    "stuck": "hints hint probes",
    "tip": "hint note help notes description",
    "help": "hint description placeholder",
    "means": "description explanation help",
    "read": "script say text intro",
    "about": "description summary introduction",
    "aim": "goal purpose objective",
    "when": "if condition showif onlyif",
    "says": "text sentence",
    "language": "lang locale",
    "who": "name person contact",
    "how": "email mail phone address",
}
_VALUES = {
    "yes": "true on ja oui y",
    "no": "false off nein n",
    "never": "no private secret",
    "ask": "maybe",
    "both": "yes everyone everybody all each mentorandmentee menteeandmentor mentormentee",
}
"""Values that choose one of a few, such as those of `share`, `to` and `by`, and what is a yes."""
_TOLD_BY = {"ideas": "text", "as": "checkbox", "days_from": "date"}
"""Keys that only one type of field has, with that type."""
_CHOOSING = ("select", "checkbox", "ranking")
_RATED = {"items", "items_from", "low", "high"}
"""Keys that tell `ratings` where there is a list of words."""
_LANGUAGES = {
    "ar": "arabic العربية",
    "cs": "czech čeština česky",
    "da": "danish dansk",
    "de": "german deutsch",
    "el": "greek ελληνικά",
    "en": "english englisch",
    "es": "spanish español castellano",
    "fi": "finnish suomi",
    "fr": "french français",
    "he": "hebrew עברית",
    "hi": "hindi हिन्दी",
    "hu": "hungarian magyar",
    "it": "italian italiano",
    "ja": "japanese 日本語",
    "ko": "korean 한국어",
    "nl": "dutch nederlands",
    "no": "norwegian norsk",
    "pl": "polish polski",
    "pt": "portuguese português",
    "ro": "romanian română",
    "ru": "russian русский",
    "sv": "swedish svenska",
    "tr": "turkish türkçe",
    "uk": "ukrainian українська",
    "zh": "chinese 中文 汉语",
}


def _by_word(words: Mapping[str, str]) -> dict[str, list[str]]:
    """Return what each of the other words may stand for, the likeliest first."""
    others = {word for each in words.values() for word in each.split()}
    return {word: [ours for ours, each in words.items() if word in each.split()] for word in others}


_BY_WORD = {"type": _by_word(_KINDS), "value": _by_word(_VALUES), "key": _by_word(_KEYS)}


def our_word(word: str, key: str, known: Collection[str], beside: Collection[str] = ()) -> str:
    """Return the known key, or value of a key, that another word stands for; empty if none.

    The keys that stand beside `type` may say which one is meant.
    """
    words = _BY_WORD["type" if key == "type" else "value" if key else "key"]
    # Of several words, such as “short text”, one may be the one that counts.
    plain = [re.sub(r"[\W_]", "", each) for each in (word.casefold(), *word.casefold().split())]
    named = (each for each in plain[1:] if key == "type" and each in known)
    tried = (ours for each in plain for ours in words.get(each, ()) if ours in known)
    ours = next(chain(named, tried), "")
    return _told_by(beside, ours or word) or ours if key == "type" else ours


def _told_by(beside: Collection[str], kind: str) -> str:
    """Return the type of field that the keys beside another word for one tell; empty if none."""
    if told := [each for key, each in _TOLD_BY.items() if key in beside]:
        return told[0]
    lists = {"items", "items_from", "choices", "choices_from"}.intersection(beside)
    if not lists or kind in _CHOOSING or looks_misspelt(kind, _CHOOSING):
        return ""
    return "ratings" if _RATED.intersection(beside) else "select"


def language_called(name: str) -> str:
    """Return the short name of a language, `de` for `deutsch` or `DE`; empty if it is unknown."""
    plain = name.strip().casefold()
    found = next((short for short, names in _LANGUAGES.items() if plain in names.split()), "")
    parts = re.fullmatch(r"([a-z]{2,3})(?:[-_ ]([a-z]{2}))?(?:\.utf-?8)?", plain)
    if found or not parts:
        return found
    return f"{parts[1]}-{parts[2].upper()}" if parts[2] else parts[1]


_ENDS = {
    **dict.fromkeys((">=", "≥", "at least", "from"), (">", 0)),
    **dict.fromkeys(("<=", "≤", "at most", "up to"), ("<", 0)),
    **dict.fromkeys((">", "more than", "over", "above"), (">", 1)),
    **dict.fromkeys(("<", "less than", "under", "below"), ("<", -1)),
}
"""By how people write one end of a range: its sign, and what is added to its number."""


def range_meant(answer: str) -> str:
    """Return the range that `>5`, `0-4` or `6 .. 10` stands for; empty if it is none."""
    number = r"\s*(\d+)\s*"
    if both := re.fullmatch(rf"{number}(?:-|–|\.{{2,3}}|…|to){number}", answer):
        return f"{both[1]}..{both[2]}"
    if end := re.fullmatch(rf"({'|'.join(_ENDS)}){number}", answer):
        limit = int(end[2]) + _ENDS[end[1]][1]
        return f"{limit}.." if _ENDS[end[1]][0] == ">" else f"..{limit}"
    more = re.fullmatch(rf"{number}(?:\+|or more|and more)", answer)
    return f"{more[1]}.." if more else ""
