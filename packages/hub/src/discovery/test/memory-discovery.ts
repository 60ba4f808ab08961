/** A network inside one process in which everything that is announced is heard, by all, at once. */
import type { Discovery, Heard } from '@aufruf/shared/protocol/discovery';

export interface MemoryAir {
  /** One machine's. */
  discovery(): Discovery;
  /** What is heard at the moment. */
  heard(): readonly Heard[];
}

export function createMemoryAir(): MemoryAir {
  const announced = new Set<() => readonly Heard[]>();
  const listeners = new Set<() => void>();
  const heard = (): readonly Heard[] => [...announced].flatMap((each) => each());
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  return {
    heard,
    discovery: () => ({
      announce(announcement, addresses) {
        const own = () =>
          addresses()
            .slice(0, 1)
            .map((address) => ({ ...announcement, url: `http://${address}:${announcement.port}` }));
        announced.add(own);
        tell();
        return () => {
          if (announced.delete(own)) tell();
        };
      },
      browse(onHeard) {
        const listener = (): void => onHeard(heard());
        listeners.add(listener);
        listener();
        return () => void listeners.delete(listener);
      },
    }),
  };
}
