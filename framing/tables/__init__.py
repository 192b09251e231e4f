"""What was found, counted: one article, a corpus, the columns of the tables and their cards."""

from framing.tables.analysis import Analysis, analyze
from framing.tables.corpus import Tables, analyze_corpus, problem_table

__all__ = ["Analysis", "Tables", "analyze", "analyze_corpus", "problem_table"]
