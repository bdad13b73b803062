/** Blobs by key, on disk or in S3. Keys are `/`-separated segments of `[A-Za-z0-9._-]`, no `.` or `..` segment. */
export interface Objects {
  /** Stores all of `body` or nothing: a reader never sees a half-written object. Returns the size in bytes. */
  put(key: string, body: Uint8Array | string | ReadableStream<Uint8Array>): Promise<{ bytes: number }>
  /** Null when there is no such object. */
  get(key: string): Promise<ReadableStream<Uint8Array> | null>
  head(key: string): Promise<{ bytes: number } | null>
  /** Keys that start with `prefix`, in byte order. */
  list(prefix: string): AsyncIterable<string>
  /** Succeeds when the object is already gone. */
  delete(key: string): Promise<void>
}
