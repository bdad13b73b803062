import { NotFoundError, type Clock } from '@heavylift/core'
import type { Meanings, MeaningRows, MeaningState } from '@heavylift/models/meaning'
import type { Store } from '@heavylift/store'
import { sql, type Kysely } from 'kysely'
import type { Agents } from '../publish/agents.ts'
import type { Described, Edge } from './card.ts'
import { CatalogueIndex, meaningText } from './catalogue-index.ts'
import type { AgentState, Cosines, CatalogueHits, CatalogueQuery, Near } from './catalogue-index.ts'
import type { Found, RegistryTables } from './registry-tables.ts'

/** An agent as the catalogue shows it. */
export interface Shown {
  name: string
  /** The one that this says of. */
  version: number
  state: AgentState
  title: string
  summary: string
  jobs: string[]
  tags: string[]
  team: string | null
  owner: string | null
  standIn: string | null
  /** `YYYY-MM-DD` */
  reviewOn: string | null
  successor: string | null
  /** Why it is deprecated, retired or paused. */
  because: string | null
  liveVersion: number | null
  canaryVersion: number | null
  found: Found | null
  edges: Edge[]
  filedMs: number
}

type CardRow = Omit<Shown, 'state' | 'because'> & {
  life: 'active' | 'deprecated' | 'retired'
  lifeBecause: string | null
  pausedBecause: string | null
}

interface Indexed {
  index: CatalogueIndex
  /** What was filed before this has been read, but for transactions that were long on their way. */
  readMs: number
  isStale: boolean
  checkedMs: number
  reading: Promise<void> | null
  /** What cosines are asked of: the index as it was some seconds ago. */
  rows: { rows: MeaningRows; layout: number; changes: number; madeMs: number } | null
}

/** What was filed by a transaction that took longer, or by a machine whose clock is further behind, is found after a restart. */
const overlapMs = 60_000
/** Vectors are put beside the rows of an index as often as this at the most. */
const rowsMs = 5_000
/** Words of changes can be lost. */
const staleMs = 5_000
/** Cards that are read at a time for their texts. */
const cardsAtOnce = 1_000
/** Tenants whose indexes are kept. */
const mostTenants = 50

/** The agents of each tenant: what they are, who answers for them, what they reach, and how they are found. */
export class Catalogue {
  readonly #clock: Clock
  readonly #database: Kysely<RegistryTables>
  readonly #indexes = new Map<string, Indexed>()
  readonly #meanings: Meanings | null

  constructor(options: {
    store: Store
    clock: Clock
    agents: Pick<Agents, 'onChange'>
    /** Vectors of `catalogueTexts`, where a model may embed; without, words alone find. */
    meanings?: Meanings | undefined
  }) {
    this.#clock = options.clock
    this.#meanings = options.meanings ?? null
    this.#database = options.store.database<RegistryTables>()
    options.agents.onChange(() => {
      for (const indexed of this.#indexes.values()) indexed.isStale = true
    })
  }

  /** Agents by words, facets and, where a model embeds, what they mean; the fittest first. */
  async search(
    tenantId: string,
    query: CatalogueQuery,
  ): Promise<Omit<CatalogueHits, 'hits'> & { agents: Shown[] }> {
    const indexed = await this.#indexed(tenantId)
    const cosines = await this.#cosines(tenantId, indexed, query.text)
    const { hits, ...rest } = indexed.index.search(query, cosines)
    const shown = await this.#read(
      tenantId,
      hits.map(({ name }) => name),
    )
    return { ...rest, agents: hits.flatMap(({ name }) => shown.get(name) ?? []) }
  }

