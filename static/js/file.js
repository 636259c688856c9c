// Hands something over as a file that can be sent by hand.

/** @param {object} content */
export function saveFile(content) {
  const link = document.createElement("a");
  const address = URL.createObjectURL(new Blob([JSON.stringify(content, null, 2)], { type: "application/json" }));
  link.href = address;
  link.download = `fieldlog-${new Date().toISOString().slice(0, 16).replaceAll(":", "")}.json`;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
