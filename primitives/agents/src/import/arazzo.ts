import { InvalidInputError } from '@heavylift/core'
import { isObject, records, text } from './json.ts'
import { Draft } from './draft.ts'
import type { StepDraft } from './draft.ts'
import { atom, member } from './js/cel-value.ts'
import { agentNameOf, cut, escapeTemplate, slug } from './names.ts'
import type { Imported, ImportedPart } from './report.ts'

type Json = Record<string, unknown>

/** The workflows of an Arazzo document (1.0, 1.1), the first as the draft. Each step calls an operation of a registered source. @throws InvalidInputError `import-not-arazzo` */
export function importArazzo(value: unknown, which = 0): Imported {
  if (
    !isObject(value) ||
    typeof value['arazzo'] !== 'string' ||
    !Array.isArray(value['workflows']) ||
    value['workflows'].length === 0
  )
    throw new InvalidInputError({
      code: 'import-not-arazzo',
      message: 'This is no Arazzo document: it has no workflows.',
    })
  const workflows = records(value['workflows'])
  const imported = new ArazzoImport(value, workflows[which] ?? workflows[0]!).result()
  workflows.forEach((workflow, at) => {
    if (at !== which)
      imported.report.parts.push({
        place: `#/workflows/${at}`,
        what: text(workflow['workflowId']),
        state: 'by-hand',
        note: 'One workflow is one agent: import the file again for this one.',
      })
  })
  return imported
}

class ArazzoImport {
  readonly #document: Json
  readonly #workflow: Json
  readonly #draft = new Draft()
  readonly #ids = new Map<string, string>()
  readonly #outputs = new Map<string, Json>()
  readonly #report: Imported['report'] = { format: 'arazzo', parts: [], edges: [], expressions: [] }

  constructor(document: Json, workflow: Json) {
    this.#document = document
    this.#workflow = workflow
  }

