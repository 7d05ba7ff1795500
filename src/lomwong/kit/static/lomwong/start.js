// The only script that every page has. It fetches the others when somebody is about to need them, so that a first visit
// stays light; until they are there, forms and links do what they do without scripts.

const { find, htmx, member } = document.querySelector("script[data-find]").dataset;
const SIGNS = ["pointermove", "pointerdown", "scroll", "keydown", "focusin"]; // of somebody who is there

document.querySelector("form.find")?.addEventListener("focusin", () => import(find), { once: true });
if (member) setTimeout(() => import(find), 300); // who signs in comes again, and has it then

function fetchHtmx() {
  if (document.querySelector(`script[src="${htmx}"]`)) return;
  const script = document.createElement("script");
  script.src = htmx;
  document.head.append(script);
}

// Parts that fill themselves when they come into view do so for those who look around, not for each who only passes by.
function watchParts() {
  for (const sign of SIGNS) removeEventListener(sign, watchParts);
  const near = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && fetchHtmx());
  for (const part of document.querySelectorAll("[hx-trigger*=intersect]")) near.observe(part);
}

if (document.querySelector("meta[name=htmx-config]")) {
  for (const sign of SIGNS) addEventListener(sign, watchParts, { passive: true });
  for (const sign of ["pointerdown", "keydown", "focusin"]) addEventListener(sign, fetchHtmx, { once: true, passive: true });
  if (member) setTimeout(fetchHtmx, 300);
}

// An entry that stayed before somebody's eyes for five seconds was read. Told once; nothing is remembered here.
const entry = document.querySelector("[data-read]");
let seconds = 0;
const clock = entry && setInterval(() => {
  if (document.visibilityState !== "visible" || ++seconds < 5) return;
  clearInterval(clock);
  fetch(entry.dataset.read, { method: "POST", keepalive: true }).catch(() => {});
}, 1000);
