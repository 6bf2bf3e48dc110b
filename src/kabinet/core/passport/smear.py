"""Whether a picture was taken out of focus or with a moving hand, so that no letter can be found."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from kabinet.core.passport.strips import Grey

_SIDE: Final = 400
_DIRECTIONS: Final = 8
# Share of the fine detail (1 pixel) in the coarse (3 pixels) along the worst direction: strong blur
# and shake 0.14 to 0.43, pictures in focus 0.44 and more.
_SMEARED_BELOW: Final = 0.43
_BLANK: Final = 4.0


def is_smeared(grey: Grey) -> bool:
    """Judged on the middle of the picture in few pixels; a blank surface is not smeared."""
    height, width = grey.shape
    middle = grey[height // 6 : height - height // 6, width // 6 : width - width // 6]
    factor = min(1.0, _SIDE / max(grey.shape))
    small = np.asarray(cv2.resize(middle, None, None, factor, factor, cv2.INTER_AREA), np.uint8)
    fine, coarse = (
        np.array([_detail(small, sigma, 180 * step / _DIRECTIONS) for step in range(_DIRECTIONS)])
        for sigma in (1.0, 3.0)
    )
    # Along the stripes of a table there is nothing to be sharp.
    there = coarse > max(_BLANK, 0.2 * float(coarse.max()))
    return bool((fine[there] < _SMEARED_BELOW * coarse[there]).any())


def _detail(grey: Grey, sigma: float, angle: float) -> float:
    """What is lost when the picture is drawn out along one direction."""
    reach = round(3 * sigma)
    line = np.zeros((2 * reach + 1, 2 * reach + 1), np.float32)
    line[reach] = cv2.getGaussianKernel(2 * reach + 1, sigma)[:, 0]
    kernel = cv2.warpAffine(line, cv2.getRotationMatrix2D((reach, reach), angle, 1), line.shape)
    drawn = cv2.filter2D(grey, -1, kernel / kernel.sum())
    return float(np.percentile(cv2.absdiff(grey, drawn), 99))
