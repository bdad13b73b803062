import { systemClock } from '@heavylift/core'
import type { Clock, KeyLimits } from '@heavylift/core'
import type { GatewayConfig } from '../table/gateway-config.ts'
import { Allowance, compileLimits, tighter } from './allowance.ts'
import type { CompiledLimits, Spent, Wish } from './allowance.ts'
import { Blocks } from './shared/blocks.ts'
import type { BlocksOptions, Claim } from './shared/blocks.ts'
import { sharesOf } from './shared/shares-of.ts'
import { UtcCalendar } from './utc-calendar.ts'

/** The part of the gateway's table that says who may use how much. */
export type LimitsTable = Pick<GatewayConfig, 'tenants' | 'keys' | 'defaults'>

export interface LimitedRequest {
  tenantId: string
  keyId: string | null
  /** What the key brings from where it is kept; the table's limits for it hold as well. */
  limits?: KeyLimits
  model: string
  /** Prompt and expected output, estimated. */
  tokens: number
  /** Most that it may cost, in millionths of a US dollar; asked only where there is a budget. 0 when absent. */
  mayCostMicros?: () => number
}

/** A request that was let in. */
export interface Permit {
  /** Its tenant's share of the queue. */
  readonly weight: number
  /** Who holds the money that it costs, where budgets are shared with other processes; for `MeteredCall.paidBy`. */
  readonly paidBy: string | null
  /**
   * At the request's end, whatever the end; only the first call counts. `tokens` is what it really used, `costMicros`
   * what that cost in millionths of a US dollar: 0 and 0 when no replica answered.
   */
  settle(tokens: number, costMicros: number): void
}

/** What was spent since the beginning of the UTC day and month; `keyId` null for the tenant as a whole. */
export interface SpentRow extends Spent {
  tenantId: string
  keyId: string | null
}

const firstSweep = 1024

/** What `Blocks` need beside what `Limits` know. */
export type SharingOptions = Omit<BlocksOptions, 'nowMs' | 'refuse'>

/**
 * Rates, concurrency, budgets and allowed models of tenants and keys. All of it is counted in memory of this process; with
 * `sharing`, of what it holds in blocks of what all processes on one database may use together (see `Blocks`). A key that is not
 * listed has the limits of its tenant only; a tenant that is not listed has the defaults. A request reserves of a budget
 * what it may cost until it has ended, so that requests under way cannot overrun it together. Memory is that of tenants
 * and keys that were active of late or spent something this month.
 */
