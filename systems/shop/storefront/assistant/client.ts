import { createClient } from '@heavylift/ui/client'
import type { Client } from '@heavylift/ui/client'
import { readEvents } from '@heavylift/ui/event-stream'
import type { AnswerPart } from '../../src/domain/answer.ts'
import type { Product } from '../../src/domain/product.ts'
import type { ShopRoutes } from '../../src/routes/route-groups.ts'
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
  /** The page's signed-in customer, with the store's proof; null for a visitor. */
  customer: () => { id: string; proof: string | null } | null
  /** Whose token it is: the customer's id, or null for a visitor's. */
  tokenOf: () => string | null
  words: () => { failed: string; lost: string }
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
  readonly #api: Client<ShopRoutes>
  constructor(options: ClientOptions) {
    this.#options = options
    this.#api = createClient<ShopRoutes>(`${options.server}/api/shop`, async (address, init) => {
      const response = await this.#fetch(address, init)
      if (!response.ok) throw await this.#error(response)
      return response
    })
  }

  async #fetch(address: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers)
    const { key } = this.#options
    const token = this.#options.token()
    if (key) headers.set('authorization', `Bearer ${key}`)
    if (token) headers.set('x-heavylift-shopper', token)
    const response = await fetch(address, { ...init, headers })
    if (response.status !== 401 || !token) return response
    const { error } = (await response
      .clone()
      .json()
      .catch(() => ({}))) as { error?: { code?: unknown } }
    if (error?.code !== 'shopper-token-invalid') return response
    // Its time is over, or the store ended it.
    this.#options.saveToken('')
    await this.ensureShopper()
    headers.set('x-heavylift-shopper', this.#options.token() ?? '')
    return fetch(address, { ...init, headers })
  }

  async #error(response: Response): Promise<AssistantError> {
    const body = (await response.json().catch(() => null)) as { error?: { message?: unknown } } | null
    const message = body?.error?.message
    return new AssistantError(
      typeof message === 'string' ? message : this.#options.words().failed,
      response.status,
    )
  }

  /** Gives the visitor or the signed-in customer a token if there is none of theirs, so that memory and basket have an owner. */
  async ensureShopper(): Promise<void> {
    const customer = this.#options.customer()
    // A visitor's token goes on after signing out; a customer's never serves another.
    if (this.#options.token() && this.#options.tokenOf() === (customer?.id ?? null)) return
    const { token } = await this.#api.post('/shoppers', {
      body: customer ? { externalId: customer.id, ...(customer.proof ? { proof: customer.proof } : {}) } : {},
    })
    this.#options.saveToken(token)
  }

  /**
   * Parts of the answer to one message. A stream that breaks is taken up after its last event, with growing pauses;
   * rejects with an `AssistantError` after six tries in a row, and with an `AbortError` when `signal` aborts.
   */
  async *chat(request: ChatRequest, signal: AbortSignal): AsyncGenerator<AnswerPart> {
    const first = await this.#api.raw('post', '/chat', { body: request, signal })
    const conversationId = first.headers.get('x-heavylift-conversation') ?? request.conversationId
    const resume = this.#api.address('/chat/:conversationId/stream', { params: { conversationId } })
    yield* this.#follow(first, resume, signal)
  }

  async *#follow(first: Response, resume: string, signal: AbortSignal): AsyncGenerator<AnswerPart> {
    let response: Response | null = first
    let lastEventId = ''
    for (let failures = 0; ;) {
      if (response && !response.ok) throw await this.#error(response)
      // Nothing is running any more, and the end never came.
      if (response?.status === 204) throw new AssistantError(this.#options.words().lost, 0)
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
      if (++failures > attempts) throw new AssistantError(this.#options.words().lost, 0)
      await pause(Math.min(4000, 200 * 2 ** failures), signal)
      response = await this.#fetch(resume, {
        signal,
        headers: lastEventId === '' ? {} : { 'last-event-id': lastEventId },
      }).catch((error: unknown) => {
        if (signal.aborted) throw error
        return null
      })
    }
  }

  async pills(productId: string): Promise<{ id: string; question: string }[]> {
    return (await this.#api.get('/products/:productId/pills', { params: { productId } })).pills
  }

  /** A stored answer at once, or one that is written now. */
  async *pillAnswer(pillId: string, signal: AbortSignal): AsyncGenerator<AnswerPart> {
    const { parts } = await this.#api.get('/pills/:pillId/answer', { params: { pillId }, signal })
    yield* parts
  }

  async product(productId: string): Promise<Product> {
    return (await this.#api.get('/products/:productId', { params: { productId } })).product
  }

  async confirm(
    confirmationId: string,
    accept: boolean,
    idempotencyKey: string,
  ): Promise<ConfirmationResult> {
    return this.#api.post('/confirmations/:confirmationId', {
      params: { confirmationId },
      body: { accept, idempotencyKey },
    })
  }

  async assignment(): Promise<string> {
    return (await this.#api.get('/assignment')).arm
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
