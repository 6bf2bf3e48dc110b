"""`read_document`: one file in, everything known of the document out. Advises, never decides."""

from __future__ import annotations

import time
from dataclasses import replace

from kabinet.core.passport.document import Reading
from kabinet.core.passport.eyes import eyes
from kabinet.core.passport.fingerprints import digests_of
from kabinet.core.passport.limits import LIMITS, Limits
from kabinet.core.passport.picture import open_picture


def read_document(data: bytes, *, limits: Limits = LIMITS) -> Reading:
    """Read the machine readable zone in a picture file (JPEG, PNG, WebP, HEIC).

    Bad input never raises: what is no picture gives status "none" and `decoded` False. Without
    the extra `docread` or its language file the status is "none" as well, with the fingerprints.
    Not meant for a web thread: it takes 0.3 s of one core, 2 s at worst.
    """
    begun = time.process_time()
    picture = open_picture(data, limits=limits)
    digests = digests_of(data, picture)
    reading = Reading()
    see = eyes()
    if picture is not None and see is not None:
        reading = see(picture, limits=limits)
    return replace(reading, digests=digests, seconds=round(time.process_time() - begun, 3))
