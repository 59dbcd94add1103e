// What pdf.js (Firefox's viewer) reads from PDFs: a line of JSON a file, with each page's marked
// content in the order in which it is painted ([MCID, text]), and its MCIDs in the order of the tags.
// `node benchmarks/pdfjs.mjs FILE.pdf…`, where node_modules has pdfjs-dist.
import { readFileSync } from "node:fs";

// What pdf.js draws with is not installed: nothing is drawn here.
class Unused {}
Object.assign(globalThis, { DOMMatrix: Unused, ImageData: Unused, Path2D: Unused });
const { getDocument } = await import("pdfjs-dist/legacy/build/pdf.mjs");

const mcid = (id) => Number(id.slice(id.lastIndexOf("_mc") + 3));

function* heard(node) {
  for (const kid of node?.children ?? []) {
    if (kid.type === "content") yield mcid(kid.id);
    else yield* heard(kid);
  }
}

function painted(items) {
  const open = [];
  const pieces = [];
  for (const item of items) {
    if (item.type === "endMarkedContent") open.pop();
    else if (item.type !== undefined) {
      open.push(item.tag === "Artifact" ? "artifact" : item.id);
      if (item.id) pieces.push([mcid(item.id), ""]);
    } else {
      const innermost = open.filter(Boolean).at(-1);
      if (innermost === "artifact") continue;
      const piece = pieces.at(-1);
      const text = item.hasEOL ? `${item.str} ` : item.str;
      if (innermost === undefined) pieces.push([-1, text]);
      else if (piece[0] === mcid(innermost)) piece[1] += text;
      else pieces.push([mcid(innermost), text]);
    }
  }
  return pieces.filter(([number, text]) => number >= 0 || text.trim());
}

for (const file of process.argv.slice(2)) {
  const data = new Uint8Array(readFileSync(file));
  const pdf = await getDocument({ data, verbosity: 0 }).promise;
  const pages = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent({ includeMarkedContent: true, disableNormalization: true });
    pages.push({ painted: painted(items), heard: [...heard(await page.getStructTree())] });
  }
  console.log(JSON.stringify(pages));
  await pdf.destroy();
}
