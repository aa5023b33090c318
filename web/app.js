// The page: wires the session in the address to what is drawn. Drawing is one function of what is
// known, at most once a frame; what happens between the parts is here, what they are is not.

import { html, nothing, render } from "./vendor/lit-html/lit-html.js";
import * as address from "./address.js";
import { Beside } from "./beside.js";
import { ALONE, marks, present, whoTypes } from "./company.js";
import { NOTHING_SAID, isCaughtUp, isMine, offered } from "./conversation.js";
import * as entrance from "./entrance.js";
import { Notices } from "./notices.js";
import { Opening } from "./opening.js";
import * as reader from "./reader.js";
import { Scroll } from "./scroll.js";
import { Session } from "./session.js";
import * as theme from "./theme.js";
import { bar } from "./view/bar.js";
import { Composer } from "./view/composer.js";
import { header } from "./view/header.js";
import { options } from "./view/options.js";
import { toasts } from "./view/toasts.js";
import { transcript } from "./view/transcript.js";
import { notSignedIn, signedIn, trouble } from "./words.js";

const SHOWN_AT_FIRST = 200;
const at = (id) => document.getElementById(id);
const isWide = matchMedia("(min-width: 60rem)");
const hasKeyboard = matchMedia("(hover: hover) and (pointer: fine)").matches;

const page = {
  session: null,
  opening: null,
  /** What became of what the address brought along to sign in with, until the reader has seen it. */
  entered: null,
  machineShown: isWide.matches,
  shown: SHOWN_AT_FIRST,
  unread: 0,
  /** Up to where the reader has been told. */
  readSeq: 0,
  /** Whether the reader should find the cursor in the composer, once it takes one. */
  wantsFocus: hasKeyboard,
};

const composer = new Composer(at("composer"), { onChoose: choose, onSay: say, onType: (text) => page.session?.people.typed(text) });
const beside = new Beside(at("machine"), drawSoon);
const notices = new Notices({ onChange: drawSoon,
  mayStay: () => document.hidden || at("toasts").matches(":hover, :focus-within") });
const scroll = new Scroll(at("scroller"), at("content"), drawSoon);

// ---- Sessions

async function begin() {
  await enter();
  const id = address.sessionId();
  if (id) open(id);
  else restart();
  drawSoon();
}

/** Somebody may come by a link, or paste one into a page that is open. */
async function enter() {
  const brought = entrance.brought();
  if (!brought) return false;
  page.entered = await entrance.signIn(brought);
  reader.forget();
  drawSoon();
  return true;
}

function open(id, isNew = false) {
  page.session?.stop();
  page.opening?.stop();
  Object.assign(page, { opening: null, shown: SHOWN_AT_FIRST, unread: 0, readSeq: 0 });
  page.session = new Session(id, changed, (notice) => notices.show(notice));
  learnMe();
  page.session.start();
  // What a reload brings back is not news; a greeting is.
  at("log").setAttribute("aria-live", isNew ? "polite" : "off");
  scroll.toEnd();
  drawSoon();
}

/** The old conversation stays until the new one is there, and then one step back in history. */
function restart() {
  if (isOpening()) return;
  page.opening = new Opening({
    bot: beside.bot ?? address.botName(),
    onState: drawSoon,
    onOpened({ id, bot }) {
      address.show(id, page.session ? "push" : "replace");
      reader.forget();
      open(id, true);
      beside.meet(bot);
      page.wantsFocus = hasKeyboard;
    },
  });
  page.opening.ask();
}

const isOpening = () => page.opening !== null && page.opening.state.name !== "refused";

/** Whose words are whose cannot be told before. */
async function learnMe() {
  const { session } = page;
  session.people.me = reader.user();
  await reader.learn();
  session.people.me = reader.user();
  drawSoon();
}

function changed() {
  const hasOpened = beside.follow(page.session);
  if (hasOpened && page.session.people.me === null) learnMe();
  drawSoon();
}

// ---- What the reader does

function choose(option) {
  page.session.choose(option);
  spoke();
}

function say(text) {
  page.session.say(text);
  spoke();
}

function spoke() {
  scroll.toEnd();
  // The button that was pressed is about to go, and the focus must not go with it. On a phone
  // the composer would bring up the keyboard, so there it is the conversation.
  if (hasKeyboard) composer.focus();
  else if (document.activeElement?.closest("#options")) at("scroller").focus({ preventScroll: true });
  drawSoon();
}

function showMachine(shown) {
  page.machineShown = shown;
  drawSoon();
}

// ---- Drawing

let drawing = false;

function drawSoon() {
  if (drawing) return;
  drawing = true;
  // A page in the background gets no frames, and still has a title to keep.
  if (document.hidden) setTimeout(draw, 100);
  else requestAnimationFrame(draw);
}

