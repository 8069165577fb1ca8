"""Who asks, in words."""

from dataclasses import dataclass

from certwizard.domain.vocabulary import Role


@dataclass(frozen=True, slots=True)
class RoleWords:
    """How a role is called."""

    role: Role
    title: str
    short: str


ROLES: tuple[RoleWords, ...] = (
    RoleWords(Role.SERVER_OWNER, "running this server", "server owner"),
    RoleWords(Role.CLIENT_DEVELOPER, "writing or running a client", "client developer"),
    RoleWords(Role.VISITOR, "a visitor", "visitor"),
)


def role_words(role: Role) -> RoleWords:
    """Return the words for a role.

    Args:
        role: Who asks.
    """
    return next(words for words in ROLES if words.role is role)


def next_role(role: Role) -> Role:
    """Return the role after this one, in a ring.

    Args:
        role: Who asks now.
    """
    index = [words.role for words in ROLES].index(role)
    return ROLES[(index + 1) % len(ROLES)].role
