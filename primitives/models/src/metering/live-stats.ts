import type { Replica } from '../routing/replica.ts'
import { isSampleModel } from '../table/sample-names.ts'
import type { CallRecord } from './call-record.ts'
import type { GatewaySnapshot } from './gateway-snapshot.ts'
import { loadSeconds, LoadWindow } from './load-window.ts'

const maxCallsListed = 200
const replicaSeconds = 60
/** Models and replicas come and go with the table; the windows of those that left are kept up to this many. */
const maxWindows = 1024

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
}

interface TrackedCall extends BeganCall {
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
  const inFlight = new Set<TrackedCall>()

  return {
    began(call, nowMs) {
      return new Tracked(call, nowMs, {
        overall: isSampleModel(call.model) ? sample : overall,
        model: windowOf(models, call.model),
        replicaOf: (id) => windowOf(replicas, id),
        inFlight,
      })
    },

    snapshot(served, nowMs, tenantId) {
      const showsCost = tenantId === null
      const list = [...served]
      const byId = new Map<string, { replica: Replica; servedAs: string[] }>()
      for (const { name, replicas: own } of list) {
        for (const replica of own) {
          const known = byId.get(replica.id)
          if (known) known.servedAs.push(name)
          else byId.set(replica.id, { replica, servedAs: [name] })
        }
      }
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
        replicas: Array.from(byId.values(), ({ replica, servedAs }) => ({
          ...windowOf(replicas, replica.id).read(nowMs, replicaSeconds, showsCost),
          id: replica.id,
          provider: replica.provider,
          model: replica.model,
          servedAs,
          tier: replica.tier,
          weight: replica.weight,
          maxInFlight: Number.isFinite(replica.maxInFlight) ? replica.maxInFlight : null,
          state: replica.state,
          tokensInFlight: replica.tokensInFlight,
          prefillTokensInFlight: replica.prefillTokensInFlight,
        })),
        calls: listCalls(inFlight, nowMs, tenantId),
      }
    },
  }
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
  inFlight: ReadonlySet<TrackedCall>,
  nowMs: number,
  tenantId: string | null,
): GatewaySnapshot['calls'] {
  const listed: GatewaySnapshot['calls'] = []
  for (const call of inFlight) {
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
  inFlight: Set<TrackedCall>
}

class Tracked implements TrackedCall, LiveCall {
  readonly id: string
  readonly tenantId: string
  readonly model: string
  readonly atMs: number
  replicaId: string | null = null
  isWriting = false
  tokens = 0
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
