"""Without the optional extra nothing breaks: documents stay unread."""

import subprocess
import sys

import pytest

WITHOUT = """
import sys
for name in {missing!r}:
    sys.modules[name] = None
from io import BytesIO
from PIL import Image
from kabinet.core.passport import Typed, compare, read_document
from kabinet.core.passport.eyes import why_blind
buffer = BytesIO()
Image.new("RGB", (640, 480), (90, 120, 60)).save(buffer, "PNG")
reading = read_document(buffer.getvalue())
verdicts = {{finding.verdict for finding in compare(reading, Typed(number="ID1"))}}
print(reading.status, reading.decoded, len(reading.digests.phash), verdicts, why_blind())
"""


@pytest.mark.parametrize("missing", ["tesserocr", "cv2", "numpy", "onnxruntime"])
def test_without_a_package_of_the_extra_the_status_is_none(missing):
    code = WITHOUT.format(missing=[missing])
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    expected = f"none True 64 {{'unknown'}} the extra docread is not installed ({missing})"
    assert result.stdout.splitlines()[-1] == expected
