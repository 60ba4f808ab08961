/**
 * The page's own world, before its first script: receives what the preload exposes, and asks main before the page gets
 * what Electron asks main for.
 *
 * Runs in pages, where it arrives as source text: nothing from outside may be used in it but its arguments.
 */
import type { WorldLine } from './world-line.ts';

type Method = (this: unknown, ...args: unknown[]) => unknown;

export function startPageWorld(line: WorldLine): void {
  const freeze = (value: unknown): unknown => {
    if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
      for (const part of Object.values(value)) freeze(part);
      Object.freeze(value);
    }
    return value;
  };

  line.handlers.isTaken = ((key: string) => key in window) as never;
  line.handlers.expose = ((key: string, passed: unknown) => {
    Object.defineProperty(window, key, {
      value: freeze(line.fromOther(passed)),
      enumerable: true,
      writable: false,
      configurable: false,
    });
  }) as never;

  /** Main's answer; asked in the preload's world, which has the line to it. */
  const may = (permission: string, details: object): Promise<boolean> =>
    line.fromOther(line.ask('mayPage', line.toOther(permission), line.toOther(details))) as Promise<boolean>;

  const policy = (document as unknown as { readonly featurePolicy?: { allowsFeature(feature: string): boolean } })
    .featurePolicy;

  /** Replaces a method by one that asks main first; what a policy forbids already is Chromium's to refuse. */
  const guard = (
    owner: object | undefined,
    name: string,
    features: (args: readonly unknown[]) => readonly string[],
    ask: (args: readonly unknown[]) => Promise<boolean>,
    deny: (args: readonly unknown[]) => unknown,
  ): void => {
    const original = owner && (Reflect.get(owner, name) as Method | undefined);
    if (!owner || typeof original !== 'function') return;
    Object.defineProperty(owner, name, {
      configurable: true,
      writable: true,
      value: function guarded(this: unknown, ...args: unknown[]) {
        if (features(args).some((feature) => policy?.allowsFeature(feature) === false))
          return original.apply(this, args);
        return ask(args).then((granted) => (granted ? original.apply(this, args) : deny(args)));
      },
    });
  };
  const notAllowed = () => Promise.reject(new DOMException('Permission denied', 'NotAllowedError'));
  const notFound = () =>
    Promise.reject(new DOMException('User cancelled the requestDevice() chooser.', 'NotFoundError'));

  const mediaTypes = ([constraints]: readonly unknown[]): readonly string[] =>
    ['audio', 'video'].filter((kind) => Boolean((constraints as Record<string, unknown> | undefined)?.[kind]));

  const devices = globalThis.navigator as Navigator & Record<string, object | undefined>;
  const { MediaDevices, Geolocation, Clipboard, Notification } = globalThis;
  guard(
    MediaDevices?.prototype,
    'getUserMedia',
    (args) => mediaTypes(args).map((kind) => (kind === 'audio' ? 'microphone' : 'camera')),
    (args) => may('media', { mediaTypes: mediaTypes(args) }),
    notAllowed,
  );
  guard(
    MediaDevices?.prototype,
    'getDisplayMedia',
    () => ['display-capture'],
    () => may('display-capture', {}),
    notAllowed,
  );
  for (const name of ['getCurrentPosition', 'watchPosition'])
    guard(
      Geolocation?.prototype,
      name,
      () => ['geolocation'],
      () => may('geolocation', {}),
      ([, onError]) =>
        (onError as ((error: object) => void) | undefined)?.({ code: 1, message: 'User denied Geolocation' }),
    );
  for (const name of ['read', 'readText'])
    guard(
      Clipboard?.prototype,
      name,
      () => ['clipboard-read'],
      () => may('clipboard-read', {}),
      notAllowed,
    );
  guard(
    Notification,
    'requestPermission',
    () => [],
    () => may('notifications', {}),
    () => Promise.resolve('denied'),
  );
  guard(
    devices,
    'requestMIDIAccess',
    () => ['midi'],
    ([options]) => may((options as MIDIOptions | undefined)?.sysex ? 'midiSysex' : 'midi', {}),
    notAllowed,
  );
  for (const [kind, method] of [
    ['hid', 'requestDevice'],
    ['usb', 'requestDevice'],
    ['serial', 'requestPort'],
    ['bluetooth', 'requestDevice'],
  ] as const)
    guard(
      devices[kind] && Object.getPrototypeOf(devices[kind]),
      method,
      () => [kind],
      () => may(`device:${kind}`, {}),
      kind === 'hid' ? () => [] : notFound,
    );

  // No page gets a window; main is asked before Chromium begins one, for it would load at once.
  const STAYS = new Set(['', '_self', '_top', '_parent', window.name]);
  const opens = (url: string, frameName = '', features = ''): void =>
    void line.ask('opens', line.toOther({ url: new URL(url, document.baseURI).href, frameName, features }));
  const { open } = window;
  window.open = (url = '', target = '_blank', features = '') => {
    if (STAYS.has(target)) return open.call(window, url, target, features);
    opens(String(url), target, features);
    return null;
  };
  const openLink = (event: MouseEvent): void => {
    const link = event.composedPath().find((part) => part instanceof HTMLAnchorElement && part.href !== '');
    if (!(link instanceof HTMLAnchorElement) || event.defaultPrevented || link.hasAttribute('download')) return;
    const isAside = event.button === 1 || event.ctrlKey || event.metaKey || event.shiftKey;
    if (STAYS.has(link.target) && !isAside) return;
    event.preventDefault();
    opens(link.href, link.target);
  };
  window.addEventListener('click', openLink);
  window.addEventListener('auxclick', openLink);
  window.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || STAYS.has(form.target)) return;
    event.preventDefault();
    opens(form.action, form.target);
  });

  // Main is told of keys before the page; what main then prevents, it cannot: the answer would come too late.
  for (const [event, type] of [
    ['keydown', 'keyDown'],
    ['keyup', 'keyUp'],
  ] as const)
    window.addEventListener(
      event,
      (pressed) => {
        const { key, code, repeat, isComposing, shiftKey, ctrlKey, altKey, metaKey, location, isTrusted } = pressed;
        if (!isTrusted) return;
        const keys = { shift: shiftKey, control: ctrlKey, alt: altKey, meta: metaKey };
        const input = { type, key, code, isAutoRepeat: repeat, isComposing, location, modifiers: [], ...keys };
        line.ask('input', line.toOther(input));
      },
      { capture: true },
    );
}
