import { agentDefinition } from '../definition/definition.ts'
import type { AgentDefinition, Trigger } from '../definition/definition.ts'
import type { Step } from '../definition/step.ts'
import { agentNameOf, cut, Ids, slug } from './names.ts'

/** A step as an import writes it, before defaults are filled in. */
export type StepDraft = { kind: Step['kind'] } & Record<string, unknown>

/** Puts a draft together. Whatever is too long for the schema is cut, so that the draft always is one. */
export class Draft {
  readonly ids = new Ids()
  readonly #tools = new Map<string, { id: string; from: string; tool: string; credential?: string }>()
  readonly #toolIds = new Ids()
  readonly #triggers: Trigger[] = []

  /** The id by which steps call a tool; the same tool with the same credential is listed once. */
  tool(from: string, tool: string, credential?: string): string {
    const source = cut(from, 200)
    const named = cut(tool, 200)
    const key = JSON.stringify([source, named, credential])
    let found = this.#tools.get(key)
    if (!found) {
      const kind = source.replace(/^app:/, '').replaceAll(':', '_')
      found = {
        id: this.#toolIds.take(named === 'run' ? kind : `${kind}_${named}`),
        from: source,
        tool: named,
        ...(credential === undefined ? {} : { credential: cut(credential, 100) }),
      }
      this.#tools.set(key, found)
    }
    return found.id
  }

  trigger(trigger: Trigger): void {
    this.#triggers.push(trigger)
  }

  /** @throws ZodError where the draft does not fit the schema all the same: a defect of the import */
  build(
    title: string,
    summary: string,
    steps: readonly StepDraft[],
    extra: Record<string, unknown> = {},
  ): AgentDefinition {
    const shown = title.trim() === '' ? 'Imported' : cut(title.trim(), 120)
    return agentDefinition.parse({
      schema: 'heavylift.agent/1',
      name: agentNameOf(shown),
      title: shown,
      summary: cut(summary, 2_000),
      tools: [...this.#tools.values()].slice(0, 200),
      triggers: this.#triggers.slice(0, 20),
      steps: steps.length > 0 ? steps : [{ id: 'empty', kind: 'set', value: null }],
      ...extra,
    })
  }
}

/** Source of the tools of an app: `app:google-sheets`. It has to be registered (OpenAPI, MCP) before the draft runs. */
export const appSource = (app: string): string =>
  `app:${slug(app.replace(/([a-z\d])([A-Z])/g, '$1-$2'), '-') || 'app'}`
