"""Teaching of the encoder: seeded, and gone on with where it was stopped."""

import json
import random
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path

import torch
from tokenizers import Tokenizer

from askpcc.adapters.embedding import bundled_model
from askpcc.reader.cases import Encoded, Subject, encode
from training.batches import ReadingSet
from training.encoder import LAYERS, TaughtEncoder, find_loss, load_tokenizer, pad
from training.examples import UNKNOWN, Example, Material, make_examples, read_material

_BATCH = 32
_POOL = 40
"""Batches that are sorted by length together, so that little is padded."""

_RATE, _HEAD_RATE, _DECAY = 6e-5, 1e-3, 0.01
_WARM = 0.06
"""The share of steps in which the rate rises; it falls to 0 in the others."""
_LONGEST_GRADIENT = 1.0
_SEED_STRIDE = 1_000_003
"""Gives each step a seed of its own, so that a run that went on draws what one that was not stopped draws."""

RUNS: Mapping[Subject, int] = {Subject.QUESTIONS: 1, Subject.STATUSES: 2}
"""Runs whose mean the encoder is; of statuses the mean of two was better than either on batches left out."""

_SAVED_SECONDS = 120.0
_SAID_STEPS = 50
_SMOOTHING = 0.98

Packed = tuple[list[Encoded], list[Example]]
_Encoded = tuple[Encoded, Example]


@dataclass(frozen=True, slots=True)
class Plan:
    """What an encoder is taught with.  batches, rows: names.  most: examples an epoch, for a try."""

    subject: Subject = Subject.QUESTIONS
    batches: Sequence[str] = ()
    rows: Sequence[str] = ()
    epochs: int = 3
    seed: int = 7
    most: int | None = None


def teach(reading: ReadingSet, work: Path, folder: Path, plan: Plan) -> Path:
    """Teach an encoder, unless the folder holds the one that would come out; return its file.

    It is the mean of the weights of as many runs as RUNS says.  work: holds the candidates of the batches.
    """
    done = folder / f"{plan.subject}.pt"
    material = read_material(reading, work, plan.batches, plan.rows)
    seeds = [plan.seed + run * plan.epochs for run in range(RUNS[plan.subject])]
    runs = [_teach_once(material, folder, replace(plan, seed=seed)) for seed in seeds]
    states = [torch.load(file, weights_only=True) for file in runs]
    made_of = " ".join(state["made_of"] for state in states)
    if not done.exists() or torch.load(done, weights_only=True).get("made_of") != made_of:
        _save({**states[0], "model": average([state["model"] for state in states]), "made_of": made_of}, done)
    return done


