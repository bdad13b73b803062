import { createHash } from 'node:crypto'
import { type Clock, ConflictError, InvalidInputError, NotFoundError } from '@heavylift/core'
import { parseInput } from '@heavylift/core/input'
import type { Store } from '@heavylift/store'
import { type Kysely } from 'kysely'
import { agentDefinition } from '../definition/definition.ts'
import type { AgentDefinition } from '../definition/definition.ts'
import { definitionHash } from '../files/canonical.ts'
import { fileCard } from '../registry/file-card.ts'
import type { RegistryTables } from '../registry/registry-tables.ts'
import type { Limits } from '../run/limits.ts'
import type { AgentRow, VersionRow } from '../run/run-row.ts'
import { checkDefinition } from './check-definition.ts'

/** PostgreSQL's `integer`; a larger number names no version. */
export const latestVersion = 2 ** 31 - 1

/** How soon a process knows that an agent was paused or published by another, where the word of it was lost. */
const staleMs = 1_000
const changed = 'agents.changed'

/** Agents and their versions. A version never changes; which one new runs get does. */
export class Agents {
  readonly #database: Kysely<RegistryTables>
  readonly #store: Store
  readonly #clock: Clock
  readonly #rows = new Map<string, { row: AgentRow | null; atMs: number }>()
  readonly #listeners = new Set<() => void>()
  readonly #definitions = new Map<string, AgentDefinition>()
  readonly #onLive: (tenantId: string, definition: AgentDefinition) => Promise<void>
  readonly #mayGoLive: (tenantId: string, name: string, version: number) => Promise<void>

  constructor(options: {
    store: Store
    clock: Clock
    signal: AbortSignal
    /** Before a version goes live for all runs. */
    onLive: (tenantId: string, definition: AgentDefinition) => Promise<void>
    /** Rejects where a version has not passed the cases of its agent. */
    mayGoLive: (tenantId: string, name: string, version: number) => Promise<void>
  }) {
    this.#mayGoLive = options.mayGoLive
    this.#onLive = options.onLive
    this.#store = options.store
    this.#database = options.store.database<RegistryTables>()
    this.#clock = options.clock
    options.store.shared.listen(changed, options.signal, () => {
      this.#rows.clear()
      this.#changed()
    })
  }

  /** Calls `hear` when something of some agent has changed, in this process or another. */
  onChange(hear: () => void): void {
    this.#listeners.add(hear)
  }

