import { Agent, request } from 'node:http'
import type { IncomingMessage } from 'node:http'

export interface CallOptions {
  /** Null waits without end. */
  timeoutMs: number | null
  retries: number
  /** Milliseconds before a retry. */
  backoffMs: () => number
  /** So many failures in a row keep further calls away for a second; null never does. */
  breakerAfter: number | null
}

const agent = new Agent({ keepAlive: false })
const openMs = 1000

/** Calls one dependency of the demo shop, with as much care as its options say. */
export class DependencyClient {
  readonly #base: URL
  readonly #options: CallOptions
  #failures = 0
  #openUntilMs = 0

  constructor(base: string, options: CallOptions) {
    this.#base = new URL(base)
    this.#options = options
  }

  async call(path: string, body?: string): Promise<string> {
    const { retries, backoffMs, breakerAfter } = this.#options
    for (let left = retries; ; left--) {
      if (performance.now() < this.#openUntilMs) throw new Error('The breaker is open.')
      try {
        const text = await this.#once(path, body)
        this.#failures = 0
        return text
      } catch (error) {
        this.#failures++
        if (breakerAfter !== null && this.#failures >= breakerAfter)
          this.#openUntilMs = performance.now() + openMs
        if (left <= 0) throw error
        await new Promise((resolve) => void setTimeout(resolve, backoffMs()))
      }
    }
  }

  /** The answer as it comes. */
  stream(path: string, onAnswer: (answer: IncomingMessage) => void, onError: (error: Error) => void): void {
    request(new URL(path, this.#base), { agent }, onAnswer).on('error', onError).end()
  }

  #once(path: string, body?: string): Promise<string> {
    const { timeoutMs } = this.#options
    return new Promise((resolve, reject) => {
      const asked = request(
        new URL(path, this.#base),
        {
          agent,
          method: body === undefined ? 'GET' : 'POST',
          ...(timeoutMs === null ? {} : { signal: AbortSignal.timeout(timeoutMs) }),
        },
        (answer) => {
          let text = ''
          answer.setEncoding('utf8')
          answer.on('data', (piece: string) => (text += piece))
          answer.on('error', reject)
          answer.on('end', () => {
            if ((answer.statusCode ?? 500) < 400) resolve(text)
            else reject(new Error(`status ${answer.statusCode}`))
          })
        },
      )
      asked.on('error', reject)
      asked.end(body)
    })
  }
}
