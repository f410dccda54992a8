"""The English of responses and of questions: words, sentences, dates, forces, references by number."""
