/**
 * The life of a desktop app: before `ready`, then window, bridge, device and, where configured, a hub of its own. Takes
 * Electron as an argument, so that tests run it without one.
 *
 * Invariants: everything that has to be said before `ready` is said in this call, and nothing waits for `ready` at the
 * top level of a module, where Electron would wait for the module in turn (electron#40719).
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ShellAnswer, ShellCall, StationKind } from '@aufruf/shared/bridge/shell-table';
import { setupTexts } from '@aufruf/shared/i18n/setup/catalog';
import type { LocationId } from '@aufruf/shared/lib/ids';
import { refuse } from '@aufruf/shared/lib/result';
import type { HubChildSettings } from '@aufruf/shared/protocol/hub-child';
import type { OwnHub } from '@aufruf/shared/takeover/own-hub';
import { createAppProtocol, isOwnUrl, PRIVILEGED_SCHEME, SCHEME } from './app-protocol.ts';
import { createDeviceHolder, type DeviceHolder, type OpenDevice } from './device-holder.ts';
import type { ElectronMain } from './electron-main.ts';
import { guardContents } from './guards/contents-guard.ts';
import { guardSession } from './guards/session-guard.ts';
import { createHostedHub, wishAtStart } from './hosted-hub.ts';
import { type IpcMount, mountBridgeOnIpc } from './ipc/ipc-mount.ts';
import { isTrustedSender } from './ipc/trusted-sender.ts';
import type { LogFile } from './log-file.ts';
import { type SettingsFile, settingsFileSchema } from './settings/device-settings.ts';
import { effectiveSettings } from './settings/effective-settings.ts';
import { readJsonFile, writeJsonFile } from './settings/json-file.ts';
import { type LaunchContext, type LaunchOptions, parseLaunchOptions } from './settings/launch-options.ts';
import { createLocationWatch } from './setup/location-watch.ts';
import { createSetup, type Setup, type SetupOptions } from './setup/setup.ts';
import { createShellHost } from './shell-host.ts';
import type { ShellPlatform } from './shell-platform.ts';
import { appMenu, type MenuActions } from './window/app-menu.ts';
import { type DesktopWindow, openDesktopWindow } from './window/desktop-window.ts';
import type { WindowKind } from './window/window-options.ts';

/** What sets one app's shell apart from another's. */
export interface AppKind extends WindowKind {
  /** The screen never goes to sleep. */
  readonly keepsAwake: boolean;
  readonly hidesCursor: boolean;
  /** What its pages may have of Chromium: `notifications`. */
  readonly permissions: readonly string[];
}

export interface DesktopAppOptions {
  readonly app: StationKind;
  readonly kind: AppKind;
  /** The built preload, and the folder of the built renderer. */
  readonly preload: string;
  readonly renderer: string;
  /** The built entry of a hub process; what it needs besides the location's file and the port. */
  readonly hubEntry: string;
  readonly hubRenderers: (isPackaged: boolean) => HubChildSettings['renderers'];
  /** This machine's address in its network; null where it has none. */
  readonly networkAddress: () => string | null;
  readonly openDevice: OpenDevice;
  readonly ask: SetupOptions['ask'];
  readonly discovery: SetupOptions['discovery'];
  readonly logFile: Pick<LogFile, 'open'>;
  readonly launch: LaunchContext;
  readonly platform: ShellPlatform;
}

