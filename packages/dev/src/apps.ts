/** The three apps. */
export const apps = ['kiosk', 'display', 'counter'] as const;
export type App = (typeof apps)[number];

export const isApp = (name: string): name is App => apps.some((app) => app === name);
