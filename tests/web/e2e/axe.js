// What axe-core finds on a page as it stands: every rule, best practices included.

import assert from "node:assert/strict";
import axe from "axe-core";

/** `when` says in a failure what the page was showing. */
export async function assertAccessible({ page }, when) {
  // A colour half-way between two is nobody's choice.
  await page.evaluate(() => Promise.all(document.getAnimations()
    .filter(({ effect }) => effect.getTiming().iterations !== Infinity)
    .map(({ finished }) => finished.catch(() => {}))));
  if (!await page.evaluate(() => "axe" in window)) await page.evaluate(axe.source);
  const { violations, passes } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  assert.ok(passes.length > 10, "axe looked at nothing");
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target}: ${failureSummary}`));
  assert.deepEqual(found, [], `axe-core, ${when}`);
}
