"""Outlets against each other: means with intervals over stories, tests, regressions, robustness, measurement error, distinctive words.

The ``options`` say what is compared and how stories are drawn. ``outlets`` compares (with ``groups``, what is compared; ``bootstrap`` and
``estimates``, how sure it is; ``permutation``, the tests; ``power``, what could have been seen) and returns a ``comparison``, which
``export`` prints; ``regression`` adds covariates, ``robustness`` asks whether a result hangs on one choice, ``correction`` takes out the
errors of a measure. ``sources`` and ``tones`` are tables of ``ratios`` by group; ``words`` and ``labels`` are about single words;
``versions`` is about what one outlet made of a report.
"""

from framing.compare.bootstrap import stories_needed as stories_needed
from framing.compare.comparison import Comparison as Comparison
from framing.compare.comparison import Comparisons as Comparisons
from framing.compare.correction import Correction as Correction
from framing.compare.correction import correct_for_rates as correct_for_rates
from framing.compare.correction import correct_with_codes as correct_with_codes
from framing.compare.labels import contested_words as contested_words
from framing.compare.options import Resampling as Resampling
from framing.compare.outlets import PAIRWISE_UP_TO as PAIRWISE_UP_TO
from framing.compare.outlets import compare_measures as compare_measures
from framing.compare.outlets import compare_outlets as compare_outlets
from framing.compare.power import detectable_difference as detectable_difference
from framing.compare.regression import Regression as Regression
from framing.compare.regression import regress as regress
from framing.compare.robustness import robustness as robustness
from framing.compare.versions import Versions as Versions
from framing.compare.versions import compare_versions as compare_versions
from framing.compare.versions import version_table as version_table
from framing.compare.words import distinctive_words as distinctive_words
