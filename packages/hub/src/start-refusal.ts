/** Why a hub cannot start. Each is for a person at a terminal: what is wrong and what to do, one line for each matter. */
export const START_REFUSALS = [
  'badLocationFile',
  'portBusy',
  'portNotAllowed',
  'addressUnknown',
  'folderNotWritable',
  'folderForeign',
  'folderInUse',
  'otherLocation',
  'badClock',
  'elsewhere',
  'storage',
] as const;

export interface StartRefusal {
  readonly type: (typeof START_REFUSALS)[number];
  readonly lines: readonly string[];
}
