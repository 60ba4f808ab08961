/** An OwnHub whose hubs run nowhere: a test says what is heard of them, and sees what was kept. */
import { createOwnHub, type HubNews, type HubWish, type OwnHub } from '../own-hub.ts';

export interface TestOwnHub {
  readonly ownHub: OwnHub;
  /** What each hub was started with, in order; the last one is asked for its present wish. */
  readonly started: readonly HubWish[];
  /** Of the hub started last. */
  wish(): HubWish | undefined;
  tell(news: HubNews): void;
  /** What was kept, in order. */
  readonly kept: readonly (HubWish | null)[];
  /** How many hubs were told to stop. */
  stops(): number;
  readonly disk: { refuses: boolean };
  readonly lines: readonly string[];
}

export function createTestOwnHub(): TestOwnHub {
  const started: HubWish[] = [];
  const kept: (HubWish | null)[] = [];
  const lines: string[] = [];
  const disk = { refuses: false };
  let last: { readonly wish: () => HubWish; readonly tell: (news: HubNews) => void } | undefined;
  let stops = 0;
  const write = (): void => {
    if (disk.refuses) throw new Error('no space left');
  };
  return {
    ownHub: createOwnHub({
      run(wish, tell) {
        started.push(wish());
        last = { wish, tell };
        return {
          async stop() {
            stops += 1;
          },
        };
      },
      keep(wish) {
        write();
        kept.push(wish);
      },
      writeLocation(config) {
        write();
        return `/data/${config.id}.json`;
      },
      log: {
        warn: (message) => void lines.push(`warn: ${message}`),
        error: (message) => void lines.push(`error: ${message}`),
      },
    }),
    started,
    wish: () => last?.wish(),
    tell: (news) => last?.tell(news),
    kept,
    stops: () => stops,
    disk,
    lines,
  };
}
