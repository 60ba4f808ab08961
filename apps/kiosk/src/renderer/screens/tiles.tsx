import { Icon, type IconName } from '@aufruf/ui/components/icon';
import { Pressable } from '@aufruf/ui/components/pressable';
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { tileLayout } from './tile-layout.ts';
import styles from './tiles.module.css';

interface TileProps {
  readonly title: string;
  /** What stands beneath: how many wait, or why it cannot be chosen. */
  readonly detail: string;
  readonly icon?: IconName;
  readonly closed?: boolean;
  readonly onPress: () => void;
}

export function Tile({ title, detail, icon, closed = false, onPress }: TileProps) {
  return (
    <li className={styles.cell}>
      <Pressable
        className={closed ? `${styles.tile} ${styles.closed}` : styles.tile}
        disabled={closed}
        onPress={onPress}
      >
        {icon ? (
          <span className={styles.icon}>
            <Icon name={icon} />
          </span>
        ) : null}
        <span className={styles.words}>
          <span className={styles.title}>{title}</span>
          <span className={styles.detail}>{detail}</span>
        </span>
        {closed ? null : <Icon name="next" />}
      </Pressable>
    </li>
  );
}

interface TilePagesProps<T> {
  readonly items: readonly T[];
  readonly page: number;
  readonly tile: (item: T) => ReactNode;
  readonly previousLabel: string;
  readonly moreLabel: string;
  readonly onTurn: (by: 1 | -1) => void;
}

/** A page of tiles: as many as the screen has room for. `page` beyond the last shows the last. */
export function TilePages<T>({ items, page, tile, previousLabel, moreLabel, onTurn }: TilePagesProps<T>) {
  const { ref, widthRem, heightRem } = useSizeInRem();
  const { columns, perPage } = tileLayout(items.length, widthRem, heightRem);
  const last = Math.max(0, Math.ceil(items.length / perPage) - 1);
  const current = Math.min(page, last);
  return (
    <div ref={ref} className={styles.area}>
      <ul className={styles.tiles} data-columns={columns}>
        {items.slice(current * perPage, (current + 1) * perPage).map(tile)}
      </ul>
      {last > 0 ? (
        <div className={styles.pager}>
          <Pressable className={styles.turn} disabled={current === 0} onPress={() => onTurn(-1)}>
            <Icon name="back" />
            {previousLabel}
          </Pressable>
          <Pressable className={styles.turn} disabled={current === last} onPress={() => onTurn(1)}>
            {moreLabel}
            <Icon name="next" />
          </Pressable>
        </div>
      ) : null}
    </div>
  );
}

/** An upright kiosk's usual room, until the real one has been measured. */
const USUAL_SIZE = { widthRem: 40, heightRem: 52 };

function useSizeInRem() {
  const ref = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState(USUAL_SIZE);
  useLayoutEffect(() => {
    const area = ref.current;
    if (!area || typeof ResizeObserver === 'undefined') return;
    const measure = () => {
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      setSize({ widthRem: area.clientWidth / rem, heightRem: area.clientHeight / rem });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(area);
    return () => observer.disconnect();
  }, []);
  return { ref, ...size };
}
