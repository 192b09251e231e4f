"""All that knows English: sentences, and the word lists that several measures read."""

from framing.english.sentences import sentence_at, sentences

__all__ = ["sentence_at", "sentences"]
