"""The nouns, frozen: documents, passages, questions, answers, statuses.

Every place in a document is a pair of character offsets into the stored text of one version of it.
"""

from askpcc.model.answers import Answer, Citation, Draft, Endorsement, Reason, Statement
from askpcc.model.documents import (
    Block,
    BlockKind,
    Document,
    DocumentCard,
    Fact,
    FactName,
    Source,
    StoredText,
)
from askpcc.model.index_runs import IndexRun
from askpcc.model.inquiries import (
    Act,
    Fault,
    Feedback,
    HelpRequest,
    Inquiry,
    InquiryState,
    Limits,
    Opinion,
    Place,
    Post,
    RecordedAnswer,
    Taking,
    Thread,
)
from askpcc.model.passages import Candidates, Passage, Ranked, Sentence, Stems
from askpcc.model.places import Span, page_of, version_of
from askpcc.model.questions import Concept, Question, Wanted
from askpcc.model.reviews import (
    Approval,
    Erasure,
    Judgement,
    Queued,
    Record,
    Ruling,
    Verdict,
    Waiting,
    Why,
)
from askpcc.model.statuses import Dossier, MatterKind, NamedMatter, Speaker, Status, StatusClaim

__all__ = [
    "Act",
    "Answer",
    "Approval",
    "Block",
    "BlockKind",
    "Candidates",
    "Citation",
    "Concept",
    "Document",
    "DocumentCard",
    "Dossier",
    "Draft",
    "Endorsement",
    "Erasure",
    "Fact",
    "FactName",
    "Fault",
    "Feedback",
    "HelpRequest",
    "IndexRun",
    "Inquiry",
    "InquiryState",
    "Judgement",
    "Limits",
    "MatterKind",
    "NamedMatter",
    "Opinion",
    "Passage",
    "Place",
    "Post",
    "Question",
    "Queued",
    "Ranked",
    "Reason",
    "Record",
    "RecordedAnswer",
    "Ruling",
    "Sentence",
    "Source",
    "Span",
    "Speaker",
    "Statement",
    "Status",
    "StatusClaim",
    "Stems",
    "StoredText",
    "Taking",
    "Thread",
    "Verdict",
    "Waiting",
    "Wanted",
    "Why",
    "page_of",
    "version_of",
]
