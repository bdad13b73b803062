/** Where a replica was found. */
export interface FoundAddress {
  /** IPv4 or IPv6, without brackets. */
  address: string
  port: number
  /** Relative to the others of the answer, where the source says it. */
  weight?: number
  zone?: string
}

/**
 * All that there is now, and again whenever it may have changed. Rejects when it cannot be had; whoever reads it then keeps the
 * last set and begins anew later.
 */
export type DiscoverySource = (signal: AbortSignal) => AsyncIterable<FoundAddress[]>
