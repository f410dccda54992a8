"""Copies, letters to somebody, documents of no force, and a document that says two things."""

from pathlib import Path

import pytest

from askpcc.adapters.embedding import SentenceTransformerEmbedder
from support.whole_flow import WholeFlow, quoted

FORM = """# Dogs and horses: an inspection of Harrowdale Constabulary

Response of the Police and Crime Commissioner for Harrowdale

Response published: 22 April 2025

## Recommendation 1

Harrowdale Constabulary should introduce a kennel log.

This recommendation is complete.

## Recommendation 2

Harrowdale Constabulary should review the stabling of horses every 14 days.

Work on this recommendation is in progress.
"""
NEWS = """# The Constabulary is making progress, says the Commissioner

The coverage followed a decision to put Felpersham Police into an advanced stage of monitoring.

In 2021 inspectors graded Harrowdale Constabulary inadequate in six categories, and good in four.
"""
LETTER = """# Letter from HM Chief Inspector to the Harrowdale Commissioner

From

Ann Oake

His Majesty's Chief Inspector of Constabulary

To

Ben Marsh

Police and Crime Commissioner for Harrowdale

Sent on

2 October 2024

Senior leadership at Harrowdale Constabulary is unstable, and that causes me serious concern.
"""


@pytest.fixture
def flow(tmp_path: Path, bundled_embedder: SentenceTransformerEmbedder) -> WholeFlow:
    """Return an empty corpus."""
    return WholeFlow(tmp_path, bundled_embedder)


def index(flow: WholeFlow, **documents: str) -> WholeFlow:
    for name, text in documents.items():
        flow.write(f"{name}.md", text)
    assert not flow.run().failed
    return flow


def test_a_copy_under_another_name_is_one_document_for_answers_and_counts(flow: WholeFlow) -> None:
    index(flow, form=FORM, copy_of_form=FORM.replace("## ", "### "))
    one = flow.ask("What is the status of recommendation 2?")
    assert len({statement.citations[0].document for statement in one.statements}) == 1
    assert flow.ask("How many recommendations are complete?").verdict.startswith("1 of 2 recommendations")


def test_a_force_without_a_document_of_its_own_is_answered_from_one_of_no_force(flow: WholeFlow) -> None:
    index(flow, news=NEWS)
    answer = flow.ask("In how many categories was Harrowdale Constabulary graded inadequate?")
    assert "inadequate in six categories" in quoted(answer)


def test_a_letter_is_from_whom_it_is_from(flow: WholeFlow) -> None:
    index(flow, letter=LETTER)
    assert "Ann Oake" in flow.ask("Who wrote the letter?").verdict
    assert "2 October 2024" in flow.ask("When was the letter sent?").verdict


def test_two_statuses_of_one_recommendation_in_one_document_are_both_said(flow: WholeFlow) -> None:
    aside = "Recommendation 2 is complete.\n\nSome words.\n\nMore words.\n\nEven more words.\n\n"
    index(flow, form=FORM.replace("## Recommendation 1", f"{aside}## Recommendation 1"))
    verdict = flow.ask("Is recommendation 2 complete?").verdict
    assert verdict.startswith("Both are said: ")
    assert "complete, says" in verdict
    assert "in progress, says" in verdict