function draw() {
  drawing = false;
  const { session, opening } = page;
  const now = Date.now();
  const conversation = session?.conversation ?? NOTHING_SAID;
  const messages = session?.messages ?? [];
  const company = session?.people.company ?? ALONE;
  const me = session?.people.me ?? null;
  const state = session ? session.connection : opening?.state ?? { name: "connecting" };
  const isGone = session?.isGone ?? false;
  const { title } = beside;
  const canSpeak = session !== null && !isGone;
  const isWaiting = messages.some(({ status }) => status !== "failed");
  const live = canSpeak && !isWaiting ? offered(conversation) : [];

  count(conversation, me);
  render(header({ title, people: present(company, me), state, now, machineShown: page.machineShown,
    opening: isOpening(),
    onMachine: () => showMachine(!page.machineShown), onRestart: restart,
    onTheme: () => { theme.change(); drawSoon(); } }), at("header"));

  render(transcript({ sessionId: session?.id, conversation, messages, state, opening: opening?.state, isGone, now,
    botTitle: title, me, marks: marks(conversation.entries, company, me), typists: whoTypes(company, me, now), line: company.line,
    shown: page.shown, liveSeq: live.length > 0 ? conversation.step?.seq : null,
    onEarlier: () => { page.shown += SHOWN_AT_FIRST; scroll.holding(draw); },
    onRetry: ({ clientId }) => session.retry(clientId),
    onEdit: ({ clientId, text }) => { session.discard(clientId); composer.edit(text); },
    onDiscard: ({ clientId }) => session.discard(clientId),
    onRestart: restart, onAskAgain: restart }), at("log"));
  render(options(live, choose), at("options"));
  render(toasts(notices.shown, (id) => notices.dismiss(id)), at("toasts"));
  render(bar({ state: opening?.state.name === "waiting" ? opening.state : state, isAtEnd: scroll.atEnd, unread: page.unread, entered: entered(),
    onEnd: () => { scroll.toEnd(); drawSoon(); }, onReconnect: reconnect }), at("bar"));
  composer.draw({ offered: live, enabled: canSpeak,
    placeholder: canSpeak ? "Write a message" : isGone ? "Start a new conversation to go on" : "Starting the conversation" });
  if (page.wantsFocus && canSpeak) {
    page.wantsFocus = false;
    composer.focus();
  }

  at("machine").hidden = !page.machineShown;
  beside.draw(session);
  document.title = `${page.unread > 0 ? `(${page.unread}) ` : ""}${title}${trouble(state) ? " – not connected" : ""}`;
  scroll.settle();
  session?.people.attend({ entries: conversation.entries, isVisible: !document.hidden, isAtEnd: scroll.atEnd && isCaughtUp(conversation) });
  if (isGone || (conversation.seq > 0 && isCaughtUp(conversation))) announceFromNowOn();
  tick(company.typing.length > 0, state, opening?.state);
}

function entered() {
  if (!page.entered) return nothing;
  const { who } = page.entered;
  return html`<div class="entered" role="status" data-testid="entered"><p dir="auto">${who ? signedIn(who, Date.now()) : notSignedIn(page.entered)}</p>
    <button type="button" class="link" @click=${() => { page.entered = null; drawSoon(); }}>Close</button></div>`;
}

function reconnect() {
  if (page.opening) page.opening.ask();
  else page.session?.reconnect();
}

let announcing = null;

/** A moment later, so that the history that was just drawn stays quiet. */
function announceFromNowOn() {
  clearTimeout(announcing);
  announcing = setTimeout(() => at("log").setAttribute("aria-live", "polite"), 500);
}

/** Counts what was said out of the reader's sight. */
function count({ entries, seq, head }, me) {
  if (!document.hidden && scroll.atEnd) page.unread = 0;
  else if (page.readSeq > 0 && seq >= head) {
    page.unread += entries.filter((entry) => entry.seq > page.readSeq && !isMine(entry.from, me)).length;
  }
  if (seq >= head) page.readSeq = seq;
}

let ticking = null;

/** A countdown needs a drawing a second, and so does a typing that may end; and only while there is one. */
function tick(isTyping, ...states) {
  clearTimeout(ticking);
  if (isTyping || states.some((state) => state?.name === "waiting")) ticking = setTimeout(drawSoon, 1_000);
}

// ---- What the browser does

isWide.addEventListener("change", () => showMachine(isWide.matches));
setInterval(drawSoon, 60_000);
addEventListener("online", () => page.session?.wentOnline());
addEventListener("offline", () => page.session?.wentOffline());
addEventListener("popstate", () => {
  const id = address.sessionId();
  if (id && id !== page.session?.id) open(id);
});
addEventListener("pagehide", () => page.session?.pause());
addEventListener("pageshow", ({ persisted }) => persisted && page.session?.start());
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) page.session?.reconnect();
  drawSoon();
});

addEventListener("hashchange", async () => {
  // As somebody else, the same conversation may be there or not.
  if (await enter()) await begin();
});

drawSoon();
begin();