  #changed(): void {
    this.#listeners.forEach((hear) => hear())
  }

  /**
   * Writes a definition down as the next version. It is not live before `putLive`; the same definition as the last one's is that version.
   * @throws InvalidInputError `input-invalid` or `definition-wrong`
   */
  async publish(tenantId: string, input: unknown, note = ''): Promise<{ name: string; version: number }> {
    const definition = parseInput(agentDefinition, input, 'body', 'the definition of an agent')
    await checkDefinition(definition, (name) => this.#liveOf(tenantId, name))
    const json = JSON.stringify(definition)
    const hash = definitionHash(definition)
    const nowMs = this.#clock.nowMs()
    const version = await this.#database.transaction().execute(async (transaction) => {
      await transaction
        .insertInto('agent')
        .values({ tenant_id: tenantId, name: definition.name, changed_ms: nowMs })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      // Two that publish at once get two numbers.
      await transaction
        .selectFrom('agent')
        .select('name')
        .where('tenant_id', '=', tenantId)
        .where('name', '=', definition.name)
        .forUpdate()
        .execute()
      const last = await transaction
        .selectFrom('agent_version')
        .select(['version', 'hash'])
        .where('tenant_id', '=', tenantId)
        .where('name', '=', definition.name)
        .orderBy('version', 'desc')
        .limit(1)
        .executeTakeFirst()
      if (last?.hash === hash) return last.version
      const next = (last?.version ?? 0) + 1
      await transaction
        .insertInto('agent_version')
        .values({
          tenant_id: tenantId,
          name: definition.name,
          version: next,
          definition: json,
          hash,
          note,
          published_ms: nowMs,
        })
        .execute()
      await fileCard(transaction, tenantId, definition.name, nowMs)
      return next
    })
    await this.#tell()
    return { name: definition.name, version }
  }

  /**
   * Gives a version to new runs: all of them, or as a canary a share (0 to 1) of them. Rollback is the same with an older one. A version that was never live has passed the agent's
   * cases first, unless somebody says why not (`despite`), which is kept with it.
   * @throws NotFoundError `version-unknown`, `tool-source-unknown`; ConflictError `cases-not-passed`, `no-live-version`; InvalidInputError `share-wrong`
   */
  async putLive(
    tenantId: string,
    name: string,
    version: number,
    share = 1,
    despite: string | null = null,
  ): Promise<void> {
    const definition = await this.definition(tenantId, name, version)
    if (!(share > 0 && share <= 1))
      throw new InvalidInputError({
        code: 'share-wrong',
        message: 'The share of runs is above 0 and at most 1.',
      })
    const row = await this.find(tenantId, name)
    if (share < 1 && row.live_version === null)
      throw new ConflictError({
        code: 'no-live-version',
        message: 'A canary needs a live version beside it. Put one live first.',
      })
    await this.#beginLive(tenantId, name, version, despite)
    if (share < 1) {
      await this.#change(tenantId, name, { canary_version: version, canary_share: share })
      return
    }
    await this.#onLive(tenantId, definition)
    await this.#change(tenantId, name, {
      live_version: version,
      canary_version: null,
      canary_share: 0,
      team: definition.owner?.team ?? null,
    })
  }

  async #beginLive(tenantId: string, name: string, version: number, despite: string | null): Promise<void> {
    const ofVersion = this.#database
      .updateTable('agent_version')
      .where('tenant_id', '=', tenantId)
      .where('name', '=', name)
      .where('version', '=', version)
      .where('live_ms', 'is', null)
    const { live_ms: liveMs } = await this.#database
      .selectFrom('agent_version')
      .select('live_ms')
      .where('tenant_id', '=', tenantId)
      .where('name', '=', name)
      .where('version', '=', version)
      .executeTakeFirstOrThrow()
    if (liveMs !== null) return
    if (despite === null) await this.#mayGoLive(tenantId, name, version)
    await ofVersion.set({ live_ms: this.#clock.nowMs(), live_despite: despite }).execute()
  }

  /** The version that was put live last before another one, or null. */
  async liveBefore(tenantId: string, name: string, version: number): Promise<number | null> {
    const row = await this.#database
      .selectFrom('agent_version')
      .select('version')
      .where('tenant_id', '=', tenantId)
      .where('name', '=', name)
      .where('version', '<>', version)
      .where('live_ms', 'is not', null)
      .orderBy('live_ms', 'desc')
      .limit(1)
      .executeTakeFirst()
    return row?.version ?? null
  }

  /** Ends the canary; runs on it go on. */
  async endCanary(tenantId: string, name: string): Promise<void> {
    await this.#change(tenantId, name, { canary_version: null, canary_share: 0 })
  }

  /** No new run starts until `because` is null again; runs under way go on. */
  async pause(tenantId: string, name: string, because: string | null): Promise<void> {
    await this.#change(tenantId, name, { paused_because: because })
  }

  /**
   * Where an agent stands in its life. A deprecated one names a successor, of which callers are told; a retired one begins no run.
   * @throws NotFoundError `agent-unknown`; InvalidInputError `successor-wrong`
   */
  async setLife(
    tenantId: string,
    name: string,
    {
      life,
      successor,
      because,
    }: { life: AgentRow['life']; successor: string | null; because: string | null },
  ): Promise<void> {
    const next = successor === null ? null : await this.#row(tenantId, successor)
    if (life === 'deprecated' ? next?.live_version == null : successor !== null && next === null)
      throw new InvalidInputError({
        code: 'successor-wrong',
        message: 'Name a live agent that takes its place.',
      })
    if (successor === name || next?.life === 'retired')
      throw new InvalidInputError({
        code: 'successor-wrong',
        message: `The successor of "${name}" is another agent, and none that is retired.`,
      })
    const isActive = life === 'active'
    await this.#change(tenantId, name, {
      life,
      successor: isActive ? null : successor,
      life_because: isActive ? null : because,
    })
  }

  /** What a caller of a deprecated agent is told; null of any other. */
  async warning(tenantId: string, name: string): Promise<string | null> {
    const row = await this.#row(tenantId, name)
    return row?.life === 'deprecated' ? `The agent "${name}" is deprecated${adviceOf(row)}` : null
  }

  /** @throws NotFoundError `agent-unknown` */
  async find(tenantId: string, name: string): Promise<AgentRow> {
    const row = await this.#row(tenantId, name)
    if (row === null) throw agentUnknown(name)
    return row
  }

  /** The first 1,000 by name, each with what its card says of it: null of one that was never filed. */
  async list(tenantId: string): Promise<(AgentRow & { title: string | null; summary: string | null })[]> {
    return await this.#database
      .selectFrom('agent')
      .leftJoin('agent_card', (on) =>
        on.onRef('agent_card.tenant_id', '=', 'agent.tenant_id').onRef('agent_card.name', '=', 'agent.name'),
      )
      .selectAll('agent')
      .select(['agent_card.title', 'agent_card.summary'])
      .where('agent.tenant_id', '=', tenantId)
      .orderBy('agent.name')
      .limit(1_000)
      .execute()
  }

  /** Names of agents that take runs, after a name, in the order of names. */
  async callable(tenantId: string, after: string, limit: number): Promise<string[]> {
    const rows = await this.#database
      .selectFrom('agent')
      .select('name')
      .where('tenant_id', '=', tenantId)
      .where('name', '>', after)
      .where('live_version', 'is not', null)
      .where('paused_because', 'is', null)
      .orderBy('name')
      .limit(limit)
      .execute()
    return rows.map(({ name }) => name)
  }

  /** The live definition, with its version. @throws NotFoundError `agent-unknown`, ConflictError `agent-not-live` */
  async live(tenantId: string, name: string): Promise<{ definition: AgentDefinition; version: number }> {
    const { live_version: version } = await this.find(tenantId, name)
    if (version === null) throw notLive(name)
    return { definition: await this.definition(tenantId, name, version), version }
  }

  async versions(
    tenantId: string,
    name: string,
  ): Promise<Pick<VersionRow, 'version' | 'hash' | 'note' | 'published_ms' | 'live_despite'>[]> {
    return await this.#database
      .selectFrom('agent_version')
      .select(['version', 'hash', 'note', 'published_ms', 'live_despite'])
      .where('tenant_id', '=', tenantId)
      .where('name', '=', name)
      .orderBy('version', 'desc')
      .limit(500)
      .execute()
  }

  /** @throws NotFoundError `version-unknown` */
  async definition(tenantId: string, name: string, version: number): Promise<AgentDefinition> {
    const key = `${tenantId}\n${name}\n${version}`
    const known = this.#definitions.get(key)
    if (known !== undefined) return known
    const row =
      Number.isInteger(version) &&
      version >= 1 &&
      version <= latestVersion &&
      (await this.#database
        .selectFrom('agent_version')
        .select('definition')
        .where('tenant_id', '=', tenantId)
        .where('name', '=', name)
        .where('version', '=', version)
        .executeTakeFirst())
    if (!row)
      throw new NotFoundError({
        code: 'version-unknown',
        message: `The agent "${name}" has no version ${version}.`,
      })
    const definition = agentDefinition.parse(row.definition)
    if (this.#definitions.size > 2_000) this.#definitions.clear()
    this.#definitions.set(key, definition)
    return definition
  }

  /**
   * The version that a new run gets; by its id, so that the same id has the same.
   * @throws NotFoundError `agent-unknown`, ConflictError `agent-not-live`, `agent-paused` or `agent-retired`
   */
  async versionFor(tenantId: string, name: string, runId: string): Promise<number> {
    const row = await this.find(tenantId, name)
    if (row.life === 'retired')
      throw new ConflictError({
        code: 'agent-retired',
        message: `The agent "${name}" is retired${adviceOf(row)}`,
      })
    if (row.paused_because !== null)
      throw new ConflictError({
        code: 'agent-paused',
        message: `The agent "${name}" is paused: ${row.paused_because}`,
      })
    if (row.canary_version !== null && shareOf(name, runId) < row.canary_share) return row.canary_version
    if (row.live_version !== null) return row.live_version
    throw notLive(name)
  }

  /** What holds for all runs of an agent now, whatever their version. */
  async limitsOf(tenantId: string, name: string): Promise<{ limits: Limits; team: string | null }> {
    const row = await this.#row(tenantId, name)
    const live = await this.#liveOf(tenantId, name)
    return { limits: live?.limits ?? {}, team: row?.team ?? null }
  }

  async #row(tenantId: string, name: string): Promise<AgentRow | null> {
    const key = `${tenantId}\n${name}`
    const nowMs = this.#clock.monotonicMs()
    const known = this.#rows.get(key)
    if (known !== undefined && nowMs - known.atMs < staleMs) return known.row
    const row = await this.#database
      .selectFrom('agent')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .where('name', '=', name)
      .executeTakeFirst()
    if (this.#rows.size > 5_000) this.#rows.clear()
    this.#rows.set(key, { row: row ?? null, atMs: nowMs })
    return row ?? null
  }

  async #liveOf(tenantId: string, name: string): Promise<AgentDefinition | null> {
    const row = await this.#row(tenantId, name)
    return row?.live_version == null ? null : await this.definition(tenantId, name, row.live_version)
  }

  async #change(tenantId: string, name: string, change: Partial<AgentRow>): Promise<void> {
    const nowMs = this.#clock.nowMs()
    await this.#database.transaction().execute(async (transaction) => {
      const { numUpdatedRows } = await transaction
        .updateTable('agent')
        .set({ ...(change as object), changed_ms: nowMs })
        .where('tenant_id', '=', tenantId)
        .where('name', '=', name)
        .executeTakeFirst()
      if (numUpdatedRows === 0n) throw agentUnknown(name)
      await fileCard(transaction, tenantId, name, nowMs)
    })
    await this.#tell()
  }

  async #tell(): Promise<void> {
    this.#rows.clear()
    this.#changed()
    await this.#store.shared.notify(changed, this.#database)
  }
}

function adviceOf({ life_because: because, successor }: AgentRow): string {
  return `${because === null ? '' : `: ${because.replace(/[.]$/, '')}`}.${successor === null ? '' : ` Call "${successor}" instead.`}`
}

function agentUnknown(name: string): NotFoundError {
  return new NotFoundError({ code: 'agent-unknown', message: `There is no agent "${name}".` })
}

function notLive(name: string): ConflictError {
  return new ConflictError({
    code: 'agent-not-live',
    message: `No version of the agent "${name}" is live. Publish one and put it live.`,
  })
}

/** Where a run falls between 0 and 1, evenly and always the same. */
function shareOf(name: string, runId: string): number {
  const hash = createHash('sha256').update(`${name}\n${runId}`).digest()
  return hash.readUInt32BE(0) / 2 ** 32
}
