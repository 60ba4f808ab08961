/** What makes a kiosk's or display's page the only thing there: no zoom, no way out by keys. And everybody's set-up key. */
import type { Input, WebContents } from 'electron';

export interface LockDownOptions {
  readonly isLockedDown: boolean;
  /** Asked for each page. */
  readonly hidesCursor: () => boolean;
  /** The staff's key for the set-up was pressed. */
  readonly onSetup: () => void;
}

type Press = Pick<Input, 'type' | 'key' | 'code' | 'control' | 'alt' | 'shift' | 'meta'>;

/** Ctrl+Alt+Shift+S: no citizen finds it, no program wants it. By its place, so that it is the same on every layout. */
export const isSetupKey = ({ type, code, control, alt, shift, meta }: Press): boolean =>
  type === 'keyDown' && code === 'KeyS' && control && alt && shift && !meta;

/**
 * Keys that could lead out of a locked page: combinations and function keys. Ctrl and Alt together, without more, are
 * AltGr, which types characters.
 */
export function isLockedKey({ key, control, alt, meta }: Press): boolean {
  if (meta || /^(F\d+|Browser.*|Launch.*|Print.*|ContextMenu)$/.test(key)) return true;
  const typesCharacter = control && alt && [...key].length === 1;
  return (control || alt) && !typesCharacter && !/^(Control|Alt|AltGraph|Shift)$/.test(key);
}

export function lockDown(contents: WebContents, { isLockedDown, hidesCursor, onSetup }: LockDownOptions): void {
  contents.on('before-input-event', (event, input) => {
    if (isSetupKey(input)) {
      event.preventDefault();
      onSetup();
    } else if (isLockedDown && isLockedKey(input)) {
      event.preventDefault();
    }
  });
  contents.on('dom-ready', () => {
    if (hidesCursor()) void contents.insertCSS('* { cursor: none !important; }', { cssOrigin: 'user' });
    if (!isLockedDown) return;
    contents.setZoomFactor(1);
    void contents.setVisualZoomLevelLimits(1, 1);
  });
  if (isLockedDown) contents.on('zoom-changed', () => contents.setZoomFactor(1));
}
