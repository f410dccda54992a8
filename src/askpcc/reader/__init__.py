"""The reader: a small taught encoder that judges what sentences say; inference only."""
