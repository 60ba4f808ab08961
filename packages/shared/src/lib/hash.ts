/** SHA-256 of a UTF-8 text as 64 hex digits. Supplied by the platform, since `shared` runs anywhere. */
export type Sha256 = (text: string) => string;
