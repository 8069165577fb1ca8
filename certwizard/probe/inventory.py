"""Every trust store of this machine, with what is wrong with it."""

from dataclasses import replace

from certwizard.domain.inventory import Inventory
from certwizard.domain.options import ProbeOptions
from certwizard.domain.trust_stores import SYSTEM
from certwizard.probe.store_loading import load_stores
from certwizard.probe.store_upkeep import store_notices


def take_inventory(options: ProbeOptions) -> Inventory:
    """Look at every store of this machine; nothing is changed.

    Args:
        options: Files of roots to list as well, and the environment to look at.
    """
    stores = load_stores(replace(options, every_store=True))
    # In a practised world the system's store is not the one that these files were put there for.
    practised = options.only_ca_file or options.vendor_roots is not None
    notices = () if practised else store_notices(stores.held_by(SYSTEM))
    return Inventory(stores.records, stores.variables, notices)
