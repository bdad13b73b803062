/** What the engine holds of one key. */
export interface KeyedEntry<State> {
  readonly key: string
  /** Undefined until the first event that was handled without an error. */
  state: State | undefined
  hasState: boolean
  /** With `watermarkPer: 'key'`; else −Infinity. */
  watermarkMs: number
  /** Time of each timer by name; null when it has none. */
  timers: Map<string, number> | null
  /** The newest snapshot that has this entry already, or that it came after. */
  snapshotNumber: number
}

export function createEntry<State>(key: string, snapshotNumber: number): KeyedEntry<State> {
  return { key, state: undefined, hasState: false, watermarkMs: -Infinity, timers: null, snapshotNumber }
}
