import type { PolicyName } from '../table/gateway-config.ts'
import type { Balancer, Outstanding, CallTraits } from './balancer.ts'
import { PrefixHolders } from './prefix-holders.ts'
import { ReadyList } from './ready-list.ts'
import { createReplica, type ReplicaSpec, updateReplica } from './create-replica.ts'
import {
  type BreakerOptions,
  defaultHealthOptions,
  type EjectionOptions,
  type HealthOptions,
  type SlowStartOptions,
} from './health-options.ts'
import { ejectOutliers } from './outlier-ejection.ts'
import { OutstandingRequest } from './outstanding-request.ts'
import { createPolicy } from './policies/create-policy.ts'
import type { Policy } from './policies/policy.ts'
import type { EngineLoad, Replica } from './replica.ts'
import { Slot } from './slot.ts'
import { Tier } from './tier.ts'

export interface BalancerOptions {
  /** A policy's name, or one of your own. */
  policy: PolicyName | Policy
  replicas: readonly ReplicaSpec[]
  /** In [0, 1). */
  random: () => number
  /** Told whenever a replica is taken out: by its breaker, as an outlier, or by a failed check. Must not call back. */
  onTakenOut?: (replicaId: string) => void
  breaker?: Partial<BreakerOptions>
  ejection?: Partial<EjectionOptions>
  slowStart?: Partial<SlowStartOptions>
}

/** Throws `RangeError` when two replicas have the same id. */
export function createBalancer(options: BalancerOptions): Balancer {
  return new ReplicaBalancer(options)
}

class ReplicaBalancer implements Balancer {
  replicas: readonly Replica[] = []
  #policy: Policy
  #policyName: PolicyName | null
  readonly #options: HealthOptions
  readonly #random: () => number
  readonly #onTakenOut: (replicaId: string) => void
  /** By tier, lowest first, then in the order of the table. */
  #slots: readonly Slot[] = []
  #tiers: readonly { tier: Tier; slots: readonly Slot[] }[] = []
  #byId: ReadonlyMap<string, Slot> = new Map()
  #lists: readonly ReadyList[] = []
  readonly #holders = new PrefixHolders()
  #nextEjectionMs = -Infinity
  /** The latest time that it was told. */
  #nowMs = 0

  constructor(options: BalancerOptions) {
    const { policy, random } = options
    this.#options = {
      breaker: { ...defaultHealthOptions.breaker, ...options.breaker },
      ejection: { ...defaultHealthOptions.ejection, ...options.ejection },
      slowStart: { ...defaultHealthOptions.slowStart, ...options.slowStart },
    }
    this.#policy = typeof policy === 'string' ? createPolicy(policy, random) : policy
    this.#policyName = typeof policy === 'string' ? policy : null
    this.#random = random
    this.#onTakenOut = options.onTakenOut ?? (() => undefined)
    this.#setReplicas(options.replicas)
    this.#listReady()
  }

  configure(table: { policy: PolicyName; replicas: readonly ReplicaSpec[] }): void {
    this.#setReplicas(table.replicas)
    if (table.policy !== this.#policyName) {
      this.#policyName = table.policy
      this.#policy = createPolicy(table.policy, this.#random)
    }
    this.#listReady()
  }

  blocked(nowMs: number): { isBusy: boolean; forMs: number } | null {
    let forMs = Infinity
    let isBusy = false
    for (const { health } of this.#slots) {
      const blockedMs = health.blockedMs(nowMs)
      if (blockedMs === 0) return null
      forMs = Math.min(forMs, blockedMs)
      isBusy ||= health.state === 'healthy'
    }
    return { isBusy, forMs }
  }

  hasRoom(nowMs: number): boolean {
    return this.#lists.some((list) => list.hasRoom(nowMs))
  }

  start(request: CallTraits, nowMs: number, excluded: readonly Replica[] = []): Outstanding | null {
    this.look(nowMs)
    const slot = this.#choose(request, nowMs, excluded)
    if (slot === null) return null
    slot.health.started()
    const outstanding = new OutstandingRequest(slot, request, nowMs)
    if (this.#policy.usesPrefix) {
      slot.remember(request)
      this.#holders.note(request, slot)
    }
    return outstanding
  }

  look(nowMs: number): void {
    this.#nowMs = Math.max(this.#nowMs, nowMs)
    if (nowMs < this.#nextEjectionMs) return
    this.#nextEjectionMs = nowMs + this.#options.ejection.everyMs
    for (const { tier } of this.#tiers) {
      if (!tier.isIdle) ejectOutliers(tier, this.#options.ejection, nowMs)
    }
    for (const list of this.#lists) list.look(nowMs)
  }

  setHealth(replicaId: string, isHealthy: boolean, nowMs: number): void {
    const slot = this.#byId.get(replicaId)
    if (slot === undefined) return
    if (!isHealthy) slot.forget()
    slot.health.setHealthy(isHealthy, nowMs)
    slot.onChange(nowMs)
  }

  setEngine(replicaId: string, load: EngineLoad | null, nowMs: number): void {
    const slot = this.#byId.get(replicaId)
    if (slot === undefined) return
    slot.replica.engine = load
    slot.onChange(nowMs)
  }

  suspect(replicaId: string, nowMs: number): void {
    const slot = this.#byId.get(replicaId)
    if (slot === undefined || !slot.health.isClosed) return
    slot.suspect(nowMs)
    slot.onChange(nowMs)
  }

  setDraining(replicaId: string, isDraining: boolean): void {
    const slot = this.#byId.get(replicaId)
    if (slot === undefined) return
    slot.health.setDraining(isDraining)
    slot.onChange(this.#nowMs)
  }

  /** A slot stays with its replica's id; one that goes lives on in the requests that it has in flight. */
  #setReplicas(specs: readonly ReplicaSpec[]): void {
    const byId = new Map<string, Slot>()
    for (const spec of specs) {
      if (byId.has(spec.id)) throw new RangeError(`Two replicas have the id "${spec.id}"; give each its own.`)
      const slot = this.#byId.get(spec.id) ?? this.#newSlot(spec)
      byId.set(spec.id, slot)
    }
    for (const spec of specs) updateReplica(byId.get(spec.id)!.replica, spec)
    this.#byId = byId
    this.#slots = [...byId.values()].toSorted((a, b) => a.replica.tier - b.replica.tier)
    this.replicas = [...byId.values()].map(({ replica }) => replica)
    const { maxShare } = this.#options.ejection
    this.#tiers = Array.from(Map.groupBy(this.#slots, (slot) => slot.replica.tier).values(), (slots) => {
      const tier = new Tier(slots, maxShare)
      for (const slot of slots) slot.tier = tier
      return { tier, slots }
    })
  }

  #newSlot(spec: ReplicaSpec): Slot {
    return new Slot(createReplica(spec), this.#options, this.#random, () => this.#onTakenOut(spec.id))
  }

  #listReady(): void {
    for (const list of this.#lists) list.end()
    this.#lists = this.#tiers.map(
      ({ slots }) => new ReadyList(slots, this.#policy, this.#holders, this.#random),
    )
  }

  #choose(request: CallTraits, nowMs: number, excluded: readonly Replica[]): Slot | null {
    const without = excluded.flatMap(({ id }) => this.#byId.get(id) ?? [])
    for (const list of this.#lists) {
      const slot = list.choose(request, nowMs, without)
      if (slot !== null) return slot
    }
    return null
  }
}
