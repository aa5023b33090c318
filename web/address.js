// The page's address: `?session=ID` is the conversation it shows, `?bot=NAME` the bot it opens.

const parameter = (name) => new URLSearchParams(location.search).get(name) || null;

export const sessionId = () => parameter("session");
export const botName = () => parameter("bot");

/** `id` is null for no session. `how` is "replace" for the page's first session, "push" where going back makes sense. */
export function show(id, how) {
  const url = new URL(location.href);
  if (id === null) url.searchParams.delete("session");
  else url.searchParams.set("session", id);
  url.hash = "";
  if (how === "push") history.pushState(null, "", url);
  else history.replaceState(null, "", url);
}
