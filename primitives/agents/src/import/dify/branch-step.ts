import type { MadeStep } from '../graph-draft.ts'
import { quote } from '../js/cel-value.ts'
import { list, record, text } from '../json.ts'
import type { DifyInput } from './dify-input.ts'
import type { Variables } from './variables.ts'

/** CEL of one condition; null for a comparison that is not known. */
function condition(given: Record<string, unknown>, values: Variables, place: string): string | null {
  const left = values.selector(list(given['variable_selector']), place)
  if (left === null) return null
  const raw = given['value']
  const isNumber = given['varType'] === 'number' || given['varType'] === 'integer'
  const right =
    typeof raw === 'string'
      ? isNumber && raw.trim() !== '' && Number.isFinite(Number(raw))
        ? String(Number(raw))
        : reference(raw, values, place)
      : JSON.stringify(raw ?? null)
  switch (text(given['comparison_operator'])) {
    case 'contains':
      return `${left}.contains(${right})`
    case 'not contains':
      return `!${left}.contains(${right})`
    case 'start with':
      return `${left}.startsWith(${right})`
    case 'end with':
      return `${left}.endsWith(${right})`
    case 'is':
    case '=':
      return `${left} == ${right}`
    case 'is not':
    case '≠':
      return `${left} != ${right}`
    case '>':
    case '<':
      return `${left} ${text(given['comparison_operator'])} ${right}`
    case '≥':
      return `${left} >= ${right}`
    case '≤':
      return `${left} <= ${right}`
    case 'empty':
    case 'is empty':
    case 'null':
    case 'not exists':
      return `${left} in [null, "", []]`
    case 'not empty':
    case 'is not empty':
    case 'not null':
    case 'exists':
      return `!(${left} in [null, "", []])`
    case 'in':
      return `${left} in ${Array.isArray(raw) ? JSON.stringify(raw) : `${right}.split(",")`}`
    case 'not in':
      return `!(${left} in ${Array.isArray(raw) ? JSON.stringify(raw) : `${right}.split(",")`})`
    default:
      return null
  }
}

function reference(raw: string, values: Variables, place: string): string {
  const only = /^\{\{#([^#{}]+)#\}\}$/.exec(raw)
  return (only ? values.selector(only[1]!.split('.'), place) : null) ?? quote(raw)
}

export function branchStep({ node, values }: DifyInput): MadeStep {
  const { data } = node
  const given = Array.isArray(data['cases'])
    ? data['cases'].map(record)
    : [{ case_id: 'true', conditions: data['conditions'], logical_operator: data['logical_operator'] }]
  const exits: Record<string, string> = { false: 'otherwise' }
  let isWhole = true
  const cases = given.slice(0, 50).map((each, at) => {
    const id = `case_${at + 1}`
    exits[text(each['case_id'] ?? each['id']) || 'true'] = id
    const parts = list(each['conditions']).map((one, index) =>
      condition(record(one), values, `nodes/${node.id}/cases/${at}/${index}`),
    )
    const when =
      parts.length === 0 || parts.includes(null)
        ? null
        : parts
            .map((part) => (parts.length === 1 ? part : `(${part})`))
            .join(each['logical_operator'] === 'or' ? ' || ' : ' && ')
    if (when === null) isWhole = false
    return { id, when: when ?? 'false' }
  })
  return {
    step: { kind: 'branch', cases },
    state: isWhole ? 'mapped' : 'by-hand',
    exits,
    ...(isWhole ? {} : { note: 'A condition of it has no CEL: it is never true until somebody writes it.' }),
  }
}
