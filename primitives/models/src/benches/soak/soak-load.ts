import type { IncomingMessage } from 'node:http'
import type { Caller } from '@heavylift/core'
import { HttpClient, postBytes } from '../overhead/http-client.ts'
import { planAddresses } from '../overhead/plan.ts'
import type { AnswerPlan } from '../overhead/plan.ts'

const tenants = 20
const keys = 100
/** As many as a client that tries names could ask for. */
const unknownModels = 5_000
const conversations = 40
const keptQuestions = 500

const wide = { requestsPerMinute: 100_000_000, tokensPerMinute: 100_000_000_000, budgetUsdPerDay: 1_000_000 }

export function soakTable(upstream: string): object {
  const plan: AnswerPlan = { delayMs: 0, chunks: 12, everyMs: 1 }
  const provider = (answers: AnswerPlan) => ({
    kind: 'openai',
    replicas: planAddresses(upstream, answers),
    healthPath: null,
  })
  const targets = [{ provider: 'well', model: 'bench' }]
  return {
    providers: {
      well: provider(plan),
      broken: provider({ ...plan, status: 500 }),
      strict: provider({ ...plan, status: 400 }),
    },
    models: {
      talk: { targets, policy: 'prefill-aware' },
      sticky: { targets, policy: 'prefix-affinity' },
      plain: { targets },
      kept: { targets, cache: { ttlSeconds: 60 } },
      // Nobody waits until the breaker lets one try, or the load would stand still.
      failing: {
        targets: [{ provider: 'broken', model: 'bench' }],
        queue: { maxWaiting: 8, maxWaitMs: 50 },
      },
      refusing: { targets: [{ provider: 'strict', model: 'bench' }] },
    },
    prices: { bench: { input: 1, output: 2 } },
    tenants: { bounded: { requestsPerMinute: 60 } },
    defaults: wide,
    keys: Object.fromEntries(Array.from({ length: keys / 2 }, (_, key) => [`key-${key}`, wide])),
  }
}

/** Who asks stands in the header x-key. */
export function callerOf({ headers }: Pick<IncomingMessage, 'headers'>): Caller {
  const key = Number(headers['x-key'])
  return {
    tenantId: Number.isNaN(key) ? 'bounded' : `tenant-${key % tenants}`,
    keyId: `key-${String(headers['x-key'])}`,
    scope: 'operator',
  }
}

interface Kind {
  model: (at: number) => string
  isStream?: boolean
  leaves?: boolean
  isBounded?: boolean
  /** What no model is named for is no call, and does not stand in the books. */
  isUnknown?: boolean
}

const named = (model: string) => () => model

/** A round of requests; what is asked most stands in it most often. */
const kinds: readonly Kind[] = [
  ...Array.from({ length: 7 }, () => ({ model: named('talk') })),
  ...Array.from({ length: 4 }, () => ({ model: named('talk'), isStream: true })),
  { model: named('sticky'), isStream: true },
  { model: named('sticky'), isStream: true, leaves: true },
  { model: named('plain') },
  { model: named('kept') },
  { model: named('kept'), isStream: true },
  { model: named('failing') },
  { model: named('refusing') },
  { model: (at) => `unknown-${at % unknownModels}`, isUnknown: true },
  { model: named('plain'), isBounded: true },
]

/** Conversations begin alike and go on differently; only questions to the model that keeps answers come again. */
function messagesOf(model: string, at: number): object[] {
  const round = Math.floor(at / kinds.length)
  const question = model === 'kept' ? round % keptQuestions : at
  return [
    {
      role: 'system',
      content: `You help with subject ${question % conversations}. Answer in two sentences. `.repeat(20),
    },
    { role: 'user', content: `Question ${question}: which lens is best in weak light, and why? `.repeat(10) },
  ]
}

export interface SoakLoad {
  /** Requests `from` up to `to`, `connections` at once. */
  send(from: number, to: number, signal: AbortSignal): Promise<void>
  counts: {
    /** Calls that got a status. */
    answered: number
    /** Of models that there are not. */
    unknown: number
    /** Got none. */
    broken: number
  }
}

export function createSoakLoad(address: string, connections: number, tick: (done: number) => void): SoakLoad {
  const counts = { answered: 0, unknown: 0, broken: 0 }
  const one = async (client: HttpClient, at: number) => {
    const round = Math.floor(at / kinds.length)
    const { model, isStream, leaves, isBounded, isUnknown } = kinds[at % kinds.length]!
    const name = model(round)
    const body = {
      model: name,
      max_tokens: 64,
      messages: messagesOf(name, at),
      ...(isStream && { stream: true }),
    }
    const key = isBounded ? 'bounded' : String((at * 7 + round) % keys)
    const request = postBytes(address, '/v1/chat/completions', { 'x-key': key }, JSON.stringify(body))
    const { status } = await client.send(request, false, leaves)
    if (status === 0) counts.broken += 1
    else if (isUnknown) counts.unknown += 1
    else counts.answered += 1
    tick(counts.answered + counts.unknown + counts.broken)
  }
  return {
    counts,
    async send(from, to, signal) {
      const client = new HttpClient(address)
      let next = from
      const work = async () => {
        while (next < to && !signal.aborted) await one(client, next++)
      }
      try {
        await Promise.all(Array.from({ length: connections }, work))
      } finally {
        client.close()
      }
      signal.throwIfAborted()
    },
  }
}
