"""Teaching of the encoder: seeded, resumable.

python -m training.teach WORK NAME --without e l --epochs 2      writes WORK/NAME/encoder.pt
"""

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer

from askpcc.adapters.embedding import bundled_model
from askpcc.reader.inputs import Encoded, encode
from training.batches import BATCHES, ROWS
from training.encoder import LAYERS, TaughtEncoder, find_loss, pad
from training.examples import Example, count, make_examples

_BATCH = 32
_RATE, _HEAD_RATE, _DECAY = 6e-5, 1e-3, 0.01
_WARM = 0.06
_SAVED_SECONDS = 120.0
_POOL = 40
"""Batches that are sorted by length together, so that little is padded."""


def teach(
    work: Path, name: str, batches: Sequence[str], epochs: int, seed: int, layers: int, most: int | None
) -> Path:
    """Teach an encoder with some batches and all single cases, going on where a run was stopped."""
    folder = work / name
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(seed)
    base = bundled_model().path
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    model = TaughtEncoder(base, layers)
    examples = [make_examples(work, batches, ROWS, seed + epoch)[:most] for epoch in range(epochs)]
    print(name, "examples an epoch:", count(examples[0]), flush=True)
    order = [pair for epoch in range(epochs) for pair in _batches(examples[epoch], tokenizer, seed + epoch)]
    optimizer = torch.optim.AdamW(
        [
            {"params": model.body.parameters(), "lr": _RATE},
            {"params": model.heads.parameters(), "lr": _HEAD_RATE},
        ],
        weight_decay=_DECAY,
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _share(step, len(order)))
    begun = folder / "begun.pt"
    step = 0
    if begun.exists():
        state = torch.load(begun, weights_only=True)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        step = state["step"]
    model.train()
    saved, mean, since = time.monotonic(), 0.0, time.monotonic()
    for step in range(step, len(order)):
        torch.manual_seed(seed * 1_000_003 + step)
        encoded, labelled = order[step]
        inputs = pad(encoded)
        loss = find_loss(model(inputs.ids, inputs.mask, inputs.parts), labelled)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        now = float(loss.detach())
        mean = 0.98 * mean + 0.02 * now if mean else now
        if step % 50 == 0:
            rate = 50 * _BATCH / max(1e-9, time.monotonic() - since)
            since = time.monotonic()
            print(f"{name} step {step} of {len(order)}, loss {mean:.4f}, {rate:.0f} examples/s", flush=True)
        if time.monotonic() - saved > _SAVED_SECONDS:
            _save(begun, model, optimizer, schedule, step + 1)
            saved = time.monotonic()
    done = folder / "encoder.pt"
    torch.save({"model": model.state_dict(), "layers": layers, "batches": list(batches)}, done)
    begun.unlink(missing_ok=True)
    return done


def _save(file: Path, model: TaughtEncoder, optimizer: object, schedule: object, step: int) -> None:
    state = {"model": model.state_dict(), "step": step}
    state["optimizer"] = optimizer.state_dict()  # type: ignore[attr-defined]  # of torch
    state["schedule"] = schedule.state_dict()  # type: ignore[attr-defined]  # of torch
    torch.save(state, file.with_suffix(".new"))
    file.with_suffix(".new").rename(file)


def _share(step: int, steps: int) -> float:
    warm = max(1, round(_WARM * steps))
    return min(1.0, (step + 1) / warm) * max(0.0, (steps - step) / steps)


def _batches(
    examples: Sequence[Example], tokenizer: Tokenizer, seed: int
) -> Iterator[tuple[list[Encoded], list[Example]]]:
    chance = random.Random(seed)
    encoded = [(encode(example.case, tokenizer), example) for example in examples]
    pool = _BATCH * _POOL
    found = []
    for start in range(0, len(encoded), pool):
        together = sorted(encoded[start : start + pool], key=lambda pair: len(pair[0].ids))
        found += [together[at : at + _BATCH] for at in range(0, len(together), _BATCH)]
    chance.shuffle(found)
    for batch in found:
        yield [one for one, _ in batch], [example for _, example in batch]


def main() -> None:
    """Read what is asked and teach."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("name")
    parser.add_argument("--without", nargs="*", default=[])
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--layers", type=int, default=LAYERS)
    parser.add_argument("--most", type=int)
    asked = parser.parse_args()
    batches = [name for name in BATCHES if name not in asked.without]
    done = teach(asked.work, asked.name, batches, asked.epochs, asked.seed, asked.layers, asked.most)
    print(json.dumps({"encoder": str(done), "batches": batches}))


if __name__ == "__main__":
    main()
