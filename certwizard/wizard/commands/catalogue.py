"""Every command of the wizard, each defined once."""

from dataclasses import replace

from certwizard.wizard.commands.model import WizardCommand
from certwizard.wizard.steps import CHECK_STEPS


def _command(
    keys: str, label: str, action: str, words: str, *, hidden: bool = False, name: str = ""
) -> WizardCommand:
    """Return a command; its id is its label's where it has no name of its own, the first key is the one shown."""
    name = name or label.lower().replace(" ", "-")
    every = tuple(keys.split())
    return WizardCommand(name, every, label, action, words, in_palette=not hidden)


NEXT = _command("n right ctrl+n", "Next", "screen.turn(1)", "Go on to the next step.")
BACK = _command("b left ctrl+b escape", "Back", "screen.turn(-1)", "Go back one step.")
MEANS = _command("enter m", "What it means", "screen.means", "Explain the marked line and why it matters.")
FIX = _command("x f", "Fix it", "screen.go('fix')", "Show the steps and commands that repair it.")
RAW = _command("v", "Raw values", "screen.raw", "Show the evidence, and the certificates as PEM.")
COPY = _command("y", "Copy", "screen.copy", "Copy the marked value or command.")
RECHECK = _command("r", "Recheck", "screen.recheck", "Look at the same target again and say what changed.")
OPTIONS = _command(
    "e", "Options", "screen.options", "Look again with other options: address, name, port, proxy, CA file."
)
NEW_TARGET = _command("t", "New target", "screen.new_target", "Name another server or file.")
ROLE = _command("o", "Role", "screen.role", "Change who you are: server owner, client developer, visitor.")
PLATFORM = _command("s", "Platform", "screen.platform", "Show the commands of the next platform.")
WAY = _command("a", "Way", "screen.way", "Show the next way to a certificate: certbot, acme.sh, by hand.")
SHELL = _command(
    "h", "Shell", "screen.shell", "Write the commands for the next shell: bash, PowerShell, cmd."
)
TICK = _command("space enter", "Tick off", "screen.tick", "Tick the marked step off, or take the tick back.")
MEANS_BESIDE_TICK = replace(MEANS, keys=("m",))
SAVE = _command("w", "Save", "screen.save", "Write the marked block to a file in this folder.")
VERDICT = _command("g 9 0", "Verdict", "screen.go('verdict')", "Go to the verdict.")
PREVENT = _command("p", "Prevent", "screen.go('prevent')", "Show how it stays repaired.")
HELP = _command("question_mark f1", "Help", "screen.help", "Say what this screen answers and its keys.")
PALETTE = _command("ctrl+p", "Commands", "app.command_palette", "Search all commands.", hidden=True)
THEME = _command(
    "ctrl+t", "Theme", "app.turn_theme", "Change the colours: dark, light, high contrast, the terminal's own."
)
QUIT = _command("q ctrl+q", "Quit", "app.quit", "Leave the wizard.")

SUSPEND = _command(
    "ctrl+z", "Suspend", "app.suspend_process", "Go back to the shell for now; fg brings the wizard back."
)

JUMPS = tuple(
    _command(step.key, step.title, f"screen.go('{step.id}')", f"Go to the step {step.title}.")
    for step in CHECK_STEPS
)

FIND_OUT = _command("n right", "Find out", "screen.find_out", "Look at the server the message speaks of.")

FIND_OUT_TYPING = _command("enter", "Find out", "screen.find_out", FIND_OUT.help)

