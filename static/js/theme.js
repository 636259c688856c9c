// Dag, Natt, Auto before the first paint. A page of the shell was made for nobody: there the reader's choice is known by
// the cookie alone. Not a module, and as little as can be: it holds the page up.

const root = document.documentElement;

function colour() {
  const { theme } = root.dataset;
  /** @type {NodeListOf<HTMLMetaElement>} */
  const colours = document.querySelectorAll("meta[name=theme-color]");
  for (const colour of colours) {
    colour.dataset.media ??= colour.media;
    const dark = colour.dataset.media.includes("dark");
    colour.media =
      theme === "day" || theme === "night" ? (dark === (theme === "night") ? "all" : "not all") : colour.dataset.media;
  }
}

if ("shell" in root.dataset) root.dataset.theme = /\btheme=(day|night)/.exec(document.cookie)?.[1] ?? "auto";
try {
  // Room for what the outbox is going to say, so that nothing jumps.
  const lines = localStorage.getItem("outbox");
  if (lines) root.dataset.room = lines;
} catch {
  // Nothing can wait where nothing can be kept.
}
colour();
document.addEventListener("theme", colour);
