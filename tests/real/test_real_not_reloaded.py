"""A real nginx goes on serving what it read at its start; the diagnosis says so, from its own configuration."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding

from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.result import Diagnosis
from certwizard.domain.options import ProbeOptions
from certwizard.domain.target import Target, TargetKind
from certwizard.domain.vocabulary import CauseId
from certwizard.probe.run import probe
from certwizard.remedies.platforms import likely_platform
from tests import factory as f
from tests.real.real_servers import free_port, program, running, write_material

P = f.pki()
OLD = f.leaf(P.intermediate, [f.HOST], days=(-102, -12))
NEW = f.leaf(P.intermediate, [f.HOST], days=(-2, 88))


def looked_at(port: int, disk: Path, ca_file: Path) -> Diagnosis:
    """Return the diagnosis of a loopback server whose machine has this disk."""
    target = Target(
        f.HOST, TargetKind.SERVER, f.HOST, port, f.HOST, connect_host="127.0.0.1", connect_port=port
    )
    options = ProbeOptions(ca_files=(str(ca_file),), disk=str(disk), at=f.NOW, offline=True)
    return diagnose(replace(probe(target, options), http=None))


def test_a_file_that_nginx_has_not_read_again_is_found_by_its_configuration(tmp_path: Path) -> None:
    """It is named as in the configuration, and the remedies speak of nginx."""
    port, settings = free_port(), tmp_path / "etc/nginx/nginx.conf"
    settings.parent.mkdir(parents=True)
    ca_file = tmp_path / "root.pem"
    ca_file.write_bytes(P.root.certificate.public_bytes(Encoding.PEM))
    material = write_material(tmp_path, (OLD, P.intermediate))
    served = Path("/") / material.chain.relative_to(tmp_path)
    settings.write_text(
        f"daemon off; master_process on; pid {tmp_path}/nginx.pid; error_log {tmp_path}/error.log;\n"
        "events { worker_connections 16; }\n"
        f"http {{ access_log off; server {{ listen 127.0.0.1:{port} ssl;\n"
        f"  ssl_certificate {material.chain};\n"
        f"  ssl_certificate_key {material.key};\n}} }}\n"
    )
    argv = [program("nginx"), "-p", str(tmp_path), "-c", str(settings)]
    with running(argv, port, tmp_path):
        # On this disk the same file is known by its path below the root that is looked at.
        settings.write_text(settings.read_text().replace(f"{material.chain};", f"{served};"))
        assert CauseId.NOT_RELOADED not in {cause.id for cause in looked_at(port, tmp_path, ca_file).causes}
        write_material(tmp_path, (NEW, P.intermediate))
        stale = looked_at(port, tmp_path, ca_file)
    assert stale.root_cause is not None
    assert stale.root_cause.id is CauseId.NOT_RELOADED
    assert likely_platform(stale.evidence) == "nginx"
