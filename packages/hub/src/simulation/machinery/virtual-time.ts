/**
 * The simulation's one clock and agenda: nothing happens but what stands in it, in order of time, and of two things due
 * at once the one planned first. True time; what machines believe it to be is their own affair (`machine.ts`).
 */

export interface VirtualTime {
  /** Whole ms since the simulation began. */
  now(): number;
  /** Plans `work`; returns the way to cancel it. */
  after(delayMs: number, work: () => void): () => void;
  /** Moves to the next thing planned until `untilMs` and does it; false when there is none, and the time is `untilMs` then. */
  doNext(untilMs: number): boolean;
}

interface Item {
  readonly dueMs: number;
  readonly number: number;
  work: (() => void) | null;
}

export function createVirtualTime(): VirtualTime {
  /** A binary heap: thousands of timers wait at any time. */
  const heap: Item[] = [];
  let nowMs = 0;
  let planned = 0;

  const isBefore = (a: Item, b: Item) => a.dueMs < b.dueMs || (a.dueMs === b.dueMs && a.number < b.number);

  function push(item: Item): void {
    let index = heap.length;
    heap.push(item);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent] as Item;
      if (!isBefore(item, above)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = item;
  }

  function pop(): void {
    const last = heap.pop() as Item;
    const { length } = heap;
    if (length === 0) return;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= length) break;
      if (child + 1 < length && isBefore(heap[child + 1] as Item, heap[child] as Item)) child += 1;
      const below = heap[child] as Item;
      if (!isBefore(below, last)) break;
      heap[index] = below;
      index = child;
    }
    heap[index] = last;
  }

  return {
    now: () => nowMs,
    after(delayMs, work) {
      planned += 1;
      const item: Item = { dueMs: nowMs + Math.max(0, Math.ceil(delayMs)), number: planned, work };
      push(item);
      return () => {
        item.work = null;
      };
    },
    doNext(untilMs) {
      for (;;) {
        const first = heap[0];
        if (first === undefined || first.dueMs > untilMs) {
          nowMs = Math.max(nowMs, untilMs);
          return false;
        }
        pop();
        if (first.work === null) continue;
        nowMs = first.dueMs;
        first.work();
        return true;
      }
    },
  };
}