export class Limits {
  readonly #clock: Clock
  readonly #calendar = new UtcCalendar()
  readonly #tenants = new Map<string, Allowance>()
  readonly #keys = new Map<string, Allowance>()
  #table!: {
    tenants: Map<string, CompiledLimits>
    keys: Map<string, CompiledLimits>
    defaults: CompiledLimits
  }
  /** What keys brought of their own, by key id, with what the table says of them. */
  readonly #brought = new Map<string, { own: KeyLimits; limits: CompiledLimits }>()
  #sweepAt = firstSweep
  readonly #blocks: Blocks | null
  readonly #holder: string | null

  constructor(table: LimitsTable, clock: Clock = systemClock, sharing: SharingOptions | null = null) {
    this.#clock = clock
    this.#holder = sharing?.holder ?? null
    this.#blocks =
      sharing &&
      new Blocks({
        ...sharing,
        nowMs: () => clock.nowMs(),
        refuse: (claim, answer) => {
          const nowMs = this.#now()
          return this.#allowanceOf(claim.share.scope, nowMs).refusedByAll(
            claim,
            answer,
            nowMs,
            this.#calendar,
          )
        },
      })
    this.configure(table)
  }

  /** New limits for all; what has been used and spent stays counted. */
  configure(table: LimitsTable): void {
    this.#table = {
      tenants: compileAll(table.tenants),
      keys: compileAll(table.keys),
      defaults: compileLimits(table.defaults),
    }
    const nowMs = this.#clock.nowMs()
    for (const [id, allowance] of this.#tenants) {
      this.#limit(allowance, tenantScope(id), this.#table.tenants.get(id) ?? this.#table.defaults, nowMs)
    }
    for (const [id, { own }] of this.#brought) this.#brought.set(id, this.#withTable(id, own))
    for (const [id, allowance] of this.#keys)
      this.#limit(allowance, keyScope(id), this.#limitsOfKey(id), nowMs)
  }

  /** Takes what was spent before this process began from the metering store. A new month or day starts from nothing. */
  load(rows: Iterable<SpentRow>): void {
    const nowMs = this.#now()
    for (const row of rows) {
      const allowance = row.keyId === null ? this.#tenant(row.tenantId, nowMs) : this.#key(row.keyId, nowMs)
      allowance.load(row, this.#calendar)
    }
  }

  /**
   * Lets the request in and counts it; a promise only where a block of what is shared has to come first. Throws, or rejects
   * with, `ShedError` when a limit of its tenant or key says no.
   */
  admit(request: LimitedRequest): Permit | Promise<Permit> {
    const nowMs = this.#now()
    const tokens = Math.max(0, request.tokens)
    const tenant = this.#tenant(request.tenantId, nowMs)
    if (request.keyId !== null && request.limits) this.#bring(request.keyId, request.limits, nowMs)
    const key = request.keyId === null ? null : this.#key(request.keyId, nowMs)
    const hasBudget = tenant.hasBudget || key?.hasBudget === true
    const micros = hasBudget ? (request.mayCostMicros?.() ?? 0) : 0
    const wish = { model: request.model, tokens, micros }
    const refusal = key?.refusal(wish, nowMs, this.#calendar) ?? tenant.refusal(wish, nowMs, this.#calendar)
    if (refusal) throw refusal
    const claims = this.#blocks === null ? [] : [...tenant.claims(wish), ...(key?.claims(wish) ?? [])]
    if (this.#blocks === null || claims.length === 0) return this.#begin(tenant, key, wish, claims)
    const coming = this.#blocks.take(claims)
    if (coming === null) return this.#begin(tenant, key, wish, claims)
    return coming.then(() => this.#begin(tenant, key, wish, claims))
  }

  #begin(tenant: Allowance, key: Allowance | null, wish: Wish, claims: readonly Claim[]): Permit {
    tenant.begin(wish)
    key?.begin(wish)
    return new Admitted(this, tenant, key, wish, claims, claims.length === 0 ? null : this.#holder)
  }

  /** Other processes need what is free here of a share. */
  giveBack(kind: string, scope: string): void {
    this.#blocks?.giveBack(kind, scope)
  }

  /** Gives back what is held of what is shared, once all is settled and in the books. */
  async close(): Promise<void> {
    await this.#blocks?.close()
  }

  /** Whether tenant and key may ask for the model. */
  mayUse(caller: Pick<LimitedRequest, 'tenantId' | 'keyId' | 'limits'>, model: string): boolean {
    const ofTenant = (this.#table.tenants.get(caller.tenantId) ?? this.#table.defaults).models
    const ofKey = caller.keyId === null ? null : (this.#table.keys.get(caller.keyId)?.models ?? null)
    const isBrought = caller.limits?.models?.includes(model) ?? true
    return isBrought && (ofTenant?.has(model) ?? true) && (ofKey?.has(model) ?? true)
  }

  /** Counts a cost that belongs to no permit. */
  spend(tenantId: string, keyId: string | null, costMicros: number): void {
    const nowMs = this.#now()
    this.#tenant(tenantId, nowMs).spend(costMicros, this.#calendar)
    if (keyId !== null) this.#key(keyId, nowMs).spend(costMicros, this.#calendar)
  }

  /** What a tenant has under way and has spent, for the console. */
  tenantUse(tenantId: string): Spent & { inFlight: number } {
    return this.#use(this.#tenants.get(tenantId))
  }

  keyUse(keyId: string): Spent & { inFlight: number } {
    return this.#use(this.#keys.get(keyId))
  }

  /** Tenants and keys that are remembered. */
  get size(): number {
    return this.#tenants.size + this.#keys.size
  }

  /** For `Permit.settle`. */
  settle(
    { tenant, key, wish, claims }: Pick<Admitted, 'tenant' | 'key' | 'wish' | 'claims'>,
    tokens: number,
    costMicros: number,
  ): void {
    this.#now()
    const used = { budget: costMicros, flight: 0, requests: 1, tokens }
    for (const { share, units } of claims) share.settle(units, used[share.kind])
    for (const allowance of key === null ? [tenant] : [tenant, key]) {
      allowance.end(wish, tokens)
      allowance.spend(costMicros, this.#calendar)
    }
  }

  #use(allowance: Allowance | undefined): Spent & { inFlight: number } {
    this.#now()
    return {
      inFlight: allowance?.inFlight ?? 0,
      ...(allowance?.spent(this.#calendar) ?? { dayMicros: 0, monthMicros: 0 }),
    }
  }

  #now(): number {
    const nowMs = this.#clock.nowMs()
    this.#calendar.update(nowMs)
    if (this.size >= this.#sweepAt) this.#sweep(nowMs)
    return nowMs
  }

  /** Before an allowance is looked up, never between look-up and use. */
  #sweep(nowMs: number): void {
    for (const among of [this.#tenants, this.#keys]) {
      for (const [id, allowance] of among) {
        if (!allowance.isBlank(nowMs, this.#calendar)) continue
        among.delete(id)
        for (const share of allowance.shares) this.#blocks?.forget(share)
      }
    }
    for (const id of this.#brought.keys()) if (!this.#keys.has(id)) this.#brought.delete(id)
    // Twice what is left: a sweep's cost is spread over as many newcomers.
    this.#sweepAt = Math.max(firstSweep, this.size * 2)
  }

  #tenant(id: string, nowMs: number): Allowance {
    const known = this.#tenants.get(id)
    if (known) return known
    const limits = this.#table.tenants.get(id) ?? this.#table.defaults
    const allowance = new Allowance(`tenant ${id}`, limits, nowMs)
    this.#limit(allowance, tenantScope(id), limits, nowMs)
    this.#tenants.set(id, allowance)
    return allowance
  }

  #key(id: string, nowMs: number): Allowance {
    const known = this.#keys.get(id)
    if (known) return known
    const limits = this.#limitsOfKey(id)
    const allowance = new Allowance(`key ${id}`, limits, nowMs)
    this.#limit(allowance, keyScope(id), limits, nowMs)
    this.#keys.set(id, allowance)
    return allowance
  }

  #bring(id: string, own: KeyLimits, nowMs: number): void {
    if (this.#brought.get(id)?.own === own) return
    const brought = this.#withTable(id, own)
    this.#brought.set(id, brought)
    const allowance = this.#keys.get(id)
    if (allowance) this.#limit(allowance, keyScope(id), brought.limits, nowMs)
  }

  #limitsOfKey(id: string): CompiledLimits {
    return this.#brought.get(id)?.limits ?? this.#table.keys.get(id) ?? unlimited
  }

  #withTable(id: string, own: KeyLimits): { own: KeyLimits; limits: CompiledLimits } {
    return { own, limits: compileLimits(tighter((this.#table.keys.get(id) ?? unlimited).config, own)) }
  }

  #limit(allowance: Allowance, scope: string, limits: CompiledLimits, nowMs: number): void {
    allowance.configure(limits, nowMs)
    if (this.#blocks) allowance.shares = sharesOf(this.#blocks, scope, limits)
  }

  #allowanceOf(scope: string, nowMs: number): Allowance {
    const id = scope.slice(2)
    return scope.startsWith('t:') ? this.#tenant(id, nowMs) : this.#key(id, nowMs)
  }
}

/** As `src/metering/write-calls.ts` names them in the books. */
const tenantScope = (id: string): string => `t:${id}`
const keyScope = (id: string): string => `k:${id}`

class Admitted implements Permit {
  readonly weight: number
  readonly paidBy: string | null
  readonly #limits: Limits
  readonly tenant: Allowance
  readonly key: Allowance | null
  readonly wish: Wish
  readonly claims: readonly Claim[]
  #isSettled = false

  constructor(
    limits: Limits,
    tenant: Allowance,
    key: Allowance | null,
    wish: Wish,
    claims: readonly Claim[],
    paidBy: string | null,
  ) {
    this.#limits = limits
    this.tenant = tenant
    this.key = key
    this.wish = wish
    this.claims = claims
    this.paidBy = paidBy
    this.weight = tenant.limits.config.weight
  }

  settle(tokens: number, costMicros: number): void {
    if (this.#isSettled) return
    this.#isSettled = true
    this.#limits.settle(this, tokens, costMicros)
  }
}

const unlimited = compileLimits({
  requestsPerMinute: null,
  tokensPerMinute: null,
  maxInFlight: null,
  budgetUsdPerDay: null,
  budgetUsdPerMonth: null,
  weight: 1,
  models: null,
})

function compileAll(limits: Record<string, LimitsTable['defaults']>): Map<string, CompiledLimits> {
  return new Map(Object.entries(limits).map(([id, config]) => [id, compileLimits(config)]))
}
