"""What Slack calls buttons, menus and forms when somebody uses them."""

SOURCE_PREFIX = "askpcc_source:"
SOURCE_MENU = "askpcc_source_menu"
ASK_PERSON = "askpcc_ask_person"
SHARE = "askpcc_share"
MUTE = "askpcc_mute"
FEEDBACK = "askpcc_feedback"

SOURCE_VIEW = "askpcc_source_view"
FAULT_VIEW = "askpcc_fault"
ASK_VIEW = "askpcc_ask"

FAULT_CHOICE = "askpcc_fault_choice"
FAULT_COMMENT = "askpcc_fault_comment"
ASK_WORDS = "askpcc_ask_words"
ASK_WHERE = "askpcc_ask_where"

HOME_FORCE = "askpcc_home_force"
HOME_STATUS = "askpcc_home_status"
HOME_FILTERS = "askpcc_home_filters"
SHOW_ANSWER = "askpcc_show_answer"
RESOLVE = "askpcc_resolve"
REINDEX = "askpcc_reindex"
PROMPT = "askpcc_prompt"
ADD_DOCUMENT = "askpcc_add_document"
DISCARD_DOCUMENT = "askpcc_discard_document"
OPEN_THREAD = "askpcc_open_thread"
OPEN_VERDICT = "askpcc_verdict"
VERDICT_VIEW = "askpcc_verdict_view"

IN_THREAD = "thread"
ONLY_TO_ME = "private"


def source_value(answer: str, number: int) -> str:
    """Name a source of an answer, as buttons and menus send it."""
    return f"{answer}:{number}"


def read_source_value(value: str) -> tuple[str, int] | None:
    """Read the answer and the number of a source; None for what no button of ours sends."""
    answer, _, number = value.rpartition(":")
    known = answer and number.isascii() and number.isdecimal() and len(number) < len("1000000")
    return (answer, int(number)) if known else None
