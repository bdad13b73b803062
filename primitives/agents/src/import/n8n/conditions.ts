import type { Values } from './values.ts'

/** The whole condition of an IF, a filter or a rule of a switch, as CEL; null where a part of it has no CEL. */
export function conditionsToCel(given: unknown, values: Values, place: string, any?: boolean): string | null {
  if (typeof given !== 'object' || given === null) return null
  const { conditions, combinator } = given as { conditions?: unknown; combinator?: unknown }
  const parts = Array.isArray(conditions)
    ? conditions.map((each, at) => newForm(each, values, `${place}/conditions/${at}`))
    : Object.entries(given).flatMap(([type, list]) =>
        Array.isArray(list)
          ? list.map((each, at) => oldForm(type, each, values, `${place}/${type}/${at}`))
          : [],
      )
  if (parts.length === 0 || parts.includes(null)) return null
  const joint = any === true || combinator === 'or' ? ' || ' : ' && '
  return parts.length === 1 ? parts[0]! : parts.map((part) => `(${part})`).join(joint)
}

interface Operator {
  type?: string
  operation?: string
  singleValue?: boolean
}

function newForm(given: unknown, values: Values, place: string): string | null {
  const { leftValue, rightValue, operator } = given as {
    leftValue?: unknown
    rightValue?: unknown
    operator?: Operator
  }
  return test(
    operator?.type ?? 'string',
    operator?.operation ?? 'equals',
    values,
    place,
    leftValue,
    rightValue,
  )
}

function oldForm(type: string, given: unknown, values: Values, place: string): string | null {
  const { value1, value2, operation } = given as { value1?: unknown; value2?: unknown; operation?: string }
  const usual = type === 'number' ? 'smaller' : type === 'dateTime' ? 'after' : 'equal'
  return test(type, operation ?? usual, values, place, value1, value2)
}

/** One comparison of two values by n8n's name for it. */
export function test(
  type: string,
  operation: string,
  values: Values,
  place: string,
  leftValue: unknown,
  rightValue: unknown,
): string | null {
  const left = values.cel(leftValue, `${place}/left`)
  if (left === null) return null
  const name = operation.toLowerCase()
  if (/^(is)?(not)?empty$/.test(name))
    return `${name.includes('not') ? '' : '!'}(${there(left)}${left} != null && ${left} != "")`
  if (name === 'exists') return has(left)
  if (name === 'notexists') return `!(${has(left)})`
  if (name === 'true') return `${left} == true`
  if (name === 'false') return `${left} == false`
  const given = values.cel(rightValue, `${place}/right`)
  if (given === null) return null
  const right =
    type === 'number'
      ? number(given)
      : type === 'boolean' && typeof rightValue === 'string'
        ? given.replace(/^"(true|false)"$/, '$1')
        : given
  const isTime = type === 'dateTime'
  const compare = (sign: string): string =>
    isTime
      ? `timestamp(${left}) ${sign} timestamp(${right})`
      : `${type === 'number' ? number(left) : left} ${sign} ${right}`
  switch (name.replace(/^is/, '')) {
    case 'equal':
    case 'equals':
      return compare('==')
    case 'notequal':
    case 'notequals':
      return compare('!=')
    case 'larger':
    case 'gt':
    case 'after':
      return compare('>')
    case 'largerequal':
    case 'gte':
    case 'afterorequals':
      return compare('>=')
    case 'smaller':
    case 'lt':
    case 'before':
      return compare('<')
    case 'smallerequal':
    case 'lte':
    case 'beforeorequals':
      return compare('<=')
    case 'contains':
      return type === 'array' ? `${right} in ${left}` : `${left}.contains(${right})`
    case 'notcontains':
      return type === 'array' ? `!(${right} in ${left})` : `!${left}.contains(${right})`
    case 'startswith':
      return `${left}.startsWith(${right})`
    case 'notstartswith':
      return `!${left}.startsWith(${right})`
    case 'endswith':
      return `${left}.endsWith(${right})`
    case 'notendswith':
      return `!${left}.endsWith(${right})`
    case 'regex':
      return `${left}.matches(${right})`
    case 'notregex':
      return `!${left}.matches(${right})`
    case 'lengthequals':
      return `size(${left}) == ${number(right)}`
    case 'lengthgt':
      return `size(${left}) > ${number(right)}`
    case 'lengthlt':
      return `size(${left}) < ${number(right)}`
    case 'lengthgte':
      return `size(${left}) >= ${number(right)}`
    case 'lengthlte':
      return `size(${left}) <= ${number(right)}`
    default:
      return null
  }
}

const isPath = (cel: string): boolean => /^[a-z]\w*(\.\w+|\[("(?:[^"\\]|\\.)*"|\d+)\])+$/i.test(cel)
const there = (cel: string): string => (/\.\w+$/.test(cel) && isPath(cel) ? `has(${cel}) && ` : '')
const has = (cel: string): string =>
  /\.\w+$/.test(cel) && isPath(cel) ? `has(${cel}) && ${cel} != null` : `${cel} != null`

/** n8n compares as numbers what it is told are numbers, texts included. */
function number(cel: string): string {
  const written = /^"(-?\d+(?:\.\d+)?)"$/.exec(cel)
  return written ? written[1]! : cel
}
