"""What reviewers decide: which answers wait for them, what a verdict changes, when an approval ends."""
