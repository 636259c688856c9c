// What the phone still holds is corrected there: what is typed is kept as a draft, and saving it takes no coverage.

import { watch } from "../outbox-page.js";

const link = /** @type {HTMLAnchorElement | null} */ (document.querySelector("[data-held-as]"));
const { heldAs, form } = link?.dataset ?? {};

watch(({ rows }) => {
  if (link && rows.some(({ id }) => id === heldAs)) link.href = `${form}?edit=${heldAs}`;
});
