"""What keeps a repaired fault from coming back: renewal that runs by itself, and a watch over it."""

from certwizard.diagnosis.result import Diagnosis
from certwizard.domain.vocabulary import CauseId
from certwizard.remedies.filling import fill_remedy
from certwizard.remedies.loading import prevention_remedies
from certwizard.remedies.model import Remedy
from certwizard.remedies.situation import Situation
from certwizard.remedies.tags import tags_of


def prevention_for(diagnosis: Diagnosis, ca_files: tuple[str, ...] = ()) -> tuple[Remedy, ...]:
    """Return the ways to renew in time and to be told before the end, for this very target."""
    situation = Situation(diagnosis, None, ca_files)
    tags = tags_of(situation)
    # What prevention prevents, whatever was found today, is the end of the certificate's life.
    remedies = (
        fill_remedy(template, situation, tags, CauseId.EXPIRED, prefix="prevent")
        for template in prevention_remedies()
    )
    return tuple(remedy for remedy in remedies if remedy is not None)
