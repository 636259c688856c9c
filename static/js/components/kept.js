// "Sparat i telefonen", which turns into what the server says of it; and Ångra, with coverage or without.

import { account, outbox } from "../here.js";
import { show } from "../toast.js";
import { copy } from "../words.js";
import { arrival } from "./arrival.js";

/** @import { Item } from "../outbox/types.js" */

const PATIENCE_MS = 5_000;
const UNDONE = { reason: "undone" };

/** @param {string} name */
const toast = (name) => /** @type {HTMLElement} */ (copy(`#toast-${name}`).firstElementChild);

/** The address of the staff's home. */
const home = () => toast("kept").dataset.home;

/** @type {() => void} */
let stop = () => {};

/** Say that it is kept here, and for as long as that is said, what becomes of it. @param {string} id */
export async function tell(id) {
  const box = await outbox;
  const who = await account();
  /** @type {HTMLElement} */
  let shown = toast("kept");
  let said = "";
  const look = async () => {
    const row = await box.find(id);
    // On a shared phone the next person is told nothing of it.
    if (row?.account !== who) return;
    write(row.item);
    if (row.state === said || (said && !shown.isConnected)) return;
    said = row.state;
    if (said === "waiting") shown.querySelector("button")?.addEventListener("click", () => undo(id));
    else {
      stop();
      shown = said === "sent" ? await counted(id) : toast("refused");
      const link = shown.querySelector("a");
      if (link) link.href = `${home()}/${row.item.kind}?edit=${id}`;
    }
    show(shown);
  };
  stop();
  stop = box.watch(({ about }) => void (about === "rows" && look()));
  await look();
}

/** What belongs on the paper form, or that nothing does: it stays when the rest has been said. @param {Item} item */
function write({ code, answers }) {
  const part = document.querySelector(`[data-handed-over=${answers.why_not === "minor" ? "minor" : "code"}]`);
  const place = part?.querySelector("output");
  if (!part || !(code || answers.why_not === "minor")) return;
  if (place && code) place.textContent = code;
  part.removeAttribute("hidden");
}

/** The server's own words about it. @param {string} id @returns {Promise<HTMLElement>} */
async function counted(id) {
  const address = `${home()}?saved=${id}`;
  const page = await fetch(address, { signal: AbortSignal.timeout(PATIENCE_MS) }).then(
    (answer) => answer.text(),
    () => "",
  );
  return new DOMParser().parseFromString(page, "text/html").querySelector("[data-toast]") ?? toast("sent");
}

/** @param {string} id */
async function undo(id) {
  const box = await outbox;
  stop();
  const row = await box.void(id, UNDONE);
  show(toast("undone"));
  // Here the figures stand that it was counted in.
  if (row && location.pathname === home() && (await arrival(box, row.id, PATIENCE_MS)) === "sent") {
    location.assign(`${home()}?undone=${id}`);
  }
}

document.addEventListener("submit", async (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  const id = form.closest("[data-toast]")?.getAttribute("data-entry");
  if (!id) return;
  event.preventDefault();
  const row = await outbox.then((box) => box.find(id)).catch(() => undefined);
  if (row) undo(id);
  else form.submit();
});

const address = new URL(location.href);
const kept = address.searchParams.get("kept");
if (kept) {
  address.searchParams.delete("kept");
  history.replaceState(null, "", address);
  tell(kept);
}
