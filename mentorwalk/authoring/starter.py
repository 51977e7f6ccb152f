"""A first agenda to change: short, without warnings, and with comments for beginners."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from mentorwalk.domain.planning import largest_remainder

if TYPE_CHECKING:
    from mentorwalk.domain.agenda import Agenda

SHORTEST, LONGEST = 20, 180
"""The fewest and the most minutes that suit the cards of this agenda."""
Kind = Literal["classic", "reverse"]


@dataclass(frozen=True)
class StarterOptions:
    """What a new agenda is for."""

    title: str
    minutes: int = 60
    language: str = "en"
    kind: Kind = "classic"


_SPELLED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
"""Letters that Unicode does not take apart into one of a to z and a mark."""


def id_from(text: str) -> str:
    """Return an id made from a title or a file's name: `uber-uns` from `Über uns`."""
    spelled = text.casefold().translate(_SPELLED)  # casefold writes ß as ss
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    name = "-".join(re.findall(r"[a-z0-9]+", plain))[:40].strip("-")
    return name if re.match(r"[a-z]", name) else f"our-{name or 'session'}"


def starter(wanted: StarterOptions) -> str:
    """Return the text of a new agenda."""
    low = max(SHORTEST, 5 * (wanted.minutes * 3 // 4 // 5))
    high = 5 * -(-wanted.minutes * 3 // 2 // 5)
    values = {
        "ID": id_from(wanted.title),
        "TITLE": " ".join(wanted.title.split()),
        "LANGUAGE": wanted.language,
        "MINUTES": str(wanted.minutes),
        "SHORTEST": f"{low:<15}",
        "LONGEST": str(max(high, wanted.minutes)),
        "ROLES": ROLES[wanted.kind],
        "ASIDE": ASIDES[wanted.kind],
    }
    shares = largest_remainder(list(WEIGHTS.values()), wanted.minutes)
    values |= dict(zip(WEIGHTS, map(str, shares), strict=True))
    values["WELCOME"] = f"{values['WELCOME']:<9}"
    return re.sub(r"<([A-Z]+)>", lambda name: values.get(name[1], name[0]), FOR_EDITORS + STARTER)


def copied(text: str, name: str) -> str:
    """Return the text of an agenda with another id, and else as it is."""
    return re.sub(r"^id:.*$", f"id: {name}", text, count=1, flags=re.MULTILINE)


def extension(agenda: Agenda, name: str, extends: str) -> str:
    """Return the text of a new agenda that extends another.

    Args:
        agenda: The other agenda.
        name: The id of the new one.
        extends: What it calls the other one.
    """
    first, *others = agenda.prompts
    values = {
        "ID": name,
        "EXTENDS": extends,
        "TITLE": " ".join(agenda.title.split()),
        "CARD": first,
        # What another card recalls is asked beforehand, and would belong to none.
        "OTHER": next((card for card in others if not agenda.prompts[card].recall), first),
    }
    return re.sub(r"<([A-Z]+)>", lambda key: values.get(key[1], key[0]), FOR_EDITORS + EXTENSION)


WEIGHTS = {
    "WELCOME": 2,
    "STORY": 6,
    "DIRECTION": 6,
    "RHYTHM": 4,
    "STEP": 5,
    "LINES": 1,
    "AGREE": 3,
    "TAKEALONG": 2,
}
"""The share of the time for each card."""
ROLES: dict[Kind, str] = {
    "classic": """\
roles:                    # what the two are called
  mentor: Mentor
  mentee: Mentee
""",
    "reverse": """\
roles:                    # what the two are called: here the junior one is the mentor
  mentor: Mentor
  mentee: Senior
""",
}
ASIDES: dict[Kind, str] = {
    "classic": """\
aside:                    # for one pair of eyes, before the screen is shared
  mentor: |
    Ask before you advise: a story, an idea, or just an ear?
""",
    "reverse": """\
aside:                    # for one pair of eyes, before the screen is shared
  mentor: |
    You set the limits: you speak for yourself, not for a group, and you may stop any topic.
  mentee: |
    You go first wherever it costs something. Say what you do not know, and keep the dates.
""",
}
FOR_EDITORS = """\
# yaml-language-server: $schema=agenda.schema.json
# The line above lets an editor complete and explain every key, by the schema that lies beside this
# file. Elsewhere, write it anew: mentorwalk agenda schema > agenda.schema.json
#
"""
"""The lines that each new agenda begins with."""
EXTENSION = """\
# This is the agenda `<EXTENDS>`, with what is different here; it follows that one's updates.
# What it is made of, with the names of all parts:  mentorwalk agenda show FILE --yaml
# What is wrong, and where:                         mentorwalk agenda check FILE
# To hear later of what changes there:              mentorwalk agenda check --seen FILE
mentorwalk: 1             # the version of this format
id: <ID>
extends: <EXTENDS>
title: |
  <TITLE>

# Take away the `# ` before the lines that you need, and put in your own words.
#
# leave_out:              # cards, phases and fields, by their names behind `id:`
#   - <OTHER>
#
# change:                 # by the name, only what is different
#   <CARD>:
#     minutes: 3
#     ask: |
#       What would you rather ask here?
#
# add:                    # new cards, `after` or `before` another one, or `to` a phase
#   - after: <CARD>
#     id: our-own
#     ask: |
#       What made you choose us?
#     minutes: 3
"""
STARTER = """\
# Write sentences below a | and indented, as here: then colons, quotes, # and ? are safe.
# See what is wrong:  mentorwalk agenda check FILE
# Try it quickly:     mentorwalk start ./FILE --rehearse
mentorwalk: 1             # the version of this format
id: <ID>
title: |
  <TITLE>
language: <LANGUAGE>
minutes: <MINUTES>
shortest: <SHORTEST> # other lengths that people may choose
longest: <LONGEST>
about: |
  One paragraph for whoever picks an agenda: who it is for, and what the two have at the end.
<ROLES>contact:                  # whom to turn to outside the pair: {contact} in any text
  who: the people who run our programme
<ASIDE>stuck:                    # offered one at a time when the talk stalls, on any card
  - |
    A pause is thinking. Ten slow breaths are fine.
  - |
    Leave it for another day. Not every card is for every pair.

phases:
  - id: hello
    title: Hello
    short: Hello          # 12 characters at most
    prompts:
      - id: welcome
        ask: |
          {mentor}, say hello in your own words. How do you both arrive today?
        first: mentor     # who begins; without it, whoever likes
        minutes: <WELCOME># shared out anew for every length
      - id: story
        ask: |
          Which turning point brought you to what you do now?
        first: mentee
        minutes: <STORY>
        tip: |
          It need not be a triumph.

  - id: purpose
    title: What it is for
    short: Purpose
    prompts:
      - id: direction
        ask: |
          Imagine that our last meeting went well. What is different by then?
        to: mentee        # who speaks: mentor, mentee or both
        minutes: <DIRECTION>
        record:           # written down after the talk, one after another
          - id: purpose
            label: What {mentee} is here for
            by: mentee
      - id: rhythm
        ask: |
          What rhythm could you both keep in a bad month?
        minutes: <RHYTHM>
        settle:           # settled together on one sheet, each with its usual answer
          - id: frequency
            label: How often
            type: select
            choices:
              - pick: Every 2 weeks
                says: every two weeks       # how it reads in a sentence
              - pick: Every 3-4 weeks
                says: every three to four weeks
            other: yes                      # own words are fine too
            default: Every 3-4 weeks
        clause:           # how it reads in the agreement
          heading: How we meet
          says: |
            We meet {frequency}.

  - id: steps
    title: First steps
    short: Steps
    prompts:
      - id: step
        ask: |
          What is one small thing that you will do before you meet again?
        first: mentee
        minutes: <STEP>
        recall: [purpose] # shown on this card once more
        record:
          - id: step
            label: "{mentee}'s small step"
            by: mentee
      - id: lines
        ask: |
          This is what we take home. Is there a line you would rather not keep?
        minutes: <LINES>
        keep: yes         # never shortened or dropped when time runs out
        review: yes       # this card shows every line once more, to be changed or struck
      - id: agree
        ask: |
          Read our agreement in silence. Is it a yes today, or would you rather sleep on it?
        minutes: <AGREE>
        keep: yes
        accept: yes       # this card shows the agreement
      - id: take-along
        ask: |
          What are you taking away?
        first: mentor
        minutes: <TAKEALONG>
        keep: yes

documents:                # the templates are bundled; put your own beside this file
  - template: summary.md.j2
    file: summary.md
  - template: contract.md.j2
    file: contract.md
    accept: yes
"""
