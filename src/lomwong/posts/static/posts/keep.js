// No word is lost: what is typed is kept on this device at once and on the server a moment later, also after a lost
// network or a closed tab. Without this script the page keeps drafts by its button. The words are only ever read here.

const PAUSE = 3000; // milliseconds without a change before we send
const AGAIN = 15000; // milliseconds until we try again without a network
const PREFIX = "lomwong-words:";
const NOT_WORDS = new Set(["csrfmiddlewaretoken", "act", "attached", "take_away", "next"]);

const form = document.querySelector("form[data-write]");
const { dataset } = form;
const say = form.querySelector("[data-say]").dataset;
const line = form.querySelector("[data-status]");
const offer = form.querySelector("[data-offer]");
const mine = `${PREFIX}${dataset.person}:`;
const place = () => mine + form.elements.draft.value;

let pause;
let sending = null; // the request under way
let isChanged = false; // since the server last said that it has everything
let isHere = true; // whether this device holds what the server has not
let isOver = false; // posted already, or thrown away: nothing is kept any more

if (form.elements.zone && !form.elements.zone.value) form.elements.zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone;

const words = () => [...new FormData(form)].filter(([name, value]) => !NOT_WORDS.has(name) && typeof value === "string");
const clock = (at) => new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);

function tell(text, link) {
  line.textContent = text;
  if (!link) return;
  const anchor = Object.assign(document.createElement("a"), { href: link, textContent: say.posted });
  line.append(" ", anchor);
}

function keepHere(isSent = false) {
  const files = [...form.querySelectorAll("[data-laid] [data-kept] [data-name]")].map((name) => name.textContent);
  try {
    localStorage.setItem(place(), JSON.stringify({ at: Date.now(), page: location.pathname, isSent, files, fields: words() }));
    isHere = true;
  } catch {
    isHere = false; // no room, or a browser that keeps nothing
  }
}

function forget(where = place()) {
  try {
    localStorage.removeItem(where);
  } catch {
    // a browser that keeps nothing has nothing to forget
  }
}

// "kept", "over" (posted already or thrown away: `answer` says so), "refused", "door" (not signed in) or "away" (no network).
async function send(fields, keepalive = false) {
  const body = new URLSearchParams(fields);
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  const isSmall = body.toString().length < 60000; // more does not outlive its page
  try {
    const response = await fetch(dataset.save, { method: "POST", body, keepalive: keepalive && isSmall });
    if (response.redirected || response.status === 403) return ["door"];
    const answer = await response.json();
    if (response.ok) return ["kept", answer];
    return [response.status === 409 && (answer.became || answer.is_over) ? "over" : "refused", answer];
  } catch {
    return ["away"];
  }
}

async function keepThere(keepalive = false) {
  clearTimeout(pause);
  if (sending) {
    await sending;
    if (!isChanged) return true;
  }
  if (isOver) return false;
  isChanged = false;
  sending = send(words(), keepalive);
  const [outcome, answer] = await sending;
  sending = null;
  if (outcome === "kept") return hasKept(answer);
  isChanged = true;
  if (outcome === "over") isOver = true;
  if (outcome === "refused" || outcome === "over") tell(answer.error, answer.became);
  else tell(isHere ? (outcome === "door" ? say.door : say.here) : say.lost);
  if (outcome === "away") pause = setTimeout(keepThere, AGAIN);
  return false;
}

function hasKept(answer) {
  if (!isChanged) forget(); // nothing was typed meanwhile
  else pause = setTimeout(keepThere, PAUSE);
  tell(`${say.kept} ${clock(new Date(answer.saved))}`);
  if (location.search !== new URL(answer.url, location).search) history.replaceState(null, "", answer.url);
  return true;
}

// For the other scripts: what lies with the draft needs a draft.
form.keepThere = async () => (location.search.includes(`draft=${form.elements.draft.value}`) && !isChanged ? true : keepThere());

// A file that waits needs words to be found by when one comes back, if only the empty ones it was chosen beside.
form.keepHere = () => {
  isChanged = true;
  keepHere();
};

function change(event) {
  if (event.target.type === "file" || event.target.closest("[data-laid]")) return;
  isChanged = true;
  keepHere();
  clearTimeout(pause);
  pause = setTimeout(keepThere, PAUSE);
}
form.addEventListener("input", change);
form.addEventListener("change", change);
addEventListener("online", () => isChanged && keepThere());
document.addEventListener("visibilitychange", () => document.hidden && isChanged && keepThere(true));

form.addEventListener("submit", (event) => {
  if (event.submitter?.formTarget || event.defaultPrevented) return;
  if (!navigator.onLine) {
    event.preventDefault();
    isChanged = true;
    keepHere();
    tell(isHere ? say.wait : say.lost);
    return;
  }
  clearTimeout(pause);
  if (isChanged) keepHere(true); // should the network fail now, they are offered when one comes back
  isChanged = false;
});
addEventListener("beforeunload", (event) => {
  if ((isChanged && !isHere) || form.querySelector("[data-laid] [data-waits]:not([data-kept])")) event.preventDefault();
});

// Words of an earlier visit that the server never got.
function earlier() {
  const found = [];
  try {
    for (const where of Object.keys(localStorage)) {
      if (where.startsWith(mine)) found.push({ where, ...JSON.parse(localStorage.getItem(where)) });
    }
  } catch {
    return [];
  }
  const saved = dataset.saved && where_is_open() ? Date.parse(dataset.saved) : 0;
  return found.filter((one) => one.where !== place() || one.at > saved).sort((a, b) => b.at - a.at);
}
const where_is_open = () => location.search.includes("draft=");

async function look() {
  for (const one of earlier()) {
    if (one.isSent) {
      // Sent when the tab was last seen: the server knows whether it came.
      const [outcome] = await send(one.fields);
      if (outcome === "over") {
        forget(one.where);
        continue;
      }
    }
    return show(one);
  }
}

function show(one) {
  const typed = one.fields.filter(([name]) => name === "title" || name === "text" || name.startsWith("box_"));
  const text = typed.map(([, value]) => value).join(" ").trim() || one.files?.join(", ");
  if (!text) return forget(one.where);
  const when = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  offer.querySelector("[data-when]").textContent = when.format(one.at);
  offer.querySelector("[data-words]").textContent = text.length > 80 ? `${text.slice(0, 80)}…` : text;
  offer.querySelector("[data-take]").onclick = () => take(one);
  offer.querySelector("[data-drop]").onclick = () => {
    forget(one.where);
    offer.hidden = true;
  };
  offer.hidden = false;
}

// They go to the server under their own key, and their page opens with everything, pictures too.
async function take(one) {
  let [outcome, answer] = await send(one.fields);
  if (outcome === "over" && !one.isSent) {
    // Typed on after they had been posted or thrown away: they become a draft of their own.
    const key = crypto.getRandomValues(new Uint32Array(3)).join("");
    [outcome, answer] = await send(one.fields.map(([name, value]) => [name, name === "draft" ? key.padEnd(16, "0").slice(0, 32) : value]));
  }
  if (outcome === "kept" || outcome === "over") {
    forget(one.where);
    isChanged = false;
    clearTimeout(pause);
    location.assign(answer.url || answer.became || location.href);
  } else {
    tell(outcome === "refused" ? answer.error : outcome === "door" ? say.door : say.here);
  }
}

look();
