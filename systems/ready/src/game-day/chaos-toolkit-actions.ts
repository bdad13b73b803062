import { z } from 'zod'
import type { Fault } from '../faults/fault.ts'
import type { ProcessFault } from '../faults/process-fault.ts'

/** Where something that an experiment names is on this machine. */
export type Place = { pid: number } | { pidFile: string } | { host: string; port: number }

export interface FoundFault {
  kind: 'fault'
  /** A dependency, a process, or `machine`. */
  on: string
  fault: Fault | ProcessFault
  /** What a later action ends it by; null for one that only time ends. */
  id: string | null
  /** How long it says itself that it lasts. */
  seconds?: number
  /** Where it is unless the user says another place; nobody knows it where it is left out. */
  at?: Place
  note?: string
}

/** What an action is, in the words of a game day. */
export type FoundAction =
  | { kind: 'dependency'; name: string; host: string; port: number; listen: number }
  | FoundFault
  | { kind: 'end'; on: string; id: string | null }

const word = z.string().min(1).max(100)
const count = z.coerce.number().min(0).max(1e9)
const share = z.coerce.number().gt(0).max(1).default(1)

const proxySchema = z.looseObject({
  proxy_name: word,
  upstream_host: z.string(),
  upstream_port: z.coerce.number().int().min(1).max(65_535),
  listen_port: z.coerce.number().int().min(0).max(65_535).default(0),
})
const modifySchema = z.looseObject({ proxy_name: word, enabled: z.boolean().nullish() })
const onProxySchema = z.looseObject({ for_proxy: word, toxic_name: word })
const toxicSchema = onProxySchema.extend({
  toxic_type: z.string(),
  stream: z.string().default('downstream'),
  toxicity: share,
  attributes: z.record(z.string(), z.unknown()).nullish(),
})

/** Toxics of Toxiproxy (https://github.com/Shopify/toxiproxy#toxics) as faults of ours; null for one that has none here. */
export function toxicOf(
  type: string,
  given: Record<string, unknown>,
  hit: number,
): { fault: Fault; note?: string } | null {
  const number = (name: string) => count.catch(0).parse(given[name] ?? 0)
  const part = hit < 1 ? { share: hit } : {}
  switch (type) {
    case 'latency':
      return {
        fault: {
          kind: 'latency',
          ms: Math.min(60_000, number('latency')),
          jitterMs: number('jitter'),
          ...part,
        },
      }
    case 'bandwidth':
      // Its rate is in kilobytes a second.
      return number('rate') === 0
        ? { fault: { kind: 'black-hole', ...part } }
        : { fault: { kind: 'bandwidth', bytesPerSecond: 1000 * number('rate'), ...part } }
    case 'slow_close':
      return { fault: { kind: 'slow-close', ms: Math.min(60_000, number('delay')), ...part } }
    case 'timeout':
      return {
        fault: { kind: 'black-hole', ...part },
        ...(number('timeout') === 0
          ? {}
          : { note: 'Connections stay silent; they are not closed after the time that it gives.' }),
      }
    case 'reset_peer':
      return { fault: { kind: 'reset', afterBytes: 0, ...part } }
    case 'limit_data':
      return number('bytes') === 0
        ? { fault: { kind: 'reset', afterBytes: 0, ...part } }
        : { fault: { kind: 'partial-body', afterBytes: number('bytes'), ...part } }
    default:
      return null
  }
}

/** The short forms that make one toxic each, by the name of their function. */
const shortForms: Record<string, { type: string; rename?: Record<string, string> }> = {
  create_latency_toxic: { type: 'latency' },
  create_bandwith_degradation_toxic: { type: 'bandwidth' },
  create_slow_connection_close_toxic: { type: 'slow_close' },
  create_timeout_toxic: { type: 'timeout' },
  create_limiter_toxic: { type: 'limit_data', rename: { bytes_limit: 'bytes' } },
}

/**
 * An action of the Toxiproxy extension (chaostoolkit-toxiproxy 0.2, `chaostoxi`): its proxies are dependencies, its toxics faults. Null for any other, and where an
 * argument is missing.
 */
