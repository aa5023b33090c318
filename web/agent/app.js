// The agents' page: signs in, follows the inbox, and shows the conversation that was chosen. As on the users' page,
// drawing is one function of what is known.

import { nothing, render } from "../vendor/lit-html/lit-html.js";
import * as address from "../address.js";
import { present } from "../company.js";
import { Frame, at, hasKeyboard, isWide } from "../frame.js";
import { Pane } from "../pane.js";
import { Case } from "./case.js";
import { Inbox } from "./inbox.js";
import { SignInError, signIn } from "./signin.js";
import { isNew, seen } from "./unread.js";
import { caseHead, nothingChosen } from "./view/case.js";
import { header } from "./view/header.js";
import { lists } from "./view/lists.js";
import { signInNotice } from "./view/signin.js";

const page = {
  /** `{user, name, role}`; null before somebody is signed in. */
  who: null,
  /** Why nobody is, as `signInNotice` takes it. */
  why: null,
  inbox: null,
  /** The conversation that was chosen. */
  chosen: null,
  heads: new Map(),
  drafts: new Map(),
};

// The inbox goes first: whatever it brings after that would open the other again.
const frame = new Frame({ onDraw: draw, streams: () => [page.inbox, page.chosen].filter((stream) => stream !== null) });
const pane = new Pane(frame);

// ---- Who is here

async function enter() {
  Object.assign(page, { who: null, why: null });
  frame.drawSoon();
  try {
    page.who = await signIn();
  } catch (error) {
    if (!(error instanceof SignInError)) throw error;
    page.why = error.why;
    frame.drawSoon();
    return;
  }
  page.inbox?.stop();
  page.inbox = new Inbox(worked, frame.notify);
  page.inbox.start();
  const id = address.sessionId();
  if (id) open(id);
  frame.drawSoon();
}

/** What the server does not let this reader do any more. */
function leave() {
  close();
  page.inbox.stop();
  Object.assign(page, { who: null, why: "ended", inbox: null });
}

function worked() {
  if (page.inbox.connection.name === "gone") leave();
  page.chosen?.worked();
  frame.drawSoon();
}

// ---- The chosen conversation

function open(id) {
  if (page.chosen?.id === id) return;
  close();
  page.chosen = new Case(id, { me: page.who.user, inbox: page.inbox, onChange: changed, onHandedOver: handedOver, onNotified: frame.notify });
  page.chosen.start();
  pane.composer.exchange(page.drafts.get(id) ?? "");
  pane.show(page.chosen.session);
  worked();
}

function close() {
  if (!page.chosen) return;
  page.drafts.set(page.chosen.id, pane.composer.exchange(""));
  page.chosen.stop();
  page.chosen = null;
}

function choose(id) {
  address.show(id, "push");
  open(id);
  // The lists fold away on a phone, and the focus must not go with them.
  if (!isWide.matches) {
    frame.draw();
    pane.focusConversation();
  }
}

function back() {
  const { id } = page.chosen;
  address.show(null, "push");
  close();
  frame.draw();
  const cases = [...document.querySelectorAll(".case")];
  (cases.find(({ dataset }) => dataset.session === id) ?? cases[0] ?? at("lists")).focus();
}

function changed() {
  pane.beside.follow(page.chosen.session);
  frame.drawSoon();
}

/** The button that was pressed has gone, and the focus must not go with it. */
function handedOver() {
  frame.draw();
  if (page.chosen.isMine && hasKeyboard) pane.composer.focus();
  else pane.focusConversation();
}

// ---- Drawing

function draw(now) {
  const { who, inbox, chosen } = page;
  const state = inbox?.connection ?? { name: "connecting", again: false };
  document.body.dataset.view = who === null ? "signin" : chosen ? "case" : "lists";
  render(header({ who, state, now, machineShown: frame.machineShown, onMachine: chosen ? frame.toggleMachine : null,
    onTheme: frame.changeTheme }), at("header"));
  drawLists(now);
  at("dock").hidden = chosen === null;
  at("machine").hidden = chosen === null || !frame.machineShown;
  if (chosen) drawCase(now);
  else {
    render(nothing, at("case"));
    render(who === null ? signInNotice({ why: page.why, path: location.pathname, onRetry: enter }) : inbox.isKnown ? nothingChosen(inbox.waiting.length) : nothing, at("log"));
  }
  frame.tick(chosen?.session.people.company.typing.length > 0, state, chosen?.session.connection);
}

function drawLists(now) {
  const { inbox, chosen } = page;
  if (!inbox) {
    render(nothing, at("lists"));
    document.title = "Agent – statechat";
    return;
  }
  page.heads = seen(page.heads, inbox.mine, document.hidden ? null : chosen?.id);
  const isUnread = (one) => isNew(page.heads, one);
  render(lists({ waiting: inbox.waiting, mine: inbox.mine, isKnown: inbox.isKnown, open: chosen?.id, now, onOpen: choose,
    isNew: isUnread }), at("lists"));
  const news = inbox.waiting.length + inbox.mine.filter(isUnread).length;
  document.title = `${news > 0 ? `(${news}) ` : ""}Agent – statechat`;
}

function drawCase(now) {
  const { chosen, inbox } = page;
  const { session, standing, isMine, isHandingOver } = chosen;
  const { conversation, people } = session;
  const isHeard = standing !== "ended";
  people.watchOnly(!isMine || isHandingOver);
  render(caseHead({ one: chosen.known, people: isHeard ? present(people.company, people.me) : [], step: isHeard ? conversation.step : null,
    standing, refusal: chosen.refusal, isBusy: isHandingOver, now,
    onTake: () => chosen.take(), onGiveBack: () => chosen.giveBack(), onBack: back }), at("case"));
  // What goes wrong with the conversation itself is said in its head and above the composer.
  pane.draw({ now, state: { name: "open" }, connection: session.connection, isHeard, canWrite: isMine,
    placeholder: isMine ? "Write a message" : standing === "waiting" ? "Take the conversation to answer" : "You cannot write here now",
    onReconnect: () => { session.reconnect(); inbox.reconnect(); } });
}

// ---- What the browser does

addEventListener("popstate", () => {
  const id = address.sessionId();
  if (page.who === null) return;
  if (id) open(id);
  else close();
  frame.drawSoon();
});
addEventListener("hashchange", () => {
  if (!/^#(?:code|token)=/u.test(location.hash)) return;
  if (page.inbox) leave();
  enter();
});

enter();
