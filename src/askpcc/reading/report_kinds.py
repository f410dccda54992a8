"""Which kind of report a document is about."""

import re
from collections.abc import Iterator, Mapping

from askpcc.model import BlockKind, Fact, FactName, Span
from askpcc.reading.fields import Sheet
from askpcc.reading.source_kinds import GUIDANCE

_REPORT = r"(?:inspections?|reports?|reviews?|programme|assessments?)"
# The more special kind comes first: a spotlight report belongs to PEEL, a post-inspection review to NCPI.
_REPORT_KINDS: Mapping[str, str] = {
    "super-complaint": r"super-?complaints?",
    "State of Policing": r"[Ss]tate of [Pp]olicing",
    "joint targeted area inspection": r"(?i:joint targeted area inspections?)|JTAI",
    "post-inspection review": r"(?i:post[- ]inspection (?:review|report|visit|update))",
    "revisit letter": r"(?i:re-?visit (?:letter|report|inspection)|letter on (?:our|the|a) re-?visit)",
    "national child protection inspection": r"(?i:(?:national )?child protection inspections?)|NCPI",
    "spotlight": r"(?i:spotlight (?:report|inspection)s?)",
    "custody": (
        r"(?i:(?:inspection|visit|report)[^.\n]{0,60}\bcustody\b(?: (?:suites?|facilities|services))?"
        r"|\bcustody (?:inspection|report)s?)"
    ),
    "thematic": rf"(?i:thematic(?: (?:national )?{_REPORT})?)",
    "PEEL": r"PEEL\b(?:[: ](?:\w+ ){0,3}(?i:inspections?|reports?|assessments?))?|"
    r"(?i:police effectiveness, efficiency and legitimacy)",
    "national": r"(?i:(?:this|the|a|its) national (?:inspection|report)\b)",
}
_IN_PROSE: Mapping[str, str] = {
    **_REPORT_KINDS,
    "custody": r"(?i:\bcustody (?:inspection|report)s?|inspection of (?:police )?custody(?: suites?)?)",
    "thematic": rf"(?i:thematic (?:national )?{_REPORT})",
    "PEEL": rf"PEEL (?:\d{{4}} )?(?i:{_REPORT})",
    "monitoring decision": (
        r"(?i:\b(?:mov|return|gone|went|go|put|plac|enter|remov|monitor)\w*\b[^.\n]{0,60}?"
        r"\b(?:engage|scan|enhanced|default)(?: engage)? (?:phase|process|level|stage)"
        r"(?: of (?:enhanced )?monitoring)?)"
    ),
}
_LABELS = frozenset({"type of inspection", "inspection type", "type of report", "report type"})
_LEGISLATION = re.compile(r"(?i:section \d+[A-Z]?(?:\(\d+\w?\))* of the [\w ]{3,40}? Act \d{4})")
_OPENING_LINES = 12


def read_report_kind(sheet: Sheet, title: Span | None, source_kind: str | None) -> Iterator[Fact]:
    """Read the kind of report from the title, a form's row, or else the opening of the document."""
    if source_kind == GUIDANCE:
        yield from _read_guidance_kind(sheet)
        return
    rows = (field.span for field in sheet.fields if field.label in _LABELS and "/" not in field.value)
    heads = (line.span for line in sheet.lines[:_OPENING_LINES] if line.block.kind is BlockKind.HEADING)
    for span in (*((title,) if title else ()), *rows, *heads):
        yield from _find_kind(sheet.text, span, _REPORT_KINDS)
    for line in sheet.lines[:_OPENING_LINES]:
        if line.block.kind is not BlockKind.ROW:
            yield from _find_kind(sheet.text, line.span, _IN_PROSE)


def _find_kind(text: str, span: Span, kinds: Mapping[str, str]) -> Iterator[Fact]:
    for kind, pattern in kinds.items():
        match = re.compile(pattern).search(text, span.start, span.end)
        if match:
            yield Fact(FactName.REPORT_KIND, kind, Span(match.start(), match.end()))


def _read_guidance_kind(sheet: Sheet) -> Iterator[Fact]:
    for line in sheet.lines[:1]:
        match = _LEGISLATION.search(sheet.text, line.span.start, line.span.end)
        if match:
            yield Fact(FactName.REPORT_KIND, "legislation", Span(match.start(), match.end()))
        else:
            yield Fact(FactName.REPORT_KIND, "guidance", line.span)
