/**
 * The keys of the counter, in one table: which key, in which situation, and what a clerk is told where it does nothing.
 * The key caps on the buttons, the help page and the key handler all read it.
 */
import type { ClerkRefusal } from '@aufruf/shared/i18n/counter/texts';
import type { DeskMode } from '../work/desk-mode.ts';

export type ShortcutAction =
  | 'callNext'
  | 'recall'
  | 'arrived'
  | 'noShow'
  | 'requeue'
  | 'finish'
  | 'park'
  | 'transfer'
  | 'undo'
  | 'enterNumber'
  | 'help'
  | 'location';

export interface Shortcut {
  /** As in KeyboardEvent.key; letters in lower case. */
  readonly key: string;
  readonly ctrl: boolean;
  /** Types a character: off in text fields, and where the clerk has switched such keys off. */
  readonly isSign: boolean;
  readonly modes: readonly DeskMode[];
  /** Why it does nothing in any other mode. */
  otherwise(mode: DeskMode): ClerkRefusal;
}

const ALL: readonly DeskMode[] = ['idle', 'called', 'serving', 'break'];
const whenFree = (mode: DeskMode): ClerkRefusal => (mode === 'break' ? 'counterNotOpen' : 'visitInProgress');
const row = (key: string, modes: readonly DeskMode[], otherwise: Shortcut['otherwise']): Shortcut => ({
  key,
  ctrl: false,
  isSign: key.length === 1,
  modes,
  otherwise,
});

export const SHORTCUTS: Readonly<Record<ShortcutAction, Shortcut>> = {
  callNext: row('F2', ['idle'], whenFree),
  recall: row('F3', ['called'], () => 'noVisitCalled'),
  arrived: row('F4', ['called'], () => 'noVisitCalled'),
  noShow: row('F6', ['called'], () => 'noVisitCalled'),
  requeue: row('F7', ['called', 'serving'], () => 'noVisitCalled'),
  finish: row('F8', ['serving'], () => 'noVisitInService'),
  park: row('F9', ['serving'], () => 'noVisitInService'),
  transfer: row('F10', ['serving'], () => 'noVisitInService'),
  undo: { ...row('z', ALL, () => 'nothingToUndo'), ctrl: true, isSign: false },
  enterNumber: row('/', ['idle'], whenFree),
  help: row('?', ALL, () => 'nothingToUndo'),
  /** The supervisor's page, where there is one. */
  location: { ...row('o', ALL, () => 'notAllowed'), ctrl: true, isSign: false },
};

/** The parts of a KeyboardEvent that count, and what is going on around it. */
export interface Press {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly repeat: boolean;
}
export interface Surroundings {
  readonly mode: DeskMode;
  readonly inTextField: boolean;
  readonly dialogOpen: boolean;
  readonly signKeys: boolean;
}

/**
 * What a press means. Null: nothing of ours, the browser may have it. `swallow`: ours, but not now (a held key, or a
 * dialog is open): the browser must not act on it either, or F3 would open its search.
 */
export type Meaning =
  | { readonly kind: 'act'; readonly action: ShortcutAction }
  | { readonly kind: 'say'; readonly refusal: ClerkRefusal }
  | { readonly kind: 'swallow' };

export function meaningOf(press: Press, around: Surroundings): Meaning | null {
  const found = Object.entries(SHORTCUTS).find(([, shortcut]) => isPressed(shortcut, press)) as
    | [ShortcutAction, Shortcut]
    | undefined;
  if (found === undefined) return null;
  const [action, shortcut] = found;
  if (around.inTextField && (shortcut.isSign || shortcut.ctrl)) return null;
  if (shortcut.isSign && !around.signKeys) return null;
  if (around.dialogOpen) return shortcut.isSign ? null : { kind: 'swallow' };
  if (press.repeat) return { kind: 'swallow' };
  if (shortcut.modes.includes(around.mode)) return { kind: 'act', action };
  return { kind: 'say', refusal: shortcut.otherwise(around.mode) };
}

function isPressed(shortcut: Shortcut, press: Press): boolean {
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  return key === shortcut.key && (press.ctrlKey || press.metaKey) === shortcut.ctrl && !press.altKey;
}

/** For aria-keyshortcuts: `F2`, `Control+Z`. */
export const ariaKey = ({ key, ctrl }: Shortcut): string => (ctrl ? `Control+${key.toUpperCase()}` : key);
/** For a key cap: `F2`, `Strg+Z`. */
export const keyCap = ({ key, ctrl }: Shortcut, ctrlWord: string): string =>
  ctrl ? `${ctrlWord}+${key.toUpperCase()}` : key;
