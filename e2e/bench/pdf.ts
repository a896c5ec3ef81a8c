/** A plain PDF of text pages in Helvetica; characters outside Latin-1 become question marks. */
export function textPdf(pages: string[][]): Uint8Array {
  const objects: string[] = [];
  const kids = pages.map((_, index) => `${4 + index * 2} 0 R`).join(" ");
  objects.push("<</Type/Catalog/Pages 2 0 R>>", `<</Type/Pages/Kids[${kids}]/Count ${pages.length}>>`);
  objects.push("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>");
  for (const lines of pages) {
    const content = `BT /F1 10 Tf 14 TL 50 780 Td\n${lines.map((line) => `(${escapeText(line)}) Tj T*`).join("\n")}\nET`;
    objects.push(
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents ${objects.length + 2} 0 R/Resources<</Font<</F1 3 0 R>>>>>>`,
    );
    objects.push(`<</Length ${content.length}>>stream\n${content}\nendstream`);
  }
  return Buffer.from(withTable(objects), "latin1");
}

function escapeText(text: string): string {
  return text.replace(/[^\u0020-\u00ff]/g, "?").replace(/[\\()]/g, "\\$&");
}

function withTable(objects: string[]): string {
  let file = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj${object}endobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  return `${file}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${file.length}\n%%EOF`;
}
