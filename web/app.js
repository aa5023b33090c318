// The page: wires the session in the address to what is drawn. Drawing is one function of what is
// known, at most once a frame; what happens between the parts is here, what they are is not.

import { html, nothing, render } from "./vendor/lit-html/lit-html.js";
import * as address from "./address.js";
import * as api from "./api.js";
import { Blueprint } from "./blueprint.js";
import { NOTHING_SAID, botName, isCaughtUp, offered } from "./conversation.js";
import * as entrance from "./entrance.js";
import { placeOf, transitionOf } from "./machine.js";
import { Notices } from "./notices.js";
import { Opening } from "./opening.js";
import { Scroll } from "./scroll.js";
import { Session } from "./session.js";
import * as theme from "./theme.js";
import { Composer } from "./view/composer.js";
import { header } from "./view/header.js";
import * as icons from "./view/icons.js";
import { machinePane } from "./view/machine.js";
import { options } from "./view/options.js";
import { Picture } from "./view/picture.js";
import { toasts } from "./view/toasts.js";
import { transcript } from "./view/transcript.js";
import { notSignedIn, signedIn, spaced, trouble } from "./words.js";

const SHOWN_AT_FIRST = 200;
const at = (id) => document.getElementById(id);
const isWide = matchMedia("(min-width: 60rem)");
const hasKeyboard = matchMedia("(hover: hover) and (pointer: fine)").matches;

const page = {
  session: null,
  opening: null,
  /** What became of what the address brought along to sign in with, until the reader has seen it. */
  entered: null,
  bots: [],
  bot: null,
  machineShown: isWide.matches,
  /** The id of the state whose details are shown. */
  stateOpen: null,
  shown: SHOWN_AT_FIRST,
  unread: 0,
  wasOpen: false,
  /** Up to where the reader has been told. */
  readSeq: 0,
  /** Whether the reader should find the cursor in the composer, once it takes one. */
  wantsFocus: hasKeyboard,
};

const composer = new Composer(at("composer"), { onChoose: choose, onSay: say });
const picture = new Picture(openState);
const blueprint = new Blueprint({ load: loadMachine, onChange: drawSoon });
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
  drawSoon();
  return true;
}

function open(id, isNew = false) {
  page.session?.stop();
  page.opening?.stop();
  Object.assign(page, { opening: null, shown: SHOWN_AT_FIRST, unread: 0, readSeq: 0 });
  page.session = new Session(id, changed, (notice) => notices.show(notice));
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
    bot: page.bot ?? address.botName(),
    onState: drawSoon,
    onOpened({ id, bot }) {
      address.show(id, page.session ? "push" : "replace");
      open(id, true);
      meet(bot);
      page.wantsFocus = hasKeyboard;
    },
  });
  page.opening.ask();
}

const isOpening = () => page.opening !== null && page.opening.state.name !== "refused";

function changed() {
  const { session } = page;
  meet(botName(session.conversation));
  const isOpen = session.connection.name === "open";
  if (isOpen && !page.wasOpen) blueprint.reconnected();
  page.wasOpen = isOpen;
  if (isCaughtUp(session.conversation)) blueprint.learn(session.conversation.step);
  drawSoon();
}

function meet(bot) {
  if (!bot || bot === page.bot) return;
  Object.assign(page, { bot, stateOpen: null });
  blueprint.meet(bot);
}

