"""Words that people try, from forms and other tools, and what agendas call the same."""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from mentorwalk.domain.errors import looks_misspelt

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

_KINDS = {
    "text": "string str textarea paragraph freetext open words comment email name phone "
    "shortanswer longanswer openanswer freitext kurztext langtext kurzantwort absatz textelibre "
    "texte step",
    "list": "array bullets bulletlist bulletpoints multiline liste",
    "select": "radio dropdown choice choices singlechoice enum option options choose "
    "multiplechoice auswahl einfachauswahl",
    "checkbox": "multichoice multiple multiselect checkboxes checklist mehrfachauswahl",
    "confirm": "yesno yesorno boolean bool toggle switch truefalse janein jaodernein ouinon",
    "number": "integer int float numeric amount zahl nummer anzahl nombre percentage percent "
    "prozent",
    "scale": "rating score stars slider likert range nps 15 110 05 010 skala",
    "date": "day datetime calendar datum tag fecha jour",
    "time": "hour clock uhrzeit zeit heure hora",
    "ratings": "matrix grid wheel table multiplechoicegrid checkboxgrid tickboxgrid",
    "ranking": "rank order sort priorities rangfolge reihenfolge",
    "outline": "tree mindmap nested",
}
_PEOPLE = {
    "mentor": "coach tutor",
    "mentee": "coachee protege protégé student",
}
_SOMEBODY = {
    "name",
    "firstname",
    "you",
    "your",
    "their",
    "person",
    "partner",
    "participant",
    "user",
}
THE_TWO = " The two are `{mentor}` and `{mentee}` in texts."
_OTHER = (
    *("other", "others", "something else", "anything else", "sonstiges", "anderes", "andere"),
    *("autre", "autres", "otro", "otros", "inne", "altro", "anders", "annat", "outro"),
)
"""Choices that ask for own words."""
_NOTES = {
    ("multiplechoice", "select"): " Where several can be chosen, it is `checkbox`.",
    ("step", "text"): " That it stays open is said by `step: yes` below it.",
    ("menteefirst", "both"): " Who begins is said by `first: mentee` below it.",
    ("both", ""): " Where either may begin, take it out.",
    ("mentorthenmentee", "both"): " Who begins is said by `first: mentor` below it.",
    ("menteethenmentor", "both"): " Who begins is said by `first: mentee` below it.",
    ("mentorfirst", "both"): " Who begins is said by `first: mentor` below it.",
}
"""What else is said of a word that stands for two of ours, by the word and the first of them."""
_KEYS = {
    "leave_out": "remove delete omit drop without skip exclude weglassen auslassen entfernen "
    "streichen pomiń usuń omettre retirer quitar",
    "change": "replace edit modify alter update override changes ändern aendern zmiana zmień "
    "zmiany modifier changer cambiar",
    "add": "new insert additions neu hinzufügen hinzufuegen dodaj nowe ajouter añadir cards",
    "pick": "label value option choice name title",
    "ask": "question prompt frage title label q pregunta text say task do pytanie",
    "label": "name question title text prompt ask frage q pregunta",
    "heading": "title name label",
    "group": "title name label heading",
    "title": "name heading label",
    "kind": "type",
    "type": "kind art typ format",
    "meanwhile": "until",
    "next": "nächste then następne suivant",
    "step": "task todo",
    "of": "fields field answers",
    "short": "abbreviation",
    "prompts": "cards questions steps",
    "phases": "sections stages parts cards",
    "recall": "show remember remind",
    "record": "fields answers write form notes questions",
    "clause": "agreement contract",
    "settle": "agree agreement sheet decide",
    "choices": "options answers values",
    "choices_from": "optionsfrom answersfrom valuesfrom",
    "ideas": "examples suggestions beispiele",
    "low": "lowlabel minlabel",
    "high": "highlabel maxlabel",
    "minutes": "duration time length mins min timebox dauer duree durée czas",
    "shortest": "min minimum",
    "longest": "max maximum",
    "meeting": "nextmeeting",
    "prepare": "preparation beforehand",
    "intro": "introduction",
    "default": "usual preselected preset initial standard",
    "required": "mandatory compulsory",
    "extra": "optional",
    "other": "sonstiges autre otro allowother",
    "accept": "sign signed signature",
    "extends": "basedon base inherits",
    "when_to_use": "use usage usewhen",
    "first": "starts begins beginner",
    "min": "from lowest minimum",
    "max": "to highest maximum until",
    "by": "who author whose to from",
    "to": "who speaker person role for in into at do an à",
    "after": "behind following nach po après position",
    "before": "above vor przed avant",
    "tip": "hint hints note help notes description explanation info hinweis conseil hilfe",
    "stuck": "hints hint probes hilfe",
    "help": "hint description placeholder",
    "means": "description explanation help",
    "read": "script say text intro",
    "about": "description summary introduction über opis",
    "aim": "goal purpose objective",
    "unless": "except ifnot",
    "when": "if condition showif onlyif",
    "says": "text sentence",
    "language": "lang locale sprache język langue idioma",
    "aside": "notes note",
    "urgent": "emergency notfall",
    "where": "place location ort",
    "review": "check lastlook",
    "who": "name person contact",
    "how": "email mail phone address",
}
_VALUES = {
    "yes": "true on ja oui sí y x 1 always public",
    "no": "false off nein non n 0",
    "never": "no private secret",
    "ask": "maybe",
    "both": "yes everyone everybody all each mentorandmentee menteeandmentor mentormentee beide "
    "touslesdeux ambos bothofthem bothofyou menteefirst mentorfirst "
    "mentorthenmentee menteethenmentor",
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


# Cached, because a file may have thousands of keys that nobody knows.
@cache
def _meanings(of: str) -> Mapping[str, tuple[str, ...]]:
    """Return the words of ours that each other word may stand for, of types, values or keys."""
    found: dict[str, tuple[str, ...]] = {}
    for ours, others in {"type": _KINDS, "value": _VALUES, "key": _KEYS}[of].items():
        for each in others.split():
            found[each] = (*found.get(each, ()), ours)
    return found


def our_word(word: str, key: str, known: Collection[str], beside: Collection[str] = ()) -> str:
    """Return the known key, or value of a key, that another word stands for; empty if none.

    The keys that stand beside `type` may say which one is meant.
    """
    meanings = _meanings("type" if key == "type" else "value" if key else "key")
    # Of several words, such as “short text”, one may be the one that counts.
    plain = [re.sub(r"[\W_]", "", each) for each in (word.casefold(), *word.casefold().split())]
    named = (each for each in plain[1:] if key == "type" and each in known)
    tried = (ours for each in plain for ours in meanings.get(each, ()) if ours in known)
    ours = next(chain(named, tried), "")
    return _told_by(beside, ours or word) or ours if key == "type" else ours


def role_meant(name: str) -> str:
    """Return the role that other tools call by a name; empty if none."""
    plain = name.casefold()
    return next((role for role, words in _PEOPLE.items() if plain in words.split()), "")


def somebody(name: str) -> str:
    """Return how the two are named in texts, after a space, if a name stands for a person."""
    return "" if _SOMEBODY.isdisjoint(re.split(r"[\W_]+", name.casefold())) else THE_TWO


def is_other(choice: str) -> bool:
    """Return whether a choice such as `Other: ...` or `Other (please specify)` asks for words."""
    words = re.sub(r"\([^()]*\)|:.*|[.…_ ]+$", "", choice).strip().casefold()
    return words in _OTHER


def note_on(word: str, ours: str) -> str:
    """Return what else to say where a word stands for one of ours, after a space; or nothing."""
    return _NOTES.get((re.sub(r"[\W_]", "", word.casefold()), ours), "")


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


_OR = re.compile(r"\s*(?:[/|&+;]|\b(?:or|and|oder|ou|lub|o)\b)\s*")
"""What joins two answers of a condition."""


def listed(answer: str, picks: Iterable[str]) -> str:
    """Return the choices that `a or b` names, as a list in brackets; empty if it is no such."""
    known = {pick.casefold(): pick for pick in picks}
    named = [known.get(p.casefold(), p if p.isdigit() else "") for p in _OR.split(answer)]
    several = len(named) > 1 and all(named) and "," not in "".join(named)
    return f"[{', '.join(named)}]" if several else ""


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
    answer = re.sub(r"(?<=\d) *(?:min(?:ute)?s?|hours?|days?|weeks?|months?|%)\.?$", "", answer)
    if both := re.fullmatch(rf"{number}(?:-|–|\.{{2,3}}|…|to){number}", answer):
        low, high = sorted(both.groups(), key=int)
        return f"{low}..{high}"
    if end := re.fullmatch(rf"({'|'.join(_ENDS)}){number}", answer):
        limit = int(end[2]) + _ENDS[end[1]][1]
        return f"{limit}.." if _ENDS[end[1]][0] == ">" else f"..{limit}"
    more = re.fullmatch(rf"{number}(?:\+|-|–|\.{{3}}|…|or more|and more)", answer)
    return f"{more[1]}.." if more else ""
