/** Modules of Electron with little behind them here: what they are told is recorded. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { requireReady } from './lifecycle.ts';
import { record } from './records.ts';
import { StandInLacks, strict } from './strict.ts';

let lastBlocker = 0;
const blockers = new Set<number>();

export const powerSaveBlocker = strict('powerSaveBlocker', {
  start(type: string) {
    if (type !== 'prevent-app-suspension' && type !== 'prevent-display-sleep')
      throw new TypeError(`"${type}" is no type of powerSaveBlocker`);
    record('powerSaveBlocker.start', type);
    lastBlocker += 1;
    blockers.add(lastBlocker);
    return lastBlocker;
  },
  stop(id: number) {
    record('powerSaveBlocker.stop', id);
    return blockers.delete(id);
  },
  isStarted: (id: number) => blockers.has(id),
});

const shortcuts = new Map<string, () => void>();
const shortcutsWords = 'globalShortcut cannot be used before the app is ready';

export const globalShortcut = strict('globalShortcut', {
  register(accelerator: string, callback: () => void) {
    requireReady(shortcutsWords);
    record('globalShortcut.register', accelerator);
    if (shortcuts.has(accelerator)) return false;
    shortcuts.set(accelerator, callback);
    return true;
  },
  isRegistered(accelerator: string) {
    requireReady(shortcutsWords);
    return shortcuts.has(accelerator);
  },
  unregister(accelerator: string) {
    requireReady(shortcutsWords);
    shortcuts.delete(accelerator);
  },
  unregisterAll() {
    requireReady(shortcutsWords);
    shortcuts.clear();
  },
});

export const shell = strict('shell', {
  openExternal: async (url: string) => record('shell.openExternal', url),
});

export const dialog = strict('dialog', {
  showErrorBox: (title: string, content: string) => record('dialog.showErrorBox', title, content),
});

export const net = strict('net', {
  async fetch(url: string, options?: RequestInit) {
    requireReady('Cannot use net before app is ready');
    if (url.startsWith('file:')) return new Response(await readFile(fileURLToPath(url)));
    return fetch(url, options);
  },
});

interface MenuItemOptions {
  readonly id?: string;
  readonly label?: string;
  readonly role?: string;
  readonly type?: string;
  readonly accelerator?: string;
  readonly click?: (...args: unknown[]) => void;
  readonly submenu?: readonly MenuItemOptions[];
}

interface MenuStandIn {
  readonly items: readonly object[];
  getMenuItemById(id: string): object | null;
}

let applicationMenu: MenuStandIn | null = null;

function buildFromTemplate(template: readonly MenuItemOptions[]): MenuStandIn {
  const items = template.map(({ submenu, ...item }) => {
    if (item.label === undefined && item.role === undefined && item.type === undefined)
      throw new TypeError('Invalid template for MenuItem: must have at least one of label, role or type');
    return {
      enabled: true,
      visible: true,
      ...item,
      submenu: submenu === undefined ? null : buildFromTemplate(submenu),
    };
  });
  const find = (id: string): object | null => {
    for (const item of items) {
      if (item.id === id) return item;
      const inside = item.submenu?.getMenuItemById(id);
      if (inside) return inside;
    }
    return null;
  };
  return strict('Menu', { items, getMenuItemById: find });
}

/** Only built and set: nothing shows it. */
export const Menu = Object.assign(
  function Menu(): never {
    throw new StandInLacks('new Menu()');
  },
  {
    buildFromTemplate,
    setApplicationMenu(menu: MenuStandIn | null) {
      record('Menu.setApplicationMenu', menu);
      applicationMenu = menu;
    },
    getApplicationMenu: () => applicationMenu,
  },
);
