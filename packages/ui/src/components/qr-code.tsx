import { encode } from 'uqr';
import styles from './qr-code.module.css';

interface QrCodeProps {
  /** What the code says: an address. */
  readonly text: string;
  /** What a screen reader says instead. */
  readonly label: string;
}

/** A QR code as crisp vector squares, dark on light with the four-module quiet zone of ISO/IEC 18004. */
export function QrCode({ text, label }: QrCodeProps) {
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  const squares = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return (
    <svg
      className={styles.code}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect className={styles.ground} width={size} height={size} />
      <path className={styles.dark} d={squares} />
    </svg>
  );
}
