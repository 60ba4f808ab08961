import { describe, expect, it } from 'vitest';
import { absent, preventable, strict, strictEmitter } from './strict.ts';

describe('strict', () => {
  it('says what the stand-in lacks, never undefined', () => {
    const shell = strict('shell', { beep: () => 'beep' });
    expect(shell.beep()).toBe('beep');
    expect(() => Reflect.get(shell, 'openPath')).toThrow('The stand-in has no shell.openPath');
  });

  it('can be awaited and printed like any object', async () => {
    const shell = strict('shell', { name: 'x' });
    expect(await shell).toBe(shell);
    expect(JSON.stringify(shell)).toBe('{"name":"x"}');
  });

  it('answers nothing more once it is destroyed, but that it is', () => {
    let isDestroyed = false;
    const isGone = () => isDestroyed;
    const window = strictEmitter('window', ['closed'], { show: () => 'shown', isDestroyed: isGone }, isGone);
    expect(window.show()).toBe('shown');
    isDestroyed = true;
    expect(() => window.show()).toThrow(new TypeError('Object has been destroyed'));
    expect(window.isDestroyed()).toBe(true);
    expect(window.emit('closed')).toBe(false);
  });

  it('refuses listeners for what it never emits', () => {
    const app = strictEmitter('app', ['ready'], {});
    const heard: string[] = [];
    app.once('ready', () => heard.push('ready'));
    app.emit('ready');
    expect(heard).toEqual(['ready']);
    expect(() => app.on('gpu-info-update', () => {})).toThrow('The stand-in has no event "gpu-info-update" of app');
  });

  it.each(['get', 'call', 'construct'])('an absent module says so at the first %s', (use) => {
    const Tray = absent('Tray') as new () => object;
    const uses = {
      get: () => Reflect.get(Tray, 'x'),
      call: () => (Tray as unknown as () => void)(),
      construct: () => new Tray(),
    };
    expect(uses[use as keyof typeof uses]).toThrow('The stand-in has no Tray');
  });

  it('an event remembers that it was prevented', () => {
    const event = preventable({ url: 'app://x/' });
    expect(event).toMatchObject({ url: 'app://x/', defaultPrevented: false });
    event.preventDefault();
    expect(event.defaultPrevented).toBe(true);
  });
});
