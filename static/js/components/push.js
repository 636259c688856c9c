// "Påminn mig i den här telefonen": asks the browser for where it takes messages, and sends that with the form.

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-push]"));

/** @param {HTMLFormElement} own */
function offer(own) {
  own.hidden = false;
  own.addEventListener("submit", async (event) => {
    const endpoint = /** @type {HTMLInputElement} */ (own.elements.namedItem("endpoint"));
    if (endpoint.value) return;
    event.preventDefault();
    try {
      const { pushManager } = await navigator.serviceWorker.ready;
      const told = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: own.dataset.push });
      const { keys = {} } = told.toJSON();
      for (const name of ["p256dh", "auth"]) {
        const field = /** @type {HTMLInputElement} */ (own.elements.namedItem(name));
        field.value = keys[name] ?? "";
      }
      endpoint.value = told.endpoint;
      own.requestSubmit();
    } catch {
      own.querySelector(".error")?.removeAttribute("hidden");
    }
  });
}

if (form && "PushManager" in window) offer(form);