  /** The agents most like one that is about to be published, likest first. */
  async nearest(tenantId: string, agent: Described, limit: number): Promise<(Near & { agent: Shown })[]> {
    const indexed = await this.#indexed(tenantId)
    const cosines = await this.#cosines(tenantId, indexed, meaningText(agent))
    const near = indexed.index.nearest(agent, limit, cosines)
    const shown = await this.#read(
      tenantId,
      near.map(({ name }) => name),
    )
    return near.flatMap((each) => {
      const known = shown.get(each.name)
      return known === undefined ? [] : [{ ...each, agent: known }]
    })
  }

  /** @throws NotFoundError `agent-unknown` */
  async card(tenantId: string, name: string): Promise<Shown> {
    const card = (await this.#read(tenantId, [name])).get(name)
    if (card !== undefined) return card
    throw new NotFoundError({
      code: 'agent-unknown',
      message: `There is no agent "${name}" in the registry.`,
    })
  }

  /** How far what agents mean is known. */
  meaning(tenantId: string): MeaningState | null {
    return this.#meanings?.state(tenantId) ?? null
  }

  /** Names of all that a query finds by its words, in no order: what is stopped by them is not guessed. */
  async names(tenantId: string, query: Omit<CatalogueQuery, 'limit'>): Promise<string[]> {
    const { hits } = (await this.#indexed(tenantId)).index.search({ ...query, limit: Infinity })
    return hits.map(({ name }) => name)
  }

  async #cosines(tenantId: string, indexed: Indexed, text: string): Promise<Cosines | null> {
    if (this.#meanings === null || text.trim() === '') return null
    const { index } = indexed
    const nowMs = this.#clock.monotonicMs()
    const known = indexed.rows
    const { layout, changes } = index
    if (
      known === null ||
      known.layout !== layout ||
      (known.changes !== changes && nowMs - known.madeMs > rowsMs)
    )
      indexed.rows = { rows: index.meaningRows(), layout, changes, madeMs: nowMs }
    const { rows } = indexed.rows!
    const cosines = await this.#meanings.cosines(tenantId, rows, text)
    // Another search may have given the rows other numbers meanwhile.
    return index.layout === layout ? cosines : null
  }

  async #indexed(tenantId: string): Promise<Indexed> {
    let indexed = this.#indexes.get(tenantId)
    if (indexed === undefined) {
      indexed = {
        index: new CatalogueIndex(),
        readMs: -Infinity,
        isStale: true,
        checkedMs: 0,
        reading: null,
        rows: null,
      }
      if (this.#indexes.size >= mostTenants) this.#indexes.clear()
      this.#indexes.set(tenantId, indexed)
    }
    const nowMs = this.#clock.monotonicMs()
    if (indexed.isStale || nowMs - indexed.checkedMs > staleMs) {
      const { reading } = indexed
      // What was changed while it was read may not be in what was read.
      if (reading !== null) await reading.catch(() => undefined)
      indexed.reading ??= this.#refresh(tenantId, indexed)
      await indexed.reading
    }
    return indexed
  }

  async #refresh(tenantId: string, indexed: Indexed): Promise<void> {
    indexed.isStale = false
    indexed.checkedMs = this.#clock.monotonicMs()
    const nowMs = this.#clock.nowMs()
    try {
      const rows = await this.#rows(tenantId, { sinceMs: indexed.readMs - overlapMs })
      for (const row of rows) {
        const shown = shownCard(row)
        indexed.index.put(shown)
      }
      indexed.readMs = nowMs
      if (rows.length > 0) this.#meanings?.read(tenantId)
    } catch (error) {
      indexed.isStale = true
      throw error
    } finally {
      indexed.reading = null
    }
  }

  async #read(tenantId: string, names: readonly string[]): Promise<Map<string, Shown>> {
    if (names.length === 0) return new Map()
    const rows = await this.#rows(tenantId, { names })
    return new Map(rows.map((row) => [row.name, shownCard(row)]))
  }

  async #rows(
    tenantId: string,
    which: { sinceMs: number } | { names: readonly string[] },
  ): Promise<CardRow[]> {
    const chosen =
      'names' in which
        ? sql`c.name = any(${which.names as string[]}::text[])`
        : Number.isFinite(which.sinceMs)
          ? sql`c.filed_ms >= ${which.sinceMs}`
          : sql`true`
    const { rows } = await sql<CardRow>`
      select c.name, c.version, c.title, c.summary, c.jobs, c.tags, c.team, c.owner, c.stand_in "standIn", c.review_on "reviewOn", c.found,
        c.filed_ms "filedMs", a.life, a.successor, a.life_because "lifeBecause", a.paused_because "pausedBecause",
        a.live_version "liveVersion", a.canary_version "canaryVersion",
        coalesce(e.edges, '[]'::json) edges
      from agent_card c join agent a on a.tenant_id = c.tenant_id and a.name = c.name
      left join lateral (
        select json_agg(json_build_object('kind', kind, 'target', target) order by kind, target) edges
        from agent_edge where tenant_id = c.tenant_id and agent = c.name) e on true
      where c.tenant_id = ${tenantId} and ${chosen}`.execute(this.#database)
    return rows
  }
}

function shownCard({ life, lifeBecause, pausedBecause, ...row }: CardRow): Shown {
  const state =
    life === 'active'
      ? pausedBecause !== null
        ? 'paused'
        : row.liveVersion === null
          ? 'draft'
          : 'live'
      : life
  return { ...row, state, because: life === 'active' ? pausedBecause : lifeBecause }
}

/** What the agents of a tenant are embedded by. */
export async function* catalogueTexts(
  database: Kysely<RegistryTables>,
  tenantId: string,
): AsyncGenerator<string> {
  let after = ''
  for (;;) {
    const cards = await database
      .selectFrom('agent_card')
      .select(['name', 'title', 'summary'])
      .where('tenant_id', '=', tenantId)
      .where('name', '>', after)
      .orderBy('name')
      .limit(cardsAtOnce)
      .execute()
    for (const card of cards) yield meaningText(card)
    if (cards.length < cardsAtOnce) return
    after = cards.at(-1)!.name
  }
}

export async function countCards(database: Kysely<RegistryTables>, tenantId: string): Promise<number> {
  const { count } = await database
    .selectFrom('agent_card')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('tenant_id', '=', tenantId)
    .executeTakeFirstOrThrow()
  return Number(count)
}
