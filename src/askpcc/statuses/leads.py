"""Sentences and headings that give a status to what follows them."""

import re

from askpcc.items import find_items
from askpcc.model import BlockKind, Document, Span
from askpcc.statuses.outline import Utterance
from askpcc.statuses.readings import Place, Reading, read_clause
from askpcc.words import plain
