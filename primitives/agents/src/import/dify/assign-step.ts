import type { MadeStep } from '../graph-draft.ts'
import { atom, celOf, member } from '../js/cel-value.ts'
import { list, record, text } from '../json.ts'
import type { DifyInput } from './dify-input.ts'
import type { Variables } from './variables.ts'

/** Variables of the conversation that are written: what comes after reads the new value; a later run has it where its input gives it. */
export function assignStep({ node, graph, values }: DifyInput): MadeStep {
  const place = `nodes/${node.id}/items`
  const items = Array.isArray(node.data['items'])
    ? node.data['items'].map(record)
    : [
        {
          variable_selector: node.data['assigned_variable_selector'],
          operation: node.data['write_mode'] ?? 'over-write',
          value: node.data['input_variable_selector'],
        } as Record<string, unknown>,
      ]
  const value: Record<string, unknown> = {}
  let isWhole = true
  for (const item of items) {
    const path = list(item['variable_selector'])
    const name = path.map(String).at(-1) ?? 'value'
    const given = item['value']
    const cel =
      item['input_type'] !== 'constant' &&
      Array.isArray(given) &&
      given.every((key) => typeof key === 'string')
        ? values.selector(given, place)
        : celOf(given ?? null)
    const written = cel === null ? null : assigned(text(item['operation']), values, path, cel, place)
    if (written === null) isWhole = false
    value[name] = written === null ? null : `\${${written}}`
    graph.keep(node.id, name, member(atom(`steps.${graph.idOf(node.id)}.output`, 'map'), name).text)
  }
  return {
    step: { kind: 'set', value },
    state: isWhole ? 'approximated' : 'by-hand',
    note: isWhole
      ? 'What it writes down is there for the steps after it. For the next message give it back in input.conversation, or keep it by the tools of memory.'
      : 'How it changes a variable could not be read: it writes null.',
  }
}

/** CEL of what a variable becomes; null for an operation that is not known. */
function assigned(
  operation: string,
  values: Variables,
  path: readonly unknown[],
  given: string,
  place: string,
): string | null {
  const before = (): string => values.selector(path, place) ?? 'null'
  switch (operation) {
    case 'over-write':
    case 'overwrite':
    case 'set':
    case '':
      return given
    case 'clear':
      return `(type(${before()}) == list ? dyn([]) : type(${before()}) == string ? dyn("") : null)`
    case 'append':
      return `${before()} + [${given}]`
    case 'extend':
      return `${before()} + ${given}`
    case '+=':
    case '-=':
    case '*=':
    case '/=':
      return `${before()} ${operation[0]!} ${given}`
    default:
      return null
  }
}
