// The municipality's wall clock, whatever zone the phone is in.

const DAY_MS = 24 * 3_600_000;
const stockholm = new Intl.DateTimeFormat("sv", {
  timeZone: "Europe/Stockholm",
  dateStyle: "short",
  timeStyle: "short",
});

/** "2026-11-21T21:40", as a control for a time has it. @param {string | number} moment */
export function wall(moment) {
  const shown = stockholm.format(new Date(moment));
  return `${shown.slice(0, 10)}T${shown.slice(-5)}`;
}

/**
 * The first moment at which the clock shows this. In the hour that is skipped when summer time begins there is none.
 * @param {string} shown
 * @returns {number | undefined}
 */
export function momentOf(shown) {
  const minute = shown.slice(0, 16);
  const utc = Date.parse(`${minute}Z`);
  // Nor is there one in a year that no calendar reaches.
  if (!(Math.abs(utc) < 8e15)) return undefined;
  const near = [utc - DAY_MS, utc + DAY_MS].map((at) => utc + at - Date.parse(`${wall(at)}Z`));
  return near.find((at) => wall(at) === minute);
}