export function runDesktopApp(electron: ElectronMain, options: DesktopAppOptions): void {
  const { app } = electron;
  const { log } = options.platform;
  const { options: launch, problems } = parseLaunchOptions(options.launch);
  for (const line of problems) log.error('an option was ignored', { line });
  // A kiosk in a window is one that somebody tries out.
  const kind = launch.windowed ? { ...options.kind, isLockedDown: false, hidesCursor: false } : options.kind;

  const folder = launch.dataFolder ?? join(app.getPath('appData'), `aufruf-${options.app}`);
  mkdirSync(folder, { recursive: true });
  options.logFile.open(join(folder, 'logs'));
  app.setPath('userData', folder);
  app.enableSandbox();
  if (kind.isLockedDown) {
    app.commandLine.appendSwitch('disable-pinch');
    app.commandLine.appendSwitch('overscroll-history-navigation', '0');
  }
  electron.protocol.registerSchemesAsPrivileged([PRIVILEGED_SCHEME]);
  // One per data folder: two would fight for the database.
  if (!app.requestSingleInstanceLock()) {
    log.info('this app is running already');
    app.quit();
    return;
  }
  const isOwn = (url: string): boolean => isOwnUrl(options.app, url);
  app.on('web-contents-created', (_event, contents) => guardContents(contents, { log, isOwn }));
  app.on('child-process-gone', (_event, { type, reason, name }) =>
    log.error('a process of the app is gone', { kind: type, reason, name: name ?? null }),
  );
  app.on('window-all-closed', () => app.quit());
  app
    .whenReady()
    .then(() => start(electron, { ...options, kind }, launch, folder))
    .catch((error: unknown) => {
      log.error('the app cannot start', { error });
      app.exit(1);
    });
}

