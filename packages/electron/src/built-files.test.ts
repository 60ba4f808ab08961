import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { builtFiles } from './built-files.ts';

it('finds what is built, in a checkout and in a package', () => {
  const apps = resolve('/checkout/apps');
  const files = builtFiles('kiosk', join(apps, 'kiosk', 'out', 'main'));
  expect(files).toMatchObject({
    preload: join(apps, 'kiosk', 'out', 'preload', 'index.cjs'),
    renderer: join(apps, 'kiosk', 'out', 'renderer'),
    hubEntry: join(apps, 'kiosk', 'out', 'main', 'hub.js'),
  });
  expect(files.hubRenderers(false)).toEqual({
    kiosk: join(apps, 'kiosk', 'out', 'renderer'),
    display: join(apps, 'display', 'out', 'renderer'),
    counter: join(apps, 'counter', 'out', 'renderer'),
  });
  expect(files.hubRenderers(true)).toEqual({
    kiosk: join(apps, 'kiosk', 'out', 'renderer'),
    display: join(apps, 'kiosk', 'out', 'web', 'display'),
    counter: join(apps, 'kiosk', 'out', 'web', 'counter'),
  });
});
