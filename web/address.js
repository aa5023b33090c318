// The page's address: `?session=ID` is the conversation it shows, `?bot=NAME` the bot it opens.

const parameter = (name) => new URLSearchParams(location.search).get(name) || null;

export const sessionId = () => parameter("session");
export const botName = () => parameter("bot");

/** `how` is "replace" for the page's first session, "push" where going back makes sense. */
export function show(id, how) {
  const url = new URL(location.href);
  url.searchParams.set("session", id);
  url.hash = "";
  if (how === "push") history.pushState(null, "", url);
  else history.replaceState(null, "", url);
}
