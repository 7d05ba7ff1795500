// On the page of a thread: boxes and menus are fetched where they are wanted, and a sentence can be quoted.
// Without this file every link leads to a page that does the same.
const thread = document.getElementById("thread");

// The place a reply's address names may be on another page of a long thread.
function goToPlace() {
  const number = /^#p(\d+)$/.exec(location.hash)?.[1];
  if (number && !document.getElementById(`p${number}`) && document.querySelector('[rel="next"], [rel="prev"]')) {
    location.replace(new URL(`../${number}/`, location.href));
  }
}

function closeMenu(isBack) {
  const menu = document.querySelector(".menu-here");
  const opener = menu?.previousElementSibling;
  menu?.remove();
  opener?.removeAttribute("aria-expanded");
  if (isBack) opener?.focus();
}

async function openMenu(link) {
  const isOpen = link.getAttribute("aria-expanded") === "true";
  closeMenu();
  if (isOpen) return;
  const menu = document.createElement("div");
  menu.className = "menu-here";
  link.after(menu);
  link.setAttribute("aria-expanded", "true");
  await htmx.ajax("GET", link.href, { target: menu, swap: "innerHTML" });
  menu.querySelector("a, button")?.focus();
}

async function openBox(address, near, words = "") {
  const said = near.closest(".say, .answer, .post") ?? thread;
  const acts = said.querySelector(".acts");
  document.querySelectorAll("form.besides").forEach((box) => box.value || box.remove());
  const place = document.createElement("div");
  (said.contains(near) && near.closest(".acts") ? near.closest(".acts") : acts).after(place);
  await htmx.ajax("GET", address, { target: place, swap: "outerHTML" });
  const text = document.querySelector("form.besides textarea");
  if (!text) return;
  if (words) text.value = words;
  text.focus();
  text.setSelectionRange(text.value.length, text.value.length);
}

function onClick(event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button || typeof htmx === "undefined") return;
  const link = event.target.closest("a");
  const inMenu = event.target.closest(".menu-here");
  if (link?.matches(".more")) {
    event.preventDefault();
    openMenu(link);
  } else if (link && /\/reply\/(\?quote=1)?$/.test(link.href) && thread.contains(link)) {
    event.preventDefault();
    const near = inMenu?.previousElementSibling ?? link;
    closeMenu();
    openBox(link.href, near);
  } else if (link?.matches("[data-copy]") && navigator.clipboard) {
    event.preventDefault();
    navigator.clipboard.writeText(link.href).then(() => closeMenu(true));
  } else if (event.target.closest("[data-close]")) {
    event.target.closest("form").remove();
  } else if (!inMenu) {
    closeMenu();
  }
}

// Behind a button nobody sees which files were chosen: their names stand above it, and each can be taken away again.
function showChosen({ target: input }) {
  const list = input.type === "file" && input.closest("form").querySelector(".chosen");
  if (!list) return;
  list.replaceChildren(...[...input.files].map((file) => chosenFile(file, input, list.dataset.takeAway)));
  list.hidden = !input.files.length;
}

function chosenFile(file, input, words) {
  const item = document.createElement("li");
  const name = Object.assign(document.createElement("span"), { textContent: file.name });
  const away = Object.assign(document.createElement("button"), { type: "button", className: "btn bare", textContent: words });
  away.setAttribute("aria-label", `${words}: ${file.name}`);
  away.onclick = () => {
    const rest = new DataTransfer();
    for (const other of input.files) if (other !== file) rest.items.add(other);
    input.files = rest.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    input.focus();
  };
  item.append(name, away);
  return item;
}

// A few words chosen with the finger or the mouse become a quotation in a new reply.
const quote = document.getElementById("quote");

function chosen() {
  const selection = getSelection();
  const words = selection.toString().trim();
  const from = selection.anchorNode?.parentElement?.closest(".prose");
  if (!words || !from || from !== selection.focusNode?.parentElement?.closest(".prose") || !thread.contains(from)) return null;
  return { words, from, place: selection.getRangeAt(0).getBoundingClientRect() };
}

function offerQuote() {
  const found = quote && chosen();
  if (!quote) return;
  quote.hidden = !found;
  if (!found) return;
  const said = found.from.closest("[id^=p]");
  quote.dataset.number = said ? said.id.slice(1) : thread.dataset.number;
  quote.dataset.words = found.words.split("\n").filter(Boolean).map((line) => `> ${line}\n`).join("") + "\n";
  said?.querySelector(".prose").after(quote);
}

if (thread) {
  goToPlace();
  addEventListener("hashchange", goToPlace);
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", (event) => event.key === "Escape" && closeMenu(true));
  document.addEventListener("change", showChosen);
  document.addEventListener("selectionchange", () => setTimeout(offerQuote, 120));
  quote?.addEventListener("mousedown", (event) => event.preventDefault());
  quote?.addEventListener("click", () => {
    const { number, words } = quote.dataset;
    quote.hidden = true;
    openBox(new URL(`../${number}/reply/`, location.href.split("#")[0].split("?")[0]).href, quote, words);
  });
}