async function loadMachine(bot) {
  if (page.bots.length === 0) page.bots = await api.bots();
  const [machine, picture] = await Promise.all([api.machine(bot), api.picture(bot)]);
  return { machine, picture };
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

/** The details come and go with the focus on them: who closes them is back at the state. */
function openState(id) {
  page.stateOpen = id === page.stateOpen ? null : id;
  draw();
  document.querySelector(".details")?.focus({ preventScroll: true });
}

function closeState() {
  const id = page.stateOpen;
  page.stateOpen = null;
  draw();
  picture.focus(id);
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
  const state = session ? session.connection : opening?.state ?? { name: "connecting" };
  const isGone = session?.isGone ?? false;
  const title = page.bots.find(({ name }) => name === page.bot)?.title ?? (page.bot ? spaced(page.bot) : "statechat");
  const canSpeak = session !== null && !isGone;
  const isWaiting = messages.some(({ status }) => status !== "failed");
  const live = canSpeak && !isWaiting ? offered(conversation) : [];

  count(conversation);
  render(header({ title, state, now, machineShown: page.machineShown,
    opening: isOpening(),
    onMachine: () => showMachine(!page.machineShown), onRestart: restart,
    onTheme: () => { theme.change(); drawSoon(); } }), at("header"));

  render(transcript({ sessionId: session?.id, conversation, messages, state, opening: opening?.state, isGone, now,
    botTitle: title, shown: page.shown, liveSeq: live.length > 0 ? conversation.step?.seq : null,
    onEarlier: () => { page.shown += SHOWN_AT_FIRST; scroll.holding(draw); },
    onRetry: ({ clientId }) => session.retry(clientId),
    onEdit: ({ clientId, text }) => { session.discard(clientId); composer.edit(text); },
    onDiscard: ({ clientId }) => session.discard(clientId),
    onRestart: restart, onAskAgain: restart }), at("log"));
  render(options(live, choose), at("options"));
  render(toasts(notices.shown, (id) => notices.dismiss(id)), at("toasts"));
  render(bar(state, opening?.state), at("bar"));
  composer.draw({ offered: live, enabled: canSpeak,
    placeholder: canSpeak ? "Write a message" : isGone ? "Start a new conversation to go on" : "Starting the conversation" });
  if (page.wantsFocus && canSpeak) {
    page.wantsFocus = false;
    composer.focus();
  }

  at("machine").hidden = !page.machineShown;
  drawMachine(conversation);
  document.title = `${page.unread > 0 ? `(${page.unread}) ` : ""}${title}${trouble(state) ? " – not connected" : ""}`;
  scroll.settle();
  if (isGone || (conversation.seq > 0 && isCaughtUp(conversation))) announceFromNowOn();
  tick(state, opening?.state);
}

/** While the past is still coming in, its steps are not lit one by one. */
function drawMachine(conversation) {
  const { machine } = blueprint;
  const { step } = conversation;
  const isWhole = picture.adopt(blueprint.picture, machine);
  render(machinePane({ machine, picture, failed: blueprint.failed || !isWhole, step, open: page.stateOpen,
    onRetry: () => { blueprint.ask(); drawSoon(); }, onClose: closeState }), at("machine"));
  picture.cover(document.querySelector(".details")?.offsetHeight ?? 0, page.stateOpen);
  if (!machine || !step || !isCaughtUp(conversation)) return;
  picture.mark({ session: page.session.id, key: step.seq, open: page.stateOpen,
    place: placeOf(machine, step), last: transitionOf(machine, step) });
}

/** Above the composer, where it changes what one can do: trouble, and messages further down. */
function bar(state, opening) {
  const waiting = opening?.name === "waiting" ? opening : state;
  const sentence = trouble(waiting);
  return html`
    ${!scroll.atEnd ? html`<button type="button" class="to-end" @click=${() => { scroll.toEnd(); drawSoon(); }}>
      ${icons.down}${page.unread > 0 ? "New messages" : "To the latest message"}</button>` : nothing}
    ${entered()}
    ${sentence ? html`<div class="trouble" data-testid="trouble"><p>${sentence}</p>
      ${waiting.name === "waiting" ? html`<button type="button" class="link" @click=${reconnect}>Reconnect now</button>` : nothing}</div>` : nothing}`;
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
function count({ entries, seq, head }) {
  if (!document.hidden && scroll.atEnd) page.unread = 0;
  else if (page.readSeq > 0 && seq >= head) {
    page.unread += entries.filter((entry) => entry.seq > page.readSeq && entry.from.kind !== "user").length;
  }
  if (seq >= head) page.readSeq = seq;
}

let ticking = null;

/** A countdown needs a drawing a second, and only while there is one. */
function tick(...states) {
  clearTimeout(ticking);
  if (states.some((state) => state?.name === "waiting")) ticking = setTimeout(drawSoon, 1_000);
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
