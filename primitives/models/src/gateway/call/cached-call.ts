import { isWorthKeeping } from '../../cache/answer.ts'
import type { Answer } from '../../cache/answer.ts'
import { requestKey } from '../../cache/request-key.ts'
import type { ResponseCache } from '../../cache/response-cache.ts'
import type { JsonObject } from '../../wire/codec.ts'
import { bodyOf } from './call.ts'
import type { GatewayParts } from '../gateway-parts.ts'
import type { RoutedCall } from './routed-call.ts'
import { ReplayedCall } from './replayed-call.ts'
import type { RunningCall } from './running-call.ts'

export interface CachedCallParts {
  parts: GatewayParts
  /** Null where the model keeps no answers, or not of this API. */
  cache: ResponseCache | null
  /** Asks the model itself. */
  ask(routed: RoutedCall): RunningCall
  keepsText: boolean
}

interface Found {
  answer: Answer
  from: 'hit' | 'ready'
}

/** A call that may be answered from what is kept: looked up first, asked when there is nothing, and then kept. */
export class CachedCall implements RunningCall {
  readonly #routed: RoutedCall
  readonly #with: CachedCallParts
  #request: JsonObject = {}
  /** Of the tenant alone: for answers made ahead. */
  #ownKey: string | null = null
  #cacheKey: string | null = null
  #inner: RunningCall | null = null
  #isCancelled = false

  constructor(routed: RoutedCall, how: CachedCallParts) {
    this.#routed = routed
    this.#with = how
  }

  get costMicros(): number {
    return this.#inner?.costMicros ?? 0
  }

  start(): void {
    this.#makeKeys()
    const found = this.#find()
    if (!(found instanceof Promise)) {
      this.#go(found)
      return
    }
    found.then(
      (one) => this.#go(one),
      (error: unknown) => {
        this.#with.parts.log.warn({ error }, 'answers made ahead cannot be read; the model is asked')
        this.#go(null)
      },
    )
  }

  cancel(): void {
    this.#isCancelled = true
    this.#inner?.cancel()
  }

  drained(): void {
    this.#inner?.drained()
  }

  #makeKeys(): void {
    const { call, route } = this.#routed
    try {
      this.#request = bodyOf(call)
    } catch {
      // The scan leaves the inside of strings unread; the model says what it thinks of it.
      return
    }
    // In the old form they are not what a chat completion keeps.
    if (call.api === 'completions' && typeof this.#request['logprobs'] === 'number') return
    const asked = { api: call.api, model: route.name, body: this.#request }
    this.#ownKey = requestKey({ ...asked, tenantId: call.tenantId })
    if (this.#with.cache === null) return
    this.#cacheKey = route.config.cache?.shared ? requestKey({ ...asked, tenantId: null }) : this.#ownKey
  }

  #find(): Found | null | Promise<Found | null> {
    const ready =
      this.#ownKey === null ? null : this.#with.parts.ready?.find(this.#routed.call.tenantId, this.#ownKey)
    if (ready instanceof Promise) {
      return ready.then((answer) => (answer ? { answer, from: 'ready' } : this.#findInCache()))
    }
    return ready ? { answer: ready, from: 'ready' } : this.#findInCache()
  }

  #findInCache(): Found | null {
    const answer = this.#cacheKey === null ? null : (this.#with.cache?.get(this.#cacheKey) ?? null)
    return answer && { answer, from: 'hit' }
  }

  #go(found: Found | null): void {
    if (this.#isCancelled) return
    const { parts, keepsText } = this.#with
    if (found) {
      const routed: RoutedCall = { ...this.#routed, cache: found.from }
      this.#inner = new ReplayedCall(parts, routed, this.#request, found.answer, keepsText)
    } else this.#inner = this.#with.ask(this.#missed())
    this.#inner.start()
  }

  #missed(): RoutedCall {
    const { call, route, onAnswer } = this.#routed
    const mayKeep = this.#cacheKey !== null || (this.#ownKey !== null && call.ready !== undefined)
    if (!mayKeep) return this.#routed
    return {
      ...this.#routed,
      cache: 'miss',
      onAnswer: (answer) => {
        if (answer && isWorthKeeping(call.api, answer))
          this.#keep(answer, route.config.cache?.ttlSeconds ?? 0)
        onAnswer?.(answer)
      },
    }
  }

  #keep(answer: Answer, ttlSeconds: number): void {
    const { call, route } = this.#routed
    if (this.#cacheKey !== null) this.#with.cache?.set(this.#cacheKey, answer, ttlSeconds * 1000)
    if (call.ready === undefined || this.#ownKey === null) return
    this.#with.parts.ready
      ?.keep(this.#ownKey, route.name, answer, { tenantId: call.tenantId, ...call.ready })
      .catch((error: unknown) => {
        this.#with.parts.log.warn({ error, tag: call.ready?.tag }, 'an answer could not be kept')
      })
  }
}
