// Offers to install the app where the browser can be asked to; where it cannot, the pictures tell how.

const button = document.querySelector("[data-install-now]");

/** @type {(Event & { prompt: () => Promise<unknown> }) | undefined} */
let offered;

addEventListener("beforeinstallprompt", (/** @type {any} */ event) => {
  event.preventDefault();
  offered = event;
  button?.removeAttribute("hidden");
});

addEventListener("appinstalled", () => button?.setAttribute("hidden", ""));

button?.addEventListener("click", async () => {
  await offered?.prompt();
  // One offer can be answered once; the browser makes another if it wants to.
  button.setAttribute("hidden", "");
});
