// The toolbar: marks around or before what is chosen, as one would type them, so that undo takes them back.
// While an input method composes a word, the text belongs to it.

const form = document.querySelector("form[data-write]");
const text = form.elements.text;
const tools = form.querySelector("[data-tools]");
const say = form.querySelector("[data-say]").dataset;
let isComposing = false;

// Types `words` in place of what stands from `start` to `end`; then chooses from `from` to `to`.
function type(words, start, end, from, to = from) {
  text.focus();
  text.setSelectionRange(start, end);
  if (!document.execCommand("insertText", false, words)) {
    text.setRangeText(words, start, end, "end");
    text.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  text.setSelectionRange(from, to);
}

function around(mark) {
  const { selectionStart: start, selectionEnd: end, value } = text;
  const chosen = value.slice(start, end);
  const isMarked = value.slice(start - mark.length, start) === mark && value.slice(end, end + mark.length) === mark;
  if (isMarked) return type(chosen, start - mark.length, end + mark.length, start - mark.length, end - mark.length);
  type(mark + chosen + mark, start, end, start + mark.length, end + mark.length);
}

function before(mark) {
  const start = text.value.lastIndexOf("\n", text.selectionStart - 1) + 1;
  const ending = text.value.indexOf("\n", text.selectionEnd);
  const end = ending < 0 ? text.value.length : ending;
  const lines = text.value.slice(start, end).split("\n");
  const isMarked = lines.every((line) => line.startsWith(mark));
  const made = lines.map((line) => (isMarked ? line.slice(mark.length) : mark + line)).join("\n");
  const gap = start > 0 && text.value[start - 2] !== "\n" && !isMarked ? "\n" : ""; // a list behind a line needs a gap
  type(gap + made, start, end, start + gap.length + made.length);
}

function link() {
  const { selectionStart: start, selectionEnd: end } = text;
  const chosen = text.value.slice(start, end);
  if (/^https?:\/\/\S+$/.test(chosen)) return type(`[](${chosen})`, start, end, start + 1);
  const at = start + chosen.length + 3;
  type(`[${chosen}](https://)`, start, end, at, at + 8);
}

if (text?.tagName === "TEXTAREA" && tools) {
  text.before(tools);
  tools.hidden = false;
  text.addEventListener("compositionstart", () => (isComposing = true));
  text.addEventListener("compositionend", () => (isComposing = false));
  tools.addEventListener("mousedown", (event) => event.target.closest("button") && event.preventDefault()); // the keyboard stays
  tools.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button || isComposing) return;
    if (button.dataset.mark) around(button.dataset.mark);
    else if (button.dataset.line) before(button.dataset.line);
    else if ("link" in button.dataset) link();
    else if ("at" in button.dataset) type("@", text.selectionStart, text.selectionEnd, text.selectionStart + 1);
  });
  text.addEventListener("keydown", (event) => {
    if (event.isComposing || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    const deed = { b: () => around("**"), k: link }[event.key];
    if (!deed) return;
    event.preventDefault();
    deed();
  });
  form.typeAtCaret = (words) => type(words, text.selectionStart, text.selectionEnd, text.selectionStart + words.length);
}

// What lies behind the handles below the words stands on them, as it will be sent.
const HELD = {
  tags: (fold) => fold.querySelector("input").value.trim(),
  place: (fold) => {
    const chosen = (type) => [...fold.querySelectorAll(`[type=${type}]:checked`)].map((input) => input.closest("label").textContent.trim());
    const circles = chosen("checkbox");
    return circles.length ? new Intl.ListFormat(document.documentElement.lang).format(circles) : chosen("radio").join("");
  },
};
for (const handle of form.querySelectorAll("[data-holds]")) {
  const fold = handle.closest("details");
  const show = () => (handle.textContent = HELD[handle.dataset.holds](fold) || handle.dataset.empty || handle.textContent);
  fold.addEventListener("input", show);
  addEventListener("pageshow", show); // the browser fills in what was there before
}

// How it will look, without leaving the page.
const look = form.querySelector("[data-look]");
form.querySelector("button[value=preview]")?.addEventListener("click", async (event) => {
  event.preventDefault();
  const body = new FormData(form);
  body.delete("attached");
  try {
    const response = await fetch(form.dataset.look, { method: "POST", body });
    if (!response.ok || response.redirected) throw new Error(response.status);
    const made = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("[data-look]");
    look.replaceChildren(...made.childNodes);
    look.hidden = false;
    look.tabIndex = -1;
    look.focus();
  } catch {
    form.querySelector("[data-status]").textContent = say.here;
  }
});
