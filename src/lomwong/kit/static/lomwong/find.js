// Suggestions under the search box. Without this script the box is a plain form, and with it the form works as before.
// Moving through the list with keys is combobox-nav's; asking, showing and hiding are here. What is typed is never touched.

const PAUSE = 160; // milliseconds without a key before we ask
const form = document.querySelector("form.find");
const input = form.elements.q;
const list = document.getElementById("suggestions");
const said = document.getElementById("suggested");

// Before combobox-nav listens: while an input method composes a word, every key belongs to it.
input.addEventListener("keydown", (event) => event.isComposing && event.stopImmediatePropagation());

const { default: Combobox } = await import(form.dataset.combobox);
const combobox = new Combobox(input, list, { tabInsertsSuggestions: false });
input.autocomplete = "off"; // the browser's own list would lie over ours

let pause;
let request;

function forget() {
  clearTimeout(pause);
  request?.abort();
}

function close() {
  forget();
  said.textContent = "";
  if (list.hidden) return false;
  combobox.stop();
  list.hidden = true;
  return true;
}

function show(html) {
  const wasHidden = list.hidden;
  combobox.clearSelection();
  list.innerHTML = html;
  if (!list.querySelector("[role=option]")) return close();
  list.hidden = false;
  if (wasHidden) combobox.start();
  said.textContent = list.querySelector("[data-said]").textContent;
}

async function ask() {
  forget();
  const words = input.value.trim();
  if (!words) return close();
  const { signal } = (request = new AbortController()); // a slow answer to earlier words is dropped
  try {
    const response = await fetch(`${form.dataset.suggest}?${new URLSearchParams({ q: words })}`, { signal });
    const html = response.ok ? await response.text() : "";
    if (!signal.aborted) show(html);
  } catch (error) {
    if (!signal.aborted) close();
  }
}

input.addEventListener("input", () => {
  forget();
  pause = setTimeout(ask, PAUSE);
});
input.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && close()) event.preventDefault(); // the browser would empty the box as well
  if (event.key === "ArrowDown" && list.hidden) ask();
});
list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus, and so the keyboard
form.addEventListener("focusout", (event) => form.contains(event.relatedTarget) || close());
form.addEventListener("submit", close);
addEventListener("pagehide", close); // and is closed when one comes back
if (input.value !== input.defaultValue) ask(); // this script comes when the box is used for the first time
