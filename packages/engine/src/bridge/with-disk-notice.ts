import type { CommandHost } from '@aufruf/shared/bridge/host';
import type { DiskWatch } from '../platform/disk-watch.ts';

/** A host whose status also says that its disk is nearly full (S3), for clerks and supervisors to tell somebody. */
export function withDiskNotice(host: CommandHost, watch: Pick<DiskWatch, 'isLow' | 'onChange'>): CommandHost {
  return {
    ...host,
    syncStatus: () => (watch.isLow() ? { ...host.syncStatus(), diskLow: true } : host.syncStatus()),
    onChange: (listener) => {
      const ends = [host.onChange(listener), watch.onChange(listener)];
      return () => {
        for (const end of ends) end();
      };
    },
  };
}
