"""Swapped, negated and out-of-date variants of the corpus never yield the unswapped answer."""

import shutil
from contextlib import nullcontext

import pytest

from askpcc.model import Answer
from support.cases import cases
from support.question_set import CORPUS
from support.variants import Variant, group, read_variants
from support.whole_flow import WholeFlow, asserted, cited, first_status, quoted

VARIANTS = read_variants()
KNOWN, CHANGED, OWN = 0.5, 0.5, 0.5
"""As measured with the reader in the package.

Questions of the corpus as it is that are answered rightly; variants whose answer is their own or none; those
with an answer of their own that are answered at all.
"""
Answers = dict[str, Answer]

each_variant = cases("variant", VARIANTS, ids=lambda variant: variant.name)


def answer_all(flow: WholeFlow, variants: list[Variant]) -> Answers:
    with flow.open_answerer() as answerer:
        return {variant.name: answerer.answer(variant.question).answer for variant in variants}


@pytest.fixture(scope="module")
def before(whole_corpus: WholeFlow) -> Answers:
    """Return the answer to each question of the corpus as it is."""
    return answer_all(whole_corpus, VARIANTS)


@pytest.fixture(scope="module")
def after(whole_corpus: WholeFlow, tmp_path_factory: pytest.TempPathFactory) -> Answers:
    """Return the answer to each question of its variant, indexed over the index of the corpus as it is."""
    answers: Answers = {}
    for together in group(VARIANTS):
        flow = WholeFlow(tmp_path_factory.mktemp("variants"), whole_corpus.embedder)
        shutil.copytree(whole_corpus.folder, flow.folder, dirs_exist_ok=True)
        for variant in together:
            variant.apply(flow.corpus)
        assert not flow.run().failed
        answers |= answer_all(flow, together)
    return answers


def test_there_are_variants_enough() -> None:
    assert len(VARIANTS) >= 40
    assert len({document for variant in VARIANTS for document in variant.documents}) >= 15


@cases("variant", [v for v in VARIANTS if v.swaps], ids=lambda v: v.name)
def test_what_is_swapped_stands_in_the_documents(variant: Variant) -> None:
    texts = "".join((CORPUS / document).read_text(encoding="utf-8") for document in variant.documents)
    assert [old for old, _ in variant.swaps if old not in texts] == []


def test_variants_of_one_force_are_never_indexed_together() -> None:
    for together in group(VARIANTS):
        touched = [force for variant in together for force in variant.forces]
        assert len(touched) == len(set(touched))


def test_the_corpus_as_it_is_mostly_yields_the_unswapped_answer(before: Answers) -> None:
    lost = [variant.name for variant in VARIANTS if not yields_what_was(variant, before[variant.name])]
    assert 1 - len(lost) / len(VARIANTS) >= KNOWN, lost


def yields_what_was(variant: Variant, answer: Answer) -> bool:
    return variant.was in asserted(answer) and variant.was_status in {None, first_status(answer)}


@each_variant
def test_the_variant_never_does(variant: Variant, after: Answers) -> None:
    with pytest.raises(AssertionError) if variant.fault else nullcontext():
        assert_changed(variant, after[variant.name])


def assert_changed(variant: Variant, answer: Answer) -> None:
    if variant.never:
        assert variant.never not in asserted(answer)
    if variant.never_status:
        assert first_status(answer) != variant.never_status
    if variant.uncited:
        assert {citation.document for citation in cited(answer)} & set(variant.documents) == set()


def test_a_variant_mostly_yields_its_own_answer_or_none(after: Answers) -> None:
    wrong = [variant.name for variant in VARIANTS if not yields_its_own(variant, after[variant.name])]
    assert 1 - len(wrong) / len(VARIANTS) >= CHANGED, wrong


def yields_its_own(variant: Variant, answer: Answer) -> bool:
    if variant.now_reason:
        return answer.reason == variant.now_reason and quoted(answer) == ""
    if answer.abstained:
        return True
    own = (variant.now or "") in asserted(answer)
    return own and (not variant.now_status or first_status(answer) in variant.now_status)


@cases("variant", [v for v in VARIANTS if v.newer], ids=lambda v: v.name)
def test_the_newest_document_is_cited_first(variant: Variant, after: Answers) -> None:
    assert [citation.document for citation in cited(after[variant.name])][:1] == [variant.added]


def test_most_variants_have_an_answer_of_their_own(after: Answers) -> None:
    own = [variant for variant in VARIANTS if variant.now]
    assert sum(not after[variant.name].abstained for variant in own) >= OWN * len(own)
