"""A language that nobody takes for English, and an agenda without a Latin letter in its words."""

from __future__ import annotations

import re
from functools import cache
from gettext import NullTranslations

from babel.messages.pofile import read_po
from catalogue import TEMPLATE

LANGUAGE = "qps"
"""A code that ISO 639 leaves to whoever wants to make one up."""
COMMANDS = (r"/(?:[a-z]+|\+\d)\b", r"`[^`]*`")
"""What is typed, which is the same in every language."""
_KEPT = re.compile(r"(\{[^{}]*\}|`[^`]*`)")
_WIDE = {code: code + 0xFEE0 for code in (*range(0x41, 0x5B), *range(0x61, 0x7B))}
_LATIN = re.compile(r"[A-Za-z]+")


def marked(text: str) -> str:
    """A text in wide letters; names to be filled in and commands stay."""
    parts = _KEPT.split(text)
    return "".join(part if n % 2 else part.translate(_WIDE) for n, part in enumerate(parts))


@cache
def messages() -> frozenset[tuple[str, str]]:
    """What can be translated, each with its context."""
    with TEMPLATE.open("rb") as file:
        every = [(each.context or "", each.id) for each in read_po(file) if each.id]
    return frozenset(
        (context, text)
        for context, texts in every
        for text in ([texts] if isinstance(texts, str) else texts)
    )


class Foreign(NullTranslations):
    """Says every message of the catalogue in wide letters; what is not in it stays English."""

    def gettext(self, message: str) -> str:
        """Say it."""
        return self._said("", message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Say it, for so many things."""
        return self._said("", msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        """Say it, in that sense."""
        return self._said(context, message)

    def _said(self, context: str, message: str) -> str:
        return marked(message) if (context, message) in messages() else message


def english_in(text: str, *allowed: str) -> list[str]:
    """The words in Latin letters, but for what is allowed by regular expressions."""
    for pattern in allowed:
        text = re.sub(pattern, " ", text)
    return _LATIN.findall(text)


AGENDA = f"""\
mentorwalk: 1
id: talk
title: Ομιλία
language: {LANGUAGE}
minutes: 30
shortest: 20
longest: 40
roles:
  mentor: Δάσκαλος
  mentee: Μαθητής
aside:
  mentor: Ανάσα.
  mentee: Ηρεμία.
contact:
  who: το γραφείο
  how: "12345"
  urgent: Κάλεσε το 112.
stuck:
  - Μια παύση.
phases:
  - id: know
    title: Γνωριμία
    short: Γνωριμία
    prompts:
      - id: welcome
        ask: Καλώς ήρθες.
        read: Διάβασε αυτό.
        to: both
        first: mentee
      - id: dream
        ask: Τι θα ήταν αλλιώς?
        to: mentee
        tip: Σιγά σιγά.
        recall: [hope, help, hours, mood]
        record:
          - id: purpose
            label: Σκοπός
      - id: gifts
        ask: Τι δίνεις?
        to: mentor
        record:
          - id: offer
            label: Προσφορά
          - id: not_for
            label: Όχι για
      - id: kinds
        ask: Πόσα και πότε?
        record:
          - id: ready
            label: Έτοιμοι
            type: confirm
            by: each
          - id: score
            label: Βαθμός
            type: scale
          - id: helps
            label: Βοήθεια
            type: checkbox
            choices: [Αυτί, Χέρι, Μάτι]
            other: yes
          - id: topics
            label: Θέματα
            type: list
            min: 1
            max: 3
      - id: later
        ask: Κάτι άλλο?
      - id: beside
        ask: Και τι ακόμη?
        extra: true
  - id: rules
    title: Κανόνες
    short: Κανόνες
    prompts:
      - id: rhythm
        ask: Ποιος ρυθμός?
        settle:
          - id: frequency
            label: Πόσο συχνά
            type: select
            choices: [Κάθε μήνα, Κάθε μέρα]
            other: yes
            default: Κάθε μήνα
            prepare: both
          - id: length
            label: Πόση ώρα
            type: number
            min: 15
            max: 90
            unit: λεπτά
            default: 60
            prepare: both
          - id: where
            label: Πού
            default: Καφενείο
        clause:
          heading: Συναντήσεις
          says: |
            Βλεπόμαστε {{frequency}}, για {{length}} λεπτά.
      - id: notes
        ask: Ποιος γράφει?
        settle:
          - id: keeper
            label: Γραφέας
        clause:
          heading: Σημειώσεις
          says: |
            Γράφει {{keeper}}.
      - id: skipped-one
        ask: Τι παραλείπεται?
        record:
          - id: gone
            label: Λείπει
        clause:
          heading: Τέλος
          says: |
            Τελειώνει {{gone}}.
  - id: steps
    title: Βήματα
    short: Βήματα
    prompts:
      - id: small
        ask: Ποιο βήμα?
        record:
          - id: mentee_step
            label: Βήμα
          - id: mentee_thought
            label: Σκέψη
      - id: again
        ask: Πότε ξανά?
        settle:
          - id: next_day
            label: Μέρα
            type: date
            default: in 3 weeks
          - id: next_time
            label: Ώρα
            type: time
        keep: true
      - id: agree
        ask: Συμφωνείτε?
        accept: true
        keep: true
      - id: alone
        ask: Τι πήρες?
        record:
          - id: takes
            label: Παίρνω
            by: each
          - id: felt
            label: Πώς ήταν
            private: true
            by: mentor
prepare:
  minutes: 12
  intro: |
    Μένει μεταξύ μας, εκτός από {{contact}}.
  mentee:
    - id: hope
      label: Τι ελπίζεις?
    - id: help
      label: Βοήθεια
      type: checkbox
      choices: [Αυτί, Ώθηση]
      other: yes
    - id: early
      label: Νωρίς
      type: confirm
    - id: themes
      label: Θέματα
      type: list
      max: 2
    - id: never_told
      label: Μυστικό
      share: never
  mentor:
    - id: hours
      label: Ώρες
      type: number
      unit: ώρες
  checklist:
    - group: Δωμάτιο
      items:
        - Ησυχία
        - Νερό
meeting:
  date: next_day
  time: next_time
  minutes: length
  where: where
documents:
  - template: summary.md.j2
    file: summary.md
  - template: contract.md.j2
    file: contract.md
    accept: true
next: talk
"""
