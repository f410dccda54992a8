"""One invented response in many clothes, and how much of it is understood in each."""
