// What the rich way of writing needs of Tiptap, in one file. docs/vendored.md says how it is bundled.
import { Editor } from "@tiptap/core";
import Image from "@tiptap/extension-image";
import Paragraph from "@tiptap/extension-paragraph";
import { Markdown } from "@tiptap/markdown";
import StarterKit from "@tiptap/starter-kit";

export { Editor, Image, Markdown, Paragraph, StarterKit };
