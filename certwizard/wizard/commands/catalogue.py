"""Every command of the wizard, each defined once."""

from certwizard.wizard.commands.model import WizardCommand
from certwizard.wizard.steps import CHECK_STEPS

NEXT = WizardCommand(
    "next", ("n", "right", "ctrl+n"), "n", "Next", "Go on to the next step.", "screen.turn(1)"
)
BACK = WizardCommand("back", ("b", "left", "ctrl+b"), "b", "Back", "Go back one step.", "screen.turn(-1)")
ESCAPE = WizardCommand(
    "escape", ("escape",), "esc", "Back", "Close what is open, or go back one step.", "screen.turn(-1)", False
)
MEANS = WizardCommand(
    "means", ("enter", "m"), "enter", "What it means", "Explain the marked line: what it is and why it matters.",
    "screen.means",
)  # fmt: skip
FIX = WizardCommand(
    "fix", ("x", "f"), "x", "Fix it", "Show the steps and commands that repair it.", "screen.go('fix')"
)
RAW = WizardCommand(
    "raw",
    ("v",),
    "v",
    "Raw values",
    "Show the evidence as it was seen, and the certificates as PEM.",
    "screen.raw",
)
COPY = WizardCommand("copy", ("y",), "y", "Copy", "Copy the marked value or command.", "screen.copy")
RECHECK = WizardCommand(
    "recheck", ("r",), "r", "Recheck", "Look at the same target again and say what changed.", "screen.recheck"
)
NEW_TARGET = WizardCommand(
    "new-target", ("t",), "t", "New target", "Name another server or file.", "screen.new_target"
)
ROLE = WizardCommand(
    "role",
    ("o",),
    "o",
    "Role",
    "Change who you are: server owner, client developer or visitor.",
    "screen.role",
)
PLATFORM = WizardCommand(
    "platform", ("s",), "s", "Platform", "Show the commands of the next platform.", "screen.platform"
)
VERDICT = WizardCommand(
    "verdict", ("g", "9", "0"), "g", "Verdict", "Go to the verdict.", "screen.go('verdict')"
)
PREVENT = WizardCommand(
    "prevent", ("p",), "p", "Prevent", "Show how it stays repaired.", "screen.go('prevent')"
)
HELP = WizardCommand(
    "help",
    ("question_mark", "f1"),
    "?",
    "Help",
    "Say what this screen answers and which keys it has.",
    "screen.help",
)
PALETTE = WizardCommand(
    "palette", ("ctrl+p",), "^p", "Commands", "Search all commands by name.", "app.command_palette", False
)
THEME = WizardCommand("theme", ("ctrl+t",), "^t", "Theme", "Change between dark and light.", "app.turn_theme")
QUIT = WizardCommand("quit", ("q", "ctrl+q"), "q", "Quit", "Leave the wizard.", "app.quit")
QUIT_TYPING = WizardCommand("quit", ("ctrl+q",), "^q", "Quit", "Leave the wizard.", "app.quit")
HELP_TYPING = WizardCommand("help", ("f1",), "F1", "Help", HELP.help, "screen.help")

JUMPS = tuple(
    WizardCommand(
        f"jump.{step.id}",
        (step.key,),
        step.key,
        step.title,
        f"Go to the step {step.title}.",
        f"screen.go('{step.id}')",
    )
    for step in CHECK_STEPS
)

DIAGNOSE = WizardCommand(
    "diagnose", (), "enter", "Diagnose", "Diagnose what is written in the field.", "screen.diagnose"
)
PRACTICE = WizardCommand(
    "practice",
    ("f2", "ctrl+l"),
    "F2",
    "Practice",
    "Open the practice lab: servers broken on purpose.",
    "screen.practice",
)
ROLE_TYPING = WizardCommand("role", ("ctrl+o",), "^o", "Role", ROLE.help, "screen.role")
CANCEL = WizardCommand("cancel", ("escape",), "esc", "Cancel", "Stop waiting and go back.", "screen.cancel")
OPEN = WizardCommand("open", (), "enter", "Open", "Open the marked scenario.", "screen.open")
CLOSE = WizardCommand(
    "close", ("escape", "q"), "esc", "Close", "Close this and go back to the step.", "screen.close", False
)
NEXT_PAGE = WizardCommand(
    "page.next", ("right", "n", "tab"), "→", "Next page", "Show the next page.", "screen.page(1)", False
)
PREVIOUS_PAGE = WizardCommand(
    "page.previous",
    ("left", "b", "shift+tab"),
    "←",
    "Page before",
    "Show the page before.",
    "screen.page(-1)",
    False,
)

GENERAL = (HELP, PALETTE, THEME, QUIT)
WALK = (NEXT, BACK, ESCAPE, MEANS, FIX, RAW, COPY, RECHECK, NEW_TARGET, ROLE, VERDICT, PREVENT, *JUMPS)

LEAVE = WizardCommand(
    "leave", ("escape",), "esc", "Back", "Go back to where you came from.", "screen.leave", False
)
