import type { Replica } from '../routing/replica.ts'
import { Unordered } from '../unordered.ts'
import type { Placed } from '../unordered.ts'
import { isSampleModel } from '../table/sample-names.ts'
import type { CallRecord } from './call-record.ts'
import type { GatewaySnapshot, LiveReplica } from './gateway-snapshot.ts'
import { loadSeconds, LoadWindow } from './load-window.ts'
import type { BriefLoad } from './load-window.ts'

/** Calls in a snapshot. */
export const maxCallsListed = 200
const replicaSeconds = 60
/** Replicas in a snapshot; of more, the worst. The fleet's own picture has all of them. */
export const mostReplicasListed = 48
/** Models and replicas come and go with the table; the windows of those that left are kept up to this many. */
const maxWindows = 8192

export interface BeganCall {
  id: string
  tenantId: string
  /** The name that was asked for. */
  model: string
}

/** A call in flight, from arrival to its record. Every method is cheap enough for a streamed chunk. */
export interface LiveCall {
  /** It left the queue for a replica. Again for each attempt; with hedging, for the one that is ahead. */
  sent(replicaId: string): void
  firstToken(): void
  /** Events or tokens that were written to the client just now. */
  chunk(tokens: number, nowMs: number): void
  /** Exactly once. Tokens of the record that `chunk` did not see are counted now. */
  ended(record: CallRecord, nowMs: number): void
}

/** A model of the table, as the snapshot shows it. */
export interface ServedModel {
  name: string
  replicas: readonly Replica[]
  /** In its queue. */
  waiting: number
}

/** What goes on now and of late, in memory. `nowMs` is of one clock throughout: `clock.nowMs()`. */
export interface LiveStats {
  began(call: BeganCall, nowMs: number): LiveCall
  /**
   * Everything at one moment. With a `tenantId`, calls are that tenant's only and costs are left out (null): load of the
   * machines is common, what others ask and pay is not.
   */
  snapshot(models: Iterable<ServedModel>, nowMs: number, tenantId: string | null): GatewaySnapshot
  /** One replica as a snapshot shows it, with the oldest calls at it; null when no model has it. */
  replica(
    models: Iterable<ServedModel>,
    id: string,
    nowMs: number,
    tenantId: string | null,
  ): { replica: LiveReplica; calls: GatewaySnapshot['calls'] } | null
  /** Real calls in flight, by tenant. */
  inFlightBy(): Map<string, number>
  /** Null for a replica that had no call yet. */
  brief(replicaId: string, nowMs: number): BriefLoad | null
}

interface TrackedCall extends BeganCall, Placed {
  atMs: number
  replicaId: string | null
  isWriting: boolean
  tokens: number
}

export function createLiveStats(): LiveStats {
  const overall = new LoadWindow()
  const sample = new LoadWindow()
  const models = new Map<string, LoadWindow>()
  const replicas = new Map<string, LoadWindow>()
  const inFlight = new Unordered<TrackedCall>()

  return {
    began(call, nowMs) {
      return new Tracked(call, nowMs, {
        overall: isSampleModel(call.model) ? sample : overall,
        model: windowOf(models, call.model),
        replicaOf: (id) => windowOf(replicas, id),
        inFlight,
      })
    },

    snapshot(table, nowMs, tenantId) {
      const showsCost = tenantId === null
      const list = [...table]
      const served = replicasOf(list)
      const hasSample = list.some(({ name }) => isSampleModel(name))
      return {
        atMs: nowMs,
        hasSample,
        overall: (hasSample ? sample : overall).read(nowMs, loadSeconds, showsCost),
        models: list.map(({ name, waiting }) => ({
          name,
          waiting,
          ...windowOf(models, name).read(nowMs, loadSeconds, showsCost),
        })),
        replicaCount: served.length,
        replicasWell: served.filter(({ replica }) => replica.state === 'healthy').length,
        replicas: worst(served).map((one) => describe(one, nowMs, showsCost)),
        calls: listCalls(inFlight, nowMs, tenantId),
      }
    },

    replica(table, id, nowMs, tenantId) {
      const found = replicasOf([...table]).find(({ replica }) => replica.id === id)
      if (found === undefined) return null
      const there = [...inFlight].filter(({ replicaId }) => replicaId === id)
      return {
        replica: describe(found, nowMs, tenantId === null),
        calls: listCalls(there, nowMs, tenantId),
      }
    },

    inFlightBy() {
      const counts = new Map<string, number>()
      for (const { tenantId, model } of inFlight) {
        if (!isSampleModel(model)) counts.set(tenantId, (counts.get(tenantId) ?? 0) + 1)
      }
      return counts
    },

    brief: (replicaId, nowMs) => replicas.get(replicaId)?.brief(nowMs) ?? null,
  }

  function describe({ replica, servedAs }: ServedReplica, nowMs: number, showsCost: boolean): LiveReplica {
    return {
      ...windowOf(replicas, replica.id).read(nowMs, replicaSeconds, showsCost),
      id: replica.id,
      provider: replica.provider,
      model: replica.model,
      servedAs,
      tier: replica.tier,
      weight: replica.weight,
      maxInFlight: Number.isFinite(replica.maxInFlight) ? replica.maxInFlight : null,
      zone: replica.zone,
      engine: replica.engine,
      state: replica.state,
      tokensInFlight: replica.tokensInFlight,
      prefillTokensInFlight: replica.prefillTokensInFlight,
    }
  }
}

