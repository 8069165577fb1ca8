"""The lab's own trust: a root that is given to clients, a good intermediate, and more where asked for."""

from datetime import datetime
from functools import cached_property

from certwizard.lab.authority import Authority, known_key, self_signed
from certwizard.lab.plan import Plan, SigningKey, intermediate_plan, root_plan
from certwizard.lab.responder import Responder
from certwizard.lab.revocation import delegate_of
from certwizard.lab.transparency import PracticeLog

DISTRUSTED_KEY = "certwizard practice lab: the key of a CA that lost its trust"


class Pki:
    """The CAs of one lab, made when first asked for."""

    def __init__(self, responder: Responder, now: datetime) -> None:
        """Make nothing yet."""
        self.responder = responder
        self.now = now

    @cached_property
    def root(self) -> Authority:
        """The root that clients of the lab trust."""
        return self.new_root("root", root_plan(self.now, "Practice Root CA"))

    @cached_property
    def public_root(self) -> Authority:
        """The root of the lab's "public" CA, which stands in for those that vendors ship."""
        return self.new_root("public-root", root_plan(self.now, "Practice Public Root CA"))

    @cached_property
    def public_intermediate(self) -> Authority:
        """The intermediate of the "public" CA."""
        plan = intermediate_plan(self.now, "Practice Public Intermediate CA")
        return self.subordinate("public-intermediate", plan, of=self.public_root)

    @cached_property
    def older_public_root(self) -> Authority:
        """A "public" root of years ago, which machines without updates know as well."""
        return self.new_root("older-public-root", root_plan(self.now, "Practice Older Public Root CA"))

    @cached_property
    def distrusted_root(self) -> Authority:
        """A "public" root whose CA lost its trust: the table of such CAs knows its key."""
        key = known_key(DISTRUSTED_KEY)
        return self.new_root("distrusted-root", root_plan(self.now, "Practice Distrusted Root CA"), key)

    @property
    def vendor_roots(self) -> tuple[Authority, ...]:
        """Every root that stands in for those that vendors ship."""
        return (self.public_root, self.older_public_root, self.distrusted_root)

    @cached_property
    def public_logs(self) -> tuple[PracticeLog, ...]:
        """The transparency logs that stand in for those that browsers list, each of an operator of its own."""
        return (PracticeLog(), PracticeLog())

    @cached_property
    def intermediate(self) -> Authority:
        """The intermediate that issues what has no special issuer."""
        return self.subordinate("intermediate", intermediate_plan(self.now, "Practice Intermediate CA"))

    def new_root(self, slug: str, plan: Plan, key: SigningKey | None = None) -> Authority:
        """Make a root that publishes under a slug, with a key of its own or a given one."""
        authority = Authority(self_signed(plan, key), self.responder.addresses(slug))
        self.responder.publish(slug, authority)
        return authority

    def subordinate(
        self,
        slug: str,
        plan: Plan,
        *,
        of: Authority | None = None,
        key: SigningKey | None = None,
        delegated: bool = False,
    ) -> Authority:
        """Make a CA below another.

        Args:
            slug: Where it publishes.
            plan: Its certificate.
            of: The CA above; None: the root.
            key: Its key; None makes a new one.
            delegated: Let a delegate sign its OCSP answers.
        """
        issued = (of or self.root).issue(plan, key)
        authority = Authority(issued, self.responder.addresses(slug))
        self.responder.publish(slug, authority, delegate_of(authority, self.now) if delegated else None)
        return authority
