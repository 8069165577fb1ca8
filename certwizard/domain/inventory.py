"""What an inventory of this machine's trust stores found."""

from dataclasses import dataclass

from certwizard.domain.observation import TrustStore
from certwizard.domain.trust_stores import StoreNotice, TrustVariable


@dataclass(frozen=True, slots=True)
class Inventory:
    """Every trust store, the variables that name one, and what is passed over."""

    stores: tuple[TrustStore, ...]
    variables: tuple[TrustVariable, ...] = ()
    notices: tuple[StoreNotice, ...] = ()
