// Pictures and files go to the draft as soon as they are chosen, pasted or dropped; a picture stands where the caret was.
// What does not go through waits on the page and is sent when the network is back.

const LONG_SIDE = 2560; // pixels: more is not shown anywhere, and a slow line is spared
const form = document.querySelector("form[data-write]");
const say = form.querySelector("[data-say]").dataset;
const text = form.elements.text?.tagName === "TEXTAREA" ? form.elements.text : null;
const list = form.querySelector("[data-laid]");
const one = form.querySelector("[data-laid-one]");
const input = form.elements.attached;
const isPicture = (file) => file.type.startsWith("image/");
let isComposing = false;
let count = 0;

// Smaller before it is sent, which also leaves out where it was taken. What cannot be read here is sent as it is.
async function smaller(file) {
  const isApples = /^image\/hei[cf]$/.test(file.type); // Safari can read it, the house does not
  if (!isApples && (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size < 600000)) return file;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, LONG_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [Math.round(picture.width * scale), Math.round(picture.height * scale)];
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
    return blob && (isApples || blob.size < file.size) ? new File([blob], file.name.replace(/\.\w+$/, ".jpg"), { type: blob.type }) : file;
  } catch {
    return file;
  }
}

// Changes our own placeholder wherever it stands now; never while a word is being composed.
function swap(old, made) {
  if (!text) return;
  if (isComposing) return text.addEventListener("compositionend", () => setTimeout(swap, 0, old, made), { once: true });
  const at = text.value.indexOf(old);
  if (at < 0) return;
  const { selectionStart, selectionEnd } = text;
  const moved = (place) => (place <= at ? place : place >= at + old.length ? place + made.length - old.length : at + made.length);
  text.setRangeText(made, at, at + old.length);
  text.setSelectionRange(moved(selectionStart), moved(selectionEnd));
  text.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

// `before`: what lay on this device since an earlier visit; its placeholder stands in the text already.
async function add(file, before = null) {
  const item = one.content.firstElementChild.cloneNode(true);
  const isShown = text && isPicture(file) && !before;
  const waiting = before?.waiting ?? `![${say.sending} ${(count += 1)}]()`;
  if (before) count = Math.max(count, Number(/\d+/.exec(waiting)));
  item.querySelector("[data-name]").textContent = file.name;
  list.append(item);
  list.hidden = false;
  if (isShown && !isComposing && form.typeAtCaret) {
    const isInLine = text.selectionStart > 0 && text.value[text.selectionStart - 1] !== "\n";
    form.typeAtCaret(`${isInLine ? "\n\n" : ""}${waiting}\n\n`);
  }
  const kept = before?.id ?? (await form.waiting.keep(file, waiting));
  if (kept !== null) item.dataset.kept = kept;
  form.keepHere();
  const send = () => upload(file, item, waiting);
  item.querySelector("[data-again]").onclick = send;
  item.querySelector("[data-remove]").onclick = () => {
    swap(`${waiting}\n\n`, "");
    done(item);
    remove(item);
  };
  addEventListener("online", () => item.dataset.waits && send());
  send();
}

// It came through, or was not wanted: it need not lie on this device any more.
function done(item) {
  delete item.dataset.waits;
  if (item.dataset.kept) form.waiting.forget(Number(item.dataset.kept));
  delete item.dataset.kept;
}

async function upload(file, item, waiting) {
  const name = item.querySelector("[data-name]");
  const again = item.querySelector("[data-again]");
  item.dataset.waits = "1"; // leaving the page now would lose it
  again.hidden = true;
  name.textContent = `${file.name} …`;
  try {
    if (!(await form.keepThere())) throw new Error("no draft");
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.set("file", await smaller(file));
    const response = await fetch(form.dataset.files, { method: "POST", body });
    const answer = await response.json();
    if (!response.ok) return refuse(item, file, waiting, answer.error);
    done(item);
    laid(item, answer);
    if (answer.is_picture) swap(waiting, answer.markdown || `![](file:${answer.id})`);
  } catch {
    name.textContent = `${file.name}: ${say.failed}`;
    again.hidden = false;
  }
}

function refuse(item, file, waiting, reason) {
  done(item);
  swap(`${waiting}\n\n`, "");
  item.querySelector("[data-name]").textContent = `${file.name}: ${reason}`;
  item.querySelector("[data-name]").className = "error";
}

function laid(item, answer) {
  const alt = item.querySelector("[data-alt]");
  item.querySelector("[data-name]").textContent = answer.name;
  if (answer.is_picture) {
    const picture = item.querySelector("img");
    picture.src = answer.small || answer.url;
    picture.hidden = alt.hidden = false;
    const field = alt.querySelector("input");
    field.value = answer.alt || "";
    field.onchange = () => post(answer.id, "alt", { alt: field.value });
  }
  item.querySelector("[data-remove]").onclick = async () => {
    if (!(await post(answer.id, "remove", {}))) return;
    if (text) swap(new RegExp(`!\\[[^\\]]*\\]\\(file:${answer.id}\\)`).exec(text.value)?.[0] ?? "\u0000", "");
    remove(item);
  };
}

function remove(item) {
  item.remove();
  list.hidden = !list.children.length;
}

async function post(id, deed, fields) {
  const body = new URLSearchParams({ ...fields, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
  const address = form.dataset.files.replace(/[^/]+\/files\/$/, `files/${id}/${deed}/`);
  try {
    return (await fetch(address, { method: "POST", body })).ok;
  } catch {
    return false;
  }
}

const files = (from) => [...(from?.files ?? [])];
if (input) {
  (text ?? input).closest(".field").after(list);
  for (const chosen of [input, ...form.querySelectorAll("[data-add]")]) {
    chosen.addEventListener("change", () => {
      for (const file of files(chosen)) add(file);
      chosen.value = ""; // the draft has them
    });
  }
  for (const before of await form.waiting.here()) add(before.file, before);
}
if (input && text) {
  text.addEventListener("compositionstart", () => (isComposing = true));
  text.addEventListener("compositionend", () => (isComposing = false));
  text.addEventListener("paste", (event) => {
    const pasted = files(event.clipboardData);
    if (!pasted.length || event.clipboardData.getData("text/plain")) return; // words from Word bring a picture of themselves
    event.preventDefault();
    for (const file of pasted) add(file);
  });
  form.addEventListener("dragover", (event) => event.dataTransfer.types.includes("Files") && event.preventDefault());
  form.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    for (const file of files(event.dataTransfer)) add(file);
  });
}