# Where a field is typed in, letters are text; these keys are none.
DIAGNOSE = _command("enter", "Diagnose", "screen.diagnose", "Diagnose what is written in the field.")
OPEN = _command("enter", "Open", "screen.open", "Open the marked scenario.")
PRACTICE = _command("f2 ctrl+l", "Practice", "screen.practice", "Open the practice lab.")
FILES = _command("f5 f", "File", "screen.files", "Find a file with certificates.")
OPEN_FILE = _command("enter", "Open", "screen.open", "Open the marked folder, or look at the marked file.")
PARENT = _command("f5", "Up", "screen.parent", "Show the folder this one stands in.")
HIDDEN = _command("f6", "Hidden", "screen.hidden", "Show hidden files and folders, or no longer.")
EVERY_FILE = _command("f7", "All files", "screen.every", "Show files of any ending, or certificates alone.")
FORGET = _command("f8", "Forget recent", "screen.forget", "Forget all recent targets.")
KEEP = _command("f9", "Keep recent", "screen.keep", "Keep recent targets from now on, or keep none.")
ROLE_TYPING = _command("ctrl+o", "Role", "screen.role", ROLE.help, name="role-typing")
HELP_TYPING = _command("f1", "Help", "screen.help", HELP.help, name="help-typing")
QUIT_TYPING = _command("ctrl+q", "Quit", "app.quit", QUIT.help, name="quit-typing")
LEAVE = _command(
    "escape", "Back", "screen.leave", "Go back to where you came from.", hidden=True, name="leave"
)

UNLOCK = _command("enter", "Unlock", "screen.unlock", "Open the file with this password.", hidden=True)
GIVE_UP = _command("escape", "Without it", "screen.give_up", "Go on without the password.", hidden=True)

LOOK_AGAIN = _command(
    "enter", "Look again", "screen.look_again", "Look again with these options.", hidden=True
)
SHOW_STEP = _command("enter", "Its step", "screen.show_step", "Go to the step that shows the marked cause.")
REPORT = _command(
    "d", "Report", "screen.report", "Save the report as Markdown, HTML, JSON, text or for replay."
)
WRITE_REPORT = _command("enter", "Write", "screen.write_report", "Write the report.", hidden=True)
NEXT_FORMAT = _command(
    "ctrl+f", "Next format", "screen.format(-1)", "Write it in the next format.", hidden=True
)
CLOSE_FORM = _command(
    "escape", "Back", "screen.close", "Change nothing and go back.", hidden=True, name="close-form"
)
COPY_COMMAND = _command(
    "ctrl+y", "Copy the command", "screen.copy_command", "Copy the command that does the same."
)

CANCEL = _command("escape", "Cancel", "screen.cancel", "Stop waiting and go back.")
CLOSE = _command("escape q", "Close", "screen.close", "Close this and go back to the step.", hidden=True)
NEXT_PAGE = _command("right n tab", "Next page", "screen.page(1)", "Show the next page.", hidden=True)
PAGE_BEFORE = _command(
    "left b shift+tab", "Page before", "screen.page(-1)", "Show the page before.", hidden=True
)

LESSONS = _command("L f3", "Lessons", "screen.lessons", "Search and read the lessons: fields, faults, terms.")
COURSE = _command("C f4", "Course", "screen.course", "Take the course: an hour on certificates.")
LESSONS_TYPING = _command("f3", "Lessons", "screen.lessons", LESSONS.help, name="lessons-typing")
COURSE_TYPING = _command("f4", "Course", "screen.course", COURSE.help, name="course-typing")
LESSON_BACK = _command(
    "escape", "Back", "screen.back", "Come back along the trail, or close.", hidden=True, name="lesson-back"
)
LINKS = _command("tab enter", "Links", "screen.links", "Go to the links, and back to the text.", hidden=True)
SEARCH_LESSONS = _command(
    "slash", "Search", "screen.search", "Search in all lessons.", hidden=True, name="search-lessons"
)
NEXT_LESSON = _command(
    "right n", "Next lesson", "screen.page(1)", "Show the next lesson on this.", hidden=True
)
LESSON_BEFORE = _command("left b", "Lesson before", "screen.page(-1)", "Show the lesson before.", hidden=True)
CLOSE_LESSON = _command(
    "q", "Close", "screen.close", "Close the lesson, from wherever it led.", hidden=True, name="close-lesson"
)
FIND_LESSONS = _command(
    "slash", "Search lessons", "screen.lessons", LESSONS.help, hidden=True, name="find-lessons"
)
OPEN_CHAPTER = _command(
    "enter", "Open", "screen.open", "Open the marked chapter.", hidden=True, name="open-chapter"
)
BEGIN_ANEW = _command("X", "Begin anew", "screen.begin_anew", "Forget all answers of the course.")
DO_IT = _command("enter", "Do it", "screen.do", "Read, practise or answer what is marked.", hidden=True)
NEXT_CHAPTER = _command("n right", "Next chapter", "screen.chapter(1)", "Go on to the next chapter.")
CHAPTER_BEFORE = _command("b left", "Chapter before", "screen.chapter(-1)", "Go back one chapter.")
ANSWER = _command("enter", "Answer", "screen.answer", "Choose the marked answer, then go on.", hidden=True)
READ = _command("enter", "Read", "screen.open", "Read the marked lesson.")

