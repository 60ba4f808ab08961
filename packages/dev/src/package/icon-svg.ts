/**
 * The icons of the three apps, drawn for this project: one ticket, always the same, in the place where the app has it: coming
 * out of the kiosk's slot, called on the display, on the counter's desk. Shapes only, so that no font is needed.
 */
import type { App } from '../apps.ts';

/** Side of the drawing. */
const SIDE = 512;

interface Look {
  readonly background: string;
  readonly ticket: string;
  /** The letter on the ticket, which is cut out of it. */
  readonly letter: string;
  /** Where the middle of the ticket lies, and how far it is turned. */
  readonly at: readonly [x: number, y: number];
  readonly degrees: number;
  /** What lies behind the ticket, and what in front of it. */
  readonly behind: string;
  readonly before: string;
}

const LOOKS: Readonly<Record<App, Look>> = {
  kiosk: {
    background: '#004b93',
    ticket: '#ffffff',
    letter: '#004b93',
    at: [256, 264],
    degrees: 0,
    behind: '<rect x="72" y="112" width="368" height="44" rx="22" fill="#00264a"/>',
    // The lip of the slot, over the ticket's upper edge.
    before: '<rect x="72" y="112" width="368" height="30" rx="15" fill="#7fb2e5"/>',
  },
  display: {
    background: '#0a1724',
    ticket: '#ffc72c',
    letter: '#0a1724',
    at: [256, 256],
    degrees: 0,
    behind: '',
    // The call: the ticket rings.
    before: `<g fill="none" stroke="#ffc72c" stroke-width="24" stroke-linecap="round">
    <path d="M414 196a120 120 0 0 1 0 120M98 196a120 120 0 0 0 0 120"/>
    <path d="M452 152a196 196 0 0 1 0 208M60 152a196 196 0 0 0 0 208"/>
  </g>`,
  },
  counter: {
    background: '#00655a',
    ticket: '#ffffff',
    letter: '#00655a',
    at: [256, 236],
    degrees: -8,
    behind: '',
    // The desk in front of the ticket.
    before:
      '<path d="M72 380h368v32H72z" fill="#8ee0d3"/><path d="M112 412h32v44h-32zM368 412h32v44h-32z" fill="#8ee0d3"/>',
  },
};

/** A ticket around its middle: a notch on either side, a line of perforation between stub and number. */
const TICKET =
  'M-104-136h208a24 24 0 0 1 24 24v138a28 28 0 0 0 0 56v38a24 24 0 0 1-24 24h-208a24 24 0 0 1-24-24V82a28 28 0 0 0 0-56v-138a24 24 0 0 1 24-24z';
const LETTER = 'M-54 8 0-108 54 8M-32-38H32';

export function iconSvg(app: App): string {
  const { background, ticket, letter, at, degrees, behind, before } = LOOKS[app];
  const place = `translate(${at.join(' ')})${degrees === 0 ? '' : ` rotate(${degrees})`}`;
  const parts = [
    `<rect width="${SIDE}" height="${SIDE}" rx="112" fill="${background}"/>`,
    behind,
    `<g transform="${place}">
    <path d="${TICKET}" fill="${ticket}"/>
    <path d="${LETTER}" fill="none" stroke="${letter}" stroke-width="30" stroke-linecap="round" stroke-linejoin="round"/>
    <path d="M-76 54H76" fill="none" stroke="${letter}" stroke-width="12" stroke-dasharray="16 18"/>
    <path d="M-60 104H60" fill="none" stroke="${letter}" stroke-width="20" stroke-linecap="round"/>
  </g>`,
    before,
  ].filter((part) => part !== '');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIDE} ${SIDE}">\n  ${parts.join('\n  ')}\n</svg>\n`;
}
