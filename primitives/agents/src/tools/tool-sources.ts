import { HeavyliftError, InvalidInputError, NotFoundError } from '@heavylift/core'
import type { AgentOffers } from '../offers.ts'
import type { SourceContext, Tool, ToolSource } from './tool.ts'

/** Gives sources whose names begin with a kind: `openapi:` names one of many, which are registered in a table. */
export type FindSource = (tenantId: string, name: string) => Promise<ToolSource | null>

/** Where runs find sources of tools by the `from` of a definition. */
export class ToolSources {
  readonly #kinds = new Map<string, FindSource>()
  readonly #offers: AgentOffers | null

  /** `offers`: what other systems give. */
  constructor(offers: AgentOffers | null = null) {
    this.#offers = offers
  }

  /** `kind` is what stands before the colon (`openapi`), or the whole name of a source there is one of (`code`). */
  register(kind: string, find: FindSource): void {
    if (this.#kinds.has(kind)) throw new Error(`Sources of kind "${kind}" are registered already.`)
    this.#kinds.set(kind, find)
  }

  /** What other systems give. */
  offered(): ToolSource[] {
    return this.#offers?.sources() ?? []
  }

  /** @throws NotFoundError `tool-source-unknown` */
  async find(tenantId: string, name: string): Promise<ToolSource> {
    const [kind = ''] = name.split(':', 1)
    const source = (await this.#kinds.get(kind)?.(tenantId, name)) ?? this.#offers?.source(name)
    if (source) return source
    throw new NotFoundError({
      code: 'tool-source-unknown',
      message: `There is no source of tools "${name}". Register it under Tools, or choose one of: ${[...this.#kinds.keys()].toSorted().join(', ') || 'none yet'}.`,
    })
  }

  /** @throws NotFoundError `tool-source-unknown` or `tool-unknown`; InvalidInputError `source-silent` */
  async findTool(
    name: string,
    tool: string,
    context: SourceContext,
  ): Promise<{ source: ToolSource; tool: Tool }> {
    const source = await this.find(context.tenantId, name)
    const found = (await listOf(source, context)).find((each) => each.name === tool)
    if (found !== undefined) return { source, tool: found }
    throw new NotFoundError({
      code: 'tool-unknown',
      message: `The source "${name}" has no tool "${tool}" (any more). Choose another in the definition.`,
    })
  }
}

/** The code of what a source is that does not say which tools it has. */
export const sourceSilent = 'source-silent'

/**
 * The tools of a source now.
 * @throws InvalidInputError `source-silent` with the reason, where it is away or answers what is no list; what the house refuses (a credential, a tenant) is thrown as it is
 */
export async function listOf(source: ToolSource, context: SourceContext): Promise<readonly Tool[]> {
  try {
    return await source.list(context)
  } catch (error) {
    const isOurs = HeavyliftError.isInstance(error) && !error.code.startsWith('outbound-')
    if (isOurs || context.signal?.aborted) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new InvalidInputError({
      code: sourceSilent,
      message: `The source ${source.name} does not say what tools it has: ${reason.replace(/[.\s]+$/, '')}. See under Tools whether it answers there.`,
      cause: error,
    })
  }
}
