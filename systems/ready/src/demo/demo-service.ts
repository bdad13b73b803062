import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRandom } from '@heavylift/core/math'

const workers = 16

/** A small shop on loopback that really runs: a catalogue, a search that takes a while, a basket whose store has sixteen workers. */
export class DemoService {
  #server: Server | null = null
  readonly #random = createRandom('demo service')
  #busy = 0
  readonly #queue: (() => void)[] = []

  /** Its address; it starts when it is first asked for. */
  async address(): Promise<string> {
    this.#server ??= await this.#listen()
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  stop(): Promise<void> {
    const server = this.#server
    this.#server = null
    if (server === null) return Promise.resolve()
    server.closeAllConnections()
    return new Promise((resolve) => void server.close(() => resolve()))
  }

  #listen(): Promise<Server> {
    const server = createServer((request, response) => {
      const path = (request.url ?? '/').split('?')[0]
      const answer = (body: object) => {
        response.setHeader('content-type', 'application/json')
        response.end(JSON.stringify(body))
      }
      request.resume()
      if (path === '/products') answer({ products: [{ id: 'lamp-1', title: 'Halo Desk Lamp' }] })
      else if (path === '/search') setTimeout(() => answer({ hits: 3 }), 4 + 12 * this.#random.next() ** 3)
      else if (path === '/basket') this.#work(6 + 6 * this.#random.next(), () => answer({ basket: 'kept' }))
      else {
        response.statusCode = 404
        answer({ error: 'There is /products, /search and /basket.' })
      }
    })
    // Node's five seconds cut off a request that is on its way while the connection is closed.
    server.keepAliveTimeout = 75_000
    return new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen(0, '127.0.0.1', () => resolve(server))
    })
  }

  #work(ms: number, done: () => void): void {
    if (this.#busy >= workers) {
      this.#queue.push(() => this.#work(ms, done))
      return
    }
    this.#busy++
    setTimeout(() => {
      this.#busy--
      done()
      this.#queue.shift()?.()
    }, ms)
  }
}

/** What a first run plays: an evening of the demo shop, somewhat above the ordinary. */
export const demoScenario = `# An evening of the demo shop.
name: Evening
target: demo
requests:
  - { name: catalogue, path: /products, weight: 6 }
  - { name: search, path: "/search?q={{word}}", weight: 3, check: { status: [200], bodyIncludes: hits } }
  - { name: basket, method: POST, path: /basket, body: '{"product":"lamp-1"}', weight: 1 }
data: [{ word: lamp }, { word: boots }, { word: tea }]
load:
  - { kind: ramp, fromPerSecond: 20, toPerSecond: 200, seconds: 10 }
  - { kind: poisson, ratePerSecond: 200, seconds: 20 }
thresholds:
  - { metric: p99Ms, atMost: 100 }
  - { metric: errorRate, atMost: 0.001 }
`
