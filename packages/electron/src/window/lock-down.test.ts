import { describe, expect, it, vi } from 'vitest';
import { createFakeContents } from '../test/fake-electron.ts';
import { fakeEvent } from '../test/fake-event.ts';
import { isLockedKey, isSetupKey, lockDown } from './lock-down.ts';

const up = { type: 'keyDown', code: '', control: false, alt: false, shift: false, meta: false } as const;
const press = (key: string, held: Partial<typeof up | Record<'control' | 'alt' | 'shift' | 'meta', boolean>> = {}) => ({
  ...up,
  key,
  ...held,
});

describe('isLockedKey', () => {
  it.each([
    ['Ctrl+R', press('r', { control: true })],
    ['Ctrl++', press('+', { control: true })],
    ['Ctrl+Shift+I', press('I', { control: true, shift: true })],
    ['Ctrl+W', press('w', { control: true })],
    ['Ctrl+P', press('p', { control: true })],
    ['Alt+F4', press('F4', { alt: true })],
    ['Alt+Left', press('ArrowLeft', { alt: true })],
    ['Ctrl+Alt+Tab', press('Tab', { control: true, alt: true })],
    ['Cmd+Q', press('q', { meta: true })],
    ['F5', press('F5')],
    ['F11', press('F11')],
    ['BrowserBack', press('BrowserBack')],
    ['ContextMenu', press('ContextMenu')],
    ['PrintScreen', press('PrintScreen')],
  ])('%s leads out of a kiosk and is locked', (_name, input) => {
    expect(isLockedKey(input)).toBe(true);
  });

  it.each([
    ['a letter', press('a')],
    ['a capital', press('A', { shift: true })],
    ['a digit', press('7')],
    ['Enter', press('Enter')],
    ['Tab', press('Tab')],
    ['an arrow of the keypad', press('ArrowDown')],
    ['@ by AltGr', press('@', { control: true, alt: true })],
    ['Ctrl alone', press('Control', { control: true })],
  ])('%s is for the page', (_name, input) => {
    expect(isLockedKey(input)).toBe(false);
  });
});

describe('lockDown', () => {
  const setupKey = press('S', { control: true, alt: true, shift: true, code: 'KeyS' } as never);
  function open(isLockedDown: boolean, hideCursor = false) {
    const contents = createFakeContents(() => '');
    const onSetup = vi.fn();
    lockDown(contents, { isLockedDown, hidesCursor: () => hideCursor, onSetup });
    const type = (input: ReturnType<typeof press>): boolean => {
      const event = fakeEvent({});
      contents.emit('before-input-event', event, input);
      return event.isPrevented;
    };
    return { contents, onSetup, type };
  }

  it('takes locked keys from the page of a kiosk, and leaves them at a counter', () => {
    expect(open(true).type(press('F5'))).toBe(true);
    expect(open(true).type(press('a'))).toBe(false);
    expect(open(false).type(press('F5'))).toBe(false);
  });

  it('Ctrl+Alt+Shift+S opens the set-up everywhere, once a press', () => {
    for (const isLockedDown of [true, false]) {
      const { type, onSetup } = open(isLockedDown);
      expect(type(setupKey)).toBe(true);
      type({ ...setupKey, type: 'keyUp' as never });
      expect(onSetup).toHaveBeenCalledTimes(1);
    }
    expect(isSetupKey({ ...setupKey, shift: false })).toBe(false);
  });

  it('a kiosk cannot be zoomed, a counter can', () => {
    const locked = open(true).contents;
    locked.emit('dom-ready');
    locked.emit('zoom-changed', {}, 'in');
    expect(locked.zooms).toEqual([1, 1]);
    const free = open(false).contents;
    free.emit('dom-ready');
    free.emit('zoom-changed', {}, 'in');
    expect(free.zooms).toEqual([]);
  });

  it('hides the cursor where it is told to', () => {
    const hidden = open(true, true).contents;
    hidden.emit('dom-ready');
    expect(hidden.css[0]).toContain('cursor: none');
    const shown = open(true).contents;
    shown.emit('dom-ready');
    expect(shown.css).toEqual([]);
  });
});
