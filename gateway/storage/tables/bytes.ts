/** What every client code may write: node:sqlite gives Uint8Array, pg gives Buffer, a subclass of it. */
export type Bytes = Uint8Array;
