/** What package.json files and the lock file must keep to, so that a fresh clone installs everywhere and always the same. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../root.ts';

type Versions = Readonly<Record<string, string>>;
interface Manifest {
  readonly dependencies?: Versions;
  readonly devDependencies?: Versions;
  readonly optionalDependencies?: Versions;
  readonly resolved?: string;
}

const read = (file: string): unknown => JSON.parse(readFileSync(join(root, file), 'utf8'));
const { packages } = read('package-lock.json') as { readonly packages: Readonly<Record<string, Manifest>> };

describe('dependencies', () => {
  it('are pinned to exact versions', () => {
    const manifests = globSync(['package.json', '{packages,apps}/*/package.json'], { cwd: root });
    expect(manifests.length).toBeGreaterThan(8);
    const loose = manifests.flatMap((file) => {
      const { dependencies, devDependencies, optionalDependencies } = read(file) as Manifest;
      return Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })
        .filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))
        .map(([name, version]) => `${file}: ${name} ${version}`);
    });
    expect(loose).toEqual([]);
  });

  // A registry may lack some of them; `npm ci` then refuses the whole lock file. Take a version that is complete.
  it('have their packages for every platform in the lock file', () => {
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`],
      ),
    );
    expect(missing).toEqual([]);
  });

  it('come from whatever registry the user has set', () => {
    expect(Object.values(packages).filter(({ resolved }) => resolved?.includes('://'))).toEqual([]);
  });
});
