"""What a person does with buttons, menus, modals, shortcuts and commands."""

from collections.abc import Mapping

from loopback_slack.core import Core
from loopback_slack.deliveries import Delivery
from loopback_slack.fields import choose_value, fill_in, press_value
from loopback_slack.journal import Json
from loopback_slack.posts import Message, View
from loopback_slack.response_urls import make_response_url
from loopback_slack.state import Trigger, interactive_elements
from loopback_slack.workspace import Channel, User

Shown = Message | View


class Interactions(Core):
    """Only what is really shown can be pressed, chosen or filled in."""

    def command(
        self, user: str, channel: str, command: str, text: str = "", *, redeliver: bool = False
    ) -> Delivery:
        """Type a slash command; the bot need not be in the channel."""
        with self.journal.changed:
            who, where = self.workspace.user(user), self.workspace.channel(channel)
            name = {"private": "privategroup", "im": "directmessage"}.get(where.kind, where.name)
            body: Json = {"token": "loopback-verification", "team_id": self.workspace.team}
            body |= {"team_domain": self.workspace.domain, "channel_id": where.id, "channel_name": name}
            body |= {"user_id": who.id, "user_name": who.name, "command": command, "text": text}
            body |= {"api_app_id": self.workspace.app, "is_enterprise_install": "false"}
            body |= {"response_url": make_response_url(self.state, where.id, who.id)}
            body |= {"trigger_id": self.make_trigger(who.id)}
            return self.deliver("slash_commands", body, redeliver=redeliver)

    def press(
        self, user: str, shown: Shown, action_id: str, *, value: str | None = None, redeliver: bool = False
    ) -> Delivery:
        """Press a button (of this value, where several have the action_id) or a half of feedback buttons."""
        return self._act(user, shown, action_id, value, redeliver=redeliver)

    def choose(
        self, user: str, shown: Shown, action_id: str, value: object, *, redeliver: bool = False
    ) -> Delivery:
        """Choose in a menu: an option's value, a list of them, a user's or channel's id, a date."""
        return self._act(user, shown, action_id, value, choosing=True, redeliver=redeliver)

    def submit(self, view: View, values: Mapping[str, object], *, redeliver: bool = False) -> Delivery:
        """Fill in inputs (by block_id or action_id) and submit; what Slack asks for has to be there."""
        with self.journal.changed:
            if view.closed or not view.body.get("submit"):
                raise AssertionError(f"{view.id} is closed or has no submit button.")
            body = self._shown_view(view)
            body["state"] = {"values": fill_in(view.blocks, values)}
            payload = self._interaction("view_submission", self.workspace.users[view.user])
            return self.deliver(
                "interactive", payload | {"view": body, "response_urls": []}, redeliver=redeliver
            )

    def close(self, view: View) -> Delivery | None:
        """Close a modal; the app hears of it only if it asked to (notify_on_close)."""
        with self.journal.changed:
            stack = self.state.modals.pop(view.user, [])
            for each in stack:
                each.closed = True
            if not view.body.get("notify_on_close"):
                return None
            payload = self._interaction("view_closed", self.workspace.users[view.user])
            payload |= {"view": self._shown_view(view), "is_cleared": len(stack) > 1}
            return self.deliver("interactive", payload)

    def shortcut(
        self, user: str, callback_id: str, message: Message | None = None, *, redeliver: bool = False
    ) -> Delivery:
        """Use a message shortcut on a message, or a global one."""
        with self.journal.changed:
            who = self.workspace.user(user)
            payload = self._interaction("message_action" if message else "shortcut", who)
            payload |= {"callback_id": callback_id, "action_ts": self.state.next_ts()}
            if message:
                where = self.workspace.channels[message.channel]
                payload |= {"channel": _short(where), "message": message.payload(), "message_ts": message.ts}
                payload["response_url"] = make_response_url(self.state, where.id, who.id, None)
            return self.deliver("interactive", payload, redeliver=redeliver)

    def make_trigger(self, user: str) -> str:
        """Return a trigger_id that opens one modal for this user within three seconds."""
        name = self.state.next_id("trigger")
        self.state.triggers[name] = Trigger(user, self.state.clock())
        return name

    def _act(
        self,
        user: str,
        shown: Shown,
        action_id: str,
        value: object,
        *,
        choosing: bool = False,
        redeliver: bool,
    ) -> Delivery:
        with self.journal.changed:
            who = self.workspace.user(user)
            self._refuse_unseen(who, shown)
            block, element = find_element(shown.blocks, action_id, None if choosing else value)
            chosen = choose_value(element, value) if choosing else press_value(element, value)
            action: Json = {"type": element["type"], "action_id": action_id, "block_id": block["block_id"]}
            action |= chosen | {"action_ts": self.state.next_ts()}
            payload = self._interaction("block_actions", who) | self._surroundings(who, shown)
            return self.deliver("interactive", payload | {"actions": [action]}, redeliver=redeliver)

    def _refuse_unseen(self, who: User, shown: Shown) -> None:
        if isinstance(shown, View):
            seen = shown.user == who.id and not shown.closed
        elif shown.ephemeral_for:
            seen = shown.ephemeral_for == who.id and shown in self.state.ephemerals
        else:
            there = self.state.messages.get(shown.channel, {})
            members = self.workspace.channels[shown.channel].members
            seen = there.get(shown.ts) is shown and who.id in members
        if not seen:
            raise AssertionError(f"{who.name} does not see this, so cannot press anything in it.")

    def _surroundings(self, who: User, shown: Shown) -> Json:
        if isinstance(shown, View):
            container: Json = {"type": "view", "view_id": shown.id}
            return {"container": container, "view": self._shown_view(shown), "state": {"values": {}}}
        where = self.workspace.channels[shown.channel]
        container = {"type": "message", "message_ts": shown.ts, "channel_id": where.id}
        container["is_ephemeral"] = bool(shown.ephemeral_for)
        if shown.thread_ts:
            container["thread_ts"] = shown.thread_ts
        around: Json = {"container": container, "channel": _short(where), "state": {"values": {}}}
        around["response_url"] = make_response_url(self.state, where.id, who.id, shown)
        return around if shown.ephemeral_for else around | {"message": shown.payload()}

    def _interaction(self, kind: str, who: User) -> Json:
        space = self.workspace
        user = {"id": who.id, "username": who.name, "name": who.name, "team_id": who.team}
        body: Json = {"type": kind, "user": user, "api_app_id": space.app, "token": "loopback-verification"}
        body |= {"team": {"id": space.team, "domain": space.domain}, "enterprise": None}
        return body | {"is_enterprise_install": False, "trigger_id": self.make_trigger(who.id)}

    def _shown_view(self, view: View) -> Json:
        return view.payload(self.workspace.team, self.workspace.app, self.workspace.bot_id)


def find_element(blocks: list[Json], action_id: str, value: object = None) -> tuple[Json, Json]:
    """Return block and element of an action_id; where several have it, the first of this value.

    An answer can stand in two lists of a view, each with its button: they say the same when pressed.
    """
    found = [
        (block, element)
        for block in blocks
        for element in interactive_elements(block)
        if element.get("action_id") == action_id
    ]
    if len(found) > 1 and value is not None:
        found = [each for each in found if each[1].get("value") == value][:1]
    if len(found) != 1:
        there = [element.get("action_id") for block in blocks for element in interactive_elements(block)]
        raise AssertionError(f"{len(found)} elements are called {action_id!r}; there are {there}.")
    return found[0]


def _short(channel: Channel) -> Json:
    return {"id": channel.id, "name": {"im": "directmessage"}.get(channel.kind, channel.name)}
