/** Size of a text in UTF-8, without an encoder: `shared` runs where there is neither Buffer nor TextEncoder. */
export function utf8Bytes(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    if (unit < 0x800) bytes += 1;
    // Both halves of a surrogate pair add one: two units become four bytes. A lone half is written as three bytes.
    else if (unit >= 0xd800 && unit <= 0xdfff && isPaired(text, index, unit)) bytes += 1;
    else bytes += 2;
  }
  return bytes;
}

function isPaired(text: string, index: number, unit: number): boolean {
  if (unit < 0xdc00) return isBetween(text.charCodeAt(index + 1), 0xdc00, 0xdfff);
  return isBetween(text.charCodeAt(index - 1), 0xd800, 0xdbff);
}

const isBetween = (unit: number, low: number, high: number): boolean => unit >= low && unit <= high;

/** Size of a value as JSON in UTF-8 bytes; null where it is not JSON at all (a cycle, a BigInt, nothing). */
export function jsonBytes(value: unknown): number | null {
  try {
    const json = JSON.stringify(value) as string | undefined;
    return json === undefined ? null : utf8Bytes(json);
  } catch {
    return null;
  }
}
