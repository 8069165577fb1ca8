"""What was understood of a target, in one sentence."""

from certwizard.domain.target import Target, TargetKind


def describe(target: Target) -> str:
    """Say what will be looked at.

    Args:
        target: What was understood.
    """
    if target.kind is TargetKind.FILES:
        return f"the file {target.files[0]}, read in place of a server" if target.files else "files"
    words = f"the server {target.host} on port {target.port}"
    if target.starttls is not None:
        words += f", {target.starttls.value.upper()} upgraded with STARTTLS"
    if target.server_name and target.server_name != target.host:
        words += f", asked for by the name {target.server_name}"
    return words
