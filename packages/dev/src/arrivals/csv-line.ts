/**
 * The fields of one CSV line (RFC 4180 within a line): commas separate, a field may stand in double quotes,
 * a doubled quote inside is one quote. null when a quote is left open.
 */
export function splitCsvLine(line: string): readonly string[] | null {
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    let field = '';
    if (line[at] === '"') {
      at += 1;
      for (;;) {
        const quote = line.indexOf('"', at);
        if (quote < 0) return null;
        field += line.slice(at, quote);
        at = quote + 1;
        if (line[at] !== '"') break;
        field += '"';
        at += 1;
      }
    } else {
      const comma = line.indexOf(',', at);
      const end = comma < 0 ? line.length : comma;
      field = line.slice(at, end);
      at = end;
    }
    fields.push(field);
    if (at >= line.length) return fields;
    if (line[at] !== ',') return null;
    at += 1;
  }
}
