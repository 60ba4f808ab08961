import styles from './icon.module.css';

/** Line icons drawn for this project on a 24-unit grid, stroke 2. Decoration only: the text beside them says it all. */
const PATHS = {
  'id-card': 'M3 5h18v14H3zM7.5 11.5a2 2 0 1 0 0-.01M5.5 16c.4-1.4 1.2-2 2-2s1.7.6 2.1 2M13 10h5M13 14h5',
  passport:
    'M5 3h14v18H5zM12 14.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM8 10.5h8M12 6.5c2 2.5 2 5.5 0 8M12 6.5c-2 2.5-2 5.5 0 8M9 18h6',
  pickup: 'M4 8l8-4 8 4v9l-8 4-8-4zM4 8l8 4 8-4M12 12v9',
  home: 'M3 11l9-7 9 7M6 9.5V20h12V9.5M10 20v-6h4v6',
  certificate: 'M5 3h14v12H5zM8 7h8M8 11h5M10 15v6l2-1.5 2 1.5v-6',
  stamp: 'M5 20h14M6 16h12v-2.5H6zM10 13.5c0-3-1.5-4-1.5-6a3.5 3.5 0 0 1 7 0c0 2-1.5 3-1.5 6',
  residence: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18',
  car: 'M4 17v-4l2-6h12l2 6v4zM4 13h16M6 17v2M18 17v2M7.5 15h.01M16.5 15h.01',
  family: 'M8 8.5a2.5 2.5 0 1 0 0-.01M16 8.5a2.5 2.5 0 1 0 0-.01M3 20c0-5 2-7 5-7s4 1.5 4 4c0-2.5 1-4 4-4s5 2 5 7',
  business: 'M3 8h18v12H3zM9 8V5h6v3M3 13h18M12 12v2',
  info: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5M12 8h.01',
  calendar: 'M4 6h16v14H4zM4 10h16M8 3v4M16 3v4M9 15l2 2 4-4',
  ticket: 'M4 6h16v4a2 2 0 0 0 0 4v4H4v-4a2 2 0 0 0 0-4zM14 6v12',
  bell: 'M6 16v-5a6 6 0 0 1 12 0v5l1.5 2h-15zM10 21h4',
  next: 'M5 12h13M13 6l6 6-6 6',
  back: 'M19 12H6M11 6l-6 6 6 6',
  check: 'M4 13l5 5L20 7',
  close: 'M6 6l12 12M18 6L6 18',
  undo: 'M8 5L4 9l4 4M4 9h10a6 6 0 0 1 0 12h-3',
  pause: 'M8 5v14M16 5v14',
  play: 'M7 5l12 7-12 7z',
  absent: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c.5-4 3-6 8-6M16 16l5 5M21 16l-5 5',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c.5-4 3-6 8-6s7.5 2 8 6',
  people:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c.4-3.7 2.5-5.5 6.5-5.5s6.1 1.8 6.5 5.5M16 4.5a3.5 3.5 0 0 1 0 6.2M18 15c2.2.7 3.3 2.3 3.5 5',
  queue: 'M4 6h16M4 12h16M4 18h10',
  transfer: 'M4 8h13M13 4l4 4-4 4M20 16H7M11 12l-4 4 4 4',
  plus: 'M12 5v14M5 12h14',
  wheelchair: 'M11 5.5h.01M11 8v6h5l3 5M11 11h4M8.5 12.5a5 5 0 1 0 6 7',
  contrast: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 3v18M12 7h5M12 11h7M12 15h7M12 19h4',
  'text-size': 'M3 19l5-13 5 13M5 15h6M14 19l3.5-9 3.5 9M15.2 16h4.6',
  language: 'M4 6h9M8.5 4v2M11 6c0 4-3 7-7 8M6 9c1 3 3 4.5 6 5.5M12 20l4-10 4 10M13.5 17h5',
  sound: 'M4 9v6h4l5 4V5L8 9zM16 9c1.5 1.5 1.5 4.5 0 6M18.5 6.5c3 3 3 8 0 11',
  mute: 'M4 9v6h4l5 4V5L8 9zM16 9.5l5 5M21 9.5l-5 5',
  offline: 'M3 3l18 18M5 12.5a10 10 0 0 1 4-2.5M19 12.5a10 10 0 0 0-6-3M8.5 16a5 5 0 0 1 6-.5M12 19.5h.01',
  window: 'M4 5h16v14H4zM4 9h16',
  bar: 'M3 3h18v18H3zM3 15h18M10 18h7',
  warning: 'M12 4L2.5 20h19zM12 10v5M12 17.5h.01',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.5 2',
  phone: 'M7 3h10v18H7zM11 18h2',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L21 21',
  more: 'M6 12a1 1 0 1 0-2 0 1 1 0 0 0 2 0zM13 12a1 1 0 1 0-2 0 1 1 0 0 0 2 0zM20 12a1 1 0 1 0-2 0 1 1 0 0 0 2 0z',
  priority: 'M12 20V5M6 11l6-6 6 6',
  minus: 'M5 12h14',
  settings:
    'M4 7h9M19 7h1M4 17h1M11 17h9M16 9.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM8 19.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z',
  help: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9.5 9.5a2.5 2.5 0 1 1 3.6 2.3c-.8.4-1.1.9-1.1 1.7M12 17h.01',
  door: 'M6 21V4h9v17M15 7h3v14M4 21h16M12 12h.01',
} as const;

export type IconName = keyof typeof PATHS;

/** Mirrored in right-to-left scripts: arrows that point along the reading direction. */
const DIRECTIONAL: ReadonlySet<IconName> = new Set(['next', 'back', 'undo', 'play']);

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg
      className={DIRECTIONAL.has(name) ? `${styles.icon} ${styles.directional}` : styles.icon}
      viewBox="0 0 24 24"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
