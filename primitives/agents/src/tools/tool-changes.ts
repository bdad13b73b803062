import { ConflictError, HeavyliftError, NotFoundError, type Clock } from '@heavylift/core'
import type { Kysely } from 'kysely'
import type { ColumnType } from 'kysely'
import type { Drafts } from '../drafts/drafts.ts'
import { changesBetween } from '../files/change.ts'
import { diffWords } from '../files/diff-words.ts'
import type { DiffLine } from '../files/diff-words.ts'
import type { Agents } from '../publish/agents.ts'
import type { AgentTool } from './catalogue.ts'
import type { Tool } from './tool.ts'

/** What a tool says of itself, and what a pin stands for. */
type Described = Pick<Tool, 'description' | 'input' | 'output' | 'effect'>

export interface ToolChangeTables {
  tool_text: {
    tenant_id: string
    source: string
    pin: string
    described: ColumnType<Described, string, string>
  }
  tool_change: {
    tenant_id: string
    source: string
    tool: string
    was_pin: string
    now_pin: string
    found_ms: number
  }
}

/** A tool that is not what it was when agents took it up. */
export interface ToolChange {
  source: string
  tool: string
  wasPin: string
  nowPin: string
  foundMs: number
  /** Null where nobody looked at the tool while it was what it was. */
  diff: DiffLine[] | null
  /** Live agents that take it for what it was. */
  agents: string[]
}

/** Pins that this process has written down already. */
const mostKept = 20_000

/** Keeps what tools said of themselves; pauses the agents of one that changed, until somebody takes it as it is. */
export class ToolChanges {
  readonly #agents: Agents
  readonly #clock: Clock
  readonly #database: Kysely<ToolChangeTables>
  readonly #draftsOf: (tenantId: string) => Drafts
  readonly #usersOf: (tenantId: string) => Promise<AgentTool[]>
  readonly #kept = new Set<string>()

  constructor(options: {
    agents: Agents
    clock: Clock
    database: Kysely<ToolChangeTables>
    draftsOf: (tenantId: string) => Drafts
    /** Tools that live agents name. */
    usersOf: (tenantId: string) => Promise<AgentTool[]>
  }) {
    this.#agents = options.agents
    this.#clock = options.clock
    this.#database = options.database
    this.#draftsOf = options.draftsOf
    this.#usersOf = options.usersOf
  }

