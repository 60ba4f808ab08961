import type { LocationConfig } from '../location-config/schema.ts';

/** A configuration follows another of the same location with a higher version; the first one may be any. */
export function whyNotPublishable(
  current: LocationConfig | null,
  next: LocationConfig,
): 'otherLocation' | 'versionNotHigher' | null {
  if (current === null) return null;
  if (current.id !== next.id) return 'otherLocation';
  return next.version > current.version ? null : 'versionNotHigher';
}
