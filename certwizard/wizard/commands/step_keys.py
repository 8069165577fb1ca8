"""The keys that lead to the steps, as they are now."""

from certwizard.wizard.commands import catalogue as commands
from certwizard.wizard.commands.keys import keys_of
from certwizard.wizard.commands.model import key_name
from certwizard.wizard.steps import WizardStep

_AFTER = {"verdict": commands.VERDICT, "fix": commands.FIX, "prevent": commands.PREVENT}
_COMMANDS = {
    **{jump.action: jump for jump in commands.JUMPS},
    **{each.action: each for each in _AFTER.values()},
}


def step_key(app: object, step: WizardStep) -> str:
    """Return the key that leads to a step: the user's own, else the step's.

    Args:
        app: The running app.
        step: The step.
    """
    own = keys_of(app).get(_COMMANDS[f"screen.go('{step.id}')"].id)
    return key_name(own[0]) if own else step.key
