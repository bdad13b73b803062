import type { Constraint } from '../../facts/shape.ts'

/** A field's name in one part of a request, whether it has to be there, and its bounds: `form:"page,default=1,range=[1:100]"` (go-zero.dev, "Parameter Rules"). */
export function goZeroTag(
  tag: string,
  key: string,
  isNumber: boolean,
): { name: string; isRequired: boolean; constraints: Constraint[]; default?: string } | null {
  const text = new RegExp(String.raw`(?:^|\s)${key}:"([^"]*)"`).exec(tag)?.[1]
  if (text === undefined || text === '-') return null
  const [name = '', ...rest] = text.split(/,(?![^[(]*[\])])/)
  const words = rest.map((one) => one.trim())
  const constraints: Constraint[] = []
  const range = words.map((one) => /^range=([[(])([^:]*):([^:]*)([\])])$/.exec(one)).find(Boolean)
  const [, opens = '', from = '', to = '', closes = ''] = range ?? []
  if (from !== '')
    constraints.push({ keyword: opens === '[' ? 'minimum' : 'exclusiveMinimum', value: Number(from) })
  if (to !== '')
    constraints.push({ keyword: closes === ']' ? 'maximum' : 'exclusiveMaximum', value: Number(to) })
  const options = words.map((one) => /^options=\[?([^\]]*)\]?$/.exec(one)?.[1]).find(Boolean)
  if (options !== undefined)
    constraints.push({
      keyword: 'enum',
      value: options.split(/[|,]/).map((one) => (isNumber ? Number(one) : one)),
    })
  const otherwise = words.map((one) => /^default=(.*)$/.exec(one)?.[1]).find((one) => one !== undefined)
  const mayLack = words.some((one) => /^optional\b/.test(one)) || otherwise !== undefined
  return {
    name,
    isRequired: !mayLack,
    constraints,
    ...(otherwise === undefined ? {} : { default: otherwise }),
  }
}
