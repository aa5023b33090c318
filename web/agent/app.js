// The agent's page: signs in, follows the inbox, and shows the conversation that was chosen. As on the users' page,
// drawing is one function of what is known, at most once a frame.

import { nothing, render } from "../vendor/lit-html/lit-html.js";
import * as address from "../address.js";
import * as api from "../api.js";
import { Beside } from "../beside.js";
import { marks, present, whoTypes } from "../company.js";
import { isCaughtUp } from "../conversation.js";
import { Notices } from "../notices.js";
import { Scroll } from "../scroll.js";
import { Session } from "../session.js";
import * as theme from "../theme.js";
import { bar } from "../view/bar.js";
import { Composer } from "../view/composer.js";
import { toasts } from "../view/toasts.js";
import { transcript } from "../view/transcript.js";
import { handoffRefusal, person } from "../words.js";
import { Inbox } from "./inbox.js";
import { SignInError, signIn } from "./signin.js";
import { isNew, seen } from "./unread.js";
import { caseHead, nothingChosen } from "./view/case.js";
import { header } from "./view/header.js";
import { lists } from "./view/lists.js";
import { signInNotice } from "./view/signin.js";

const SHOWN_AT_FIRST = 200;
const at = (id) => document.getElementById(id);
const isWide = matchMedia("(min-width: 60rem)");
const hasKeyboard = matchMedia("(hover: hover) and (pointer: fine)").matches;

const page = {
  /** `{user, name, role}`; null before somebody is signed in. */
  who: null,
  /** Why nobody is, as `signInNotice` takes it. */
  why: null,
  inbox: null,
  session: null,
  /** The chosen conversation as the lists last had it. */
  chosen: null,
  /** What is under way with it: the standing that it is to leave. */
  leaving: null,
  refusal: null,
  shown: SHOWN_AT_FIRST,
  machineShown: isWide.matches,
  heads: new Map(),
  drafts: new Map(),
};

const composer = new Composer(at("composer"), { onChoose() {}, onSay: say, onType: (text) => page.session?.people.typed(text) });
const beside = new Beside(at("machine"), drawSoon);
const scroll = new Scroll(at("scroller"), at("content"), drawSoon);

const notices = new Notices({ onChange: drawSoon,
  mayStay: () => document.hidden || at("toasts").matches(":hover, :focus-within") });

/** Both streams may bring it; it is shown once. */
function notified(notice) {
  notices.show(notice);
}

// ---- Who is here

async function enter() {
  Object.assign(page, { who: null, why: null });
  drawSoon();
  try {
    page.who = await signIn();
  } catch (error) {
    if (!(error instanceof SignInError)) throw error;
    page.why = error.why;
    drawSoon();
    return;
  }
  page.inbox?.stop();
  page.inbox = new Inbox(worked, notified);
  page.inbox.start();
  const id = address.sessionId();
  if (id) open(id);
  drawSoon();
}

/** What the server does not let this reader do any more. */
function leave() {
  close();
  page.inbox.stop();
  Object.assign(page, { who: null, why: "ended", inbox: null });
}

function worked() {
  if (page.inbox.connection.name === "gone") leave();
  const one = page.session && page.inbox?.find(page.session.id);
  if (one) page.chosen = one;
  if (page.leaving !== null && standing() !== page.leaving) handedOver();
  // Whoever does not have a conversation any more does not go on listening to it.
  if (standing() === "ended") page.session.pause();
  drawSoon();
}

// ---- The chosen conversation

/** Where it stands for this agent: `mine`, `waiting`, `ended`; null while that is not known. */
function standing() {
  const { session, inbox } = page;
  if (!session || !inbox?.isKnown) return null;
  return inbox.find(session.id)?.standing ?? "ended";
}