  /** Keeps what tools say of themselves, for the day on which they say something else. */
  async keep(tenantId: string, source: string, tools: readonly Tool[]): Promise<void> {
    const fresh = tools.filter(({ pin }) => !this.#kept.has(`${tenantId}\n${source}\n${pin}`))
    if (fresh.length === 0) return
    await this.#database
      .insertInto('tool_text')
      .values(
        fresh.map(({ pin, description, input, output, effect }) => ({
          tenant_id: tenantId,
          source,
          pin,
          described: JSON.stringify({ description, input, ...(output && { output }), effect }),
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    if (this.#kept.size > mostKept) this.#kept.clear()
    for (const { pin } of fresh) this.#kept.add(`${tenantId}\n${source}\n${pin}`)
  }

  /** A source has said its tools: live agents that take one of them for what it was are paused. */
  async look(tenantId: string, source: string, tools: readonly Tool[]): Promise<void> {
    await this.keep(tenantId, source, tools)
    const users = (await this.#usersOf(tenantId)).filter(
      (each) => each.source === source && each.pin !== null,
    )
    for (const tool of tools) {
      const changed = users.filter((each) => each.tool === tool.name && each.pin !== tool.pin)
      for (const pin of new Set(changed.map((each) => each.pin!)))
        await this.found(tenantId, source, tool, pin)
    }
  }

  /** A tool is not what it was when it had a pin: all live agents that take it for that are paused. */
  async found(tenantId: string, source: string, tool: Tool, wasPin: string): Promise<void> {
    await this.keep(tenantId, source, [tool])
    const row = { now_pin: tool.pin, found_ms: this.#clock.nowMs() }
    await this.#database
      .insertInto('tool_change')
      .values({ tenant_id: tenantId, source, tool: tool.name, was_pin: wasPin, ...row })
      .onConflict((conflict) =>
        conflict
          .columns(['tenant_id', 'source', 'tool', 'was_pin'])
          .doUpdateSet(row)
          .where('tool_change.now_pin', '<>', tool.pin),
      )
      .execute()
    for (const { agent } of await this.#usersOfPin(tenantId, source, tool.name, wasPin)) {
      const { paused_because: because } = await this.#agents.find(tenantId, agent)
      if (because === null) await this.#agents.pause(tenantId, agent, reasonOf(source, tool.name))
    }
  }

  async #usersOfPin(tenantId: string, source: string, tool: string, pin: string): Promise<AgentTool[]> {
    const users = await this.#usersOf(tenantId)
    return users.filter((each) => each.source === source && each.tool === tool && each.pin === pin)
  }

  /** Changes that live agents have not taken up, the newest first; of one agent, or all. */
  async list(tenantId: string, agent?: string): Promise<ToolChange[]> {
    const rows = await this.#database
      .selectFrom('tool_change as change')
      .leftJoin('tool_text as was', (join) =>
        join
          .onRef('was.tenant_id', '=', 'change.tenant_id')
          .onRef('was.source', '=', 'change.source')
          .onRef('was.pin', '=', 'change.was_pin'),
      )
      .leftJoin('tool_text as now', (join) =>
        join
          .onRef('now.tenant_id', '=', 'change.tenant_id')
          .onRef('now.source', '=', 'change.source')
          .onRef('now.pin', '=', 'change.now_pin'),
      )
      .where('change.tenant_id', '=', tenantId)
      .selectAll('change')
      .select(['was.described as was', 'now.described as now'])
      .orderBy('found_ms', 'desc')
      .limit(200)
      .execute()
    const users = rows.length === 0 ? [] : await this.#usersOf(tenantId)
    return rows.flatMap(({ source, tool, was_pin: wasPin, now_pin: nowPin, found_ms: foundMs, was, now }) => {
      const agents = users
        .filter((each) => each.source === source && each.tool === tool && each.pin === wasPin)
        .map((each) => each.agent)
      if (agents.length === 0 || (agent !== undefined && !agents.includes(agent))) return []
      const diff = was === null || now === null ? null : diffWords(changesBetween(was, now))
      return [{ source, tool, wasPin, nowPin, foundMs, diff, agents: [...new Set(agents)] }]
    })
  }

  /**
   * Takes a changed tool as it is now, for some of its agents or all: each gets a version with the new pin, which goes live as any version does, and works again.
   * Their drafts take it up too.
   * @throws NotFoundError `change-unknown`; ConflictError `change-moved-on`, `cases-not-passed`
   */
  async accept(
    tenantId: string,
    of: { source: string; tool: string; wasPin: string; nowPin: string },
    how: { agents?: readonly string[] | undefined; despite: string | null },
  ): Promise<string[]> {
    const { source, tool, wasPin, nowPin } = of
    const change = (await this.list(tenantId)).find(
      (each) => each.source === source && each.tool === tool && each.wasPin === wasPin,
    )
    if (change === undefined)
      throw new NotFoundError({
        code: 'change-unknown',
        message: `No live agent takes the tool ${tool} of ${source} for what it was.`,
      })
    if (change.nowPin !== nowPin)
      throw new ConflictError({
        code: 'change-moved-on',
        message: `The tool ${tool} of ${source} has changed again since. Look at the difference once more.`,
      })
    const names = change.agents.filter((name) => how.agents === undefined || how.agents.includes(name))
    for (const name of names) await this.#takeUp(tenantId, name, of, how.despite)
    return names
  }

  async #takeUp(
    tenantId: string,
    agent: string,
    { source, tool, wasPin, nowPin }: { source: string; tool: string; wasPin: string; nowPin: string },
    despite: string | null,
  ): Promise<void> {
    const row = await this.#agents.find(tenantId, agent)
    if (row.live_version === null) return
    const definition = await this.#agents.definition(tenantId, agent, row.live_version)
    const isMeant = (each: { from: string; tool: string; pin?: string | undefined }): boolean =>
      each.from === source && each.tool === tool && each.pin === wasPin
    const tools = definition.tools.map((each) => (isMeant(each) ? { ...each, pin: nowPin } : each))
    const note = `Takes ${tool} of ${source} as it is now.`
    const { version } = await this.#agents.publish(tenantId, { ...definition, tools }, note)
    await this.#agents.putLive(tenantId, agent, version, 1, despite)
    if (row.paused_because === reasonOf(source, tool)) await this.#agents.pause(tenantId, agent, null)
    const drafts = this.#draftsOf(tenantId)
    const draft = await drafts.find(agent)
    if (draft === null) return
    const changes = definition.tools.filter(isMeant).map(({ id }) => ({
      kind: 'value' as const,
      place: ['tools', { id }, 'pin'],
      from: wasPin,
      to: nowPin,
    }))
    try {
      await drafts.edit(agent, { base: draft.revision, changes }, { tab: 'tools' })
    } catch (error) {
      // A draft that cannot be read, or has another tool there by now, is its editor's.
      if (!HeavyliftError.isInstance(error) || error.status !== 409) throw error
    }
  }
}

const reasonOf = (source: string, tool: string): string => `The tool ${tool} of ${source} has changed.`
