// Registers the worker, and offers a new version of the app while nothing that was typed could be lost by it.
//
// A script whose form holds something that is kept nowhere else says so: it sets data-dirty on <html>, and removes it.

const root = document.documentElement;
const workers = navigator.serviceWorker;
const offer = document.querySelector("[data-update]");

/** @param {ServiceWorkerRegistration} registration */
function follow(registration) {
  const show = () => {
    const waits = registration.waiting !== null && workers.controller !== null;
    offer?.toggleAttribute("hidden", !waits || "dirty" in root.dataset);
  };
  offer?.querySelector("button")?.addEventListener("click", () => registration.waiting?.postMessage("update"));
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", show);
  });
  new MutationObserver(show).observe(root, { attributeFilter: ["data-dirty"] });
  show();
}

if (workers) {
  // The first worker takes over a page that needs no other; one that follows brings other scripts and pages.
  let followed = workers.controller !== null;
  workers.addEventListener("controllerchange", () => {
    if (followed && !("dirty" in root.dataset)) location.reload();
    followed = true;
  });
  workers.register("/sw.js", { type: "module" }).then(follow, () => {});
}
