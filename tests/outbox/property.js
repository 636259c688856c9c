// Many random shifts against the real door. Speaks with whoever started it in lines of JSON: asks for a copy of the
// database or what is in it, and tells in the end what should be counted, or the shortest shift that went wrong.

import { createInterface } from "node:readline";
import { plan, Shift } from "./shift.js";

const place = JSON.parse(process.argv[2] ?? "{}");
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const tell = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);

async function ask(question) {
  tell(question);
  return JSON.parse((await lines.next()).value);
}

const work = (steps) => new Shift(place, ask).work(steps);

/** Leave out what the failure does not need. */
async function shrink(steps) {
  let least = steps;
  for (let place = steps.length - 1; place >= 0; place--) {
    const fewer = least.toSpliced(place, 1);
    const stillFails = await work(fewer).then(
      () => false,
      () => true,
    );
    if (stillFails) least = fewer;
  }
  return least;
}

const sum = { counted: 0, vehicles: 0, versions: 0 };
for (let number = 0; number < place.shifts; number++) {
  const seed = place.seed + number;
  const steps = plan(seed);
  try {
    const found = await work(steps);
    for (const key of Object.keys(sum)) sum[key] += found[key];
  } catch (error) {
    const least = await shrink(steps);
    const why = await work(least).catch((again) => again);
    tell({ failed: { seed, steps: least.map(({ name }) => name), why: (why ?? error).message, first: error.stack } });
    process.exit(1);
  }
}
tell({ done: sum });
process.exit(0);
