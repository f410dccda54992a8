// Keys for reviewers, the source beside the statement, and words cited by selecting them.
"use strict";

const form = document.querySelector("form.judging");
const following = document.getElementById("following");
for (const hint of document.querySelectorAll("[data-script]")) hint.hidden = false;
document.documentElement.classList.add("scripted");

if (form) {
  const statements = [...form.querySelectorAll(".judged")];
  const panes = [...document.querySelectorAll(".source-pane")];
  const rulings = [...form.querySelectorAll("[name=ruling]")];
  const send = document.getElementById("send");
  const intent = document.getElementById("intent");
  let current = -1;
  let dirty = false;
  let chosen = null;

  const showSource = (number) => {
    const wanted = panes.find((pane) => pane.dataset.cites.split(" ").includes(number)) || panes[0];
    for (const pane of panes) pane.classList.toggle("current", pane === wanted);
    for (const mark of document.querySelectorAll("mark[data-cites]")) {
      mark.classList.toggle("current", mark.dataset.cites.split(" ").includes(number));
    }
    const text = wanted && wanted.querySelector(".text");
    const mark = text && text.querySelector("mark.current");
    if (mark) {
      const offset = mark.getBoundingClientRect().top - text.getBoundingClientRect().top;
      text.scrollTop += offset - text.clientHeight / 3;
    }
  };

  const goToStatement = (index, focus) => {
    if (!statements.length) return;
    current = Math.max(0, Math.min(statements.length - 1, index));
    statements.forEach((one, at) => one.classList.toggle("current", at === current));
    const [first] = statements[current].dataset.shows.split(" ");
    if (first) showSource(first);
    if (focus) {
      statements[current].focus({ preventScroll: true });
      statements[current].scrollIntoView({ block: "nearest" });
    }
  };

  const judge = (number) => {
    if (current < 0) goToStatement(0, true);
    const choices = current < 0 ? [] : statements[current].querySelectorAll("[type=radio]");
    const choice = choices[number === 0 ? choices.length - 1 : number - 1];
    if (!choice) return;
    choice.checked = true;
    dirty = true;
    intent.textContent = `Statement ${current + 1}: ${choice.parentElement.firstChild.nextSibling.textContent.trim()}.`;
  };

  const say = () => {
    const ruling = rulings.find((one) => one.checked);
    const words = { approved: "Send: approve", new: "Send: approve what is answered now", corrected: "Send: correct", rejected: "Send: reject" };
    send.textContent = ruling ? words[ruling.value] : "Send the verdict";
  };

  const rule = (value) => {
    const ruling = rulings.find((one) => one.value === value);
    if (!ruling) return;
    ruling.checked = true;
    dirty = true;
    say();
    if (value === "corrected") {
      document.getElementById("words").focus();
      intent.textContent = "Choose the words, then send.";
    } else {
      send.focus();
      intent.textContent = "Enter sends it, Esc takes it back.";
    }
    send.scrollIntoView({ block: "nearest" });
  };

  const takeBack = () => {
    for (const ruling of rulings) ruling.checked = false;
    say();
    intent.textContent = "Nothing was sent.";
    if (current >= 0) statements[current].focus({ preventScroll: true });
    else document.activeElement.blur();
  };

  // A place is told in characters of the stored text, which counts no character twice.
  const placeOf = (node, offset) => {
    const piece = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-at]");
    if (!piece || node.nodeType !== Node.TEXT_NODE) return null;
    return Number(piece.dataset.at) + [...node.data.slice(0, offset)].length;
  };

  const edgesOf = (range) => {
    const root = range.commonAncestorContainer;
    if (root.nodeType === Node.TEXT_NODE) return [[root, range.startOffset], [root, range.endOffset]];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    let first = null;
    let last = null;
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (!range.intersectsNode(node) || !node.parentElement.closest("[data-at]")) continue;
      const start = node === range.startContainer ? range.startOffset : 0;
      const end = node === range.endContainer ? range.endOffset : node.data.length;
      if (start >= end) continue;
      first = first || [node, start];
      last = [node, end];
    }
    return first ? [first, last] : null;
  };

  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
    const element = range && (range.commonAncestorContainer.nodeType === Node.TEXT_NODE
      ? range.commonAncestorContainer.parentElement : range.commonAncestorContainer);
    const pane = element && element.closest(".source-pane");
    const edges = pane && edgesOf(range);
    chosen = null;
    if (edges) {
      const [[from, start], [to, end]] = edges;
      const place = [placeOf(from, start), placeOf(to, end)];
      if (!place.includes(null)) chosen = { pane, words: selection.toString().trim(), place: place.join(":") };
    }
    for (const button of document.querySelectorAll("[data-cite]")) button.disabled = !chosen;
  });

  const citeChosen = () => {
    if (!chosen) {
      intent.textContent = "Select words in the source first.";
      return;
    }
    const { pane, words, place } = chosen;
    form.elements.words.value = words;
    form.elements.place.value = place;
    form.elements.version.value = pane.dataset.version;
    form.elements.document.value = pane.dataset.document;
    rule("corrected");
    send.focus();
    intent.textContent = "Cited as selected. Send it when it is right.";
  };

  for (const button of document.querySelectorAll("[data-cite]")) {
    button.hidden = false;
    // The selection must outlive the click.
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", citeChosen);
  }

  const forgetPlace = () => {
    form.elements.place.value = "";
    form.elements.version.value = "";
  };
  form.elements.words.addEventListener("input", forgetPlace);
  form.elements.document.addEventListener("change", forgetPlace);
  form.addEventListener("change", () => {
    dirty = true;
    say();
  });
  form.addEventListener("submit", () => {
    send.disabled = true;
  });
  window.addEventListener("pageshow", () => {
    send.disabled = false;
    say();
  });

  statements.forEach((one, at) => one.addEventListener("focusin", () => {
    if (at !== current) goToStatement(at, false);
  }));
  statements.forEach((one, at) => one.addEventListener("click", () => {
    if (at !== current) goToStatement(at, false);
  }));
  for (const link of document.querySelectorAll("[data-show]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      showSource(link.dataset.show);
      const pane = document.querySelector(".source-pane.current");
      if (pane) pane.scrollIntoView({ block: "nearest" });
    });
  }

  const keys = {
    j: () => goToStatement(current + 1, true),
    k: () => goToStatement(current - 1, true),
    a: () => rule("approved"),
    w: () => rule("new"),
    r: () => rule("rejected"),
    c: () => rule("corrected"),
    x: citeChosen,
    Escape: takeBack,
  };
  for (const number of [0, 1, 2, 3, 4, 5]) keys[number] = () => judge(number);

  let warned = false;
  keys.n = () => {
    if (!following) intent.textContent = "Nothing else waits.";
    else if (dirty && !warned) {
      warned = true;
      intent.textContent = "This verdict was not sent. n again leaves it.";
    } else following.click();
  };

  document.addEventListener("keydown", (event) => {
    const target = event.target;
    const typing = target.matches("textarea, select, input:not([type=radio])");
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (typing) {
      if (event.key === "Escape") target.blur();
      return;
    }
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  say();
  if (statements.length) goToStatement(0, false);
  else if (panes.length) showSource(panes[0].dataset.cites.split(" ")[0]);
} else if (following) {
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("textarea, select, input");
    if (event.key === "n" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) following.click();
  });
}
