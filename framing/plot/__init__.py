"""Charts: data in, ``Axes`` out. Nothing is shown or saved; that belongs to the caller.

Every chart has outlets, stories or words in rows, names with their ``n``, and an axis that carries its unit. An outlet keeps one colour
and one marker, given by its place among the sorted names; pass the mapping of :func:`outlet_colours` as ``palette`` to keep them over
charts that show different outlets. Charts are as wide as ``figure.figsize`` says (8 inches where nobody has chosen) and as high as their
rows need; :func:`set_size` chooses text and width for a journal's column, a slide or the screen.

How loaded an outlet's language is, how long it writes and every other column of the table of articles: :func:`compare`, of
``framing.compare_outlets(tables, "loaded_outlet_per_1k")``. Several measures at once: :func:`fingerprint`. A comparison before and after
the errors of its measure are taken out: :func:`correction`.

``style`` contains colours and sizes, ``lettering`` makes labels fit, ``axes`` draws rows, marks and captions, ``checks`` checks what comes
in, ``axis_labels`` names measures; the charts are in ``comparison``, ``corrections``, ``fingerprints``, ``sources``, ``tones``, ``words``,
``labelling``, ``topics`` and ``stories``.
"""

from framing.plot.axes import fit_height as fit_height
from framing.plot.checks import has_intervals as has_intervals
from framing.plot.comparison import compare as compare
from framing.plot.comparison import own_vs_quoted as own_vs_quoted
from framing.plot.comparison import robustness as robustness
from framing.plot.comparison import tone_by_outlet as tone_by_outlet
from framing.plot.corrections import correction as correction
from framing.plot.fingerprints import fingerprint as fingerprint
from framing.plot.labelling import labels as labels
from framing.plot.labelling import notices as notices
from framing.plot.sources import cue_stances as cue_stances
from framing.plot.sources import naming_profile as naming_profile
from framing.plot.sources import source_mix as source_mix
from framing.plot.sources import source_shares as source_shares
from framing.plot.stories import coverage as coverage
from framing.plot.stories import story_timeline as story_timeline
from framing.plot.style import COLOURS as COLOURS
from framing.plot.style import MARKERS as MARKERS
from framing.plot.style import outlet_colours as outlet_colours
from framing.plot.style import set_size as set_size
from framing.plot.tones import target_profile as target_profile
from framing.plot.tones import voice_profile as voice_profile
from framing.plot.topics import topics_by_outlet as topics_by_outlet
from framing.plot.words import DISTINCTIVE as DISTINCTIVE
from framing.plot.words import distinctive_words as distinctive_words
from framing.tables.columns import describe_measure as describe_measure
