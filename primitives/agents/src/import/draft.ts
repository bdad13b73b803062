import { agentDefinition } from '../definition/definition.ts'
import type { AgentDefinition, Trigger } from '../definition/definition.ts'
import type { Step } from '../definition/step.ts'
import { atom, celOf, member } from './js/cel-value.ts'
import { agentNameOf, cut, escapeTemplate, Ids, slug } from './names.ts'

/** A step as an import writes it, before defaults are filled in. */
export type StepDraft = { kind: Step['kind'] } & Record<string, unknown>

/** Puts a draft together. Whatever is too long for the schema is cut, so that the draft always is one. */
export class Draft {
  readonly ids = new Ids([settingsStep])
  readonly #tools = new Map<string, { id: string; from: string; tool: string; credential?: string }>()
  readonly #toolIds = new Ids()
  readonly #triggers: Trigger[] = []
  readonly #settings = new Map<string, unknown>()
  /** Settings whose value is a template of ours. */
  readonly #given = new Set<string>()

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

  /**
   * CEL of a value that the source keeps outside of its graph (an environment variable of its installation). All of them stand in one step
   * before all others, where a person sees and fills them; `value` is what the file says.
   */
  setting(name: string, value?: unknown): string {
    if (this.#settings.get(name) === undefined) this.#settings.set(name, value)
    return member(atom(`steps.${settingsStep}.output`, 'map'), name).text
  }

  /** As `setting`, of a value that callers may give in `input.<of>`; `initial` is what it is without. */
  given(of: string, name: string, initial: unknown): string {
    const key = this.#settings.has(name) && !this.#given.has(name) ? `${of}_${name}` : name
    const field = `input.${of}.${name}`
    this.#given.add(key)
    this.#settings.set(key, `\${has(input.${of}) && has(${field}) ? ${field} : ${celOf(initial)}}`)
    return member(atom(`steps.${settingsStep}.output`, 'map'), key).text
  }

  trigger(trigger: Trigger): void {
    this.#triggers.push(trigger)
  }

  #settingsStep(): StepDraft {
    return {
      id: settingsStep,
      title: 'Settings',
      kind: 'set',
      value: Object.fromEntries(
        [...this.#settings].map(([name, value]) => [
          name,
          typeof value === 'string' && !this.#given.has(name) ? escapeTemplate(value) : (value ?? ''),
        ]),
      ),
      note: 'What the installation kept for all its workflows: fill in what is empty. No secret belongs here: store it as a credential and name it at the tool.',
    }
  }

  /** @throws ZodError where the draft does not fit the schema all the same: a defect of the import */
  build(
    title: string,
    summary: string,
    steps: readonly StepDraft[],
    extra: Record<string, unknown> = {},
  ): AgentDefinition {
    const shown = title.trim() === '' ? 'Imported' : cut(title.trim(), 120)
    const all = steps.length > 0 ? steps : [{ id: 'empty', kind: 'set' as const, value: null }]
    return agentDefinition.parse({
      schema: 'heavylift.agent/1',
      name: agentNameOf(shown),
      title: shown,
      summary: cut(summary, 2_000),
      tools: [...this.#tools.values()].slice(0, 200),
      triggers: this.#triggers.slice(0, 20),
      steps: this.#settings.size === 0 ? all : [this.#settingsStep(), ...all.map(afterSettings)],
      ...extra,
    })
  }
}

/** The step that holds what the source keeps outside of its graph. No other step has its id. */
export const settingsStep = 'settings'

const afterSettings = (step: StepDraft): StepDraft =>
  Array.isArray(step['after']) && step['after'].length > 0 ? step : { ...step, after: [settingsStep] }

/** Source of the tools of an app: `app:google-sheets`. It has to be registered (OpenAPI, MCP) before the draft runs. */
export const appSource = (app: string): string =>
  `app:${slug(app.replace(/([a-z\d])([A-Z])/g, '$1-$2'), '-') || 'app'}`
