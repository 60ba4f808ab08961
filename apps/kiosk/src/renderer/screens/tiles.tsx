import { Icon, type IconName } from '@aufruf/ui/components/icon';
import { Pressable } from '@aufruf/ui/components/pressable';
import type { ReactNode } from 'react';
import styles from './tiles.module.css';

/** Tiles on one page; more turn in pages, since nobody should have to scroll a kiosk. */
export const TILES_PER_PAGE = 8;

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

/** A page of tiles. `page` beyond the last shows the last. */
export function TilePages<T>({ items, page, tile, previousLabel, moreLabel, onTurn }: TilePagesProps<T>) {
  const last = Math.max(0, Math.ceil(items.length / TILES_PER_PAGE) - 1);
  const current = Math.min(page, last);
  return (
    <>
      <ul className={styles.tiles}>
        {items.slice(current * TILES_PER_PAGE, (current + 1) * TILES_PER_PAGE).map(tile)}
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
    </>
  );
}
