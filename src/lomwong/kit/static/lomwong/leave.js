// Beside each way to sign out: nothing unsent stays on a device that others may use. Asked first, for then it is gone.

document.addEventListener("submit", (event) => {
  const { leaves, ask } = event.target.dataset;
  if (!leaves) return;
  const mine = Object.keys(localStorage).filter((name) => name.startsWith(`lomwong-words:${leaves}:`));
  if (mine.length && !confirm(ask)) return event.preventDefault();
  for (const name of mine) localStorage.removeItem(name);
  indexedDB.deleteDatabase(`lomwong-files-${leaves}`);
});
