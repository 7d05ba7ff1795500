// Colleagues behind an @, and tags that are there already. Moving through the list with keys is combobox-nav's.
// What is typed is changed only by choosing, and never while an input method composes.

const PAUSE = 160; // milliseconds without a key before we ask
const LONGEST_NAME = 40;
const form = document.querySelector("form[data-write]");
const { default: Combobox } = await import(form.dataset.combobox);
const model = form.querySelector("[data-options]");

// `find(value, caret)` says what is looked for and from where it is replaced, or null.
function suggest(field, address, find, write) {
  const list = model.cloneNode();
  list.id = `near-${field.name}`;
  field.after(list);
  let pause;
  let request;
  let combobox = null;

  // Before combobox-nav listens: while a word is composed, every key belongs to the input method.
  field.addEventListener("keydown", (event) => event.isComposing && event.stopImmediatePropagation());

  function close() {
    clearTimeout(pause);
    request?.abort();
    combobox?.destroy();
    combobox = null;
    list.hidden = true;
  }

  async function ask() {
    const found = find(field.value, field.selectionEnd);
    if (!found?.words) return close();
    request?.abort();
    const { signal } = (request = new AbortController());
    try {
      const response = await fetch(`${address}?${new URLSearchParams({ q: found.words })}`, { signal });
      const html = response.ok && !response.redirected ? await response.text() : "";
      if (signal.aborted) return;
      list.innerHTML = html;
      if (!list.querySelector("[role=option]")) return close();
      list.hidden = false;
      combobox ??= new Combobox(field, list, { tabInsertsSuggestions: false, firstOptionSelectionMode: "active" });
      combobox.clearSelection();
      combobox.start();
    } catch {
      if (!signal.aborted) close();
    }
  }

  field.addEventListener("input", (event) => {
    clearTimeout(pause);
    if (!event.isComposing || find(field.value, field.selectionEnd)) pause = setTimeout(ask, PAUSE);
  });
  field.addEventListener("keydown", (event) => event.key === "Escape" && !list.hidden && (close(), event.preventDefault()));
  field.addEventListener("blur", () => setTimeout(close, 150));
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("combobox-commit", (event) => {
    const found = find(field.value, field.selectionEnd);
    const made = write(event.target.dataset.value);
    if (found) {
      field.focus();
      field.setSelectionRange(found.start, field.selectionEnd);
      if (!document.execCommand("insertText", false, made)) {
        field.setRangeText(made, found.start, field.selectionEnd, "end");
        field.dispatchEvent(new InputEvent("input", { bubbles: true }));
      }
    }
    close();
  });
}

// Thai writes no space before an @, only letters of an address do not stand before one.
function named(value, caret) {
  const start = value.lastIndexOf("@", caret - 1);
  if (start < 0 || /[A-Za-z0-9._/[-]/.test(value[start - 1] ?? "")) return null;
  const words = value.slice(start + 1, caret);
  return words.length > LONGEST_NAME || /[\n@[\]()]|^\s|\s\S*\s/.test(words) ? null : { words, start };
}

function lastTag(value, caret) {
  const start = Math.max(value.lastIndexOf(",", caret - 1), value.lastIndexOf("#", caret - 1)) + 1;
  const words = value.slice(start, caret);
  return { words: words.trim(), start: start + (words.length - words.trimStart().length) };
}

for (const field of form.querySelectorAll("textarea")) suggest(field, form.dataset.people, named, (mention) => `${mention} `);
if (form.elements.tags) suggest(form.elements.tags, form.dataset.tags, lastTag, (tag) => `${tag}, `);
