/** The menu of a counter: hidden until Alt, there for its keys. A kiosk and a display have none. */
import type { SetupTexts } from '@aufruf/shared/i18n/setup/texts';
import type { MenuItemConstructorOptions } from 'electron';

export interface MenuActions {
  readonly toggleBar: () => void;
  readonly openSetup: () => void;
}

interface AppMenuOptions {
  readonly texts: SetupTexts['menu'];
  readonly actions: MenuActions;
  readonly canBeBar: boolean;
  readonly hasDevTools: boolean;
}

/** macOS has copy and paste only where a menu has them. */
export function appMenu({ texts, actions, canBeBar, hasDevTools }: AppMenuOptions): MenuItemConstructorOptions[] {
  return [
    {
      label: texts.edit,
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        { type: 'separator' },
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    {
      label: texts.view,
      submenu: [
        { label: texts.bar, accelerator: 'CommandOrControl+Shift+B', click: actions.toggleBar, visible: canBeBar },
        { type: 'separator', visible: canBeBar },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'resetZoom' },
        ...(hasDevTools ? ([{ type: 'separator' }, { role: 'toggleDevTools' }] as const) : []),
      ],
    },
    { label: texts.device, submenu: [{ label: texts.setup, click: actions.openSetup }, { role: 'quit' }] },
  ];
}
