"""Draft a mail to the other person, with what was written for both attached (RFC 5322)."""

from __future__ import annotations

import hashlib
from email import policy
from email.header import Header
from email.message import EmailMessage
from typing import TYPE_CHECKING

from mentorwalk.domain.date_words import day_in_words
from mentorwalk.domain.i18n import _, using_language
from mentorwalk.domain.placeholders import fill_in
from mentorwalk.domain.text import clean

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from mentorwalk.domain.session import Session

MAIL = "mail.eml"
"""The name of the draft's file."""
_SUBTYPES = {".html": "html", ".ics": "calendar", ".md": "markdown"}
"""The kinds of text that are attached, by the suffixes of their files."""


def worth_sending(names: Collection[str]) -> tuple[str, ...]:
    """Return which of some files are sent: all but the Markdown of which there is a page."""
    return tuple(
        name
        for name in names
        if name.endswith(".html") or f"{name.removesuffix('.md')}.html" not in names
    )


def mail_draft(session: Session, files: Mapping[str, bytes]) -> str:
    """Return a mail from the person at the keyboard to the other one, as the text of its file.

    It has no address, because none is known, and no date: nobody has sent it yet. Programs that
    know the mark `X-Unsent` open it to be completed and sent.

    Args:
        session: The session that the mail is about.
        files: What is attached, by the names of the files.
    """
    with using_language(session.agenda.language):
        subject, body = _subject(session), _body(session, files)
    mail = EmailMessage(policy.SMTP)
    mail["X-Unsent"] = "1"
    mail["To"] = ""
    mail.set_content(body, cte="quoted-printable")
    for name, data in files.items():
        suffix = name[name.rfind(".") :]
        kind = _SUBTYPES.get(suffix, "plain")
        mail.add_attachment(
            data, maintype="text", subtype=kind, filename=name, params={"charset": "utf-8"}
        )
    mail.set_boundary(_boundary(body, files))
    return f"Subject: {_encoded(subject)}\r\n{mail.as_bytes().decode('ascii')}"


def _encoded(subject: str) -> str:
    """Return a subject as encoded words (RFC 2047), even if its letters need none.

    What reads like an encoded word in it stays as it was typed. Given to `EmailMessage` it would
    be decoded, and a line break in it would begin a header of its own.
    """
    return Header(subject, "utf-8", header_name="Subject").encode(linesep="\r\n")


def _subject(session: Session) -> str:
    title = fill_in(session.agenda.title, session.names)
    # Translators: the subject of a mail, such as First session, Tuesday 15 December 2026.
    subject = _("{title}, {day}").format(title=title, day=day_in_words(session.day))
    return " ".join(clean(subject).split())


def _body(session: Session, files: Collection[str]) -> str:
    people = session.people
    here = _("Thank you for our talk. Here is what we wrote down together.")
    opens = _("The pages open in any browser.")
    calendar = _("The invitation to our next meeting goes into your calendar.")
    invited = any(name.endswith(".ics") for name in files)
    paragraphs = (
        _("Hello {name},").format(name=people.other(people.types)),
        " ".join((here, opens, calendar) if invited else (here, opens)),
        _("If a line does not read right to you, tell me, and we will change it."),
        people.name(people.types),
    )
    return clean("\n\n".join(paragraphs)) + "\n"


def _boundary(body: str, files: Mapping[str, bytes]) -> str:
    """Return the line between the parts: the same mail has the same, and no part contains it."""
    digest = hashlib.sha256(body.encode())
    for name, data in files.items():
        digest.update(name.encode() + data)
    return f"mentorwalk-{digest.hexdigest()[:32]}"
