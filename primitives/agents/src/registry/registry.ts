import type { Clock } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import { parseInput } from '@heavylift/core/input'
import type { Meanings } from '@heavylift/models/meaning'
import type { Store } from '@heavylift/store'
import type { Kysely } from 'kysely'
import { agentDefinition } from '../definition/definition.ts'
import type { Agents } from '../publish/agents.ts'
import type { Drift } from '../drift/drift.ts'
import { blastRadius } from './blast-radius.ts'
import type { BlastRadius, Node } from './blast-radius.ts'
import { cardOf, edgesOf } from './card.ts'
import { Catalogue } from './catalogue.ts'
import type { Shown } from './catalogue.ts'
import type { Near } from './catalogue-index.ts'
import { fileAll } from './file-card.ts'
import { Owners } from './owners.ts'
import type { Found, RegistryTables } from './registry-tables.ts'

const everyMs = 60_000

/** All agents of an installation: found, owned, and known in what they reach. */
export class Registry {
  readonly catalogue: Catalogue
  readonly owners: Owners
  readonly drift: Drift
  readonly #clock: Clock
  readonly #store: Store
  readonly #database: Kysely<RegistryTables>

  constructor(options: {
    store: Store
    clock: Clock
    agents: Agents
    drift: Drift
    handoverDays: number
    meanings?: Meanings | undefined
  }) {
    this.drift = options.drift
    this.#clock = options.clock
    this.#store = options.store
    this.#database = options.store.database<RegistryTables>()
    this.catalogue = new Catalogue(options)
    this.owners = new Owners(options)
  }

  /** Files agents that were published before there was a registry. */
  async fileMissing(): Promise<number> {
    return await fileAll(this.#database, this.#clock.nowMs())
  }

  /** In one of all processes: sees to owners, and whether agents do what they did, once a minute. Resolves when the signal has aborted. */
  async watch(signal: AbortSignal): Promise<void> {
    await this.#store.shared.lead('agents.registry', {
      signal,
      lead: async (leading) => {
        while (!leading.aborted) {
          await this.owners.look()
          await this.drift.look()
          await sleep(everyMs, leading, { keepsAlive: false })
        }
      },
    })
  }

  /** @throws InvalidInputError `input-invalid` where it is no definition */
  async nearest(tenantId: string, input: unknown, limit: number): Promise<(Near & { agent: Shown })[]> {
    const definition = parseInput(agentDefinition, input, 'body', 'the definition of an agent')
    const described = { ...cardOf(definition), name: definition.name, edges: edgesOf(definition) }
    return await this.catalogue.nearest(tenantId, described, limit)
  }

  /** Keeps what whoever publishes an agent answered to the nearest that there are. */
  async keepFound(tenantId: string, name: string, found: Omit<Found, 'atMs'>): Promise<void> {
    await this.#database
      .updateTable('agent_card')
      .set({ found: JSON.stringify({ ...found, atMs: this.#clock.nowMs() }) })
      .where('tenant_id', '=', tenantId)
      .where('name', '=', name)
      .execute()
  }

  async blastRadius(tenantId: string, of: Node, most: number): Promise<BlastRadius> {
    return await blastRadius(this.#database, tenantId, of, most)
  }
}
