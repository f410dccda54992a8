"""The chain that makes a reader, on a small part of the reading set, but for the export."""

from pathlib import Path

import pytest
import torch

from askpcc.app.flows import open_catalogue, open_finder
from askpcc.asking.questions import read_question
from askpcc.reader.cases import Subject
from askpcc.reader.taught import ANSWERED, load_weights, sentence_features
from support.cases import cases
from training.batches import ReadingSet
from training.candidates import find_candidates, open_index
from training.encoder import load_tokenizer
from training.examples import make_examples, read_material
from training.folds import FOLDS, Workshop
from training.judge import Judge, describe_candidate
from training.make import fit_reader
from training.report import report
from training.small import SMALL_FOLD, write_small_set
from training.teach import Plan, Teaching, average, pack

STEP = 32


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    folder = tmp_path_factory.mktemp("teaching")
    reading = write_small_set(ReadingSet(), folder / "data")
    return Workshop(reading, folder / "work", Plan(epochs=1, most=STEP))


@pytest.fixture(scope="module")
def encoder(workshop: Workshop) -> Path:
    return workshop.teach(SMALL_FOLD, Subject.QUESTIONS)


def test_weights_of_a_reader_are_what_the_product_loads(workshop: Workshop, tmp_path: Path) -> None:
    fit_reader(workshop, SMALL_FOLD, tmp_path)
    assert 0 < load_weights(tmp_path).limits[ANSWERED] < 1


def test_an_encoder_that_is_there_is_not_taught_again(workshop: Workshop, encoder: Path) -> None:
    before = encoder.stat()
    assert workshop.teach(SMALL_FOLD, Subject.QUESTIONS).stat() == before


def test_the_mean_of_runs_is_of_each_weight_and_keeps_what_counts() -> None:
    runs = [{"w": torch.tensor([first, 4.0]), "places": torch.tensor([0, 1])} for first in (1.0, 3.0)]
    mean = average(runs)
    assert mean["w"].tolist() == [2.0, 4.0]
    assert mean["places"].tolist() == [0, 1]


def test_an_encoder_is_not_taught_with_what_its_fold_leaves_out(encoder: Path) -> None:
    assert Judge(encoder).batches == ["a"]


@pytest.mark.usefixtures("encoder")
@cases("subject", Subject)
def test_a_run_that_was_stopped_comes_to_what_one_that_was_not_comes_to(
    workshop: Workshop, subject: Subject, tmp_path: Path
) -> None:
    plan = Plan(subject, ["a"], ["g"])
    material = read_material(workshop.reading, workshop.work, plan.batches, plan.rows)
    examples = make_examples(material, subject, plan.seed)
    packed = list(pack(examples[: 2 * STEP], load_tokenizer(), plan.seed))
    whole = Teaching(tmp_path / "whole.pt", "it", plan, len(packed)).run(packed)
    stopped = Teaching(tmp_path / "begun.pt", "it", plan, len(packed))
    stopped.learn(0, *packed[0])
    stopped.save(1)
    gone_on = Teaching(tmp_path / "begun.pt", "it", plan, len(packed)).run(packed)
    for name, held in whole.state_dict().items():
        assert torch.equal(held, gone_on.state_dict()[name]), name


def test_what_another_plan_began_is_not_gone_on_with(tmp_path: Path) -> None:
    Teaching(tmp_path / "begun.pt", "it", Plan(), 2).save(1)
    assert Teaching(tmp_path / "begun.pt", "another", Plan(), 2).load() == 0


@pytest.mark.usefixtures("encoder")
def test_a_candidate_is_described_as_the_product_describes_a_sentence(workshop: Workshop) -> None:
    batch = workshop.reading.batch("a")
    settings = open_index(batch, workshop.work / "a")
    with open_catalogue(settings) as catalogue, open_finder(settings, catalogue) as finder:
        snapshot = finder.look()
        asked = batch.questions[0]
        question = read_question(asked["question"], asked.get("history") or (), snapshot.forces)
        _, ranked = finder.find(question, snapshot.cards)
        written = next(find_candidates(batch, finder))["candidates"]
    for place, (found, candidate) in enumerate(zip(ranked, written, strict=False)):
        wanted = {n: value for n, value in sentence_features(found, place, 1.5, -0.5).items() if value}
        told = {n: value for n, value in describe_candidate(candidate, place, 1.5, -0.5).items() if value}
        assert told == pytest.approx(wanted, abs=2e-3)


def test_the_report_ends_with_the_mean_over_the_batches(workshop: Workshop) -> None:
    *batches, single, mean = report(workshop, [SMALL_FOLD])
    assert [piece.partition(":")[0] for piece in batches] == ["batch e", "batch l"]
    assert single.startswith("single cases h: 12")
    assert mean.startswith("mean of 2 batches: held ")


def test_each_batch_is_left_out_by_one_fold() -> None:
    assert sorted(name for fold in FOLDS for name in fold.batches) == ReadingSet().batches