export function toxiproxyAction(module: string, func: string, given: unknown): FoundAction | null {
  const parsed = <T>(schema: z.ZodType<T>): T | null => schema.safeParse(given ?? {}).data ?? null
  if (module === 'chaostoxi.proxy.actions') {
    if (func === 'create_proxy') {
      const proxy = parsed(proxySchema)
      return proxy === null
        ? null
        : {
            kind: 'dependency',
            name: proxy.proxy_name,
            host: proxy.upstream_host,
            port: proxy.upstream_port,
            listen: proxy.listen_port,
          }
    }
    const proxy = parsed(modifySchema)
    if (func === 'reset') return { kind: 'end', on: '', id: null }
    if (proxy === null) return null
    const isOff = func === 'disable_proxy' || (func === 'modify_proxy' && proxy.enabled === false)
    if (isOff) return { kind: 'fault', on: proxy.proxy_name, fault: { kind: 'down' }, id: 'down' }
    const isOn = func === 'enable_proxy' || (func === 'modify_proxy' && proxy.enabled === true)
    if (isOn) return { kind: 'end', on: proxy.proxy_name, id: 'down' }
    return func === 'delete_proxy' ? { kind: 'end', on: proxy.proxy_name, id: null } : null
  }
  if (module !== 'chaostoxi.toxic.actions') return null
  const toxic = parsed(onProxySchema)
  if (toxic === null) return null
  const { for_proxy: on, toxic_name: id } = toxic
  if (func === 'delete_toxic') return { kind: 'end', on, id }
  if (func === 'create_toxic') {
    const whole = parsed(toxicSchema)
    // What we hold back are answers: of what a client sends, only silence comes to the same.
    if (whole === null || (whole.stream !== 'downstream' && whole.toxic_type !== 'timeout')) return null
    const found = toxicOf(whole.toxic_type, whole.attributes ?? {}, whole.toxicity)
    return found === null ? null : { kind: 'fault', on, id, ...found }
  }
  const short = shortForms[func]
  if (short === undefined) return null
  const attributes = Object.fromEntries(
    Object.entries(given as Record<string, unknown>).map(([name, value]) => [
      short.rename?.[name] ?? name,
      value,
    ]),
  )
  const found = toxicOf(short.type, attributes, 1)
  return found === null ? null : { kind: 'fault', on, id, ...found }
}

/** A request to Toxiproxy's own interface (https://github.com/Shopify/toxiproxy#http-api) that switches a fault on or off. */
export function toxiproxyRequest(url: string, method: string, body: unknown): FoundAction | null {
  const [, on, what, id] = /\/proxies\/([^/?]+)(?:\/(toxics)(?:\/([^/?]+))?)?\/?$/.exec(url) ?? []
  if (on === undefined) return null
  if (method === 'DELETE') return { kind: 'end', on, id: what === undefined ? null : (id ?? null) }
  if (method !== 'POST') return null
  if (what === undefined) {
    const { enabled } = z.looseObject({ enabled: z.boolean().optional() }).catch({}).parse(body)
    if (enabled === undefined) return null
    return enabled
      ? { kind: 'end', on, id: 'down' }
      : { kind: 'fault', on, fault: { kind: 'down' }, id: 'down' }
  }
  const { type, name, toxicity = 1, attributes = {} } = requestSchema.catch({ type: '' }).parse(body)
  const found = toxicOf(type, attributes, toxicity)
  return found === null ? null : { kind: 'fault', on, id: name ?? `${type}_downstream`, ...found }
}

const requestSchema = z.looseObject({
  type: z.string(),
  name: z.string().optional(),
  toxicity: z.number().gt(0).max(1).optional(),
  attributes: z.record(z.string(), z.unknown()).optional(),
})

/** Why an action of a known extension is none of ours, and what to do instead; by what its module begins with. */
const reasons: readonly [module: string, what: string][] = [
  [
    'chaosk8s',
    'changes a Kubernetes cluster in a way that no fault on processes and dependencies of this machine comes to',
  ],
  ['chaosaws', 'works on an AWS account: faults here touch processes and dependencies of this machine only'],
  [
    'chaosazure',
    'works on an Azure subscription: faults here touch processes and dependencies of this machine only',
  ],
  [
    'chaosgcp',
    'works on a Google Cloud project: faults here touch processes and dependencies of this machine only',
  ],
  [
    'chaosgce',
    'works on a Google Cloud project: faults here touch processes and dependencies of this machine only',
  ],
  ['chaosistio', 'changes routes of a service mesh in a way that no fault comes to'],
  [
    'chaosspring',
    'says nothing of what is broken: only assaults that an action configures become faults here',
  ],
  ['chaostoxi', 'has no fault of ours that comes to the same'],
]

export const reasonFor = (module: string): string | null =>
  reasons.find(([begin]) => module === begin || module.startsWith(`${begin}.`))?.[1] ?? null
