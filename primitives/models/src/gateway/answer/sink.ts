/** Where an answer goes: a client's connection, or a caller in this process. */
export interface Sink {
  /** Before anything is written; once. */
  head(status: number, headers: Record<string, string>): void
  /** False when the other side is slow; whoever owns the sink calls `drained` on the call when it caught up. */
  write(bytes: Uint8Array | string): boolean
  end(): void
  /** Breaks off what has begun, so that nobody takes it for whole; only where bytes of any kind pass. */
  abort?(): void
}
