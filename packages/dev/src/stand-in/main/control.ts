/** The line to whoever started this process: a test's harness. There may be nobody: then pages open by themselves. */
import type { FromStandIn, ToStandIn } from '../settings.ts';

const waiting = new Map<string, () => void>();
/** `pageReady` may come before anybody waits for it. */
const ready = new Set<string>();

export const hasStarter = (): boolean => process.send !== undefined;

export function tell(message: FromStandIn): void {
  if (process.connected) process.send?.(message);
}

/** Resolves when the starter has prepared the page; at once where there is no starter. */
export async function pageReady(targetId: string): Promise<void> {
  if (!hasStarter() || ready.has(targetId)) return;
  await new Promise<void>((resolve) => waiting.set(targetId, resolve));
}

/** @throws when this process has no starter */
export function listen(answer: (message: Exclude<ToStandIn, { type: 'pageReady' }>) => void): void {
  process.on('message', (message: ToStandIn) => {
    if (message.type !== 'pageReady') return answer(message);
    ready.add(message.targetId);
    waiting.get(message.targetId)?.();
  });
}
