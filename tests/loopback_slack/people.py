"""What a person does with messages: says, edits, deletes, shares files, opens the Home tab, joins."""

import uuid

from loopback_slack.core import Core
from loopback_slack.journal import Json
from loopback_slack.methods.chat import remove
from loopback_slack.payloads import (
    event_callback,
    mention_event,
    message_changed,
    message_deleted,
    message_event,
    rich_text,
)
from loopback_slack.posts import Message, StoredFile
from loopback_slack.workspace import Channel, User


class People(Core):
    """Names and ids both stand for users and channels; a direct-message channel is `dm(user)`."""

    def dm(self, user: str) -> str:
        """Return the id of this user's direct messages with the bot."""
        with self.journal.changed:
            return self.workspace.dm(user).id

    def say(
        self, user: str, channel: str, text: str, thread_ts: str | None = None, *, redeliver: bool = False
    ) -> Message:
        """Post as a person; the bot gets `message` and, where it is mentioned in a channel, `app_mention`."""
        with self.journal.changed:
            who, where = self._speaker(user, channel)
            message = self._write(who, where, text, thread_ts)
            self._tell(message, redeliver=redeliver)
            return message

    def edit(self, message: Message, text: str, *, redeliver: bool = False) -> Message:
        """Change what a person said."""
        with self.journal.changed:
            before = message.payload()
            message.versions.append(message.text)
            message.text, message.blocks, message.edited = text, rich_text(text), self.state.next_ts()
            self.state.name_blocks(message.blocks)
            self._send(message_changed(self.state, message, before), redeliver=redeliver)
            return message

    def delete(self, message: Message, *, redeliver: bool = False) -> None:
        """Take away what a person said; a root with replies leaves a tombstone."""
        with self.journal.changed:
            event = message_deleted(self.state, message)
            remove(self.state, message)
            self._send(event, redeliver=redeliver)

    def share_file(  # noqa: PLR0913 # one for each thing a person chooses
        self,
        user: str,
        channel: str,
        name: str,
        content: bytes,
        text: str = "",
        *,
        thread_ts: str | None = None,
        mimetype: str = "application/octet-stream",
        redeliver: bool = False,
    ) -> Message:
        """Share a file: a message of subtype file_share, and `file_shared`."""
        with self.journal.changed:
            who, where = self._speaker(user, channel)
            stored = self._store(who, name, content, mimetype)
            message = self._write(who, where, text, thread_ts)
            message.subtype, message.files = "file_share", [stored.payload]
            self._tell(message, redeliver=redeliver)
            shared: Json = {"type": "file_shared", "file_id": stored.id, "file": {"id": stored.id}}
            shared |= {"channel_id": where.id, "user_id": who.id, "event_ts": self.state.next_ts()}
            self._send(shared, redeliver=redeliver)
            return message

    def open_home(self, user: str, tab: str = "home", *, redeliver: bool = False) -> None:
        """Open the app: its `home` tab, or `messages` with the chat."""
        with self.journal.changed:
            who = self.workspace.user(user)
            event: Json = {"type": "app_home_opened", "user": who.id, "tab": tab}
            event |= {"channel": self.workspace.dm(who.id).id, "event_ts": self.state.next_ts()}
            home = self.state.homes.get(who.id)
            if tab == "home" and home:
                event["view"] = home.payload(self.workspace.team, self.workspace.app, self.workspace.bot_id)
            self._send(event, redeliver=redeliver)

    def change_context(self, user: str, entities: list[Json], *, redeliver: bool = False) -> None:
        """Look at something else while the chat with the bot is open."""
        with self.journal.changed:
            who = self.workspace.user(user)
            event: Json = {"type": "app_context_changed", "user": who.id, "channel": self.dm(user)}
            event |= {"context": {"entities": entities} if entities else {}, "event_ts": self.state.next_ts()}
            self._send(event, redeliver=redeliver)

    def stop_session(self, user: str, channel: str, thread_ts: str, *, redeliver: bool = False) -> None:
        """Press Slack's stop button of a session that is processing; its streams end."""
        with self.journal.changed:
            where = self.workspace.channel(channel).id
            session = self.state.sessions.get((where, thread_ts))
            if session is None or session.status != "processing":
                raise AssertionError(
                    f"{where} {thread_ts}: nothing is processing, so there is no stop button."
                )
            streams = [
                each.stream
                for each in self.state.thread(where, thread_ts)
                if each.stream and each.stream.open
            ]
            stopped = [
                each.ts for each in self.state.thread(where, thread_ts) if each.stream and each.stream.open
            ]
            for stream in streams:
                stream.open = False
            event: Json = {"type": "agent_session_stopped", "channel": where, "thread_ts": thread_ts}
            event |= {"user": self.workspace.user(user).id, "streaming_message_ts": stopped}
            self._send(event | {"event_ts": self.state.next_ts()}, redeliver=redeliver)

    def join(self, user: str, channel: str, *, inviter: str = "") -> None:
        """Bring somebody (or the bot: `askpcc`) into a channel."""
        with self.journal.changed:
            who, where = self.workspace.user(user), self.workspace.channel(channel)
            where.members.add(who.id)
            event: Json = {"type": "member_joined_channel", "user": who.id, "channel": where.id}
            event |= {"channel_type": where.id[0], "team": who.team, "event_ts": self.state.next_ts()}
            if inviter:
                event["inviter"] = self.workspace.user(inviter).id
            self._send(event)

    def invite(self, inviter: str, channel: str, user: str = "askpcc") -> None:
        """Bring somebody (the bot, unless said) into a channel, as somebody who is in it."""
        self.join(user, channel, inviter=inviter)

    def leave(self, user: str, channel: str) -> None:
        """Take somebody out of a channel."""
        with self.journal.changed:
            self.workspace.channel(channel).members.discard(self.workspace.user(user).id)

    def _speaker(self, user: str, channel: str) -> tuple[User, Channel]:
        who, where = self.workspace.user(user), self.workspace.channel(channel)
        if who.deleted or who.id not in where.members:
            raise AssertionError(f"{who.name} is not in {where.name}, so cannot speak there; use join().")
        return who, where

    def _write(self, who: User, where: Channel, text: str, thread_ts: str | None) -> Message:
        if thread_ts is not None and not self.state.thread(where.id, thread_ts):
            raise AssertionError(f"{where.name} {thread_ts}: there is no such thread.")
        message = Message(where.id, self.state.next_ts(), who.id, text, who.team, thread_ts, rich_text(text))
        message.client_msg_id = str(uuid.uuid4())
        if who.is_bot:
            message.bot, message.client_msg_id = "B" + who.id[1:], ""
        return self.state.keep(message)

    def _tell(self, message: Message, *, redeliver: bool) -> None:
        kind = self.workspace.channels[message.channel].kind
        self._send(message_event(self.state, message), redeliver=redeliver)
        if self.mention in message.text and kind != "im":
            self._send(mention_event(self.state, message), redeliver=redeliver)

    def _send(self, event: Json, *, redeliver: bool = False) -> None:
        if self.visible(event):
            self.deliver("events_api", event_callback(self.state, event), redeliver=redeliver)

    def _store(self, who: User, name: str, content: bytes, mimetype: str) -> StoredFile:
        file_id = self.state.next_id("F")
        address = f"{self.state.base_url}/files/{file_id}/{name}"
        body: Json = {"id": file_id, "name": name, "title": name, "mimetype": mimetype, "user": who.id}
        body |= {
            "filetype": name.rpartition(".")[2],
            "size": len(content),
            "mode": "hosted",
            "is_external": False,
        }
        body |= {"url_private": address, "url_private_download": address, "file_access": "visible"}
        stored = self.state.files[file_id] = StoredFile(file_id, name, content, body)
        return stored