function open(id) {
  if (page.session?.id === id) return;
  close();
  page.session = new Session(id, changed, notified);
  page.session.people.me = page.who.user;
  page.session.start();
  composer.exchange(page.drafts.get(id) ?? "");
  at("log").setAttribute("aria-live", "off");
  scroll.toEnd();
  worked();
}

function close() {
  if (!page.session) return;
  page.drafts.set(page.session.id, composer.exchange(""));
  page.session.stop();
  Object.assign(page, { session: null, chosen: null, leaving: null, refusal: null, shown: SHOWN_AT_FIRST });
}

function choose(id) {
  address.show(id, "push");
  open(id);
  // The lists fold away on a phone, and the focus must not go with them.
  if (!isWide.matches) {
    draw();
    at("scroller").focus({ preventScroll: true });
  }
}

function back() {
  const { id } = page.session;
  address.show(null, "push");
  close();
  draw();
  const cases = [...document.querySelectorAll(".case")];
  (cases.find(({ dataset }) => dataset.session === id) ?? cases[0] ?? at("lists")).focus();
}

function changed() {
  beside.follow(page.session);
  drawSoon();
}

function say(text) {
  page.session.say(text);
  scroll.toEnd();
  if (hasKeyboard) composer.focus();
  drawSoon();
}

const take = () => handOver("waiting", api.take);
const giveBack = () => handOver("mine", api.giveBack);

/** Has the server change who has the conversation. That it stands otherwise than `from`, the lists say. */
async function handOver(from, call) {
  const { session } = page;
  Object.assign(page, { leaving: from, refusal: null });
  draw();
  let refused = null;
  try {
    await call(session.id);
  } catch (error) {
    refused = error;
  }
  page.inbox?.refresh();
  if (session !== page.session) return;
  if (refused) Object.assign(page, { leaving: null, refusal: handoffRefusal(refused, otherAgent()) });
  drawSoon();
}

/** The button that was pressed has gone, and the focus must not go with it. */
function handedOver() {
  page.leaving = null;
  draw();
  if (standing() === "mine" && hasKeyboard) composer.focus();
  else at("scroller").focus({ preventScroll: true });
}

/** Who else is here, if anybody but the user is. */
function otherAgent() {
  const { people } = page.session;
  const other = present(people.company, people.me).find(({ user }) => user !== page.chosen?.user);
  return other ? person(other.user) : null;
}

// ---- Drawing

let drawing = false;

function drawSoon() {
  if (drawing) return;
  drawing = true;
  if (document.hidden) setTimeout(draw, 100);
  else requestAnimationFrame(draw);
}

function draw() {
  drawing = false;
  const { who, inbox, session } = page;
  const now = Date.now();
  const state = inbox?.connection ?? { name: "connecting", again: false };
  document.body.dataset.view = who === null ? "signin" : session ? "case" : "lists";
  render(header({ who, state, now, machineShown: page.machineShown && session !== null,
    onMachine: session ? () => showMachine(!page.machineShown) : null,
    onTheme: () => { theme.change(); drawSoon(); } }), at("header"));
  if (inbox) page.heads = seen(page.heads, inbox.mine, document.hidden ? null : session?.id);
  render(inbox ? lists({ waiting: inbox.waiting, mine: inbox.mine, isKnown: inbox.isKnown, open: session?.id, now, onOpen: choose,
    isNew: (one) => isNew(page.heads, one) }) : nothing, at("lists"));
  render(toasts(notices.shown, (id) => notices.dismiss(id)), at("toasts"));
  at("dock").hidden = session === null;
  at("machine").hidden = session === null || !page.machineShown;
  if (session) drawCase(now);
  else {
    render(nothing, at("case"));
    render(who === null ? signInNotice(page.why, enter) : inbox.isKnown ? nothingChosen(inbox.waiting.length) : nothing, at("log"));
  }
  const news = inbox ? inbox.waiting.length + inbox.mine.filter((one) => isNew(page.heads, one)).length : 0;
  document.title = `${news > 0 ? `(${news}) ` : ""}Agent – statechat`;
  tick(state, session);
}

