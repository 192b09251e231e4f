"""All that knows English: sentences, and the word lists that several measures read."""

from framing.english.sentences import SentencesOf, sentence_at, sentences

__all__ = ["SentencesOf", "sentence_at", "sentences"]
