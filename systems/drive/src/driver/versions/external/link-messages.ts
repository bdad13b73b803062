/** What the thread that holds the program is given. */
export interface LinkStart {
  command: string
  args: string[]
  directory: string
  /** One number that is changed and notified whenever a message is posted. */
  flag: Int32Array<SharedArrayBuffer>
}

/** What it posts: a line of the program's output, or why there will be none. */
export type LinkMessage = { kind: 'line'; line: string } | { kind: 'gone'; why: string }
