import { readEvents } from '@heavylift/ui/event-stream'
import type { AnswerPart } from '../../src/domain/answer.ts'
import type { Product } from '../../src/domain/product.ts'
import type { ConfirmationResult } from './view-context.ts'

/** An answer from the server that is no success, in its own words. */
export class AssistantError extends Error {
  readonly status: number
  constructor(message: string, status: number) {
    super(message)
    this.name = 'AssistantError'
    this.status = status
  }
}

export interface ClientOptions {
  /** Origin of the Heavylift server; empty for the page's own. */
  server: string
  /** Publishable key; null on the server's own pages. */
  key: string | null
  /** The shopper's token; null until there is one. */
  token: () => string | null
  saveToken: (token: string) => void
  words: { failed: string; lost: string }
}

export interface ChatRequest {
  conversationId: string
  message: string
  /** The same id again joins the same answer. */
  messageId: string
  page?: { productId: string }
  device?: string
}

const attempts = 6

/** The shopper-facing calls that the assistant makes. */
export class AssistantClient {
  readonly #options: ClientOptions
  constructor(options: ClientOptions) {
    this.#options = options
  }

  async #fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers)
    const { key } = this.#options
    const token = this.#options.token()
    if (key) headers.set('authorization', `Bearer ${key}`)
    if (token) headers.set('x-heavylift-shopper', token)
    if (init.body !== undefined) headers.set('content-type', 'application/json')
    return fetch(`${this.#options.server}/api/shop${path}`, { ...init, headers })
  }

  async #json(path: string, init: RequestInit = {}): Promise<unknown> {
    const response = await this.#fetch(path, init)
    if (!response.ok) throw await this.#error(response)
    return response.status === 204 ? null : response.json()
  }

  async #error(response: Response): Promise<AssistantError> {
    const body = (await response.json().catch(() => null)) as { error?: { message?: unknown } } | null
    const message = body?.error?.message
    return new AssistantError(
      typeof message === 'string' ? message : this.#options.words.failed,
      response.status,
    )
  }

  /** Gives the visitor a token if there is none, so that memory and basket have an owner. */
  async ensureShopper(): Promise<void> {
    if (this.#options.token() !== null) return
    const { token } = (await this.#json('/shoppers', { method: 'POST', body: '{}' })) as { token: string }
    this.#options.saveToken(token)
  }

  /**
   * Parts of the answer to one message. A stream that breaks is taken up after its last event, with growing pauses;
   * rejects with an `AssistantError` after six tries in a row, and with an `AbortError` when `signal` aborts.
   */
  async *chat(request: ChatRequest, signal: AbortSignal): AsyncGenerator<AnswerPart> {
    const first = await this.#fetch('/chat', { method: 'POST', body: JSON.stringify(request), signal })
    const conversationId = first.headers.get('x-heavylift-conversation') ?? request.conversationId
    yield* this.#follow(first, `/chat/${encodeURIComponent(conversationId)}/stream`, signal)
  }

  async *#follow(first: Response, resumePath: string, signal: AbortSignal): AsyncGenerator<AnswerPart> {
    let response: Response | null = first
    let lastEventId = ''
    for (let failures = 0; ;) {
      if (response && !response.ok) throw await this.#error(response)
      // Nothing is running any more, and the end never came.
      if (response?.status === 204) throw new AssistantError(this.#options.words.lost, 0)
      try {
        if (response?.body) {
          for await (const event of readEvents(response.body)) {
            if (event.data === '[DONE]') return
            if (event.id) lastEventId = event.id
            failures = 0
            const part = JSON.parse(event.data) as AnswerPart
            yield part
            if (part.type === 'finish' || part.type === 'error') return
          }
        }
      } catch (error) {
        if (signal.aborted) throw error
      }
      // The stream ended without its end: the connection broke.
      if (++failures > attempts) throw new AssistantError(this.#options.words.lost, 0)
      await pause(Math.min(4000, 200 * 2 ** failures), signal)
      response = await this.#fetch(resumePath, {
        signal,
        headers: lastEventId === '' ? {} : { 'last-event-id': lastEventId },
      }).catch((error: unknown) => {
        if (signal.aborted) throw error
        return null
      })
    }
  }

  async pills(productId: string): Promise<{ id: string; question: string }[]> {
    const answer = (await this.#json(`/products/${encodeURIComponent(productId)}/pills`)) as {
      pills: { id: string; question: string }[]
    }
    return answer.pills
  }

  /** A stored answer at once, or one that is written now. */
  async *pillAnswer(pillId: string, signal: AbortSignal): AsyncGenerator<AnswerPart> {
    const response = await this.#fetch(`/pills/${encodeURIComponent(pillId)}/answer`, { signal })
    if (!response.ok) throw await this.#error(response)
    if ((response.headers.get('content-type') ?? '').includes('json')) {
      const body = (await response.json()) as AnswerPart[] | { parts: AnswerPart[] }
      yield* Array.isArray(body) ? body : body.parts
      return
    }
    if (!response.body) return
    for await (const event of readEvents(response.body)) {
      if (event.data === '[DONE]') return
      yield JSON.parse(event.data) as AnswerPart
    }
  }

  async product(productId: string): Promise<Product> {
    const answer = (await this.#json(`/products/${encodeURIComponent(productId)}`)) as { product: Product }
    return answer.product
  }

  async confirm(
    confirmationId: string,
    accept: boolean,
    idempotencyKey: string,
  ): Promise<ConfirmationResult> {
    return (await this.#json(`/confirmations/${encodeURIComponent(confirmationId)}`, {
      method: 'POST',
      body: JSON.stringify({ accept, idempotencyKey }),
    })) as ConfirmationResult
  }

  async assignment(): Promise<string> {
    return ((await this.#json('/assignment')) as { arm: string }).arm
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(new DOMException('Aborted', 'AbortError'))
    })
  })
}
