"""What can be done when a session is over: accept, verify, export, forget."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
from typing import TYPE_CHECKING

import pytest
from support.building import ADA_AND_GRACE
from support.commands import Ran, ran_in
from support.homes import as_format_1
from support.small_house import SECRET, TEXT, House, Pair, striking, text_of
from support.small_walks import CHANGE
from support.terminals import FakeClock

from mentorwalk.authoring import Source, agenda_from
from mentorwalk.authoring.loading import LoadedAgenda
from mentorwalk.documents.signoff import body_of, read_signoff
from mentorwalk.domain.errors import InputError, SessionBusy
from mentorwalk.domain.events import Accepted, Struck, Ticked
from mentorwalk.domain.planning import plan
from mentorwalk.engine.frontend import Action, Command, EditLine, Said
from mentorwalk.storage.journal import FolderJournal
from mentorwalk.storage.reading import read_events
from mentorwalk.workflows.documents import render_again
from mentorwalk.workflows.export import export_session
from mentorwalk.workflows.followup import accept_later, verify_file
from mentorwalk.workflows.forget import delete, session_remains
from mentorwalk.workflows.sessions import load_session

if TYPE_CHECKING:
    from pathlib import Path

    from mentorwalk.domain.roles import Role
    from mentorwalk.engine.frontend import Reply
    from mentorwalk.workflows.runner import RunResult

THEN = "22 November 2026, 15:00."
"""The moment at which everything happens here."""
OWN_TEMPLATE = "We promise each other: {{ clauses[0].text }} {{ answers.purpose }}\n"


def run(house: House, *args: object, typed: str = "") -> Ran:
    """Run a command in a house."""
    return ran_in(house.home, *args, typed=typed)


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path / "home")


def changing(frequency: str, decides: str = "draft") -> Pair:
    """Two people who change in the review how often they meet."""
    said: dict[str, list[Reply]] = {"frequency": [Said(frequency)], "choice": [CHANGE]}
    return Pair(said, [EditLine(0)], decides=decides)


def sat(house: House, decides: str = "draft", *, weekly: bool = False) -> RunResult:
    """A finished session."""
    guide = Pair(decides=decides)
    if weekly:
        guide = changing("every week", decides)
    return house.sit(guide)


def contract(house: House) -> Path:
    """The only agreement that lies where it was written."""
    (path,) = house.home.glob("documents/*/contract.md")
    return path


def edit(path: Path, before: str, now: str) -> Path:
    """Change words in a file."""
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, now), encoding="utf-8")
    return path


def own_template(house: House, text: str = OWN_TEMPLATE) -> None:
    """Put a template into the home."""
    folder = house.home / "templates"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "contract.md.j2").write_text(text, encoding="utf-8")


def mailed(house: House, by: Role = "mentee", how: str = "by e-mail") -> Ran:
    return run(house, "contract", "accept", "1", "--by", by, "--how", how)


# --- verify: what the exit code says


def test_an_acceptance_to_come_is_told_and_signs_are_as_they_were_typed(house: House) -> None:
    sat(house, "mentor")
    mailed(house, how="by e-mail (to a_b@c.org)")
    path = edit(
        contract(house), "wrote it down, 22 November 2026", "wrote it down, 22 November 2399"
    )

    told = run(house, "verify", path)

    assert "on a day that is still to come, or later than this file" in told.out
    assert "by e-mail (to a_b@c.org), " in told.out


def test_what_both_accepted_is_verified_with_exit_0(house: House) -> None:
    sat(house, "both")
    assert run(house, "verify", contract(house)) == Ran(
        0,
        "According to this file, both of you have accepted the words above “Who agrees”, and "
        "none of them has changed since.\n"
        f"Ada said yes aloud on the call, and wrote it down, {THEN}\n"
        f"Grace said yes aloud on the call; Ada wrote it down, {THEN}\n",
        "",
    )


def test_a_draft_is_told_with_exit_1(house: House) -> None:
    sat(house)
    assert run(house, "verify", contract(house)) == Ran(
        1,
        "",
        f"{contract(house)}: This is a draft: according to this file, nobody has accepted it "
        "yet.\n"
        "Ada: not yet\nGrace: not yet\n",
    )


def test_what_one_has_accepted_is_told_with_exit_1(house: House) -> None:
    sat(house, "mentee")
    assert run(house, "verify", contract(house)) == Ran(
        1,
        "",
        f"{contract(house)}: According to this file, one of you has accepted the words above “Who "
        "agrees”, the other has not yet.\n"
        f"Ada: not yet\nGrace said yes aloud on the call; Ada wrote it down, {THEN}\n",
    )


def test_who_makes_up_an_acceptance_is_not_vouched_for(house: House) -> None:
    """There is no signature: a file can only say of itself who has accepted."""
    sat(house, "mentor")
    path = edit(contract(house), "Grace: not yet", f"Grace confirmed by e-mail, {THEN}")
    path = edit(path, text_of(path).partition("## Who agrees\n\n")[2].partition("- ")[0], "")
    ran = run(house, "verify", path)
    assert (ran.code, ran.out.partition(",")[0]) == (0, "According to this file")


DIFFERENCE = "...\n  ## How we meet\n- We meet every month.\n+ We meet every year.\n"
CHANGED = (
    "The words above “Who agrees” have changed since their mark was made: nobody has accepted "
    "them like this."
)


@pytest.mark.parametrize("decides", ["both", "mentor", "mentee", "draft"])
def test_what_has_changed_is_told_with_what_changed(decides: str, house: House) -> None:
    sat(house, decides)
    path = edit(contract(house), "every month", "every year")
    assert run(house, "verify", path) == Ran(1, DIFFERENCE, f"{path}: {CHANGED}\n")


def test_what_changed_is_told_wherever_the_file_lies_and_whatever_it_is_called(
    house: House, tmp_path: Path
) -> None:
    sat(house, "both")
    path = edit(contract(house).rename(tmp_path / "ours (2).txt"), "every month", "every year")
    assert run(house, "verify", path) == Ran(1, DIFFERENCE, f"{path}: {CHANGED}\n")


def test_what_was_accepted_lies_anywhere_under_any_name(house: House, tmp_path: Path) -> None:
    sat(house, "both")
    path = contract(house).rename(tmp_path / "ours.txt")
    assert run(House(tmp_path / "elsewhere"), "verify", path).code == 0


def test_where_the_session_is_not_what_changed_is_not_told(house: House, tmp_path: Path) -> None:
    sat(house, "both")
    path = edit(contract(house), "every month", "every year")
    ran = run(House(tmp_path / "elsewhere"), "verify", path)
    more = "The wording from before is not on this computer, so what changed is not told."
    assert ran == Ran(1, "", f"{path}: {CHANGED} {more}\n")


def test_a_file_as_an_editor_saves_it_has_no_difference_but_the_change(house: House) -> None:
    sat(house, "both")
    text = text_of(contract(house)).replace("every month", "every year").replace("\n", "\r\n")
    contract(house).write_bytes(f"\ufeff{text}".encode())
    assert run(house, "verify", contract(house)).out == DIFFERENCE


def test_the_wording_is_found_among_several_sessions(house: House) -> None:
    sat(house, "both", weekly=True)
    accepted = text_of(contract(house))
    sat(house, "both")
    sat(house)
    (house.home / "ours.md").write_text(accepted.replace("every week", "now and then"))
    assert "- We meet every week.\n" in run(house, "verify", house.home / "ours.md").out


def test_what_was_accepted_before_a_term_changed_is_still_known(house: House) -> None:
    """It is accepted as a monthly one, changed in the review, and accepted as a weekly one."""
    guide = changing("every week", "both")
    events = read_events(house.sit(guide).folder)
    mark = next(event.fingerprint for event in events if isinstance(event, Accepted))
    older = _with_mark(house, guide.proposals[0].text, mark)
    assert "every week" in text_of(contract(house))
    assert run(house, "verify", older).out == DIFFERENCE


def _with_mark(house: House, wording: str, mark: str) -> Path:
    """A document of that wording and mark, with a word of it changed."""
    text = text_of(contract(house))
    block = text.removeprefix(body_of(text))
    before = block.partition("wording: ")[2][:14]
    block = block.replace(before, f"{mark[:4]} {mark[4:8]} {mark[8:12]}")
    block = re.sub(r"[0-9a-f]{64}", mark, block)
    path = house.home / "older.md"
    path.write_text(wording.replace("every month", "every year") + block, encoding="utf-8")
    return path


def test_a_damaged_session_keeps_nobody_from_the_verdict(house: House) -> None:
    ended = sat(house, "both")
    path = edit(contract(house), "every month", "every year")
    (ended.folder / "agenda.yaml").write_text("- none", encoding="utf-8")
    assert (run(house, "verify", path).code, verify_file(house.runner, path).difference) == (
        1,
        None,
    )


def test_a_template_that_is_gone_keeps_nobody_from_the_verdict(house: House) -> None:
    own_template(house)
    folder = sat(house, "both").folder
    path = edit(contract(house), "every month", "every year")
    own_template(house, "{{ nothing.of.that }}")
    changed = verify_file(house.runner, path).difference or ()
    assert [line[0] for line in changed if "every" in line] == ["-", "+"]
    as_format_1(folder)
    assert (run(house, "verify", path).code, verify_file(house.runner, path).difference) == (
        1,
        None,
    )


def redacted(house: House, key: str) -> Path:
    """An agreement that both accepted, where an answer was struck later; a word of it changed."""
    source = Source("small.yaml", TEXT.replace("every month", f"every month, {SECRET}"))
    script = LoadedAgenda(agenda_from(source), source)
    guide = Pair({"purpose": [Said("lead")]}, decides="both")
    ended = house.runner.begin(script, ADA_AND_GRACE, plan(script.agenda, 12), guide)
    with FolderJournal(ended.folder) as journal:
        seq, now = ended.session.last.seq + 1, FakeClock().now()
        journal.redact(Struck(seq=seq, at=now, elapsed=0, field=key))
    return edit(contract(house), f"every month, {SECRET}", "every year")


def test_what_was_struck_does_not_come_back_with_what_changed(house: House) -> None:
    path = redacted(house, "frequency")
    more = "The wording from before is not on this computer, so what changed is not told."
    assert run(house, "verify", path) == Ran(1, "", f"{path}: {CHANGED} {more}\n")


def test_what_changed_is_told_where_something_else_was_struck(house: House) -> None:
    told = run(house, "verify", redacted(house, "purpose")).out
    assert told == DIFFERENCE.replace("every month", f"every month, {SECRET}")


# --- verify: what is no agreement


def test_what_is_no_agreement_is_told(house: House) -> None:
    sat(house, "both")
    path = contract(house).with_name("summary.md")
    sentence = "This is not an agreement as mentorwalk writes it: nothing says who agrees."
    assert run(house, "verify", path) == Ran(1, "", f"{path}: {sentence}\n")


def test_a_page_is_told_to_have_no_mark_of_its_own(house: House) -> None:
    sat(house, "both")
    path = contract(house)
    sentence = f"A page is for reading. The mark is that of the Markdown: {path}\n"
    assert run(house, "verify", path.with_suffix(".html")) == Ran(1, "", sentence)


def test_a_damaged_agreement_is_told(house: House) -> None:
    sat(house, "both")
    path = edit(contract(house), "## Who agrees", "## We agree")
    assert run(house, "verify", path) == Ran(
        1,
        "",
        f"{path}: The part that says who agrees is missing or damaged, so this file proves "
        f"nothing. `mentorwalk render {path.parent.name} --home {house.home}` writes it again.\n",
    )
    copy = house.home / "copy.md"
    copy.write_bytes(path.read_bytes())
    assert "`mentorwalk render SESSION --home" in run(house, "verify", copy).err


def test_a_file_that_is_none_is_told_in_a_sentence(house: House, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "huge").write_bytes(b" " * (1024 * 1024 + 1))
    (tmp_path / "picture").write_bytes(b"\x89PNG\r\n\x1a\n\x00\xff")
    told = {
        "pipe": "This is not an ordinary file.",
        "huge": "This file is too large: 1024 KB at most.",
        "picture": "This is not text in UTF-8: an agreement in Markdown is needed, saved as UTF-8.",
        ".": "This is a folder; an agreement in Markdown is needed.",
        "missing": "There is no such file.",
        "picture/below": "This file cannot be read: Not a directory.",
        "x" * 300: "This file cannot be read: File name too long.",
    }
    ran = {name: run(house, "verify", tmp_path / name) for name in told}
    assert ran == {name: Ran(1, "", f"{tmp_path / name}: {said}\n") for name, said in told.items()}


def test_what_a_file_says_steers_no_terminal(house: House) -> None:
    sat(house, "both")
    path = edit(contract(house), "Grace said", "\x1b[2JGrace said")
    damaged = run(house, "verify", path)
    edit(path, "\x1b[2JGrace said", "Grace said")
    changed = run(house, "verify", edit(path, "every month", "every \x1b[31myear"))
    told = damaged.out + damaged.err + changed.out + changed.err
    assert (damaged.code, changed.code, "\x1b" in told) == (1, 1, False)


def test_a_changed_word_far_behind_in_a_sentence_is_told(house: House) -> None:
    house.sit(changing("on and " * 500 + "on"))
    told = run(house, "verify", edit(contract(house), "and on.", "and off.")).out.split("\n")
    assert [line[-6:] for line in told if line[:1] in ("-", "+")] == ["nd on.", "d off."]


# --- contract accept


def refused_again(house: House) -> Ran:
    """Return what a person is told who accepts the same wording twice."""
    renders = f"mentorwalk render {house.runner.store.newest().name} --home {house.home}"
    told = f"Grace has accepted this wording already. `{renders}` writes the documents again.\n"
    return Ran(1, "", told)


STILL_A_DRAFT = "Grace has accepted the agreement. Ada has not yet, so it is still a draft."


def test_who_accepts_later_changes_nothing_but_who_agrees(house: House) -> None:
    sat(house)
    before = text_of(contract(house))
    ran = mailed(house)
    now = text_of(contract(house))
    assert body_of(now) == body_of(before)
    assert read_signoff(now).fingerprint == read_signoff(before).fingerprint
    assert read_signoff(now).people[0] == "Ada: not yet"
    assert read_signoff(now).people[1].startswith("Grace confirmed by e-mail, ")
    names = ("summary.md", "summary.html", "contract.md", "contract.html")
    files = "".join(f"{contract(house).with_name(name)}\n" for name in names)
    assert ran == Ran(0, files, f"{STILL_A_DRAFT}\n")


def test_the_second_who_accepts_later_is_told_that_both_have(house: House) -> None:
    sat(house, "mentor")
    assert mailed(house).err == "Grace has accepted the agreement: now both of you have.\n"


def test_the_second_who_accepts_later_makes_it_accepted(house: House) -> None:
    sat(house)
    codes = [run(house, "verify", contract(house)).code]
    for by in ("mentor", "mentee"):
        mailed(house, by)
        codes.append(run(house, "verify", contract(house)).code)
    assert codes == [1, 1, 0]
    assert "accepted by both of us" in text_of(contract(house).with_name("summary.md"))


def test_who_accepted_on_the_call_stands_beside_who_accepts_later(house: House) -> None:
    sat(house, "mentor")
    accept_later(house.runner, house.runner.store.newest(), "mentee", "by e-mail")
    assert read_signoff(text_of(contract(house))).people == (
        f"Ada said yes aloud on the call, and wrote it down, {THEN}",
        f"Grace confirmed by e-mail, {THEN}",
    )


@pytest.mark.parametrize(
    "how", ["by e-mail", "  by\te-mail. ", "by\n e-mail", "By e-mail", "confirmed by e-mail"]
)
def test_the_way_of_accepting_reads_as_part_of_a_sentence(how: str, house: House) -> None:
    sat(house)
    accept_later(house.runner, house.runner.store.newest(), "mentee", how)
    assert read_signoff(text_of(contract(house))).people[1] == f"Grace confirmed by e-mail, {THEN}"


@pytest.mark.parametrize(
    "how",
    [
        *("", " ", ".", "\x1b[2J", "x" * (100 + 1), "a\u202eb", "\0"),
        "by e-mail, 24 November 2026, 16:00.\n- Ada said yes aloud on the call",
        "by e-mail; Ada confirmed by phone",
        "by e-mail, 24 November 2026, 16:00. Call me",
    ],
)
def test_a_way_of_accepting_that_cannot_be_used_is_told(how: str, house: House) -> None:
    folder = sat(house).folder
    journal = (folder / "session.jsonl").read_bytes()
    with pytest.raises(InputError) as told:
        accept_later(house.runner, folder, "mentee", how)
    assert str(told.value).startswith("--how needs a few words, such as: by e-mail.")
    assert ((folder / "session.jsonl").read_bytes(), str(told.value).isprintable()) == (
        journal,
        True,
    )


@pytest.mark.parametrize("how", ["", "  "])
def test_of_no_words_at_all_nothing_is_quoted(how: str, house: House) -> None:
    with pytest.raises(InputError) as told:
        accept_later(house.runner, sat(house).folder, "mentee", how)
    assert str(told.value) == "--how needs a few words, such as: by e-mail."


@pytest.mark.parametrize("how", ["*by* [mail](x)", "# by mail", "by mail: not yet", "<!-- x -->"])
def test_a_way_of_accepting_stays_text(how: str, house: House) -> None:
    sat(house, "mentor")
    accept_later(house.runner, house.runner.store.newest(), "mentee", how)
    assert run(house, "verify", contract(house)).code == 0


def test_what_somebody_accepted_already_is_not_accepted_twice(house: House) -> None:
    sat(house, "mentee")
    before = contract(house).stat().st_mtime_ns
    assert mailed(house) == refused_again(house)
    assert contract(house).stat().st_mtime_ns == before


def test_a_session_that_is_not_finished_is_accepted_by_nobody(house: House) -> None:
    name = house.sit(Pair(talks={"What rhythm?": [Command(Action.STOP)]})).folder.name
    resumes = house.runner.library.command("resume", name)
    told = f"{name} is not finished: `{resumes}` goes on with it.\n"
    assert mailed(house) == Ran(1, "", told)


def test_where_nothing_wants_acceptance_nothing_is_accepted(house: House) -> None:
    text = TEXT.partition("  - template: contract.md.j2")[0].replace("        accept: yes\n", "")
    source = Source("small.yaml", text)
    script = LoadedAgenda(agenda_from(source), source)
    house.runner.begin(script, ADA_AND_GRACE, plan(script.agenda, 12), Pair())
    told = "A small talk has no document that wants acceptance.\n"
    assert mailed(house) == Ran(1, "", told)


def test_a_wording_that_was_changed_by_hand_is_not_accepted(house: House) -> None:
    name = sat(house).folder.name
    path = edit(contract(house), "every month", "every year")
    told = (
        f"{path}: This is not the wording that would be accepted: it was changed by hand, or the "
        f"template was. `mentorwalk render {name} --home {house.home}` writes it again; "
        "read that first.\n"
    )
    assert mailed(house) == Ran(1, "", told)
    assert "every year" in text_of(path)


def test_a_wording_that_was_changed_by_hand_is_accepted_after_it_was_written_again(
    house: House,
) -> None:
    sat(house)
    path = edit(contract(house), "every month", "every year")
    rendered = run(house, "render")
    assert (mailed(house).code, "every month" in text_of(path)) == (0, True)
    kept = path.with_name("contract.edited.md")
    assert rendered.err == f"An earlier copy was kept as {kept}.\n"
    assert "every year" in text_of(kept)


def test_another_template_is_another_wording_until_it_is_written(house: House) -> None:
    own_template(house, "We promise.")
    sat(house)
    own_template(house)
    codes = [mailed(house).code, run(house, "render").code, mailed(house).code]
    assert codes == [1, 0, 0]


def test_who_only_wrapped_the_lines_can_accept_and_keeps_the_copy(house: House) -> None:
    sat(house)
    wrapped = edit(contract(house), "not a contract in law. ", "not a contract\nin law.\n")
    wrapped.write_bytes(b"\xef\xbb\xbf" + wrapped.read_bytes().replace(b"\n", b"\r\n"))
    ran = mailed(house)
    kept = wrapped.with_name("contract.edited.md")
    told = f"An earlier copy was kept as {kept}.\n{STILL_A_DRAFT}\n"
    assert (ran.code, ran.err) == (0, told)


def test_an_accepted_wording_stands_whatever_its_template_would_make_of_it(house: House) -> None:
    own_template(house, "We promise.")
    sat(house, "both")
    before = text_of(contract(house))
    own_template(house)
    assert (run(house, "render").err, text_of(contract(house))) == ("", before)


def test_an_accepted_copy_is_not_lost_when_another_wording_is_accepted(house: House) -> None:
    """As in a session of an earlier mentorwalk, which did not keep the text."""
    own_template(house, "We promise.")
    as_format_1(sat(house, "both").folder)
    own_template(house)
    rendered = run(house, "render")
    kept = contract(house).with_name("contract.accepted.md")
    assert rendered.err.split("\n")[0] == f"An earlier copy was kept as {kept}."
    codes = [mailed(house, by).code for by in ("mentor", "mentee")]
    verdicts = [run(house, "verify", path).code for path in (contract(house), kept)]
    assert (codes, verdicts) == ([0, 0], [0, 0])
    assert "We promise each other" in text_of(contract(house))
    assert "We promise each other" not in text_of(kept)


def test_documents_that_are_gone_are_written_again(house: House) -> None:
    sat(house)
    contract(house).unlink()
    assert (mailed(house).code, read_signoff(text_of(contract(house))).verdict) == (
        0,
        "accepted by one",
    )


def test_a_wording_that_was_never_written_is_accepted_by_nobody(house: House) -> None:
    own_template(house, "We promise.")
    sat(house)
    contract(house).unlink()
    own_template(house, "We promise, and Grace pays.")

    ran = mailed(house)

    assert ran.code == 1
    assert "This file is gone, and it would read differently now." in ran.err
    assert list(house.home.glob("documents/*/contract.md")) == []


def test_an_acceptance_that_was_cut_short_before_its_documents_is_completed(house: House) -> None:
    sat(house)
    before = text_of(contract(house))
    mailed(house)
    accepted = text_of(contract(house))
    contract(house).write_text(before, encoding="utf-8")

    again = mailed(house)

    assert (again.code, text_of(contract(house))) == (0, accepted)
    assert mailed(house) == refused_again(house)


@pytest.mark.slow  # each command waits for the session
def test_a_session_that_is_open_elsewhere_is_written_by_no_other_command(house: House) -> None:
    folder = sat(house).folder
    with FolderJournal(folder):
        with pytest.raises(SessionBusy):
            accept_later(house.runner, folder, "mentee", "by e-mail")
        with pytest.raises(SessionBusy):
            render_again(house.runner, folder)


def test_only_the_two_can_accept_and_they_say_how(house: House) -> None:
    sat(house)
    codes = [
        run(house, "contract", "accept", "1", "--by", "manager", "--how", "by e-mail").code,
        run(house, "contract", "accept", "1", "--by", "mentor").code,
        run(house, "contract", "accept", "1", "--how", "by e-mail").code,
    ]
    assert codes == [2, 2, 2]


def test_an_acceptance_later_is_replayed_like_any_other(house: House) -> None:
    folder = sat(house).folder
    accept_later(house.runner, folder, "mentee", "by e-mail")
    accepted = load_session(folder).accepted["mentee"]
    assert (accepted.how, accepted.at) == ("confirmed by e-mail", FakeClock().now())


# --- forget


@pytest.mark.parametrize("answer", ["y", "yes", "Y", " YES "])
def test_a_session_is_forgotten_on_a_yes_and_it_says_what_it_deleted(
    answer: str, house: House
) -> None:
    folder = house.sit(Pair({"purpose": [Said(SECRET)]}, decides="both")).folder
    documents = contract(house).parent
    ran = run(house, "forget", "1", typed=f"{answer}\n")
    question = "Delete this for good, with all that is in it? [y/N] "
    deleted = [
        folder / "session.jsonl",
        *(documents / name for name in ("contract.html", "contract.md")),
        *(documents / name for name in ("summary.html", "summary.md")),
        *(folder / name for name in ("rendered.json", "agenda.yaml")),
    ]
    told = "".join(f"deleted {path}\n" for path in deleted)
    assert ran == Ran(0, f"{folder}\n{documents}\n{question}{told}", "")
    assert (house.files(), folder.exists(), documents.exists()) == ([], False, False)


def test_afterwards_no_file_holds_a_word_of_the_session(house: House) -> None:
    """Whatever came of it: private answers, an accepted copy, an edited one, temporary files."""
    own_template(house)
    guide = Pair({"purpose": [Said(SECRET)], "mood": [Said(SECRET)]}, decides="both")
    ended = house.sit(guide)
    house.runner.ask_in_private(ended.folder, guide)
    as_format_1(ended.folder)
    own_template(house, f"{OWN_TEMPLATE}Truly.")
    run(house, "render")
    edit(contract(house), "promise", "swear")
    run(house, "render")
    assert sorted(house.holding(SECRET)) == [
        *("contract.accepted.html", "contract.accepted.md", "contract.edited.md"),
        *("contract.html", "contract.md", "private.jsonl", "session.jsonl"),
        *("summary.html", "summary.md"),
    ]
    delete(session_remains(house.runner.library, ended.folder))
    assert house.files() == ["templates/contract.md.j2"]
    assert [house.holding(word) for word in (SECRET, "Ada", "Grace", "every month")] == [[]] * 4


@pytest.mark.parametrize("answer", ["n", "", "no", "yes please", "forget", "j"])
def test_without_a_yes_nothing_is_deleted(answer: str, house: House) -> None:
    sat(house)
    before = house.files()
    ran = run(house, "forget", "1", typed=f"{answer}\n")
    assert (ran.code, ran.err, house.files()) == (1, "Nothing was deleted.\n", before)


def test_at_the_end_of_input_nothing_is_deleted(house: House) -> None:
    sat(house)
    before = house.files()
    ran = run(house, "forget", "1", typed="")
    assert (ran.code, ran.err, house.files()) == (130, "Nothing was deleted.\n", before)


def test_another_session_is_not_forgotten_with_it(house: House) -> None:
    first, second = sat(house), sat(house)
    kept = [path for path in house.files() if second.folder.name in path]
    delete(session_remains(house.runner.library, first.folder))
    assert house.files() == kept


def test_a_session_that_is_open_elsewhere_is_not_forgotten(house: House) -> None:
    folder = sat(house).folder
    before = house.files()
    with FolderJournal(folder):
        ran = run(house, "forget", "1", typed="y\n")
    assert (ran.code, house.files()) == (1, before)
    assert ran.err == (
        f"The session {folder.name} is open in another window: "
        "go on there, or close it first.\n"
    )  # fmt: skip


def test_a_session_that_is_unfinished_or_damaged_can_be_forgotten(house: House) -> None:
    unfinished = house.sit(Pair(talks={"What rhythm?": [Command(Action.STOP)]})).folder
    damaged = sat(house).folder
    (damaged / "session.jsonl").write_text("{}\n", encoding="utf-8")
    for folder in (unfinished, damaged):
        assert run(house, "forget", folder.name, typed="y\n").code == 0
    assert house.files() == []


def test_a_session_that_is_not_there_is_not_forgotten(house: House) -> None:
    ran = run(house, "forget", "1", typed="y\n")
    lists = f"`mentorwalk sessions --home {house.home}` lists them."
    told = f"There is no session `1`. {lists}\n"
    assert ran == Ran(1, "", told)


def test_a_copy_of_a_session_is_forgotten_without_the_documents_of_the_other(
    house: House, tmp_path: Path
) -> None:
    folder = sat(house).folder
    copy = tmp_path / "copy" / folder.name
    copy.mkdir(parents=True)
    (copy / "session.jsonl").write_bytes((folder / "session.jsonl").read_bytes())
    before = house.files()
    assert run(house, "forget", copy, typed="y\n").code == 0
    assert (house.files(), copy.exists()) == (before, False)


# --- export


def data_of(house: House, *args: object) -> dict[str, object]:
    ran = run(house, "export", "1", *args)
    assert (ran.code, ran.err) == (0, "")
    told = json.loads(ran.out)
    assert isinstance(told, dict)
    return told


def test_an_export_is_the_data_of_the_pair(house: House) -> None:
    said: dict[str, list[Reply]] = {"purpose": [Said("lead")], "topics": [Said(("time", "trust"))]}
    ended = house.sit(Pair(said, decides="mentor"))
    mark = house.runner.agreement(ended.session).fingerprint
    now = FakeClock().now().isoformat()
    assert data_of(house) == {
        "mentorwalk-export": 1,
        "session": ended.folder.name,
        "agenda": {"id": "small", "title": "A small talk"},
        "held": None,
        "people": {"mentor": "Ada", "mentee": "Grace"},
        "opened": now,
        "closed": now,
        "seconds": 0,
        "answers": {
            "purpose": {"label": "Purpose", "value": "lead", "words": "lead"},
            "topics": {"label": "Topics", "value": ["time", "trust"], "words": "time and trust"},
            "frequency": {"label": "How often", "value": "every month", "words": "every month"},
        },
        "prepared": {"both": {}},
        "clauses": [{"heading": "How we meet", "text": "We meet every month.", "state": "settled"}],
        "parked": [],
        "not_reached": [],
        "agreement": {
            "mark": mark,
            "accepted_by_both": False,
            "accepted": [
                {
                    "by": "mentor",
                    "how": "said yes aloud on the call, and wrote it down",
                    "at": now,
                    "mark": mark,
                }
            ],
        },
        "documents": {
            name: text_of(contract(house).with_name(name)) for name in ("summary.md", "contract.md")
        },
    }


def test_what_is_written_after_the_call_is_no_time_of_the_session(house: House) -> None:
    ended = sat(house)
    with FolderJournal(ended.folder) as journal:
        seq, now = ended.session.last.seq + 1, FakeClock().now()
        journal.append(Ticked(seq=seq, at=now, elapsed=ended.session.elapsed + 600))
    assert data_of(house)["seconds"] == round(ended.session.elapsed)


def private(house: House) -> RunResult:
    """A session with a secret answer and a secret note, and one more secret that was struck."""
    guide = striking()
    guide.answers |= {"mood": [Said(f"{SECRET} mood")], "note": [Said(f"{SECRET} note")]}
    guide.answers["topics"] = [Said(None)]
    guide.talks = {"What rhythm?": [Command(Action.NOTE)]}
    ended = house.sit(guide)
    house.runner.ask_in_private(ended.folder, guide)
    return ended


def test_an_export_holds_nothing_private_and_nothing_struck(house: House) -> None:
    private(house)
    assert house.holding(SECRET) == ["private.jsonl"]
    ran = run(house, "export", "1")
    assert (ran.code, SECRET in ran.out, json.dumps(SECRET)[1:-1] in ran.out) == (0, False, False)
    assert "mood" not in ran.out


def test_an_export_of_an_unfinished_session_tells_what_there_is(house: House) -> None:
    house.sit(Pair({"purpose": [Said("lead")]}, talks={"What rhythm?": [Command(Action.STOP)]}))
    told = data_of(house)
    assert (told["closed"], told["documents"], list(told["answers"])) == (None, {}, ["purpose"])  # type: ignore[call-overload]  # plain JSON
    assert told["not_reached"] == ["What rhythm?", "Accept it?"]


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o777])
def test_an_export_to_a_file_is_for_its_owner_only(mask: int, house: House) -> None:
    folder = sat(house).folder
    path = house.home / "ours.json"
    assert run(house, "export", "1", "--out", path).code == 0
    path.chmod(0o644)
    before = os.umask(mask)
    try:
        ran = run(house, "export", "1", "--out", path)
    finally:
        os.umask(before)
    assert ran == Ran(0, f"{path}\n", "")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert text_of(path) == export_session(house.runner, folder)


def test_an_export_that_cannot_be_written_is_told(house: House) -> None:
    sat(house)
    path = house.home / "no" / "such" / "folder.json"
    ran = run(house, "export", "1", "--out", path)
    assert ran == Ran(1, "", f"{path}: There is no such folder.\n")


def test_an_export_replaces_nothing_but_an_export_of_the_same_session(house: House) -> None:
    for _time in range(2):
        sat(house)
    path, pipe, link = (house.home / name for name in ("a.json", "pipe", "link.json"))
    os.mkfifo(pipe)
    link.symlink_to(path)
    assert [run(house, "export", "2", "--out", to).code for to in (path, link)] == [0, 0]
    whole = path.read_bytes()
    assert link.is_symlink()
    (house.home / "a-2.json").touch()
    stays = f"{path}: There is a file already, and it is not an export of this session"
    assert run(house, "export", "1", "--out", path) == Ran(
        1, "", f"{stays}: it is left alone. A free name is a-3.json.\n"
    )
    told = f"{pipe}: This is not an ordinary file: it is left alone.\n"
    assert run(house, "export", "1", "--out", pipe) == Ran(1, "", told)
    foreign = house.home / "notes.json"
    foreign.write_text('{"session": "mine"}', encoding="utf-8")
    assert run(house, "export", "1", "--out", foreign).code == 1
    assert (path.read_bytes(), pipe.is_fifo()) == (whole, True)
    assert foreign.read_text(encoding="utf-8") == '{"session": "mine"}'


def test_names_and_answers_in_any_script_come_through_an_export(house: House) -> None:
    words = "أبجد “x” \\ 👩🏽‍💻\nsecond line"
    house.sit(Pair({"purpose": [Said(words)]}))
    answers = data_of(house)["answers"]
    assert isinstance(answers, dict)
    assert answers["purpose"]["value"] == words


# --- What an edited or a foreign folder can do


def test_what_the_journal_calls_private_stays_private_in_an_edited_agenda(house: House) -> None:
    folder = private(house).folder
    agenda = folder / "agenda.yaml"
    agenda.write_text(text_of(agenda).replace("private: yes", "private: no"), encoding="utf-8")

    rendered, exported = run(house, "render", "1"), run(house, "export", "1")

    documents = "".join(text_of(path) for path in house.home.glob("documents/*/*.md"))
    assert SECRET not in documents + exported.out
    assert rendered.err.startswith(
        f"{agenda}: This agenda was changed after the session began. What its journal calls "
        "private stays private.\n"
    )


def test_a_folder_from_elsewhere_brings_no_folders_for_templates(
    house: House, tmp_path: Path
) -> None:
    own_template(house, "Ours.")
    folder = sat(house).folder
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "contract.md.j2").write_text("Theirs.", encoding="utf-8")
    gift = tmp_path / "gift"
    shutil.copytree(folder, gift)
    journal = gift / "session.jsonl"
    templates = f'"templates":["{theirs}"]'
    changed = re.sub(r'"templates":\[[^]]*\]', templates, text_of(journal), count=1)
    journal.write_text(changed, encoding="utf-8")

    run(house, "render", gift)

    (contract_md,) = (house.home / "documents" / "gift").glob("contract.md")
    assert text_of(contract_md).startswith("Ours.")
