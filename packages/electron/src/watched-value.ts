/** A value that can be watched: how the parts of the shell tell pages what is. */

export interface WatchedValue<T> {
  get(): T;
  /** Tells all watchers, unless it is the value held already. */
  set(value: T): void;
  /** Gets the current value before this returns, and each new one. Returns the way to stop. */
  watch(onValue: (value: T) => void): () => void;
}

export function createWatchedValue<T>(initial: T): WatchedValue<T> {
  const watchers = new Set<(value: T) => void>();
  let current = initial;
  return {
    get: () => current,
    set(value) {
      if (value === current) return;
      current = value;
      for (const watcher of [...watchers]) watcher(value);
    },
    watch(onValue) {
      const watcher = (value: T): void => onValue(value);
      watchers.add(watcher);
      watcher(current);
      return () => void watchers.delete(watcher);
    },
  };
}
