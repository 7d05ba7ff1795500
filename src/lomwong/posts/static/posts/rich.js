// The rich way of writing: one sees at once how it will look. It comes only when it is asked for, and only where every
// word comes back the same: the plain box keeps the text all along, so drafts, sending and everything else go on as before.

const form = document.querySelector("form[data-write]");
const offer = form.querySelector("[data-rich]");
const bar = form.querySelector("[data-rich-tools]");
const tools = form.querySelector("[data-tools]");
const status = form.querySelector("[data-rich-status]");
const text = form.elements.text?.tagName === "TEXTAREA" ? form.elements.text : null;
const label = text && form.querySelector(`label[for="${text.id}"]`);
const isRequired = Boolean(text?.required);
const DEEDS = {
  bold: (chain) => chain.toggleBold(),
  heading: (chain) => chain.toggleHeading({ level: 2 }),
  list: (chain) => chain.toggleBulletList(),
  quote: (chain) => chain.toggleBlockquote(),
};
let editor = null;
let isOurs = false;

// The words as the house will show them.
async function shown(words) {
  const body = new FormData(form);
  body.delete("attached");
  body.set("text", words);
  const response = await fetch(form.dataset.look, { method: "POST", body });
  if (!response.ok || response.redirected) throw new Error(response.status);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  return page.querySelector(".prose").innerHTML.trim();
}

// A picture of the draft is `file:34` in the text, and is seen on the page from its own address.
function picture(Image) {
  const [before, after] = offer.dataset.pictures.split("0/");
  const own = new RegExp(`^${before}(\\d+)/(?:${after})?$`);
  return Image.configure({ inline: true }).extend({
    parseHTML: () => [{ tag: `img[src^="${before}"]` }],
    addAttributes() {
      const source = { default: null, parseHTML: (node) => node.getAttribute("src").replace(own, "file:$1") };
      return { ...this.parent?.(), src: source };
    },
    renderHTML: ({ HTMLAttributes: { src, alt, title } }) => {
      const number = /^file:(\d+)$/.exec(src ?? "")?.[1];
      return ["img", { alt: alt ?? "", title: title ?? "", ...(number && { src: `${before}${number}/${after}` }) }];
    },
  });
}

// A picture that stands alone is still a paragraph.
function paragraph(Paragraph) {
  const { parseMarkdown } = Paragraph.config;
  return Paragraph.extend({
    parseMarkdown: (token, helpers) =>
      token.tokens?.length === 1 && token.tokens[0].type === "image"
        ? helpers.createNode("paragraph", undefined, helpers.parseInline(token.tokens))
        : parseMarkdown(token, helpers),
  });
}

async function make(words, place) {
  const { Editor, Image, Markdown, Paragraph, StarterKit } = await import(offer.dataset.rich);
  const isAllowedUri = (address, { defaultValidate }) => /^(person|file):\d+$/.test(address) || defaultValidate(address);
  return new Editor({
    element: place,
    injectCSS: false,
    content: words,
    contentType: "markdown",
    extensions: [
      StarterKit.configure({ paragraph: false, underline: false, link: { openOnClick: false, isAllowedUri } }),
      paragraph(Paragraph),
      picture(Image),
      Markdown.configure({ markedOptions: { gfm: true, breaks: true } }),
    ],
    editorProps: { attributes: { role: "textbox", "aria-multiline": "true", "aria-label": label?.textContent.trim() ?? "" } },
    onUpdate: carry,
    onTransaction: light,
  });
}

// What was written here goes into the plain box, which tells the others of it.
function carry() {
  if (!editor) return;
  isOurs = true;
  text.value = editor.getMarkdown();
  text.dispatchEvent(new InputEvent("input", { bubbles: true }));
  isOurs = false;
}

function light() {
  const names = { bold: ["bold"], heading: ["heading"], list: ["bulletList"], quote: ["blockquote"] };
  for (const button of bar.querySelectorAll("[data-do]")) {
    const name = names[button.dataset.do];
    if (editor && name) button.ariaPressed = String(editor.isActive(...name));
  }
}

async function open() {
  const words = text.value;
  const place = document.createElement("div");
  place.className = "rich prose input";
  let made = null;
  offer.disabled = true;
  status.textContent = offer.dataset.loading;
  try {
    made = await make(words, place);
    made.state.doc.check();
    const back = made.getMarkdown();
    const isSame = back.trim() === words.trim() || (await shown(back)) === (await shown(words));
    if (!isSame || text.value !== words) throw new Error(isSame ? "typed on" : "not the same");
    bar.after(place);
    [text.hidden, tools.hidden, bar.hidden, offer.hidden] = [true, true, false, true];
    text.required = false; // what cannot be seen cannot be pointed at; the house says what is missing
    text.setSelectionRange(words.length, words.length);
    editor = made;
    status.textContent = "";
    editor.commands.focus("end");
  } catch (fault) {
    made?.destroy();
    const isOurWord = fault instanceof RangeError || fault.message === "not the same";
    status.textContent = isOurWord ? offer.dataset.differs : offer.dataset.failed;
  }
  offer.disabled = false;
}

function close() {
  const place = form.querySelector(".rich");
  editor.destroy();
  editor = null;
  place.remove();
  [text.hidden, tools.hidden, bar.hidden, offer.hidden] = [false, false, true, false];
  text.required = isRequired;
  text.focus();
}

if (text && offer) {
  text.after(offer.parentElement);
  offer.parentElement.hidden = false;
  offer.addEventListener("click", open);
  bar.addEventListener("mousedown", (event) => event.target.closest("button") && event.preventDefault());
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button || !editor || editor.view.composing) return;
    if ("plain" in button.dataset) return close();
    DEEDS[button.dataset.do](editor.chain().focus()).run();
  });
  // Somebody else changed the plain box: a picture has come, a draft was opened.
  text.addEventListener("input", () => {
    if (editor && !isOurs) editor.commands.setContent(text.value, { contentType: "markdown", emitUpdate: false });
  });
}
