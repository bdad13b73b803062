import type { GraphDraft } from '../graph-draft.ts'
import { atom, celOf, member, quote } from '../js/cel-value.ts'
import { escapeTemplate } from '../names.ts'

export const nameless = (text: string): string =>
  text
    .replace(/<br\s*\/?>|<\/(p|li|h\d|div)>/gi, '\n')
    .replace(/<\/?[a-z][^<>]*>/gi, '')
    .replace(
      /&lt;|&gt;|&amp;|&quot;|&nbsp;|&#39;/g,
      (entity) =>
        ({ '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"', '&nbsp;': ' ', '&#39;': "'" })[entity] ??
        entity,
    )
    .trim()

/** What a flow keeps outside of its graph, as CEL. */
export interface FlowValues {
  /** What a field of the flow's state begins with; null for one that the flow does not have. */
  state(name: string): string | null
  /** A variable of the installation. */
  variable(name: string): string
}

/** Flowise's references (`{{ question }}`, `{{ llmAgentflow_0 }}`, `{{ $flow.state.x }}`) in CEL, seen from one node. */
export class References {
  readonly #graph: GraphDraft
  readonly #from: string
  readonly #flow: FlowValues

  constructor(graph: GraphDraft, from: string, flow: FlowValues) {
    this.#graph = graph
    this.#from = from
    this.#flow = flow
  }

  /** A text with references as one CEL value; null where one of them cannot be read. */
  joined(value: unknown, place: string): string | null {
    if (typeof value !== 'string') return celOf(value ?? null)
    const pieces = nameless(value)
      .split(/(\{\{[^{}]+\}\})/)
      .filter((piece) => piece !== '')
    const parts = pieces.map((piece) => {
      const found = /^\{\{\s*([^{}]+?)\s*\}\}$/.exec(piece)
      if (!found) return quote(piece)
      const cel = this.#read(found[1]!, place)
      return cel === null || pieces.length === 1 ? cel : `string(${cel})`
    })
    return parts.includes(null) ? null : parts.join(' + ') || '""'
  }

  /** A value that may hold texts with references; rich text loses its marks. */
  template(value: unknown, place: string): unknown {
    if (typeof value === 'string') return this.#text(nameless(value), place)
    if (Array.isArray(value)) return value.map((each, at) => this.template(each, `${place}/${at}`))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, this.template(inner, `${place}/${key}`)]),
    )
  }

  /** A text as one CEL value; null where it is a reference that cannot be read. */
  cel(value: unknown, place: string): string | null {
    if (typeof value !== 'string') return JSON.stringify(value ?? null)
    const only = /^\{\{\s*([^{}]+?)\s*\}\}$/.exec(nameless(value))
    return only ? this.#read(only[1]!, place) : quote(nameless(value))
  }

  #text(text: string, place: string): string {
    return text
      .split(/(\{\{[^{}]+\}\}|(?<!\{)\{[A-Za-z_]\w*\}(?!\}))/)
      .map((piece) => {
        const found = /^\{\{?\s*([^{}]+?)\s*\}?\}$/.exec(piece)
        if (!found) return escapeTemplate(piece)
        // A component that is handed over, not a value.
        if (found[1]!.endsWith('.data.instance')) return ''
        const cel = this.#read(found[1]!, place)
        return cel === null ? escapeTemplate(piece) : `\${${cel}}`
      })
      .join('')
  }

  #read(source: string, place: string): string | null {
    const cel = this.#cel(source)
    this.#graph.expressions.push({
      place,
      source,
      cel,
      ...(cel === null ? { why: `the reference ${source}` } : {}),
    })
    return cel
  }

  #cel(source: string): string | null {
    const [root = '', ...keys] = source.split('.')
    const fields = (of: string, rest: readonly string[]): string =>
      rest.reduce((all, key) => member(all, /^\d+$/.test(key) ? Number(key) : key), atom(of, 'any')).text
    if (/^(question|input|chat_history|context)$/.test(root) && keys.length === 0)
      return `input.${root === 'input' ? 'question' : root}`
    if (root === 'file_attachment' || root === 'runtime_messages_length') return null
    if (root === '$vars' && keys[0] !== undefined) return fields(this.#flow.variable(keys[0]), keys.slice(1))
    // A node's own answer, where it says what is kept of it.
    if (root === 'output') return fields(`steps.${this.#graph.idOf(this.#from)}.output`, keys)
    if (root === 'current_date_time')
      return 'string(timestamp("1970-01-01T00:00:00Z") + duration(string(int(run.startedMs) / 1000) + "s"))'
    if (root === '$form') return fields('input', keys)
    if (root === '$iteration') {
      const item = this.#graph.around(this.#from)
      return item === null ? null : fields(item, keys)
    }
    if (root === '$flow') return this.#flowValue(keys, fields)
    if (this.#graph.has(root)) {
      const output = this.#graph.output(root, this.#from)
      return output === null ? null : fields(output, keys[0] === 'output' ? keys.slice(1) : keys)
    }
    // A variable of a prompt: what the run is given has it.
    return /^[A-Za-z_]\w*$/.test(source) ? `input.${source}` : null
  }

  #flowValue(
    keys: readonly string[],
    fields: (of: string, rest: readonly string[]) => string,
  ): string | null {
    const [what, name, ...inner] = keys
    if (what === 'sessionId' || what === 'chatId') return 'run.id'
    if (what === 'input') return 'input.question'
    if (what !== 'state' || name === undefined) return null
    const first = this.#flow.state(name)
    return first === null ? null : fields(this.#graph.kept(name, this.#from, first), inner)
  }
}

/** One condition of Flowise as CEL; null where a side cannot be read or the comparison is not known. */
export function condition(given: Record<string, unknown>, values: References, place: string): string | null {
  const left = values.cel(given['value1'] ?? '', place)
  const raw = values.cel(given['value2'] ?? '', place)
  if (left === null || raw === null) return null
  const written = /^"(-?\d+(?:\.\d+)?)"$/.exec(raw)
  const right =
    given['type'] === 'number' && written
      ? written[1]!
      : given['type'] === 'boolean'
        ? raw.replace(/^"(true|false)"$/, '$1')
        : raw
  switch (given['operation']) {
    case 'equal':
      return `${left} == ${right}`
    case 'notEqual':
      return `${left} != ${right}`
    case 'contains':
      return `${left}.contains(${right})`
    case 'notContains':
      return `!${left}.contains(${right})`
    case 'startsWith':
      return `${left}.startsWith(${right})`
    case 'endsWith':
      return `${left}.endsWith(${right})`
    case 'isEmpty':
      return `${left} in [null, "", []]`
    case 'notEmpty':
      return `!(${left} in [null, "", []])`
    case 'larger':
      return `${left} > ${right}`
    case 'largerEqual':
      return `${left} >= ${right}`
    case 'smaller':
      return `${left} < ${right}`
    case 'smallerEqual':
      return `${left} <= ${right}`
    case 'regex':
      return `${left}.matches(${right})`
    default:
      return null
  }
}
