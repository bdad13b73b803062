/** What a processor was after the event at `offset`, outputs up to there being safe in the log. */
export interface Snapshot {
  offset: number
  bytes: Uint8Array
}

/**
 * Keeps snapshots. Several processors of one definition may share one name: their snapshots of one offset say the same,
 * so whoever is ahead spares the others the replay.
 */
export interface StateStore {
  /** The newest whole snapshot of this name and version; a torn one is passed over for the one before. Null: begin afresh. */
  load(name: string, version: number): Promise<Snapshot | null>
  /** Resolves when it is safe. One that is older than what is kept changes nothing. */
  save(name: string, version: number, offset: number, bytes: Uint8Array): Promise<void>
}