function drawCase(now) {
  const { session } = page;
  const { conversation, people } = session;
  const stands = standing();
  const isMine = stands === "mine" && !session.isGone;
  // Once the agent gives it back, the server takes nothing more from here.
  people.watchOnly(!isMine || page.leaving !== null);
  render(caseHead({ one: page.chosen ?? {}, people: stands === "ended" ? [] : present(people.company, people.me), step: conversation.step, standing: stands,
    refusal: page.refusal, isBusy: page.leaving !== null, now, onTake: take, onGiveBack: giveBack, onBack: back }), at("case"));
  // What goes wrong with the conversation itself is said in its head and above the composer.
  render(transcript({ sessionId: session.id, conversation, messages: session.messages, state: { name: "open" }, isGone: false, now,
    botTitle: beside.title, me: people.me, marks: marks(conversation.entries, people.company, people.me),
    typists: whoTypes(people.company, people.me, now), line: null, shown: page.shown, liveSeq: null,
    onEarlier: () => { page.shown += SHOWN_AT_FIRST; scroll.holding(draw); },
    onRetry: ({ clientId }) => session.retry(clientId),
    onEdit: ({ clientId, text }) => { session.discard(clientId); composer.edit(text); },
    onDiscard: ({ clientId }) => session.discard(clientId) }), at("log"));
  render(bar({ state: session.connection, isAtEnd: scroll.atEnd, unread: 0,
    onEnd: () => { scroll.toEnd(); drawSoon(); }, onReconnect: () => { session.reconnect(); page.inbox.reconnect(); } }), at("bar"));
  composer.draw({ offered: [], enabled: isMine,
    placeholder: isMine ? "Write a message" : stands === "waiting" ? "Take the conversation to answer" : "You cannot write here now" });
  beside.draw(session);
  scroll.settle();
  people.attend({ entries: conversation.entries, isVisible: !document.hidden, isAtEnd: scroll.atEnd && isCaughtUp(conversation) });
  if (conversation.seq > 0 && isCaughtUp(conversation)) announceFromNowOn(session);
}

let announcing = null;

/** A moment later, so that the history that was just drawn stays quiet. */
function announceFromNowOn(session) {
  clearTimeout(announcing);
  announcing = setTimeout(() => session === page.session && at("log").setAttribute("aria-live", "polite"), 500);
}

let ticking = null;

/** A countdown and a typing that may end need a drawing a second. */
function tick(state, session) {
  clearTimeout(ticking);
  const isCounting = [state, session?.connection].some((one) => one?.name === "waiting");
  if (isCounting || session?.people.company.typing.length > 0) ticking = setTimeout(drawSoon, 1_000);
}

function showMachine(shown) {
  page.machineShown = shown;
  drawSoon();
}

// ---- What the browser does

isWide.addEventListener("change", () => showMachine(isWide.matches));
setInterval(drawSoon, 60_000);
addEventListener("online", () => {
  page.inbox?.wentOnline();
  page.session?.wentOnline();
});
addEventListener("offline", () => {
  page.inbox?.wentOffline();
  page.session?.wentOffline();
});
addEventListener("popstate", () => {
  const id = address.sessionId();
  if (page.who === null) return;
  if (id) open(id);
  else close();
  drawSoon();
});
addEventListener("hashchange", () => {
  if (!/^#(?:code|token)=/u.test(location.hash)) return;
  if (page.inbox) leave();
  enter();
});
addEventListener("pagehide", () => {
  page.session?.pause();
  page.inbox?.pause();
});
addEventListener("pageshow", ({ persisted }) => {
  if (!persisted) return;
  page.inbox?.start();
  if (standing() !== "ended") page.session?.start();
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) {
    page.inbox?.reconnect();
    page.session?.reconnect();
  }
  drawSoon();
});

enter();