function start(electron: ElectronMain, options: DesktopAppOptions, launch: LaunchOptions, folder: string): void {
  const { app } = electron;
  const { kind, platform } = options;
  const { log } = platform;
  const isOwn = (url: string): boolean => isOwnUrl(options.app, url);
  const hasDevTools = !app.isPackaged;
  const schemes = [`${SCHEME}:`, 'data:', ...(hasDevTools ? ['devtools:'] : [])];
  guardSession(electron.session.defaultSession, { log, permissions: kind.permissions, isOwn, schemes });
  electron.protocol.handle(SCHEME, createAppProtocol(options.app, options.renderer));
  if (kind.keepsAwake) electron.powerSaveBlocker.start('prevent-display-sleep');

  const settingsPath = join(folder, 'device.json');
  let file = readJsonFile(settingsPath, settingsFileSchema, log);
  let settings = effectiveSettings(launch, file);
  let isEnding = false;
  let isSettingUp = false;
  const { hubEntry, hubRenderers } = options;
  const { openAllDay } = launch;
  const keepHub = (ownHub: SettingsFile['ownHub'] | null): void => keepFile({ ownHub: ownHub ?? undefined });
  const hub = createHostedHub({ electron, hubEntry, hubRenderers, folder, openAllDay, keep: keepHub, platform });
  const hosted = wishAtStart(launch, settings, options.networkAddress());
  if (hosted !== null) hub.start(hosted);
  const device: DeviceHolder = createDeviceHolder(options.openDevice, platform);

  const setup: Setup = createSetup({
    app: options.app,
    platform,
    ask: options.ask,
    discovery: options.discovery,
    keep(choice) {
      keepFile(choice);
      // What was just chosen counts, whatever the command line said at the start.
      settings = { ...settings, hubUrl: choice.hubUrl, stationId: choice.stationId };
      setup.end();
      mount.reset('host');
      openApp();
    },
  });
  const location = createLocationWatch({ ask: options.ask, platform, onAnswer: noteLocation });
  const window: DesktopWindow = openDesktopWindow({
    electron,
    app: options.app,
    kind,
    preload: options.preload,
    hasDevTools,
    hideCursor: kind.hidesCursor || launch.hideCursor,
    stateFile: join(folder, 'window.json'),
    onSetup: openSetup,
    isEnding: () => isEnding,
    platform,
  });
  const mount: IpcMount = mountBridgeOnIpc({
    ipcMain: electron.ipcMain,
    isTrusted: (sender) => isTrustedSender(sender, isOwn),
    open: {
      host: device.openSession,
      shell: createShellHost({
        topics: { welcome: device.welcome, setup: setup.value, window: window.bar.value },
        act,
        log,
      }),
    },
    log,
  });

  /** @throws when the disk refuses; then nothing has changed */
  function keepFile(change: Partial<SettingsFile>): void {
    const changed: SettingsFile = { ...(file ?? { format: 1 }), ...change };
    writeJsonFile(settingsPath, changed);
    file = changed;
  }

  /** Where something is missing, the set-up has to be done first. */
  const isSetUp = (): boolean => settings.hubUrl !== null && settings.stationId !== null;

  /** A device of no known location waits for the hub to say it: before that it could show nothing anyway. */
  function openDevice(): void {
    const { hubUrl, stationId } = settings;
    if (hubUrl === null || stationId === null) return;
    location.ask(hubUrl);
    if (file?.locationId === undefined) return;
    const start = { folder: join(folder, 'data', file.locationId), stationId, hubUrl, ownHub: hub };
    device.use(start, publicHubUrl(hubUrl, options.networkAddress()));
  }

  function noteLocation(locationId: LocationId): void {
    const before = file?.locationId;
    if (before === locationId) return;
    try {
      keepFile({ locationId });
    } catch (error) {
      log.error('the location could not be kept', { error });
      file = { ...(file ?? { format: 1 }), locationId };
    }
    openDevice();
    if (before === undefined) return;
    log.warn('the hub is of another location than before', { before, now: locationId });
    mount.reset('host');
    if (!isSettingUp) window.load('index.html');
  }

  function openApp(): void {
    if (!isSetUp()) {
      openSetup();
      return;
    }
    openDevice();
    isSettingUp = false;
    window.load('index.html');
  }

  function openSetup(): void {
    isSettingUp = true;
    setup.begin(settings);
    window.load('setup.html');
  }

  function act(call: ShellCall): ShellAnswer {
    switch (call.name) {
      case 'findHub':
        return setup.findHub(call.address);
      case 'saveSetup':
        return setup.save(call.stationId);
      case 'leaveSetup':
        if (!isSetUp()) return refuse({ type: 'notReady' });
        isSettingUp = false;
        setup.end();
        window.load('index.html');
        return { ok: true, value: null };
      case 'openSetup':
        openSetup();
        return { ok: true, value: null };
      case 'toggleBar':
        if (!window.bar.value.get().canBeBar) return refuse({ type: 'notHere' });
        window.bar.toggle();
        return { ok: true, value: null };
      case 'quit':
        app.quit();
        return { ok: true, value: null };
    }
  }

  setMenu(electron, kind, { toggleBar: () => window.bar.toggle(), openSetup }, hasDevTools);
  app.on('second-instance', (_event, args) => {
    const again = parseLaunchOptions({ ...options.launch, args: args.slice(1) });
    if (again.options.setup) openSetup();
    window.focus();
  });
  app.on('before-quit', () => {
    isEnding = true;
  });
  endInOrder(electron, hub, () => {
    setup.end();
    location.end();
    mount.close();
    device.close();
  });
  if (launch.setup) {
    // Whoever leaves the set-up finds the app as it was.
    openDevice();
    openSetup();
  } else openApp();
}

/** A phone cannot reach a hub by an address that means "this machine". */
export function publicHubUrl(hubUrl: string, networkAddress: string | null): string {
  const url = new URL(hubUrl);
  const isOwn = url.hostname === 'localhost' || url.hostname === '[::1]' || url.hostname.startsWith('127.');
  if (isOwn && networkAddress !== null) url.hostname = networkAddress;
  return url.origin;
}

function setMenu(
  { app, Menu }: ElectronMain,
  { isLockedDown, canBeBar }: AppKind,
  actions: MenuActions,
  hasDevTools: boolean,
): void {
  const texts = setupTexts[app.getLocale().startsWith('de') ? 'de' : 'en'].menu;
  Menu.setApplicationMenu(
    isLockedDown ? null : Menu.buildFromTemplate(appMenu({ texts, actions, canBeBar, hasDevTools })),
  );
}

/** The hub goes last and gets the time to end in good order; then the app quits for good. */
function endInOrder({ app }: ElectronMain, hub: OwnHub, close: () => void): void {
  let isDone = false;
  app.on('will-quit', (event) => {
    if (isDone) return;
    isDone = true;
    close();
    if (hub.status().state === 'none') return;
    event.preventDefault();
    void hub.stop().then(() => app.quit());
  });
}
