"""The command for preparing: fill in the form, write it for a browser, read it back, delete it."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mentorwalk.cli.options import AgendaName, Home, PlainFlag, RoleChoice, runner_at
from mentorwalk.cli.records import delete_after_asking
from mentorwalk.cli.terminal import Look, frontend_for, print_path, print_text, tell_of_english
from mentorwalk.domain.i18n import _, set_language

if TYPE_CHECKING:
    from mentorwalk.workflows.prepare import PrepRunner
    from mentorwalk.workflows.runner import SessionRunner

WhoPrepares = Annotated[
    RoleChoice | None,
    typer.Option(
        help="Who prepares: the mentee, unless only the mentor is asked.", show_default=False
    ),
]
PrepAnswers = Annotated[Path | None, typer.Option(help="Ask nothing: take a YAML file of answers.")]
PartnerName = Annotated[
    str | None,
    typer.Option(
        "--with", help="The other person's name: for a mentor of two.", show_default=False
    ),
]
PrepOut = Annotated[
    Path | None, typer.Option(help="Write your preparation file here.", show_default=False)
]
FormFile = Annotated[
    Path | None,
    typer.Option(help="Ask nothing: write a form for somebody's browser.", show_default=False),
]
NewFlag = Annotated[
    bool, typer.Option("--new", help="Begin anew what you have done; that is kept with its day.")
]
ShowFlag = Annotated[
    bool, typer.Option("--show", help="Read back all you wrote, or a file that you were sent.")
]
ForgetFlag = Annotated[
    bool, typer.Option("--forget", help="Delete everything you wrote for good, after asking.")
]

commands = typer.Typer()


@commands.command(
    epilog="Examples: mentorwalk prep | mentorwalk prep --role mentor --name Ada | "
    "mentorwalk prep --html form.html | mentorwalk prep wheel-of-life | "
    "mentorwalk prep --show prep-Grace.yaml"
)
def prep(
    agenda: AgendaName = "first-session",
    role: WhoPrepares = None,
    name: Annotated[str | None, typer.Option(help="Your name.")] = None,
    partner: PartnerName = None,
    answers: PrepAnswers = None,
    out: PrepOut = None,
    html: FormFile = None,
    anew: NewFlag = False,
    show: ShowFlag = False,
    forgotten: ForgetFlag = False,
    plain: PlainFlag = False,
    home: Home = None,
) -> None:
    """Prepare for a session, or do an exercise alone, in your own time."""
    from mentorwalk.domain.people import read_name

    own = None if name is None else read_name(name, "Your name")
    other = "" if partner is None else read_name(partner, "The name after --with")
    if html is not None and (answers is not None or out is not None or show or forgotten or anew):
        raise typer.BadParameter("--html goes with --role and --name only.", param_hint="--html")
    runner = runner_at(home)
    if show and _is_sent(runner, agenda):
        _show_received(runner, Path(agenda))
        return
    preparing = replace(_preparing(runner, agenda, role, out, other), anew=anew)
    if show:
        from mentorwalk.workflows.prep_reading import whole_text

        print_text(whole_text(preparing.store, plain=plain))
    elif forgotten:
        from mentorwalk.workflows.forget import telling_gone

        with telling_gone(preparing.store.folder):
            delete_after_asking(preparing.files.remains())
    elif html is not None:
        _write_form(html, preparing, own or "")
    elif path := _prepared(preparing, own, answers, plain):
        print_path(path)


def _preparing(
    runner: "SessionRunner", agenda: str, role: RoleChoice | None, out: Path | None, other: str
) -> "PrepRunner":
    """Return what one person prepares for, in the language of its agenda."""
    from mentorwalk.authoring.loading import load_agenda
    from mentorwalk.domain.prep_wishes import who_prepares
    from mentorwalk.workflows.prepare import PrepRunner

    script = load_agenda(runner.library, agenda, None)
    set_language(script.agenda.language)
    with_whom = ("--with", other) if other else ()
    prepares = role.value if role else who_prepares(script.agenda)
    goes_on = runner.library.command("prep", agenda, "--role", prepares, *with_whom)
    return PrepRunner(runner, script, prepares, out, goes_on, other)


def _is_sent(runner: "SessionRunner", named: str) -> bool:
    """Return whether a file is named rather than an agenda: it may have come under any name."""
    from mentorwalk.authoring.prep_file import is_prep

    path, agendas = Path(named), dict(runner.library.agenda_names())
    other = path.is_file() and named not in agendas and path.suffix not in (".yaml", ".yml")
    return is_prep(path) or other


def _show_received(runner: "SessionRunner", path: Path) -> None:
    from mentorwalk.workflows.prep_reading import received_text

    text, left_out = received_text(runner, path)
    print_text(text)
    for problem in left_out:
        typer.echo(problem, err=True)


def _write_form(path: Path, preparing: "PrepRunner", name: str) -> None:
    from mentorwalk.documents.prep_page import write_form_page

    print_path(write_form_page(path, preparing.agenda, preparing.role, name))
    tell_of_english(preparing.agenda.language)
    send = _("Send this form to the {role}: a browser opens it.")
    typer.echo(send.format(role=preparing.role), err=True)


def _prepared(
    preparing: "PrepRunner", name: str | None, answers: Path | None, plain: bool
) -> Path | None:
    """Fill in the form, alone at a frontend or from a file of answers."""
    if answers is not None:
        changed = preparing.store.is_of_earlier_edition
        written = preparing.from_answers(name, answers)
        if changed and (note := preparing.store.note_on_unasked):
            typer.echo(note, err=True)
        return written
    with frontend_for(Look(plain=plain)) as frontend:
        path = preparing.walk(name, frontend)
    if preparing.store.alone:
        from mentorwalk.workflows.prep_reading import what_came_of

        # Beside the path of the file, which may be all that a script wants.
        typer.echo(what_came_of(preparing.store, plain=plain), err=True)
    return path
