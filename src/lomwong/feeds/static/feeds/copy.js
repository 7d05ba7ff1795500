// A button beside each address that copies it; without this script one selects and copies as usual.
for (const field of document.querySelectorAll("[data-copy]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn";
  button.textContent = field.dataset.copy;
  button.setAttribute("aria-describedby", field.id);
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      if (!document.execCommand("copy")) return; // an old browser, or a house without https
    }
    button.textContent = field.dataset.copied;
    setTimeout(() => (button.textContent = field.dataset.copy), 2000);
  });
  field.after(button);
}
