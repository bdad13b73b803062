import { Pool } from 'undici'
import type { ReadSecret } from '../../secret.ts'
import { connectTimeoutMs, secureConnector } from './secure-connect.ts'
import type { ReplicaTls } from './secure-connect.ts'
import type { Endpoint } from './upstream.ts'

/** Connections by origin and how its certificate is checked, shared by every model, and kept over changes of the table. */
export class Pools {
  readonly #readSecret: ReadSecret
  readonly #endpoints = new Map<string, Endpoint>()
  readonly #pools = new Map<string, Pool>()

  constructor(readSecret: ReadSecret) {
    this.#readSecret = readSecret
  }

  /** Null in, null out. */
  endpoint(url: string | null, tls: ReplicaTls | null = null): Endpoint | null {
    if (url === null) return null
    const key = tls === null ? url : keyOf(url, tls)
    let endpoint = this.#endpoints.get(key)
    if (!endpoint) {
      const { origin, pathname } = new URL(url)
      endpoint = {
        dispatcher: this.#pool(origin, tls),
        origin,
        basePath: pathname.replace(/\/+$/, ''),
      }
      this.#endpoints.set(key, endpoint)
    }
    return endpoint
  }

  /** Closes the connections of addresses that are no longer used, once their answers are out. */
  keepOnly(addresses: Iterable<{ url: string; tls: ReplicaTls | null }>): void {
    const endpoints = new Set<string>()
    const pools = new Set<string>()
    for (const { url, tls } of addresses) {
      endpoints.add(keyOf(url, tls))
      pools.add(keyOf(new URL(url).origin, tls))
    }
    for (const key of this.#endpoints.keys()) if (!endpoints.has(key)) this.#endpoints.delete(key)
    for (const [key, pool] of this.#pools) {
      if (pools.has(key)) continue
      this.#pools.delete(key)
      void pool.close()
    }
  }

  async close(): Promise<void> {
    await Promise.all(Array.from(this.#pools.values(), (pool) => pool.destroy()))
  }

  #pool(origin: string, tls: ReplicaTls | null): Pool {
    const key = keyOf(origin, tls)
    let pool = this.#pools.get(key)
    if (!pool) {
      const connect = tls === null ? { timeout: connectTimeoutMs } : secureConnector(tls, this.#readSecret)
      // A connection for each request in flight: one behind another would wait for its whole answer.
      pool = new Pool(origin, { pipelining: 1, connect })
      this.#pools.set(key, pool)
    }
    return pool
  }
}

function keyOf(address: string, tls: ReplicaTls | null): string {
  return tls === null ? address : `${address} ${tls.serverName ?? ''} ${tls.ca ?? ''}`
}
