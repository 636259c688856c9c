// Stands before all other scripts in the file that they travel in: each runs when a page or another one asks for it.

/** @typedef {(name: string) => any} Need */

/**
 * Run what the page asks for; one that fails takes no other along.
 * @param {Record<string, (need: Need) => object>} scripts
 * @returns {Need} what a script exports; it runs once
 */
export function load(scripts) {
  /** @type {Record<string, object>} */
  const made = {};
  /** @type {Need} */
  const need = (name) => {
    made[name] ??= scripts[name]?.(need) ?? {};
    return made[name];
  };
  for (const name of globalThis.document?.documentElement.dataset.scripts?.split(" ") ?? []) {
    try {
      need(name);
    } catch (error) {
      reportError(error);
    }
  }
  return need;
}
