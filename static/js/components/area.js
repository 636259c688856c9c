// Suggests the nearest area. The position stays in the phone: it is compared with the options and forgotten.

import { announce } from "../words.js";

const TOO_FAR_KM = 60;
const DEGREE_KM = 111.2;

/** @type {HTMLSelectElement | null} */
const select = document.querySelector("select[data-area]");
/** @type {HTMLButtonElement | null} */
const button = document.querySelector("button[data-locate]");

/**
 * The option nearest to a position, none when all are far away.
 * @param {HTMLSelectElement} list
 * @param {GeolocationCoordinates} here
 */
function nearest(list, here) {
  const narrowing = Math.cos((here.latitude * Math.PI) / 180);
  const far = [...list.options]
    .filter((option) => option.dataset.lat)
    .map((option) => {
      const north = Number(option.dataset.lat) - here.latitude;
      const east = (Number(option.dataset.lon) - here.longitude) * narrowing;
      return { option, km: DEGREE_KM * Math.hypot(north, east) };
    })
    .sort((one, other) => one.km - other.km)[0];
  return far && far.km <= TOO_FAR_KM ? far.option : null;
}

if (select && button && "geolocation" in navigator) {
  const note = document.querySelector("[data-suggested]");
  const untouched = () => select.value === "-" || "restored" in select.dataset || !note?.hasAttribute("hidden");

  /** @param {boolean} asked */
  const suggest = (asked) => {
    button.setAttribute("aria-busy", "true");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        button.removeAttribute("aria-busy");
        const option = nearest(select, coords);
        if (!option || !(asked || untouched())) return;
        select.value = option.value;
        note?.removeAttribute("hidden");
        announce(option.text);
      },
      () => button.removeAttribute("aria-busy"),
      { maximumAge: 120_000, timeout: 10_000 },
    );
  };

  button.disabled = false;
  button.addEventListener("click", () => suggest(true));
  select.addEventListener("change", () => {
    note?.setAttribute("hidden", "");
    delete select.dataset.restored;
  });
  navigator.permissions
    ?.query({ name: "geolocation" })
    .then((permission) => {
      if (permission.state === "granted" && untouched()) suggest(false);
    })
    .catch(() => {});
}
