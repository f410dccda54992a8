"""How an answer becomes trusted: verdicts, approvals, exports."""
