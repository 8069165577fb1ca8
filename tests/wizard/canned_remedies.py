"""Remedies made by hand, for three roles and two platforms."""

from certwizard.domain.vocabulary import CauseId, Role
from certwizard.remedies.model import Command, Remedy, Snippet, Step
from tests.wizard.canned_certificates import HOST

LIVE = f"/etc/letsencrypt/live/{HOST}"

RENEW = Remedy(
    "renew-certbot",
    CauseId.EXPIRED,
    "Renew the certificate with certbot",
    Role.SERVER_OWNER,
    (
        Step(
            "Renew it now.",
            Command((("certbot", "renew", "--cert-name", HOST),)),
            needs_root=True,
            undo="The old certificate stays under /etc/letsencrypt/archive.",
        ),
        Step(
            "Check the configuration and reload nginx.",
            Command((("nginx", "-t"),), then=Command((("systemctl", "reload", "nginx"),))),
            platform="nginx",
            needs_root=True,
        ),
        Step(
            "Check the configuration and reload Apache.",
            Command((("apachectl", "configtest"),), then=Command((("systemctl", "reload", "apache2"),))),
            platform="apache",
            needs_root=True,
        ),
        Step(
            "See that the new one is served.",
            verify=Command(
                (
                    ("openssl", "s_client", "-connect", f"{HOST}:443", "-servername", HOST),
                    ("openssl", "x509", "-noout", "-dates"),
                ),
                stdin="/dev/null",
            ),
        ),
    ),
)
CHAIN = Remedy(
    "send-chain",
    CauseId.MISSING_INTERMEDIATE,
    "Send the whole chain",
    Role.SERVER_OWNER,
    (
        Step(
            "Serve fullchain.pem in place of cert.pem.",
            snippet=Snippet(
                "nginx",
                f"ssl_certificate     {LIVE}/fullchain.pem;\nssl_certificate_key {LIVE}/privkey.pem;",
                "the server block of nginx",
            ),
            platform="nginx",
        ),
    ),
)
TELL = Remedy(
    "tell-owner",
    CauseId.EXPIRED,
    "Tell the owner of the site",
    Role.VISITOR,
    (
        Step(
            "Send them this text.",
            snippet=Snippet("text", f"Hello,\nthe certificate of {HOST} ended 12 days ago.", "a mail"),
        ),
    ),
)
WATCH = Remedy(
    "watch",
    CauseId.EXPIRED,
    "Watch the certificate every day",
    Role.SERVER_OWNER,
    (
        Step(
            "Run this from cron.",
            snippet=Snippet("cron", f"17 6 * * * certwizard check {HOST}", "crontab -e"),
        ),
    ),
)
