// The users' page: wires the session in the address to what is drawn. Drawing is one function of what is known; what
// happens between the parts is here, what they are is not.

import { nothing, render } from "./vendor/lit-html/lit-html.js";
import * as address from "./address.js";
import { ALONE, present } from "./company.js";
import { NOTHING_SAID, offered } from "./conversation.js";
import * as entrance from "./entrance.js";
import { Frame, at, hasKeyboard } from "./frame.js";
import { Opening } from "./opening.js";
import { Pane } from "./pane.js";
import * as reader from "./reader.js";
import { Session } from "./session.js";
import { Unread } from "./unread.js";
import { entered } from "./view/entered.js";
import { header } from "./view/header.js";
import { options } from "./view/options.js";
import { trouble } from "./words.js";

const page = {
  session: null,
  opening: null,
  unread: new Unread(),
  /** What became of what the address brought along to sign in with, until the reader has seen it. */
  entered: null,
  /** Whether the reader should find the cursor in the composer, once it takes one. */
  wantsFocus: hasKeyboard,
};

const frame = new Frame({ onDraw: draw, streams: () => (page.session ? [page.session] : []) });
const pane = new Pane(frame);

// ---- Sessions

async function begin() {
  await enter();
  const id = address.sessionId();
  if (id) open(id);
  else restart();
  frame.drawSoon();
}

/** Somebody may come by a link, or paste one into a page that is open. */
async function enter() {
  const brought = entrance.brought();
  if (!brought) return false;
  page.entered = await entrance.signIn(brought);
  reader.forget();
  frame.drawSoon();
  return true;
}

function open(id, isNew = false) {
  page.session?.stop();
  page.opening?.stop();
  const session = new Session(id, { onChange: changed, onNotified: frame.notify, topics: ["notifications"] });
  Object.assign(page, { session, opening: null, unread: new Unread() });
  learnMe();
  session.start();
  pane.show(session, { isNew });
  frame.drawSoon();
}

/** The old conversation stays until the new one is there, and then one step back in history. */
function restart() {
  if (isOpening()) return;
  page.opening = new Opening({
    bot: pane.beside.bot ?? address.botName(),
    onState: frame.drawSoon,
    onOpened({ id, bot }) {
      address.show(id, page.session ? "push" : "replace");
      reader.forget();
      open(id, true);
      pane.beside.meet(bot);
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
  frame.drawSoon();
}

function changed() {
  const hasOpened = pane.beside.follow(page.session);
  if (hasOpened && page.session.people.me === null) learnMe();
  frame.drawSoon();
}

function reconnect() {
  if (page.opening) page.opening.ask();
  else page.session?.reconnect();
}

// ---- Drawing

function draw(now) {
  const { session, opening, unread } = page;
  const { conversation = NOTHING_SAID, messages = [], isGone = false } = session ?? {};
  const { company = ALONE, me = null } = session?.people ?? {};
  const state = session?.connection ?? opening?.state ?? { name: "connecting" };
  const { title } = pane.beside;
  const canSpeak = session !== null && !isGone;
  const isWaiting = messages.some(({ status }) => status !== "failed");
  const live = canSpeak && !isWaiting ? offered(conversation) : [];

  unread.look(conversation, { me, isSeen: !document.hidden && pane.isAtEnd });
  render(header({ title, people: present(company, me), state, now, machineShown: frame.machineShown, opening: isOpening(),
    onMachine: frame.toggleMachine, onRestart: restart, onTheme: frame.changeTheme }), at("header"));
  render(options(live, pane.choose), at("options"));
  at("machine").hidden = !frame.machineShown;
  pane.draw({ now, state, connection: opening?.state.name === "waiting" ? opening.state : state, opening: opening?.state,
    isGone, line: company.line, live, unread: unread.count, above: page.entered ? entered(page.entered, now, forgetEntered) : nothing,
    canWrite: canSpeak,
    placeholder: canSpeak ? "Write a message" : isGone ? "Start a new conversation to go on" : "Starting the conversation",
    onRestart: restart, onReconnect: reconnect });
  if (page.wantsFocus && canSpeak) {
    page.wantsFocus = false;
    pane.composer.focus();
  }
  document.title = `${unread.count > 0 ? `(${unread.count}) ` : ""}${title}${trouble(state) ? " – not connected" : ""}`;
  frame.tick(company.typing.length > 0, state, opening?.state);
}

function forgetEntered() {
  page.entered = null;
  frame.drawSoon();
}

// ---- What the browser does

addEventListener("popstate", () => {
  const id = address.sessionId();
  if (id && id !== page.session?.id) open(id);
});
addEventListener("hashchange", async () => {
  // As somebody else, the same conversation may be there or not.
  if (await enter()) await begin();
});

frame.drawSoon();
begin();
