// Fills numbers and times into words that the server wrote.

export const TODAY = { hour: "2-digit", minute: "2-digit" };
export const OTHER_DAY = { day: "numeric", month: "short", ...TODAY };

/** @param {object} options @returns {Intl.DateTimeFormat} */
export function format(options) {
  const language = document.documentElement.lang;
  return new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { timeZone: "Europe/Stockholm", ...options });
}

const DAY = new Intl.DateTimeFormat("sv", { timeZone: "Europe/Stockholm" });

/** The local day, such as 2026-11-21. @param {string | number | Date} at */
export const localDay = (at) => DAY.format(new Date(at));

/** "21:40", with its day when that is not today. @param {string | number} at */
export function moment(at) {
  return format(localDay(at) === localDay(Date.now()) ? TODAY : OTHER_DAY).format(new Date(at));
}

/**
 * @param {ParentNode} node
 * @param {{ number?: number, time?: string | number }} values
 */
export function fill(node, { number = 0, time }) {
  // So it is in Swedish and in English.
  const isOne = number === 1;
  for (const hole of node.querySelectorAll("[data-number]")) hole.textContent = String(number);
  for (const words of node.querySelectorAll("[data-one]")) words.toggleAttribute("hidden", !isOne);
  for (const words of node.querySelectorAll("[data-several]")) words.toggleAttribute("hidden", isOne);
  if (time === undefined) return;
  for (const hole of node.querySelectorAll("[data-time]")) hole.textContent = moment(time);
}

/** Have it read out. @param {string} words */
export const announce = (words) => document.getElementById("announcements")?.replaceChildren(words);

/** @type {Record<string, HTMLTemplateElement>} looked for once: a long list has many of each */
const templates = {};

/** A copy of what the server wrote in a template. @param {string} selector @returns {DocumentFragment} */
export function copy(selector) {
  templates[selector] ??= /** @type {HTMLTemplateElement} */ (document.querySelector(`template${selector}`));
  return document.importNode(templates[selector].content, true);
}
