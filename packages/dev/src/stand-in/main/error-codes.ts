/** Chromium's numbers of failures. */
const ERROR_CODES: Readonly<Record<string, number>> = {
  ERR_FAILED: -2,
  ERR_ABORTED: -3,
  ERR_FILE_NOT_FOUND: -6,
  ERR_BLOCKED_BY_CLIENT: -20,
  ERR_CONNECTION_REFUSED: -102,
  ERR_NAME_NOT_RESOLVED: -105,
  ERR_UNKNOWN_URL_SCHEME: -301,
};

/** Of Chromium's name of a failure; ERR_FAILED's where it is none of those that apps tell apart. */
export const errorCode = (name: string): number => ERROR_CODES[name] ?? -2;
