/** What the thread that holds the program is given. */
export interface LinkStart {
  command: string
  args: string[]
  directory: string
  /** One number that is changed and notified whenever a message is posted. */
  flag: Int32Array<SharedArrayBuffer>
}

/** What it posts: some of the program's output, or why there will be no more; that goes on a sentence that begins with the program. */
export type LinkMessage = { kind: 'bytes'; bytes: Uint8Array } | { kind: 'gone'; why: string }
