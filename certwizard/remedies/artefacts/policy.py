"""A certificate policy of one page, filled in with what was seen."""

from certwizard.domain.cleantext import clean
from certwizard.domain.wording import span
from certwizard.remedies.situation import Situation
from certwizard.remedies.watching import plain_line

_PAGE = """\
# Certificate policy

Valid from {day}. Owner: ______  Review: every year, and after every incident.

## Which certificates

- Public servers: DV certificates of a public CA, from an ACME client. Seen for {target}: issued by
  {issuer}, living {lifetime}.
- Inside: our own CA, whose root the device management installs. No self-signed certificates in production.
- One certificate for the names of one service; wildcards only where a name cannot be known before.

## Keys

- ECDSA P-256 (or RSA 2048 and more for old clients), made on the machine that uses it, never mailed. Seen: {key}.
- A new key with each renewal, or at least once a year; at once after a leak.
- Private keys are readable by the service alone and are in no backup that others can read.

## Renewal

- By a machine, when a third of the life is left (half, where it lives under ten days), with a reload of the server.
- Every renewal is proved from outside: `{check}`.
- Lifetimes get shorter: 100 days from 2027-03-15, 47 days from 2029-03-15. What is renewed by hand today
  has to be automatic before that.

## Watching

- Each certificate stands in the inventory with its owner and how it renews.
- Checked at least once a day from outside; a warning at a third of the life, an alarm at a tenth.
- Certificate Transparency is watched for certificates in our names that we did not order.

## When something is wrong

- Nobody passes a certificate warning or switches the check off; programs included.
- A leaked key: revoke first (reason keyCompromise), then replace, then find out.
- The incident ends with a check that passes and a line in this policy's log.
"""


def policy(situation: Situation) -> str | None:
    """Return the page; None where no certificate was received."""
    leaf = situation.leaf
    if leaf is None:
        return None
    return _PAGE.format(
        day=f"{situation.diagnosis.judged_at:%Y-%m-%d}",
        target=clean(situation.diagnosis.target.display_name),
        issuer=leaf.issuer.short,
        lifetime=span(leaf.lifetime) if leaf.lifetime else "for a time that cannot be read",
        key=leaf.key.text,
        check=plain_line(situation),
    ).rstrip("\n")
