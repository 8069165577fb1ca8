"""Every scenario's recipe, by the scenario's id."""

from certwizard.lab.recipes import (
    connection,
    dates,
    double,
    healthy,
    hostile,
    installation,
    mail,
    names,
    policy,
    revocation,
    stores,
    trust,
)
from certwizard.lab.recipes.build import Build

BUILDERS: dict[str, Build] = {
    **healthy.BUILDERS,
    **dates.BUILDERS,
    **names.BUILDERS,
    **trust.BUILDERS,
    **stores.BUILDERS,
    **installation.BUILDERS,
    **revocation.BUILDERS,
    **policy.BUILDERS,
    **connection.BUILDERS,
    **mail.BUILDERS,
    **double.BUILDERS,
    **hostile.BUILDERS,
}
