/** One mistake in a configuration file. */
export interface ConfigProblem {
  /** Where, like `services[3].durationMin`. */
  readonly path: string;
  /** What was expected there, in plain words. */
  readonly expected: string;
}