VIEW = _command("c", "Certificates", "screen.view", "Open the certificate viewer: every field and byte.")
SEARCH = _command("slash", "Search", "screen.search", "Search in names, values and meanings.")
COPY_PEM = _command("P", "Copy PEM", "screen.copy_pem", "Copy the whole certificate as PEM.")
NEXT_CERTIFICATE = _command(
    "tab right_square_bracket n",
    "Next certificate",
    "screen.next_certificate(1)",
    "Show the next certificate.",
)
CERTIFICATE_BEFORE = _command(
    "shift+tab left_square_bracket b",
    "Certificate before",
    "screen.next_certificate(-1)",
    "Show the certificate before.",
)
LEAVE_VIEWER = _command(
    "escape q",
    "Back",
    "screen.leave",
    "End the search, or go back to the step.",
    hidden=True,
    name="leave-viewer",
)
CLOSE_COMPARISON = _command(
    "escape q",
    "Back",
    "screen.leave",
    "Go back to where you came from.",
    hidden=True,
    name="close-comparison",
)
COMPARE = _command(
    "equals_sign", "Compare", "screen.compare", "Compare two certificates: another one, or the one before."
)
OTHER_FIRST = _command("a", "Other A", "screen.other(0)", "Take the next certificate as A.")
OTHER_SECOND = _command("b tab", "Other B", "screen.other(1)", "Take the next certificate as B.")
SWAP = _command("s", "Swap", "screen.swap", "Swap the two certificates.")
DIFFERENCES = _command("d", "Differences", "screen.differences", "Show only what differs, or everything.")
VIEWER = (LEAVE_VIEWER, MEANS, SEARCH, COPY, COPY_PEM, RAW, NEXT_CERTIFICATE, CERTIFICATE_BEFORE, COMPARE)
COMPARISON = (CLOSE_COMPARISON, OTHER_FIRST, OTHER_SECOND, SWAP, DIFFERENCES, COPY)

GENERAL = (HELP, PALETTE, LESSONS, COURSE, THEME, SUSPEND, QUIT)
WALK = (
    NEXT,
    BACK,
    MEANS,
    FIX,
    VIEW,
    COMPARE,
    RAW,
    COPY,
    RECHECK,
    OPTIONS,
    NEW_TARGET,
    ROLE,
    VERDICT,
    PREVENT,
    FIND_LESSONS,
    *JUMPS,
)
JUDGED = tuple(MEANS_BESIDE_TICK if command is MEANS else command for command in WALK)
"""The commands of the walk where enter has another meaning than on the steps."""
REMEDY = (TICK, PLATFORM, WAY, SHELL, SAVE)

KEYED = (
    (*WALK, *GENERAL),
    (*JUDGED, *REMEDY, *GENERAL),
    (*JUDGED, SHOW_STEP, REPORT, SAVE, *GENERAL),
    (*VIEWER, *GENERAL),
    (*COMPARISON, *GENERAL),
    (NEXT_PAGE, PAGE_BEFORE, COPY, CLOSE),
    (LESSON_BACK, LINKS, SEARCH_LESSONS, NEXT_LESSON, LESSON_BEFORE, COPY, CLOSE_LESSON, HELP),
    (OPEN_CHAPTER, LEAVE, BEGIN_ANEW, *GENERAL),
    (DO_IT, NEXT_CHAPTER, CHAPTER_BEFORE, LEAVE, *GENERAL),
    (ANSWER, LEAVE, *GENERAL),
)
"""The commands of the screens where letters are keys; these can be given others, and must not clash."""
