import { HeavyliftError, InvalidInputError } from '@heavylift/core'
import { mapConcurrently, withTimeout } from '@heavylift/core/async'
import { sql, type Kysely } from 'kysely'
import type { SourceSpec } from './source-spec.ts'
import type { RegisteredSources } from './registered-sources.ts'
import type { Tool } from './tool.ts'
import { sourceSilent } from './tool-sources.ts'
import type { ToolSources } from './tool-sources.ts'

/** A source of tools as people see it. */
export interface ListedSource {
  name: string
  title: string
  /** `house` is always there, `configuration` is the administrator's for all tenants, `tenant` was registered here. */
  origin: 'house' | 'configuration' | 'tenant'
  address: string | null
  /** What its tools are listed and tried with. */
  credential: string | null
}

/** A tool of a live agent's definition. */
export interface AgentTool {
  agent: string
  source: string
  tool: string
  credential: string | null
  /** What the tool was when it was chosen. */
  pin: string | null
}

const house: readonly ListedSource[] = [
  ['code', 'Code in a sandbox'],
  ['crawl', 'Pages of the web'],
  ['objects', 'Objects of the house'],
  ['ledger', 'The ledger'],
  ['mail', 'Emails as text'],
  ['memory', 'What agents keep of subjects'],
].map(([name = '', title = '']) => ofHouse(name, title))

function ofHouse(name: string, title: string): ListedSource {
  return { name, title, origin: 'house', address: null, credential: null }
}

/** A source that has not said its tools by then is left out of a search. */
const searchMs = 4_000
const keptMs = 60_000
const mostFound = 50

/** What tools there are, for people who look and choose. */
export class Catalogue {
  readonly #sources: ToolSources
  readonly #registered: RegisteredSources
  readonly #configured: Readonly<Record<string, Pick<SourceSpec, 'url'>>>
  readonly #database: Kysely<object>
  readonly #nowMs: () => number
  readonly #onListed: (tenantId: string, source: string, tools: readonly Tool[]) => Promise<void>
  readonly #known = new Map<string, { untilMs: number; tools: readonly Tool[] }>()

  constructor(options: {
    sources: ToolSources
    registered: RegisteredSources
    /** Sources of the configuration, and where they answer; a program answers at no address. */
    configured: Readonly<Record<string, Pick<SourceSpec, 'url'>>>
    database: Kysely<object>
    nowMs: () => number
    /** A source has said its tools. */
    onListed: (tenantId: string, source: string, tools: readonly Tool[]) => Promise<void>
  }) {
    this.#onListed = options.onListed
    this.#sources = options.sources
    this.#registered = options.registered
    this.#configured = options.configured
    this.#database = options.database
    this.#nowMs = options.nowMs
  }

  async sources(tenantId: string): Promise<ListedSource[]> {
    const registered = await this.#registered.list(tenantId)
    return [
      ...registered.map(({ name, title, spec, credential }): ListedSource => ({
        name,
        title,
        origin: 'tenant',
        address: spec.url ?? null,
        credential,
      })),
      ...Object.entries(this.#configured).map(([name, { url }]): ListedSource => ({
        name,
        title: name,
        origin: 'configuration',
        address: url ?? null,
        credential: null,
      })),
      ...house,
      ...this.#sources.offered().map(({ name }) => ofHouse(name, `Of the system ${name}`)),
    ]
  }

  /** The tools of a source now. @throws NotFoundError `tool-source-unknown`; InvalidInputError `source-silent` with the reason */
  async tools(tenantId: string, name: string, signal: AbortSignal): Promise<readonly Tool[]> {
    const source = await this.#sources.find(tenantId, name)
    const credential = (await this.#registered.find(tenantId, name))?.credential ?? null
    try {
      const tools = await source.list({ tenantId, credential, signal })
      this.#known.set(`${tenantId}\n${name}`, { untilMs: this.#nowMs() + keptMs, tools })
      await this.#onListed(tenantId, name, tools)
      return tools
    } catch (error) {
      if (HeavyliftError.isInstance(error) && error.status === 404) throw error
      throw new InvalidInputError({
        code: sourceSilent,
        message: `The source ${name} does not say what tools it has: ${error instanceof Error ? error.message : String(error)}`,
        cause: error,
      })
    }
  }

  /** Tools whose name or text has all the words; the house's agents are found among agents. */
  async search(
    tenantId: string,
    words: readonly string[],
    signal: AbortSignal,
  ): Promise<(ListedSource & { tool: Tool })[]> {
    const listed = await mapConcurrently(await this.sources(tenantId), 8, async (source) => {
      const known = this.#known.get(`${tenantId}\n${source.name}`)
      const tools =
        known !== undefined && known.untilMs > this.#nowMs()
          ? known.tools
          : await withTimeout(this.tools(tenantId, source.name, signal), searchMs, () => []).catch(() => [])
      return tools.map((tool) => ({ ...source, tool }))
    })
    return listed
      .flat()
      .filter(({ name, title, tool }) => {
        const text = `${name} ${title} ${tool.name} ${tool.title ?? ''} ${tool.description}`.toLowerCase()
        return words.every((word) => text.includes(word))
      })
      .slice(0, mostFound)
  }

  /** Which live agents use what. */
  async users(tenantId: string): Promise<AgentTool[]> {
    const { rows } = await sql<AgentTool>`
      select a.name as agent, t ->> 'from' as source, t ->> 'tool' as tool, t ->> 'credential' as credential, t ->> 'pin' as pin
      from agent a
        join agent_version v on v.tenant_id = a.tenant_id and v.name = a.name and v.version = a.live_version,
        jsonb_array_elements(coalesce(v.definition -> 'tools', '[]')) t
      where a.tenant_id = ${tenantId}
      order by a.name`.execute(this.#database)
    return rows
  }
}
