/** What the control publishes on and hears from: a broker in the same process, or one over the network. */
export interface Bus {
  publish(path: string, text: string): void
  /** Calls `onMessage` for each message of the filters, retained ones first. Resolves when the broker has taken the subscription. */
  subscribe(filters: readonly string[], onMessage: (path: string, payload: Uint8Array) => void): Promise<void>
  /** Called when the connection is there again after it was lost: messages of the time between are lost. */
  onAgain(heard: () => void): void
  /** When the connection was lost, in milliseconds since 1970; null while it stands. */
  lostAtMs(): number | null
  close(): Promise<void>
}
