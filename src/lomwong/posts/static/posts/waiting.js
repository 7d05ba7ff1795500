// Files that were chosen and have not come through yet lie on this device, so that a closed tab loses none of them. Each
// person has a store of their own, which goes when they sign out (lomwong/leave.js).

const LONGEST = 14 * 24 * 3600 * 1000; // milliseconds: as long as an ended draft is known
const form = document.querySelector("form[data-write]");

const store = new Promise((done, failed) => {
  const request = indexedDB.open(`lomwong-files-${form.dataset.person}`, 1);
  request.onupgradeneeded = () => request.result.createObjectStore("files", { keyPath: "id", autoIncrement: true });
  request.onsuccess = () => {
    request.result.onversionchange = () => request.result.close(); // somebody signs out elsewhere
    done(request.result);
  };
  request.onerror = failed;
});
store.catch(() => {}); // a browser that keeps nothing

async function ask(mode, deed) {
  const request = deed((await store).transaction("files", mode).objectStore("files"));
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

form.waiting = {
  // Number under which it is kept; nothing when there is no room.
  keep: (file, waiting) => ask("readwrite", (files) => files.add({ file, waiting, draft: form.elements.draft.value, at: Date.now() })).catch(() => null),
  forget: (id) => ask("readwrite", (files) => files.delete(id)).catch(() => null),
  // Those of this draft; what nobody came back for is thrown away.
  async here() {
    const found = await ask("readonly", (files) => files.getAll()).catch(() => []);
    for (const one of found) if (Date.now() - one.at > LONGEST) this.forget(one.id);
    return found.filter((one) => one.draft === form.elements.draft.value && Date.now() - one.at <= LONGEST);
  },
};
