"""The encoder that is taught: layers of the bundled model, with a head for each judgement."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertModel

from askpcc.adapters.embedding import bundled_model
from askpcc.reader.cases import HEADS, Encoded, Subject
from training.examples import UNKNOWN, Example

LAYERS: Mapping[Subject, int] = {Subject.QUESTIONS: 4, Subject.STATUSES: 6}
"""Of six: questions are read while somebody waits, and four layers take a third less time."""

TOKENIZER = "tokenizer.json"

_DROPOUT = 0.1
_CHANCES: Mapping[str, float] = {"answers": 1.0, "speaks": 0.3}
_CLASSES: Mapping[str, float] = {"status": 1.0, "mode": 0.3, "extent": 0.3, "stated": 0.5}
"""What the loss of a head counts: those that the product decides by count fully.

What a sentence states of what is asked counts half: it must not cost which sentence answers.
"""
_ORDER = 1.0
"""What it counts that a question's answer is told from its other sentences."""


class TaughtEncoder(nn.Module):
    """Token ids become scores: one row of all heads of a subject a case."""

    def __init__(self, base: Path, subject: Subject, layers: int) -> None:
        super().__init__()
        self.subject = subject
        self.body = BertModel.from_pretrained(base, num_hidden_layers=layers, add_pooling_layer=False)
        self.drop = nn.Dropout(_DROPOUT)
        self.heads = nn.Linear(self.body.config.hidden_size, sum(HEADS[subject].values()))

    def forward(self, ids: Tensor, mask: Tensor, parts: Tensor) -> Tensor:
        """Return the scores.  ids, mask, parts: (cases, tokens)."""
        states = self.body(input_ids=ids, attention_mask=mask, token_type_ids=parts).last_hidden_state
        seen = mask.unsqueeze(-1).to(states.dtype)
        mean = (states * seen).sum(1) / seen.sum(1)
        return self.heads(self.drop(mean))  # type: ignore[no-any-return]  # of torch


def load_tokenizer() -> Tokenizer:
    """Return the bundled model's tokenizer, which cuts and pads nothing."""
    tokenizer = Tokenizer.from_file(str(bundled_model().path / TOKENIZER))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


@dataclass(frozen=True, slots=True)
class Inputs:
    """A padded set of cases.  ids, mask, parts: (cases, tokens), integers."""

    ids: Tensor
    mask: Tensor
    parts: Tensor


def pad(encoded: Sequence[Encoded]) -> Inputs:
    """Bring cases to one length."""
    longest = max(len(one.ids) for one in encoded)
    ids = torch.zeros(len(encoded), longest, dtype=torch.long)
    mask, parts = torch.zeros_like(ids), torch.zeros_like(ids)
    for row, one in enumerate(encoded):
        ids[row, : len(one.ids)] = torch.tensor(one.ids)
        parts[row, : len(one.ids)] = torch.tensor(one.parts)
        mask[row, : len(one.ids)] = 1
    return Inputs(ids, mask, parts)


def split_heads(scores: Tensor, subject: Subject) -> dict[str, Tensor]:
    """Return the scores of each head by name."""
    heads = HEADS[subject]
    return dict(zip(heads, torch.split(scores, list(heads.values()), dim=1), strict=True))


def find_loss(scores: Tensor, examples: Sequence[Example], subject: Subject) -> Tensor:
    """Return the mean loss of some examples; a head of which an example says nothing costs nothing."""
    heads = split_heads(scores, subject)
    weights = torch.tensor([example.weight for example in examples])
    total = torch.zeros(())
    for name in heads.keys() & _CHANCES:
        share = _CHANCES[name]
        wanted = torch.tensor([getattr(example, name) for example in examples], dtype=torch.float)
        known = wanted != UNKNOWN
        if known.any():
            losses = nn.functional.binary_cross_entropy_with_logits(
                heads[name][known, 0], wanted[known], reduction="none"
            )
            total = total + (losses * weights[known]).sum() * share
    for name in heads.keys() & _CLASSES:
        share = _CLASSES[name]
        classes = torch.tensor([getattr(example, name) for example in examples])
        known = classes != UNKNOWN
        if known.any():
            losses = nn.functional.cross_entropy(heads[name][known], classes[known], reduction="none")
            total = total + (losses * weights[known]).sum() * share
    if "answers" in heads:
        for scored, answers in _by_question(heads["answers"][:, 0], examples):
            total = total + (scored.logsumexp(0) - scored[answers].logsumexp(0)) * _ORDER
    return total / len(examples)


def _by_question(scores: Tensor, examples: Sequence[Example]) -> Iterator[tuple[Tensor, Tensor]]:
    """Yield the scores of the sentences of each question, and which answer, where some do and some do not."""
    groups: dict[int, list[int]] = {}
    for place, example in enumerate(examples):
        if example.group != UNKNOWN:
            groups.setdefault(example.group, []).append(place)
    for places in groups.values():
        answers = torch.tensor([examples[place].answers == 1.0 for place in places])
        if answers.any() and not answers.all():
            yield scores[places], answers
