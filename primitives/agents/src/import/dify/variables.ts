import { escapeTemplate } from '../names.ts'
import type { GraphDraft } from '../graph-draft.ts'
import { atom, member } from '../js/cel-value.ts'

/** What a node's answer is called in Dify where a draft has the answer itself. */
const wholeAnswer: Record<string, readonly string[]> = {
  llm: ['text'],
  'template-transform': ['output'],
  'variable-aggregator': ['output'],
  'document-extractor': ['text'],
  'knowledge-retrieval': ['result'],
  'list-operator': ['result'],
  iteration: ['output'],
  answer: ['answer'],
  agent: ['text'],
}

/** What an app keeps outside of its graph, as CEL. */
export interface AppVariables {
  environment(name: string): string
  /** What a variable of the conversation is when a run begins: as its input has it, else its initial value. */
  conversation(name: string): string
}

/** Dify's references (`{{#node.field#}}`, selectors) in CEL, seen from one node. */
export class Variables {
  readonly #graph: GraphDraft
  readonly #from: string
  readonly #kindOf: (node: string) => string
  readonly #app: AppVariables

  constructor(graph: GraphDraft, from: string, kindOf: (node: string) => string, app: AppVariables) {
    this.#graph = graph
    this.#from = from
    this.#kindOf = kindOf
    this.#app = app
  }

  /** CEL of `[node, field, …]`; null where nothing is there to read. */
  selector(path: readonly unknown[], place: string): string | null {
    const [root, ...keys] = path.map(String)
    const cel = root === undefined ? null : this.#read(root, keys)
    this.#graph.expressions.push({
      place,
      source: path.join('.'),
      cel,
      ...(cel === null ? { why: `the node "${root}", which cannot be seen from here` } : {}),
    })
    return cel
  }

  #read(root: string, keys: readonly string[]): string | null {
    const fields = (of: string, rest: readonly string[]): string =>
      rest.reduce((all, key) => member(all, /^\d+$/.test(key) ? Number(key) : key), atom(of, 'any')).text
    if (root === 'sys') return keys[0] === 'workflow_run_id' ? 'run.id' : fields('input', keys)
    const [name = '', ...inner] = keys
    if (root === 'env') return fields(this.#app.environment(name), inner)
    if (root === 'conversation')
      return fields(this.#graph.kept(name, this.#from, this.#app.conversation(name)), inner)
    const item = this.#graph.item(root, this.#from)
    if (item !== null) {
      if (keys[0] === 'item') return fields(item, keys.slice(1))
      if (keys[0] === 'index') return 'index'
    }
    if (!this.#graph.has(root)) return null
    const output = this.#graph.output(root, this.#from)
    if (output === null) return null
    const [first, ...rest] = keys
    return first !== undefined && wholeAnswer[this.#kindOf(root)]?.includes(first) === true
      ? fields(output, rest)
      : fields(output, keys)
  }

  /** A text with `{{#…#}}` as a template. */
  text(given: string, place: string): string {
    return given
      .split(/(\{\{#[^#{}]+#\}\})/)
      .map((piece) => {
        const found = /^\{\{#([^#{}]+)#\}\}$/.exec(piece)
        if (!found) return escapeTemplate(piece)
        if (found[1] === 'context') return `\${input.context}`
        const cel = this.selector(found[1]!.split('.'), place)
        return cel === null ? escapeTemplate(piece) : `\${${cel}}`
      })
      .join('')
  }

  /** A value that may hold texts with references. */
  template(value: unknown, place: string): unknown {
    if (typeof value === 'string') return this.text(value, place)
    if (Array.isArray(value)) return value.map((each, at) => this.template(each, `${place}/${at}`))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, this.template(inner, `${place}/${key}`)]),
    )
  }
}
