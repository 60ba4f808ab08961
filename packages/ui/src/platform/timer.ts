/** The browser's timers, as functions that return the way to stop. */
export function after(delayMs: number, work: () => void): () => void {
  const handle = setTimeout(work, delayMs);
  return () => clearTimeout(handle);
}

export function every(intervalMs: number, work: () => void): () => void {
  const handle = setInterval(work, intervalMs);
  return () => clearInterval(handle);
}
