import { type Clock, ConflictError, InvalidInputError } from '@heavylift/core'
import type { Store } from '@heavylift/store'
import type { ColumnType, Kysely } from 'kysely'
import type { PolicyRule } from '../definition/definition.ts'
import { compile } from '../expressions/expression.ts'
import { judgeExamples } from './example-calls.ts'
import { defaultPolicy } from './policy.ts'

export interface HouseRulesVersion {
  /** 0 where none was ever set. */
  version: number
  rules: PolicyRule[]
  note: string
  by: string
  setMs: number
}

export interface PolicyTables {
  agent_policy: {
    tenant_id: string
    version: number
    rules: ColumnType<PolicyRule[], string, string>
    note: string
    set_by: string
    set_ms: number
  }
}

/** How long another process may go by the rules of before, where the word of new ones was lost. */
const staleMs = 1_000
const changed = 'agents.policy'
const none: HouseRulesVersion = { version: 0, rules: [], note: '', by: '', setMs: 0 }

/**
 * A tenant's own rules over the calls of all its agents. They stand before the default policy, so that the first that is true decides: they may be
 * stricter, and they may let pass what the default asks or refuses.
 */
export class HouseRules {
  readonly #clock: Clock
  readonly #database: Kysely<PolicyTables>
  readonly #store: Store
  readonly #known = new Map<string, { found: HouseRulesVersion; all: readonly PolicyRule[]; atMs: number }>()

  constructor({ store, clock, signal }: { store: Store; clock: Clock; signal: AbortSignal }) {
    this.#store = store
    this.#database = store.database<PolicyTables>()
    this.#clock = clock
    store.shared.listen(changed, signal, () => this.#known.clear())
  }

  /** Every rule that holds for a tenant, in the order in which they are asked. */
  async policy(tenantId: string): Promise<readonly PolicyRule[]> {
    const known = this.#known.get(tenantId)
    const nowMs = this.#clock.monotonicMs()
    if (known !== undefined && nowMs - known.atMs < staleMs) return known.all
    const found = await this.current(tenantId)
    const all = known?.found.version === found.version ? known.all : [...found.rules, ...defaultPolicy]
    if (this.#known.size > 5_000) this.#known.clear()
    this.#known.set(tenantId, { found, all, atMs: nowMs })
    return all
  }

  async current(tenantId: string): Promise<HouseRulesVersion> {
    return (await this.history(tenantId, 1))[0] ?? none
  }

  /** Newest first. */
  async history(tenantId: string, limit: number): Promise<HouseRulesVersion[]> {
    const rows = await this.#database
      .selectFrom('agent_policy')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .orderBy('version', 'desc')
      .limit(limit)
      .execute()
    return rows.map(({ version, rules, note, set_by: by, set_ms: setMs }) => ({
      version,
      rules,
      note,
      by,
      setMs,
    }))
  }

  /**
   * Puts rules in force, for the next call of every agent.
   * @throws InvalidInputError `rule-wrong`; ConflictError `policy-changed` where somebody else set others since `basedOn`
   */
  async set(
    tenantId: string,
    rules: readonly PolicyRule[],
    of: { note: string; by: string; basedOn: number },
  ): Promise<HouseRulesVersion> {
    checkRules(rules)
    const version = of.basedOn + 1
    const current = await this.current(tenantId)
    const added =
      current.version !== of.basedOn
        ? null
        : await this.#database
            .insertInto('agent_policy')
            .values({
              tenant_id: tenantId,
              version,
              rules: JSON.stringify(rules),
              note: of.note,
              set_by: of.by,
              set_ms: this.#clock.nowMs(),
            })
            .onConflict((conflict) => conflict.doNothing())
            .executeTakeFirst()
    if (added === null || added.numInsertedOrUpdatedRows === 0n)
      throw new ConflictError({
        code: 'policy-changed',
        message: 'Somebody has set other rules meanwhile. Look at them, and set yours on top.',
      })
    this.#known.clear()
    await this.#store.shared.notify(changed, this.#database)
    return await this.current(tenantId)
  }
}

/**
 * Reads every rule, and asks it of the example calls, so that a field that is not there is found before a call fails on it.
 * @throws InvalidInputError `rule-wrong`
 */
export function checkRules(rules: readonly PolicyRule[]): void {
  const ids = new Set<string>()
  for (const rule of rules) {
    if (ids.has(rule.id)) throw ruleWrong(rule, 'another rule has this id')
    ids.add(rule.id)
    try {
      compile(rule.when)
    } catch (error) {
      throw ruleWrong(rule, error instanceof Error ? error.message : String(error))
    }
    const failed = judgeExamples([rule]).find(({ because }) =>
      because.startsWith(`The rule "${rule.id}" failed`),
    )
    if (failed !== undefined) throw ruleWrong(rule, failed.because)
  }
}

function ruleWrong({ id }: PolicyRule, why: string): InvalidInputError {
  return new InvalidInputError({
    code: 'rule-wrong',
    message: `The rule "${id}": ${why}. A rule speaks of agent, user, tool, args, origins, found, chosen and call; has(args.x) asks whether there is one.`,
  })
}
