"""What Slack takes, in characters, blocks or items, each with the page that says so.

Pages are those of Slack's developer documentation, docs.slack.dev.  Slack does not say how it counts
characters; ``text.size`` counts UTF-16 units, which are never fewer than characters.
"""

# reference/block-kit/blocks
BLOCKS_A_VIEW = 100

# reference/block-kit/composition-objects/text-object
TEXT = 3_000

# reference/block-kit/blocks/section-block
SECTION_TEXT = 3_000

# reference/block-kit/blocks/header-block
HEADER = 150

# reference/block-kit/blocks/context-block
CONTEXT_ELEMENTS = 10

# reference/block-kit/blocks/input-block
INPUT_LABEL = 2_000

# reference/block-kit/block-elements/plain-text-input-element
PLACEHOLDER = 150

# reference/block-kit/block-elements/button-element
BUTTON_TEXT = 75
BUTTON_VALUE = 2_000
BUTTON_URL = 3_000
ACCESSIBILITY_LABEL = 75

# reference/block-kit/block-elements/select-menu-element
OPTIONS_A_MENU = 100

# reference/block-kit/composition-objects/option-object
OPTION_TEXT = 75
OPTION_VALUE = 150

# reference/block-kit/composition-objects/confirmation-dialog-object
CONFIRM_TITLE = 100
CONFIRM_TEXT = 300
CONFIRM_BUTTON = 30

# reference/block-kit/blocks/table-block; the heading is one of the rows, characters are those of all cells
TABLE_ROWS = 100
TABLE_CHARACTERS = 10_000
TABLES_A_MESSAGE = 1

# reference/views/modal-views, reference/views/home-tab-views
VIEW_TITLE = 24
VIEW_BUTTON = 24

# reference/methods/assistant.threads.setStatus
LOADING_LINES = 10

# reference/methods/chat.postMessage: longer text is advised against, and cut at 40,000.
MESSAGE_TEXT = 4_000

# Slack refuses a message with msg_blocks_too_long from about 13,200 characters of block text on: written down
# nowhere, measured by others (slackapi/bolt-js#2509, metabase/metabase#79908).  Both stay well below.
MESSAGE_CHARACTERS = 11_500
MESSAGE_BLOCKS = 40

# Browsers and mail programs cut longer addresses; Slack gives no number for links in text.
LINK_URL = 2_000