  result(): Imported {
    const steps: StepDraft[] = []
    const given = records(this.#workflow['steps'])
    for (const step of given) {
      const id = this.#draft.ids.take(text(step['stepId']) || 'step')
      this.#ids.set(text(step['stepId']), id)
      this.#outputs.set(text(step['stepId']), isObject(step['outputs']) ? step['outputs'] : {})
    }
    given.forEach((step, at) => {
      const before = at === 0 ? undefined : text(given[at - 1]!['stepId'])
      steps.push(this.#step(step, before))
      if (before !== undefined)
        this.#report.edges.push({
          from: `steps/${before}`,
          to: `steps/${text(step['stepId'])}`,
          state: 'mapped',
        })
    })
    const outputs = isObject(this.#workflow['outputs']) ? this.#workflow['outputs'] : undefined
    const title = text(this.#workflow['summary']) || text(this.#workflow['workflowId']) || 'Workflow'
    return {
      definition: this.#draft.build(title, text(this.#workflow['description']), steps, {
        name: agentNameOf(text(this.#workflow['workflowId']) || title),
        ...(isObject(this.#workflow['inputs']) && this.#workflow['inputs']['$ref'] === undefined
          ? { input: this.#workflow['inputs'] }
          : {}),
        ...(outputs === undefined ? {} : { result: this.#template(outputs, 'outputs', null) }),
      }),
      sources: records(this.#document['sourceDescriptions']).map((source) => ({
        name: this.#source(text(source['name'])),
        kind: 'openapi',
        title: text(source['name']),
        url: text(source['url']),
        tools: [],
      })),
      report: this.#report,
    }
  }

  #source(name: string): string {
    return `openapi:${slug(name, '-') || 'api'}`
  }

  #step(step: Json, before: string | undefined): StepDraft {
    const name = text(step['stepId'])
    const id = this.#ids.get(name)!
    const place = `steps/${name}`
    const notes: string[] = []
    if (Array.isArray(step['onSuccess']) || Array.isArray(step['onFailure']))
      notes.push(
        'Its ways on (onSuccess, onFailure) are left to a person: a step after it, or after its exit `error`.',
      )
    if (records(step['successCriteria']).length > 0)
      notes.push(
        `It counts as done when: ${records(step['successCriteria'])
          .map((each) => text(each['condition']))
          .join(' and ')}. Any answer below 400 counts here.`,
      )
    const common = {
      id,
      title: cut(text(step['description']) || name, 120),
      ...(before === undefined ? {} : { after: [this.#ids.get(before)!] }),
    }
    const part: ImportedPart = {
      place,
      what: 'step',
      state: notes.length > 0 ? 'approximated' : 'mapped',
      step: id,
      ...(notes.length > 0 ? { note: notes.join(' ') } : {}),
    }
    this.#report.parts.push(part)
    const args: Json = {}
    for (const parameter of records(step['parameters']))
      if (text(parameter['name']) !== '__proto__')
        args[text(parameter['name'])] = this.#template(parameter['value'], `${place}/parameters`, name)
    const body = step['requestBody']
    if (isObject(body)) args['body'] = this.#template(body['payload'], `${place}/requestBody`, name)
    const called = text(step['workflowId'])
    if (called !== '')
      return {
        ...common,
        kind: 'agent',
        agent: agentNameOf(called),
        with: args,
        ...(part.note === undefined ? {} : { note: cut(part.note, 4_000) }),
      }
    const sources = records(this.#document['sourceDescriptions']).map((source) => text(source['name']))
    const operation = text(step['operationId'])
    const named = /^\$sourceDescriptions\.([^.]+)\.(.+)$/.exec(operation)
    const byPath = /\{\$sourceDescriptions\.([^.}]+)[^}]*\}#\/paths\/([^/]+)\/(\w+)/.exec(
      text(step['operationPath']),
    )
    const source = named?.[1] ?? byPath?.[1] ?? sources[0] ?? 'api'
    // The name that an operation without an id has, as for any OpenAPI document.
    const tool =
      named?.[2] ??
      (byPath
        ? `${byPath[3]}_${byPath[2]!.replaceAll('~1', '/').replace(/[^A-Za-z0-9]+/g, '_')}`
            .replace(/[^A-Za-z0-9_.-]+/g, '_')
            .replace(/_+$/, '')
        : operation || 'operation')
    return {
      ...common,
      kind: 'tool',
      tool: this.#draft.tool(this.#source(source), tool),
      with: args,
      ...(part.note === undefined ? {} : { note: cut(part.note, 4_000) }),
    }
  }

  #template(value: unknown, place: string, step: string | null): unknown {
    if (typeof value === 'string') {
      const whole = this.#expression(value, place, step)
      if (whole !== undefined) return whole === null ? escapeTemplate(value) : `\${${whole}}`
      return value
        .split(/(\{\$[^{}]+\})/)
        .map((piece) => {
          const cel = piece.startsWith('{$') ? this.#expression(piece.slice(1, -1), place, step) : undefined
          return typeof cel === 'string' ? `\${${cel}}` : escapeTemplate(piece)
        })
        .join('')
    }
    if (Array.isArray(value)) return value.map((each) => this.#template(each, place, step))
    if (!isObject(value)) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, this.#template(each, place, step)]),
    )
  }

  /** CEL of a runtime expression; null where it has none, undefined where the text is no expression. */
  #expression(source: string, place: string, step: string | null): string | null | undefined {
    if (
      !/^\$(inputs|steps|response|outputs|workflows|statusCode|url|method|request|sourceDescriptions|components)\b/.test(
        source,
      )
    )
      return undefined
    const cel = this.#cel(source, step)
    this.#report.expressions.push({
      place,
      source,
      cel,
      ...(cel === null ? { why: `the runtime expression ${source}` } : {}),
    })
    return cel
  }

  #cel(source: string, step: string | null): string | null {
    const fields = (of: string, keys: readonly string[]): string =>
      keys
        .filter((key) => key !== '')
        .reduce((all, key) => member(all, /^\d+$/.test(key) ? Number(key) : key), atom(of, 'any')).text
    const [path = '', pointer] = source.split('#')
    const keys =
      pointer === undefined
        ? []
        : pointer
            .split('/')
            .slice(1)
            .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    const parts = path.slice(1).split('.')
    if (parts[0] === 'inputs') return fields('input', [...parts.slice(1), ...keys])
    if (parts[0] === 'response' && parts[1] === 'body' && step !== null)
      return fields(`steps.${this.#ids.get(step)}.output`, keys)
    if (parts[0] === 'steps' && parts[2] === 'outputs' && this.#ids.has(parts[1] ?? '')) {
      const output = this.#outputs.get(parts[1]!)?.[parts[3] ?? '']
      const found = typeof output === 'string' ? this.#cel(output, parts[1]!) : null
      return found === null ? null : fields(found, [...parts.slice(4), ...keys])
    }
    return null
  }
}
