import type { Hub } from './hub.ts';

/** Tells, once, that another hub has taken this one's place (M5): at once if that is known already. */
export function whenMoved(hub: Pick<Hub, 'movedTo' | 'onChange'>, tell: () => void): void {
  if (hub.movedTo() !== null) {
    tell();
    return;
  }
  const stop = hub.onChange(() => {
    if (hub.movedTo() === null) return;
    stop();
    tell();
  });
}
