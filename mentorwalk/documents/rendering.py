"""Render the documents of a session, and make its agreement."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from mentorwalk.documents.commonmark import hidden_words
from mentorwalk.documents.context import NotThere, answers_in, context_of, page_of
from mentorwalk.documents.mentorship import MentorshipView
from mentorwalk.documents.sandbox import rendered
from mentorwalk.documents.signoff import signoff_block
from mentorwalk.documents.template_usage import usage_of
from mentorwalk.domain.agreement_text import Agreement, accepted_text
from mentorwalk.domain.clauses import clauses_of
from mentorwalk.domain.english_marking import marked
from mentorwalk.domain.errors import TemplateProblem, shown
from mentorwalk.domain.exercises import joined_by, run_of
from mentorwalk.domain.i18n import _, language_of_words, setting_apart, using_language
from mentorwalk.domain.mentorship import PAGE, Mentorship
from mentorwalk.domain.outcomes import Document
from mentorwalk.domain.text import without_controls

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.clauses import AgreementClause
    from mentorwalk.domain.people import People
    from mentorwalk.domain.pictures import AnyPicture
    from mentorwalk.domain.session import Session


STATUS = Document("status.md.j2", "status.md")
"""What `mentorwalk status` prints; no file keeps it."""


class Rendering(NamedTuple):
    """The Markdown of a document, and the pictures that its page draws in it."""

    text: str
    pictures: tuple[AnyPicture, ...] = ()


@dataclass(frozen=True)
class Renderer:
    """Renders documents from the templates of some folders, the first that has one."""

    folders: tuple[Path, ...]
    earlier: Mapping[str, Session] = field(default_factory=dict)
    """The finished sessions that came before the one that is rendered, the oldest first."""
    following: Agenda | None = None
    """The agenda that comes next; None if none is known."""
    suggested: tuple[Agenda, ...] = ()
    """The agendas that may help, by what was said last."""
    today: date | None = None
    """The day on which a status is printed; None for documents, which tell what stood then."""
    begins: str = "mentorwalk next"
    """The command that begins the next meeting of these two."""

    def documents(self, session: Session) -> tuple[Document, ...]:
        """Return the documents of a session: from the second on with the page of all of them.

        An exercise that joined it has none of its own if nothing was written down in it.
        """
        own = tuple(each for each in session.agenda.documents if _says_something(session, each))
        taken = any(document.file.casefold() == PAGE.file for document in own)
        return (*own, PAGE) if self.earlier and not taken else own

    def tried(self, session: Session) -> Iterator[TemplateProblem]:
        """Yield what goes wrong with each document when it is made of a session."""
        accepted = session.agenda.accept_document
        try:
            agreement = self.agreement(session)
            if session.worded and accepted:
                # The text that was accepted stands for now; once it changes, the template is
                # needed.
                self._agreement_text(session, accepted, agreement.clauses)
            if accepted and (hidden := hidden_words(agreement.text)):
                raise _hides(accepted, hidden)
        except TemplateProblem as problem:
            yield problem
            agreement = Agreement("", clauses_of(session))
        page = [PAGE] if session.opened.carried.session else []
        for document in (*session.agenda.documents, *page):
            try:
                self.text(session, document, agreement)
            except TemplateProblem as problem:
                yield problem

    def agreement(self, session: Session) -> Agreement:
        """Return the agreement of a session as it is now: as it was accepted, or rendered anew.

        Raises:
            TemplateProblem: Its template has a mistake; the sentence names its line.
        """
        document = session.agenda.accept_document
        with using_language(session.agenda.language):
            clauses = clauses_of(session)
            if document is None:
                return Agreement("", clauses)
            text = accepted_text(session, clauses)
            text = text or self._agreement_text(session, document, clauses)
            return Agreement.of(session, text, clauses, self._used(session.agenda, document))

    def _used(self, agenda: Agenda, document: Document) -> frozenset[str]:
        """Return the ids of the answers that a document may hold outside of clauses."""
        usage = usage_of(document.template, self.folders)
        fields = agenda.fields.keys() if usage.everything else set(usage.fields)
        if agenda.meeting and any(named.name == "meeting" for named in usage.names):
            fields = {*fields, *agenda.meeting.next_one}
        used = (agenda.fields[id_] for id_ in fields if id_ in agenda.fields)
        return frozenset(key for field in used for key in field.answer_ids)

    def text(self, session: Session, document: Document, agreement: Agreement) -> str:
        """Return the text of one document whole; that of the agreement says who agrees.

        Raises:
            TemplateProblem: The template has a mistake; the sentence names its line.
        """
        return self.rendering(session, document, agreement).text

    def rendering(
        self, session: Session, document: Document, agreement: Agreement, *, for_page: bool = False
    ) -> Rendering:
        """Return the text of one document with the pictures in it; those of an agreement are text.

        A text `for_page` names the page of the agreement, which lies in the same folder.

        Raises:
            TemplateProblem: The template has a mistake; the sentence names its line.
        """
        if document.accept:
            return Rendering(f"{agreement.text}{signoff_block(session, agreement)}")
        with using_language(session.agenda.language):
            context = self.context(session, agreement, session.people)
            named = _agreement_named(session, agreement, for_page=for_page)
            if joined := joined_by(session, document):
                # It was written for the exercise by itself, and names fields by their ids there.
                context |= context_of(run_of(session, joined), ())
            text = self._rendered(document, context | {"agreement": named})
        return Rendering(text, tuple(context["picture"].drawn))

    def page_text(self, session: Session, document: Document, agreement: Agreement) -> Rendering:
        """Return what the page of a document is made of.

        Where our words stay English in the agenda's language, their letters are set apart.

        Raises:
            TemplateProblem: The template has a mistake; the sentence names its line.
        """
        made = self.rendering(session, document, agreement, for_page=True)
        language = session.agenda.language
        if language_of_words(language) == language:
            return made
        with setting_apart(), using_language(language):
            anew = replace(agreement, clauses=clauses_of(session))
            if document.accept:
                # The block below it is English in every language.
                text = self._agreement_text(session, document, anew.clauses)
                again = f"{text}{made.text.removeprefix(agreement.text)}"
            else:
                again = self.rendering(session, document, anew, for_page=True).text
        return made._replace(text=marked(made.text, again))

    def status(self, session: Session, roles: People | None = None) -> str:
        """Return where two people stand after their newest session; roles stand for names if given.

        Raises:
            TemplateProblem: The template has a mistake; the sentence names its line.
        """
        with using_language(session.agenda.language):
            agreement = self.agreement(session)
            named = _agreement_named(session, agreement, for_page=False)
            contact = _("our contact") if roles else ""
            context = self.context(session, agreement, roles or session.people, contact)
            return self._rendered(STATUS, context | {"agreement": named})

    def context(
        self, session: Session, agreement: Agreement, people: People, contact: str = ""
    ) -> dict[str, Any]:
        """Return every name that a template can use but `agreement`, with its value.

        The contact is called `contact` there, instead of by name, if that is not empty.
        """
        named = replace(session, people=people, contact=contact)
        as_agreed = (people, contact) == (session.people, "")
        clauses = agreement.clauses if as_agreed else clauses_of(named)
        mentorship = Mentorship({**self.earlier, "": session})
        mark = self._mark(mentorship.accepting, session, agreement)
        context = context_of(named, clauses)
        drawings = context["picture"]
        meant = (self.following, self.suggested, contact, self.today, drawings, self.begins)
        view = MentorshipView(mentorship, people, mark, *meant)
        return context | {"mentorship": view}

    def _mark(self, accepting: Session | None, session: Session, agreement: Agreement) -> str:
        """Return the fingerprint of their agreement as it is now; empty if nobody knows it."""
        if accepting is None or accepting is session:
            return agreement.fingerprint
        # The template of an earlier session may be gone by now.
        with suppress(TemplateProblem):
            return self.agreement(accepting).fingerprint
        return ""

    def _agreement_text(
        self, session: Session, document: Document, clauses: tuple[AgreementClause, ...]
    ) -> str:
        with using_language(session.agenda.language):
            context = context_of(session, clauses)
            # What came along stands in it like the clauses that came along.
            context["answers"] = answers_in(session, session.effective_answer)
            # Its words must stay as they were accepted, and the times of the session go on.
            del context["session"]
            return self._rendered(document, context)

    def _rendered(self, document: Document, context: Mapping[str, Any]) -> str:
        # A template's own words may hold what steers a terminal or turns a line around.
        text = without_controls(rendered(document.template, self.folders, context))
        return re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n"


def _says_something(session: Session, document: Document) -> bool:
    joined = joined_by(session, document)
    return joined is None or bool(run_of(session, joined).own_answers())


def _agreement_named(session: Session, agreement: Agreement, *, for_page: bool) -> dict[str, str]:
    """Return what a template can say of the agreement: its file, and its state."""
    document = session.agenda.accept_document
    if not document:
        return NotThere(("file", "state"), "where the agenda has no document to accept.")
    return {"file": page_of(document) if for_page else document.file, "state": agreement.state}


def _hides(document: Document, words: list[str]) -> TemplateProblem:
    """Return the error about the template of an agreement of which a page would hide words."""
    named = shown(" ".join(words))
    return TemplateProblem(
        f"{document.template}:1:1: No page would show all words of this agreement, and nobody "
        f"accepts what they cannot read: `{named}` stands in a link's definition, behind the "
        "signs that begin a block of code, or where Markdown hides it otherwise. Write it as text, "
        "and number the items of a list in order."
    )
