// A promise that a test settles itself: something is held up until something else has happened.

export function deferred() {
  let resolve;
  const promise = new Promise((done) => { resolve = done; });
  return { promise, resolve };
}
