import { z } from 'zod'

const count = z.int().min(0)
const quantiles = z.object({ p50: z.number(), p95: z.number(), p99: z.number() }).nullable()

/** How busy a replica, a model or the whole gateway is. "Lately" is the last five minutes. */
const load = z.object({
  /** Calls that are waiting or running (at a replica: running there). */
  inFlight: count,
  /** Written tokens a second, over the last five full seconds. */
  tokensPerSecond: z.number(),
  /** Prompt tokens a second, counted when a call ends. */
  promptTokensPerSecond: z.number(),
  /** Calls that ended, a second. */
  callsPerSecond: z.number(),
  /** Written tokens in each of the last full seconds, oldest first. */
  tokens: z.array(z.number()),
  /** Lately; null when no call ended. */
  ttftMs: quantiles,
  durationMs: quantiles,
  /** Calls that ended lately, and of these: */
  ended: count,
  failed: count,
  cut: count,
  cancelled: count,
  shed: count,
  rejected: count,
  /** Answered from the cache, of those that asked it. */
  cacheHits: count,
  cacheAsked: count,
  /** Lately, by code. */
  errors: z.record(z.string(), count),
  /** Of the last hour, in millionths of a US dollar; null for those who may not see it. */
  costMicrosLastHour: z.number().nullable(),
})
export type Load = z.output<typeof load>

const replicaState = z.enum(['healthy', 'probing', 'open', 'ejected', 'unhealthy', 'draining'])

const liveCall = z.object({
  id: z.string(),
  tenantId: z.string(),
  model: z.string(),
  /** Null while it waits. */
  replicaId: z.string().nullable(),
  /** `waiting` in the queue, `reading` the prompt, `writing` the answer. */
  phase: z.enum(['waiting', 'reading', 'writing']),
  ageMs: z.number(),
  /** Written so far. */
  tokens: count,
})

const liveReplica = load.extend({
  id: z.string(),
  provider: z.string(),
  /** The upstream's name of the model. */
  model: z.string(),
  /** Names under which clients reach it. */
  servedAs: z.array(z.string()),
  tier: count,
  weight: z.number(),
  /** Null for no limit. */
  maxInFlight: count.nullable(),
  /** Where it stands; null when nobody says. */
  zone: z.string().nullable(),
  /** What its own metrics say; null when they are not asked, or do not answer. */
  engine: z.object({ running: z.number(), waiting: z.number(), kvUse: z.number().nullable() }).nullable(),
  state: replicaState,
  /** Prompt and expected output tokens of what it has. */
  tokensInFlight: z.number(),
  /** Prompt tokens that it still has to read. */
  prefillTokensInFlight: z.number(),
})

/** One replica, and the oldest calls at it. */
export const replicaSnapshotSchema = z.object({ replica: liveReplica, calls: z.array(liveCall) })

/** What the console draws: the gateway at one moment. `GET /api/models/snapshot`, and once a second on `/live`. */
export const gatewaySnapshotSchema = z.object({
  atMs: z.number(),
  /** Of all real calls; while there is sample traffic, of that. */
  overall: load,
  hasSample: z.boolean(),
  /** In the order of the table. */
  models: z.array(load.extend({ name: z.string(), waiting: count })),
  /** How many there are; `replicas` are all of them, or the worst of many. */
  replicaCount: count,
  replicasWell: count,
  replicas: z.array(liveReplica),
  /** The oldest calls in flight, at most 200; `overall.inFlight` counts all. */
  calls: z.array(liveCall),
})
export type GatewaySnapshot = z.output<typeof gatewaySnapshotSchema>
export type LiveReplica = GatewaySnapshot['replicas'][number]
export type LiveCall = GatewaySnapshot['calls'][number]