def average(models: Sequence[Mapping[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    """Return the mean of the weights of runs that began with the same ones (Wortsman and others, 2022)."""
    stacked = {name: torch.stack([model[name] for model in models]) for name in models[0]}
    return {name: each.mean(0) if each.is_floating_point() else each[0] for name, each in stacked.items()}


def _teach_once(material: Material, folder: Path, plan: Plan) -> Path:
    """Teach one run of an encoder, unless the folder holds it; return its file."""
    done = folder / f"{plan.subject}.{plan.seed}.pt"
    seeds = [plan.seed + epoch for epoch in range(plan.epochs)]
    epochs = [make_examples(material, plan.subject, seed)[: plan.most] for seed in seeds]
    made_of = _digest(plan, epochs)
    if done.exists() and torch.load(done, weights_only=True).get("made_of") == made_of:
        return done
    tokenizer = load_tokenizer()
    packed = [
        one for seed, examples in zip(seeds, epochs, strict=True) for one in pack(examples, tokenizer, seed)
    ]
    tasks = Counter(example.case.task.value for example in epochs[0])
    print(f"{folder.name}, {plan.subject}: {len(packed)} steps; examples an epoch: {dict(tasks)}", flush=True)
    folder.mkdir(parents=True, exist_ok=True)
    begun = folder / f"{plan.subject}.{plan.seed}.begun.pt"
    model = Teaching(begun, made_of, plan, len(packed)).run(packed)
    layers = LAYERS[plan.subject]
    told = {"subject": plan.subject.value, "layers": layers, "batches": list(plan.batches)}
    state = {"model": model.state_dict(), **told}
    _save({**state, "made_of": made_of}, done)
    begun.unlink(missing_ok=True)
    return done


class Teaching:
    """An encoder on its way.  begun: where it is kept meanwhile.  made_of: tells one plan from another."""

    def __init__(self, begun: Path, made_of: str, plan: Plan, steps: int) -> None:
        torch.manual_seed(plan.seed)
        self._begun, self._made_of, self._seed, self._steps = begun, made_of, plan.seed, steps
        self._model = TaughtEncoder(bundled_model().path, plan.subject, LAYERS[plan.subject]).train()
        rates = [(self._model.body, _RATE), (self._model.heads, _HEAD_RATE)]
        self._optimizer = torch.optim.AdamW(
            [{"params": part.parameters(), "lr": rate} for part, rate in rates],
            weight_decay=_DECAY,
            fused=True,
        )
        # Numbers of half the length: twice as many steps a second where the processor multiplies them itself.
        self._short = torch.ops.mkldnn._is_mkldnn_bf16_supported()  # noqa: SLF001 - there is no public name
        self._schedule = torch.optim.lr_scheduler.LambdaLR(self._optimizer, self._share)

    def run(self, packed: Sequence[Packed]) -> TaughtEncoder:
        """Take all steps that have not been taken; return the taught encoder."""
        mean, saved, said = 0.0, time.monotonic(), time.monotonic()
        for step in range(self.load(), self._steps):
            loss = self.learn(step, *packed[step])
            mean = _SMOOTHING * mean + (1 - _SMOOTHING) * loss if mean else loss
            if step % _SAID_STEPS == 0:
                rate, said = _SAID_STEPS / (time.monotonic() - said), time.monotonic()
                print(f"step {step} of {self._steps}, loss {mean:.4f}, {rate:.2f} steps/s", flush=True)
            if time.monotonic() - saved > _SAVED_SECONDS:
                self.save(step + 1)
                saved = time.monotonic()
        return self._model

    def learn(self, step: int, encoded: Sequence[Encoded], examples: Sequence[Example]) -> float:
        """Take one step; return its loss."""
        torch.manual_seed(self._seed * _SEED_STRIDE + step)
        inputs = pad(encoded)
        with torch.autocast("cpu", torch.bfloat16, enabled=self._short):
            scores = self._model(inputs.ids, inputs.mask, inputs.parts)
        loss = find_loss(scores.float(), examples, self._model.subject)
        self._optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]  # of torch
        torch.nn.utils.clip_grad_norm_(self._model.parameters(), _LONGEST_GRADIENT)
        self._optimizer.step()
        self._schedule.step()
        return float(loss.detach())

    def _share(self, step: int) -> float:
        """Return the share of the full rate at which a step is taken."""
        warm = max(1, round(_WARM * self._steps))
        return min(1.0, (step + 1) / warm) * max(0.0, (self._steps - step) / self._steps)

    def save(self, step: int) -> None:
        """Keep what is needed to go on with a step."""
        state = {
            "made_of": self._made_of,
            "step": step,
            "model": self._model.state_dict(),
            "optimizer": self._optimizer.state_dict(),
            "schedule": self._schedule.state_dict(),
        }
        _save(state, self._begun)

    def load(self) -> int:
        """Go on with what was begun by the same plan; return the next step."""
        if not self._begun.exists():
            return 0
        state = torch.load(self._begun, weights_only=True)
        if state.get("made_of") != self._made_of:
            return 0
        self._model.load_state_dict(state["model"])
        self._optimizer.load_state_dict(state["optimizer"])
        self._schedule.load_state_dict(state["schedule"])
        return int(state["step"])


def _save(state: object, file: Path) -> None:
    new = file.with_suffix(".new")
    torch.save(state, new)
    new.rename(file)


def _digest(plan: Plan, epochs: Sequence[Sequence[Example]]) -> str:
    told = sha256(json.dumps([asdict(plan), LAYERS[plan.subject]]).encode())
    for examples in epochs:
        told.update(repr(examples).encode("utf-8", "surrogatepass"))
    return told.hexdigest()


def pack(examples: Sequence[Example], tokenizer: Tokenizer, seed: int) -> Iterator[Packed]:
    """Yield what each step is taught with: examples of similar length, in a random order.

    The sentences of one question stay together.
    """
    found: list[list[_Encoded]] = []
    pool: list[list[_Encoded]] = []
    for together in _by_question(examples, tokenizer):
        pool.append(together)
        if sum(map(len, pool)) >= _BATCH * _POOL:
            found += _fill(pool)
            pool = []
    found += _fill(pool)
    random.Random(seed).shuffle(found)
    for some in found:
        yield [one for one, _ in some], [example for _, example in some]


def _by_question(examples: Sequence[Example], tokenizer: Tokenizer) -> list[list[_Encoded]]:
    """Return the examples of each question, and each other one by itself, in the order of their first."""
    groups: dict[tuple[int, int], list[_Encoded]] = {}
    for place, example in enumerate(examples):
        key = (UNKNOWN, place) if example.group == UNKNOWN else (example.group, UNKNOWN)
        groups.setdefault(key, []).append((encode(example.case, tokenizer), example))
    return list(groups.values())


def _fill(pool: Sequence[list[_Encoded]]) -> Iterator[list[_Encoded]]:
    """Yield steps of what is about as long."""
    step: list[_Encoded] = []
    for together in sorted(pool, key=lambda some: max(len(one.ids) for one, _ in some)):
        if step and len(step) + len(together) > _BATCH:
            yield step
            step = []
        step = [*step, *together]
    if step:
        yield step
