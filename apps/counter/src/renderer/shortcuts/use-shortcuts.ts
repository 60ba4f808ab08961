import { useEffect, useRef } from 'react';
import { usePreferences } from '../preferences/preferences-context.tsx';
import type { DeskMode } from '../work/desk-mode.ts';
import { type Meaning, meaningOf } from './shortcut-table.ts';

/** Listens on the whole window while the work screen is there. */
export function useShortcuts(mode: DeskMode, onMeaning: (meaning: Meaning) => void): void {
  const { signKeys } = usePreferences().preferences;
  const latest = useRef({ mode, signKeys, onMeaning });
  latest.current = { mode, signKeys, onMeaning };

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      keepHeldKeyFromPressing(event);
      if (event.defaultPrevented) return;
      const meaning = meaningOf(event, {
        mode: latest.current.mode,
        signKeys: latest.current.signKeys,
        inTextField: isTextField(event.target),
        dialogOpen: document.querySelector('dialog[open]') !== null,
      });
      if (meaning === null) return;
      event.preventDefault();
      latest.current.onMeaning(meaning);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

/** A browser presses a focused button again and again while Enter is held: one key press is one command here. */
function keepHeldKeyFromPressing(event: KeyboardEvent): void {
  if (event.repeat && event.key === 'Enter' && event.target instanceof HTMLButtonElement) event.preventDefault();
}

const TEXT_INPUTS: ReadonlySet<string> = new Set(['text', 'search', 'number']);

const isTextField = (target: EventTarget | null): boolean =>
  target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && TEXT_INPUTS.has(target.type));
