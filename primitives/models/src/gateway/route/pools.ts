import { Pool } from 'undici'
import type { Endpoint } from './upstream.ts'

/** Connections by origin, shared by every model, and kept over changes of the table. */
export class Pools {
  readonly #endpoints = new Map<string, Endpoint>()

  /** Null in, null out. */
  endpoint(url: string | null): Endpoint | null {
    if (url === null) return null
    let endpoint = this.#endpoints.get(url)
    if (!endpoint) {
      const { origin, pathname } = new URL(url)
      const same = [...this.#endpoints.values()].find((other) => other.origin === origin)
      endpoint = {
        // A connection for each request in flight: one behind another would wait for its whole answer.
        dispatcher: same?.dispatcher ?? new Pool(origin, { pipelining: 1, connect: { timeout: 5_000 } }),
        origin,
        basePath: pathname.replace(/\/+$/, ''),
      }
      this.#endpoints.set(url, endpoint)
    }
    return endpoint
  }

  /** Closes the connections of addresses that are no longer used, once their answers are out. */
  keepOnly(urls: ReadonlySet<string>): void {
    const origins = new Set([...urls].map((url) => new URL(url).origin))
    for (const [url, { dispatcher, origin }] of this.#endpoints) {
      if (urls.has(url)) continue
      this.#endpoints.delete(url)
      if (!origins.has(origin)) void dispatcher.close()
    }
  }

  async close(): Promise<void> {
    await Promise.all(
      [...new Set([...this.#endpoints.values()].map(({ dispatcher }) => dispatcher))].map((d) => d.destroy()),
    )
  }
}
