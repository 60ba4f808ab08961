import { describe, expect, it } from 'vitest';
import type { DeskMode } from '../work/desk-mode.ts';
import {
  ariaKey,
  keyCap,
  meaningOf,
  type Press,
  SHORTCUTS,
  type ShortcutAction,
  type Surroundings,
} from './shortcut-table.ts';

const press = (key: string, more: Partial<Press> = {}): Press => ({
  key,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  repeat: false,
  ...more,
});
const around = (mode: DeskMode, more: Partial<Surroundings> = {}): Surroundings => ({
  mode,
  inTextField: false,
  dialogOpen: false,
  signKeys: true,
  ...more,
});

describe('shortcuts', () => {
  it.each<[string, DeskMode, ShortcutAction]>([
    ['F2', 'idle', 'callNext'],
    ['F3', 'called', 'recall'],
    ['F4', 'called', 'arrived'],
    ['F6', 'called', 'noShow'],
    ['F7', 'called', 'requeue'],
    ['F8', 'serving', 'finish'],
    ['F9', 'serving', 'park'],
    ['F10', 'serving', 'transfer'],
    ['/', 'idle', 'enterNumber'],
    ['?', 'break', 'help'],
  ])('%s while %s means %s', (key, mode, action) => {
    expect(meaningOf(press(key), around(mode))).toEqual({ kind: 'act', action });
  });

  it('takes back with Control or Command and Z, in any letter case', () => {
    const act = { kind: 'act', action: 'undo' };
    expect(meaningOf(press('z', { ctrlKey: true }), around('serving'))).toEqual(act);
    expect(meaningOf(press('Z', { metaKey: true }), around('idle'))).toEqual(act);
    expect(meaningOf(press('z'), around('idle'))).toBeNull();
  });

  it('no two actions share a key', () => {
    const keys = Object.values(SHORTCUTS).map(ariaKey);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('says why a key does nothing here', () => {
    expect(meaningOf(press('F2'), around('serving'))).toEqual({ kind: 'say', refusal: 'visitInProgress' });
    expect(meaningOf(press('F2'), around('break'))).toEqual({ kind: 'say', refusal: 'counterNotOpen' });
    expect(meaningOf(press('F4'), around('idle'))).toEqual({ kind: 'say', refusal: 'noVisitCalled' });
    expect(meaningOf(press('F8'), around('called'))).toEqual({ kind: 'say', refusal: 'noVisitInService' });
  });

  it('ignores a held key, and keeps it from the browser', () => {
    expect(meaningOf(press('F2', { repeat: true }), around('idle'))).toEqual({ kind: 'swallow' });
  });

  it('leaves a text field its characters and its own undo, but not the function keys', () => {
    const typing = around('idle', { inTextField: true });
    expect(meaningOf(press('/'), typing)).toBeNull();
    expect(meaningOf(press('z', { ctrlKey: true }), typing)).toBeNull();
    expect(meaningOf(press('F2'), typing)).toEqual({ kind: 'act', action: 'callNext' });
  });

  it('does nothing behind an open dialog', () => {
    expect(meaningOf(press('F8'), around('serving', { dialogOpen: true }))).toEqual({ kind: 'swallow' });
    expect(meaningOf(press('?'), around('serving', { dialogOpen: true }))).toBeNull();
  });

  it('WCAG 2.1.4: character keys can be switched off', () => {
    expect(meaningOf(press('/'), around('idle', { signKeys: false }))).toBeNull();
    expect(meaningOf(press('F2'), around('idle', { signKeys: false }))).toEqual({ kind: 'act', action: 'callNext' });
  });

  it('leaves other keys and combinations to the browser', () => {
    expect(meaningOf(press('F5'), around('idle'))).toBeNull();
    expect(meaningOf(press('F4', { altKey: true }), around('called'))).toBeNull();
    expect(meaningOf(press('F2', { ctrlKey: true }), around('idle'))).toBeNull();
  });

  it('spells keys for people and for screen readers', () => {
    expect(keyCap(SHORTCUTS.undo, 'Strg')).toBe('Strg+Z');
    expect(ariaKey(SHORTCUTS.undo)).toBe('Control+Z');
    expect(keyCap(SHORTCUTS.callNext, 'Strg')).toBe('F2');
  });
});
