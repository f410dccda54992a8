"""The methods of the Web API: name -> what runs it, who may, and with which arguments."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from loopback_slack.journal import Json
from loopback_slack.methods import agents, chat, conversations, people, streams, views
from loopback_slack.state import State

_WORDS = "text blocks attachments markdown_text"
_FACE = "icon_emoji icon_url username"
_PAGES = "cursor limit"
_READ = f"{_PAGES} inclusive include_all_metadata latest oldest"


@dataclass(frozen=True, slots=True)
class Method:
    """One method: any of the scopes will do; `{kind}` in one stands for channels, groups, im or mpim."""

    run: Callable[[State, Json], Json]
    scopes: str
    required: str = ""
    optional: str = ""


METHODS: Mapping[str, Method] = {
    "agents.sessions.rename": Method(agents.rename_session, "chat:write", "channel_id title", "thread_ts"),
    "agents.sessions.setStatus": Method(
        agents.set_session_status,
        "chat:write",
        "channel_id status",
        f"thread_ts title initiator_user_id {_FACE}",
    ),
    "assistant.threads.setStatus": Method(
        agents.set_status,
        "chat:write assistant:write",
        "channel_id thread_ts status",
        f"loading_messages {_FACE}",
    ),
    "assistant.threads.setSuggestedPrompts": Method(
        agents.set_suggested_prompts, "assistant:write", "channel_id prompts", "thread_ts title"
    ),
    "assistant.threads.setTitle": Method(agents.set_title, "assistant:write", "channel_id thread_ts title"),
    "auth.test": Method(people.test_auth, ""),
    "chat.appendStream": Method(streams.append, "chat:write", "channel ts", "markdown_text chunks"),
    "chat.delete": Method(chat.delete, "chat:write", "channel ts", "as_user"),
    "chat.getPermalink": Method(chat.get_permalink, "", "channel message_ts"),
    "chat.postEphemeral": Method(
        chat.post_ephemeral,
        "chat:write",
        "channel user",
        f"{_WORDS} {_FACE} as_user thread_ts link_names parse",
    ),
    "chat.postMessage": Method(
        chat.post_message,
        "chat:write",
        "channel",
        f"{_WORDS} {_FACE} as_user thread_ts reply_broadcast unfurl_links unfurl_media mrkdwn link_names "
        "parse metadata container_id",
    ),
    "chat.startStream": Method(
        streams.start,
        "chat:write",
        "channel thread_ts",
        f"markdown_text chunks recipient_team_id recipient_user_id task_display_mode {_FACE}",
    ),
    "chat.stopStream": Method(
        streams.stop, "chat:write", "channel ts", "markdown_text chunks blocks metadata session_status"
    ),
    "chat.update": Method(
        chat.update,
        "chat:write",
        "channel ts",
        f"{_WORDS} as_user file_ids link_names parse reply_broadcast metadata",
    ),
    "conversations.history": Method(conversations.history, "{kind}:history", "channel", _READ),
    "conversations.info": Method(
        conversations.info, "{kind}:read", "channel", "include_locale include_num_members"
    ),
    "conversations.members": Method(conversations.members, "{kind}:read", "channel", _PAGES),
    "conversations.open": Method(conversations.open_conversation, "im:write", "", "channel return_im users"),
    "conversations.replies": Method(conversations.replies, "{kind}:history", "channel ts", _READ),
    "files.info": Method(people.file_info, "files:read", "file", f"count page {_PAGES}"),
    "reactions.add": Method(people.add_reaction, "reactions:write", "channel name timestamp"),
    "reactions.remove": Method(
        people.remove_reaction, "reactions:write", "name", "channel timestamp file file_comment"
    ),
    "usergroups.list": Method(
        people.usergroups, "usergroups:read", "", "include_count include_disabled include_users team_id"
    ),
    "usergroups.users.list": Method(
        people.usergroup_users, "usergroups:read", "usergroup", "include_disabled team_id"
    ),
    "users.info": Method(people.user_info, "users:read", "user", "include_locale"),
    "views.open": Method(views.open_view, "", "view", "trigger_id interactivity_pointer"),
    "views.publish": Method(views.publish, "", "user_id view", "hash"),
    "views.push": Method(views.push, "", "view", "trigger_id interactivity_pointer"),
    "views.update": Method(views.update, "", "view", "view_id external_id hash"),
}
