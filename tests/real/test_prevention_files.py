"""The files that prevention writes pass the checks of the programs they are for."""

import os
import subprocess
from getpass import getuser
from pathlib import Path

from certwizard.remedies.model import Snippet
from certwizard.remedies.prevention import prevention_for
from tests.real.real_servers import program
from tests.unit.remedies_cases import TARGETS, diagnosis


def snippets(platform: str) -> list[Snippet]:
    """Return the files that are written for a platform."""
    found = prevention_for(diagnosis(TARGETS["smtp"]))
    steps = [step for remedy in found for step in remedy.steps if step.platform == platform]
    return [step.snippet for step in steps if step.snippet is not None]


def run(*words: str, cwd: Path) -> str:
    """Run a checker that has to be content; return its words."""
    environment = {**os.environ, "ICINGA2_USER": getuser(), "ICINGA2_GROUP": getuser()}
    done = subprocess.run(
        words, cwd=cwd, capture_output=True, text=True, check=False, timeout=60, env=environment
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_systemd_takes_service_and_timer(tmp_path: Path) -> None:
    names = ("certwizard-check.service", "certwizard-check.timer")
    for name, snippet in zip(names, snippets("systemd"), strict=True):
        (tmp_path / name).write_text(snippet.text + "\n")
    words = run(program("systemd-analyze"), "verify", *(f"./{name}" for name in names), cwd=tmp_path)
    assert "certwizard-check" not in words


def test_prometheus_takes_the_rules(tmp_path: Path) -> None:
    (tmp_path / "rules.yml").write_text(
        next(each.text for each in snippets("prometheus") if "groups:" in each.text)
    )
    assert "3 rules found" in run(program("promtool"), "check", "rules", "rules.yml", cwd=tmp_path)


def test_prometheus_takes_the_metrics(tmp_path: Path) -> None:
    from certwizard.diagnosis.diagnose import diagnose
    from certwizard.reports import prometheus
    from certwizard.reports.judged import Judged
    from tests import factory as f

    good = diagnose(f.observation(f.pki().chain, anchors=(f.pki().root,)))
    done = subprocess.run(
        [program("promtool"), "check", "metrics"],
        input=prometheus.render((Judged(good),)),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_nagios_takes_command_and_service(tmp_path: Path) -> None:
    (tmp_path / "certificate.cfg").write_text(snippets("nagios")[0].text)
    (tmp_path / "house.cfg").write_text(
        """
define timeperiod {
    timeperiod_name always
    alias always
    monday 00:00-24:00
}
define command {
    command_name tell
    command_line /bin/true
}
define contact {
    contact_name admin
    host_notification_period always
    service_notification_period always
    host_notification_options d
    service_notification_options c
    host_notification_commands tell
    service_notification_commands tell
}
define host {
    host_name mail.example.com
    address 127.0.0.1
    max_check_attempts 3
    check_period always
    contacts admin
    notification_period always
}
define service {
    name generic-service
    register 0
    max_check_attempts 3
    retry_interval 5
    check_period always
    contacts admin
    notification_interval 60
    notification_period always
}
"""
    )
    folder = tmp_path / "spool"
    folder.mkdir()
    (tmp_path / "nagios.cfg").write_text(
        f"cfg_file={tmp_path}/house.cfg\ncfg_file={tmp_path}/certificate.cfg\nlog_file={tmp_path}/nagios.log\n"
        f"nagios_user={getuser()}\nnagios_group={getuser()}\ncheck_result_path={folder}\ntemp_path={folder}\nobject_cache_file={folder}/objects\n"
        f"status_file={folder}/status\ncommand_file={folder}/command\nlock_file={folder}/lock\n"
    )
    assert "Total Errors:   0" in run(program("nagios4"), "-v", "nagios.cfg", cwd=tmp_path)


def test_icinga_takes_command_and_service(tmp_path: Path) -> None:
    (tmp_path / "certificate.conf").write_text(
        snippets("icinga")[0].text
        + '\nobject Host "mail.example.com" { check_command = "certwizard" }\n'
        + 'object Endpoint NodeName { }\nobject Zone "house" { endpoints = [ NodeName ] }\n'
    )
    words = run(
        program("icinga2"),
        *(
            "daemon",
            "-C",
            "-c",
            "certificate.conf",
            "-DDataDir=" + str(tmp_path),
            "-DCacheDir=" + str(tmp_path),
        ),
        cwd=tmp_path,
    )
    assert "1 CheckCommand" in words
    assert "1 Service" in words
