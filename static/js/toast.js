// The toast is read out, and leaves after ten seconds unless it is being used.

const STAY_MS = 10_000;

const toast = document.querySelector("[data-toast]");
if (toast) {
  const announcements = document.getElementById("announcements");
  const words = toast.querySelector("[data-announce]")?.textContent ?? "";
  if (announcements) announcements.textContent = words.replaceAll(/\s+/g, " ").trim();

  const leave = () => {
    if (toast.matches(":hover, :focus-within")) setTimeout(leave, STAY_MS / 5);
    else toast.remove();
  };
  setTimeout(leave, STAY_MS);
}
