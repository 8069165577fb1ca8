"""Reads the files of a target that stand in a server's place."""

from dataclasses import dataclass

from certwizard.domain.observation import Failure, FailureReason, FileContent, InputFile, PrivateKeyFacts
from certwizard.domain.options import ProbeOptions
from certwizard.domain.progress import Phase, PhaseState
from certwizard.domain.target import Target
from certwizard.probe.cancel import CancelToken
from certwizard.probe.files import FileReading, read_file
from certwizard.probe.phases import Phases, counted
from certwizard.probe.private_key import read_private_key


@dataclass(frozen=True, slots=True)
class FilesSight:
    """What was seen of local files."""

    files: tuple[InputFile, ...] = ()
    key: PrivateKeyFacts | None = None


def read_target(target: Target, options: ProbeOptions, phases: Phases, cancel: CancelToken) -> FilesSight:
    """Read the certificate files and the key of a target; never raises for anything a file holds."""
    readings: list[FileReading] = []
    for path in target.files:
        phases.say(Phase.READ, PhaseState.RUNNING, path)
        readings.append(_read(path, options, cancel))
    key = next((reading.key for reading in readings if reading.key is not None), None)
    if target.key_file is not None:
        phases.say(Phase.READ, PhaseState.RUNNING, target.key_file)
        key = read_private_key(target.key_file, options.password)
    files = tuple(reading.file for reading in readings)
    _report_end(files, phases)
    return FilesSight(files, key)


def _read(path: str, options: ProbeOptions, cancel: CancelToken) -> FileReading:
    if cancel.cancelled:
        return FileReading(InputFile(path, FileContent.UNKNOWN, failure=Failure(FailureReason.CANCELLED)))
    return read_file(path, options.password)


def _report_end(files: tuple[InputFile, ...], phases: Phases) -> None:
    failed = next((file for file in files if file.failure is not None), None)
    if failed is not None and failed.failure is not None:
        words = failed.failure.spoke or failed.failure.detail or failed.failure.reason.value
        phases.say(Phase.READ, PhaseState.FAILED, f"{failed.path}: {words}")
    else:
        count = sum(len(file.chain) for file in files)
        phases.say(Phase.READ, PhaseState.DONE, counted(count, "certificate"))