/** A replica with the names under which clients reach it. */
export interface ServedReplica {
  replica: Replica
  servedAs: string[]
}

/** Each once, in the order of the table. */
export function replicasOf(models: readonly Pick<ServedModel, 'name' | 'replicas'>[]): ServedReplica[] {
  const byId = new Map<string, ServedReplica>()
  for (const { name, replicas } of models) {
    for (const replica of replicas) {
      const known = byId.get(replica.id)
      if (known) known.servedAs.push(name)
      else byId.set(replica.id, { replica, servedAs: [name] })
    }
  }
  return [...byId.values()]
}

/** All of a few; of many those that are out of service and then those with the most to do. */
function worst(served: readonly ServedReplica[]): readonly ServedReplica[] {
  if (served.length <= mostReplicasListed) return served
  const rank = ({ replica }: ServedReplica): number =>
    (replica.state === 'healthy' ? 0 : 1e9) + replica.requestsInFlight
  return served.toSorted((a, b) => rank(b) - rank(a)).slice(0, mostReplicasListed)
}

function windowOf(windows: Map<string, LoadWindow>, name: string): LoadWindow {
  let window = windows.get(name)
  if (!window) {
    // Names that clients invent must not fill the memory; the oldest idle one makes room.
    if (windows.size >= maxWindows) {
      for (const [known, { inFlight }] of windows) {
        if (inFlight > 0) continue
        windows.delete(known)
        break
      }
    }
    window = new LoadWindow()
    windows.set(name, window)
  }
  return window
}

function listCalls(
  inFlight: Iterable<TrackedCall>,
  nowMs: number,
  tenantId: string | null,
): GatewaySnapshot['calls'] {
  const listed: GatewaySnapshot['calls'] = []
  for (const call of [...inFlight].toSorted((a, b) => a.atMs - b.atMs)) {
    if (tenantId !== null && call.tenantId !== tenantId) continue
    if (listed.length === maxCallsListed) break
    listed.push({
      id: call.id,
      tenantId: call.tenantId,
      model: call.model,
      replicaId: call.replicaId,
      phase: call.replicaId === null ? 'waiting' : call.isWriting ? 'writing' : 'reading',
      ageMs: Math.max(0, nowMs - call.atMs),
      tokens: call.tokens,
    })
  }
  return listed
}

interface Windows {
  overall: LoadWindow
  model: LoadWindow
  replicaOf(id: string): LoadWindow
  inFlight: Unordered<TrackedCall>
}

class Tracked implements TrackedCall, LiveCall {
  readonly id: string
  readonly tenantId: string
  readonly model: string
  readonly atMs: number
  replicaId: string | null = null
  isWriting = false
  tokens = 0
  place = -1
  readonly #windows: Windows
  #replica: LoadWindow | null = null

  constructor(call: BeganCall, nowMs: number, windows: Windows) {
    this.id = call.id
    this.tenantId = call.tenantId
    this.model = call.model
    this.atMs = nowMs
    this.#windows = windows
    windows.overall.inFlight += 1
    windows.model.inFlight += 1
    windows.inFlight.add(this)
  }

  sent(replicaId: string): void {
    if (this.#replica) this.#replica.inFlight -= 1
    this.replicaId = replicaId
    this.#replica = this.#windows.replicaOf(replicaId)
    this.#replica.inFlight += 1
  }

  firstToken(): void {
    this.isWriting = true
  }

  chunk(tokens: number, nowMs: number): void {
    this.tokens += tokens
    this.#windows.overall.addTokens(nowMs, tokens)
    this.#windows.model.addTokens(nowMs, tokens)
    this.#replica?.addTokens(nowMs, tokens)
  }

  ended(record: CallRecord, nowMs: number): void {
    if (!this.#windows.inFlight.delete(this)) return
    const uncounted = Math.max(0, record.usage.output - this.tokens)
    for (const window of [this.#windows.overall, this.#windows.model, this.#replica]) {
      if (!window) continue
      window.inFlight -= 1
      window.addEnded(nowMs, record, uncounted)
    }
  }
}
