import type { QueueEntry } from '@aufruf/shared/domain/views/view-schemas';
import { type FocusEvent, type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';

interface RovingRows {
  readonly listRef: RefObject<HTMLUListElement | null>;
  /** The row that Tab leads to. */
  readonly activeId: string | undefined;
  onKeyDown(event: KeyboardEvent): void;
  onFocus(event: FocusEvent): void;
}

/**
 * Arrow keys through the rows of a list and the buttons of a row (one Tab stop, as in a toolbar). The place is kept by visit,
 * so that a list in motion does not carry the focus away; when the focused row leaves, its successor takes over.
 */
export function useRovingRows(entries: readonly QueueEntry[]): RovingRows {
  const listRef = useRef<HTMLUListElement>(null);
  const [active, setActive] = useState<{ id: string; index: number } | null>(null);
  const hadFocus = useRef(false);
  const activeId = (entries.find(({ visitId }) => visitId === active?.id) ?? entries[active?.index ?? 0] ?? entries[0])
    ?.visitId;

  useEffect(() => {
    const list = listRef.current;
    if (!list) return;
    if (list.contains(document.activeElement)) hadFocus.current = true;
    else if (hadFocus.current && document.activeElement === document.body) focusRow(list, activeId, 0);
    else hadFocus.current = false;
  });

  return {
    listRef,
    activeId,
    onFocus(event) {
      const id = rowOf(event.target)?.dataset.visit;
      const index = entries.findIndex(({ visitId }) => visitId === id);
      if (id !== undefined && index >= 0) setActive({ id, index });
    },
    onKeyDown(event) {
      const list = listRef.current;
      const row = rowOf(event.target);
      if (!list || !row) return;
      const index = entries.findIndex(({ visitId }) => visitId === row.dataset.visit);
      const column = buttonsOf(row).indexOf(event.target as HTMLButtonElement);
      const last = entries.length - 1;
      const target: Record<string, readonly [number, number]> = {
        ArrowDown: [Math.min(last, index + 1), column],
        ArrowUp: [Math.max(0, index - 1), column],
        PageDown: [Math.min(last, index + 10), column],
        PageUp: [Math.max(0, index - 10), column],
        Home: [0, column],
        End: [last, column],
        ArrowRight: [index, column + 1],
        ArrowLeft: [index, Math.max(0, column - 1)],
      };
      const to = target[event.key];
      if (to === undefined) return;
      event.preventDefault();
      focusRow(list, entries[to[0]]?.visitId, to[1]);
    },
  };
}

const rowOf = (target: EventTarget): HTMLElement | null =>
  target instanceof HTMLElement ? target.closest<HTMLElement>('[data-visit]') : null;

const buttonsOf = (row: HTMLElement): HTMLButtonElement[] => [...row.querySelectorAll('button')];

function focusRow(list: HTMLElement, id: string | undefined, column: number): void {
  const row = [...list.querySelectorAll<HTMLElement>('[data-visit]')].find(({ dataset }) => dataset.visit === id);
  if (!row) return;
  const buttons = buttonsOf(row);
  buttons[Math.min(column, buttons.length - 1)]?.focus();
}
