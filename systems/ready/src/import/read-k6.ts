import { durationSeconds, RequestCollector } from './imported.ts'
import type { Imported, ScenarioInput } from './imported.ts'

/**
 * k6 scripts by reading, never by running: `stages`, `vus` and `duration` of the options, and calls of `http` whose address is written out
 * (text, template, or a constant with text). Everything else is listed.
 */
export function readK6(script: string): Imported | null {
  if (!/from\s+['"]k6(?:\/http)?['"]|require\(\s*['"]k6/.test(script)) return null
  const collect = new RequestCollector()
  const code = withoutComments(script)
  const constants = new Map<string, string>()
  for (const [, name, value] of code.matchAll(/\b(?:const|let|var)\s+(\w+)\s*=\s*['"`]([^'"`\n]*)['"`]/g))
    constants.set(name as string, value as string)
  for (const [, name, fallback] of code.matchAll(
    /\b(?:const|let|var)\s+(\w+)\s*=\s*__ENV\.\w+\s*(?:\|\||\?\?)\s*['"`]([^'"`\n]*)['"`]/g,
  ))
    constants.set(name as string, fallback as string)
  for (const match of code.matchAll(
    /\b(?:http\.(get|post|put|patch|del|head|options|request|batch|asyncRequest)|sleep)\s*\(/g,
  )) {
    const where = `line ${code.slice(0, match.index).split('\n').length}`
    const call = match[1]
    const args = argumentsAt(code, (match.index ?? 0) + match[0].length)
    if (call === undefined) {
      const seconds = Number((args[0] ?? '').trim())
      if (Number.isFinite(seconds)) collect.pause(1000 * seconds)
      else collect.leave(where, `How long it sleeps is computed (${(args[0] ?? '').trim().slice(0, 60)}).`)
      continue
    }
    if (call === 'batch' || call === 'asyncRequest') {
      collect.leave(where, `http.${call} is not read; give its requests one by one.`)
      continue
    }
    const isRequest = call === 'request'
    const method = isRequest
      ? literalOf(args[0] ?? '', constants)
      : call === 'del'
        ? 'DELETE'
        : call.toUpperCase()
    const url = literalOf(args[isRequest ? 1 : 0] ?? '', constants)
    if (url === null || method === null) {
      collect.leave(
        where,
        `Its address is computed (${(args[isRequest ? 1 : 0] ?? '').trim().slice(0, 60)}); write it out.`,
      )
      continue
    }
    const takesBody = isRequest || !['get', 'head', 'options'].includes(call)
    const bodyText = takesBody ? (args[isRequest ? 2 : 1] ?? '').trim() : ''
    const body =
      bodyText === '' || bodyText === 'null'
        ? undefined
        : literalOf(bodyText.replace(/^JSON\.stringify\(([\s\S]*)\)$/, '$1'), constants)
    if (body === null) collect.leave(where, 'Its body is computed; the request is sent without it.')
    collect.add({ where, method, url, body: body ?? undefined })
  }
  return collect.finish('k6', 'k6 script', stagesOf(code, collect))
}

type Load = NonNullable<ScenarioInput['load']>

function stagesOf(code: string, collect: RequestCollector): Load | undefined {
  const options = /export\s+(?:const|let)\s+options\s*(?::\s*\w+\s*)?=\s*\{/.exec(code)
  const part = options === null ? '' : balanced(code, (options.index ?? 0) + options[0].length - 1)
  const scenarios = /\bscenarios\s*:\s*\{/.exec(part)
  if (scenarios === null) return profileOf(part)
  const inner = balanced(part, scenarios.index + scenarios[0].length - 1)
  const found: Load = []
  for (const match of inner.matchAll(/([\w'"-]+)\s*:\s*\{[^{}]*executor\s*:\s*['"]([\w-]+)['"]/g)) {
    const from = inner.indexOf('{', match.index)
    const stages = executorOf(match[2] as string, balanced(inner, from))
    if (stages === null)
      collect.leave(
        `options.scenarios.${match[1]}`,
        `The executor ${match[2]} is not read; give it as stages of load.`,
      )
    else found.push(...stages)
  }
  // What runs side by side in k6 runs one after the other here.
  if (found.length > 1)
    collect.leave('options.scenarios', 'Scenarios are played one after the other, not side by side.')
  return found.length === 0 ? undefined : found.slice(0, 100)
}

function executorOf(executor: string, part: string): Load | null {
  const number = (name: string) => {
    const value = new RegExp(`\\b${name}\\s*:\\s*([\\d_]+)`).exec(part)?.[1]
    return value === undefined ? undefined : Number(value.replaceAll('_', ''))
  }
  const unit = durationSeconds(/\btimeUnit\s*:\s*['"]([^'"]+)['"]/.exec(part)?.[1] ?? '1s') || 1
  const seconds =
    durationSeconds(/\b(?:duration|maxDuration)\s*:\s*['"]([^'"]+)['"]/.exec(part)?.[1] ?? '') || 30
  const rate = number('rate')
  if (executor === 'constant-arrival-rate' && rate !== undefined && rate > 0)
    return [{ kind: 'constant', ratePerSecond: rate / unit, seconds }]
  if (executor === 'ramping-arrival-rate') {
    let from = (number('startRate') ?? 0) / unit
    return stagePairs(part).flatMap(([duration, target]) => {
      const to = target / unit
      const stage =
        to > 0 ? [{ kind: 'ramp' as const, fromPerSecond: from, toPerSecond: to, seconds: duration }] : []
      from = to
      return stage
    })
  }
  return /^(?:constant-vus|ramping-vus|shared-iterations|per-vu-iterations|externally-controlled)$/.test(
    executor,
  )
    ? (profileOf(part) ?? [{ kind: 'users', users: 1, seconds }])
    : null
}

const stagePairs = (part: string) =>
  [...part.matchAll(/duration:\s*['"]([^'"]+)['"]\s*,\s*target:\s*(\d+)/g)].map(
    ([, duration, target]) => [Math.max(0.1, durationSeconds(duration) ?? 30), Number(target)] as const,
  )

function profileOf(part: string): Load | undefined {
  const stages = stagePairs(part)
  if (stages.length > 0)
    return stages.slice(0, 100).map(([seconds, target]) => ({
      kind: 'users' as const,
      users: Math.min(10_000, Math.max(1, target)),
      seconds,
    }))
  const users = /\bvus:\s*(\d+)/.exec(part)?.[1]
  const duration = /\b(?:duration|maxDuration):\s*['"]([^'"]+)['"]/.exec(part)?.[1]
  if (users === undefined && duration === undefined) return undefined
  return [
    {
      kind: 'users',
      users: Math.min(10_000, Math.max(1, Number(users ?? 1))),
      seconds: Math.max(0.1, durationSeconds(duration ?? '30s') ?? 30),
    },
  ]
}

/** A text that is written out; null where something must be run to know it. */
function literalOf(expression: string, constants: ReadonlyMap<string, string>): string | null {
  const text = expression.trim()
  const url = /^http\.url\s*`([\s\S]*)`$/.exec(text)
  const template = url ?? /^`([^`]*)`$/.exec(text)
  if (template !== null) return filled(template[1] as string, constants, 0)
  const quoted = /^(['"])((?:[^\\\n]|\\.)*?)\1$/.exec(text)
  if (quoted !== null) return (quoted[2] as string).replaceAll(/\\(.)/g, '$1')
  const constant = constants.get(text)
  if (constant !== undefined) return filled(constant, constants, 0)
  if (text.includes('+')) {
    const parts = text
      .split('+')
      .map(
        (part) =>
          literalOf(part, constants) ??
          (/^\s*[\w.]+\s*$/.test(part) ? `{{${part.trim().replaceAll('.', '_')}}}` : null),
      )
    return parts.every((part) => part !== null) ? parts.join('') : null
  }
  if (text.startsWith('{')) {
    try {
      const json = text
        .replaceAll(/([{,]\s*)(\w+)\s*:/g, '$1"$2":')
        .replaceAll(/'([^'\n]*)'/g, '"$1"')
        .replaceAll(/,\s*([}\]])/g, '$1')
      return JSON.stringify(JSON.parse(json))
    } catch {
      return null
    }
  }
  return null
}

/** A template with its constants, which may be templates themselves; what is not known is a variable. */
function filled(text: string, constants: ReadonlyMap<string, string>, depth: number): string {
  return text.replaceAll(/\$\{\s*([^}]+?)\s*\}/g, (_, inner: string) => {
    const known = depth < 5 ? constants.get(inner) : undefined
    return known === undefined
      ? `{{${inner.replaceAll(/\W+/g, '_').replaceAll(/^_+|_+$/g, '') || 'value'}}}`
      : filled(known, constants, depth + 1)
  })
}

/** The arguments of a call, from after its bracket. */
function argumentsAt(code: string, from: number): string[] {
  const whole = balanced(code, from - 1).slice(1, -1)
  const parts: string[] = []
  let depth = 0
  let quote = ''
  let start = 0
  for (let at = 0; at < whole.length; at++) {
    const sign = whole[at] as string
    if (quote !== '') {
      if (sign === '\\') at++
      else if (sign === quote) quote = ''
    } else if (sign === '"' || sign === "'" || sign === '`') quote = sign
    else if ('([{'.includes(sign)) depth++
    else if (')]}'.includes(sign)) depth--
    else if (sign === ',' && depth === 0) {
      parts.push(whole.slice(start, at))
      start = at + 1
    }
  }
  parts.push(whole.slice(start))
  return parts
}

/** From an opening bracket to the one that closes it. */
function balanced(code: string, from: number): string {
  let depth = 0
  let quote = ''
  for (let at = from; at < code.length; at++) {
    const sign = code[at] as string
    if (quote !== '') {
      if (sign === '\\') at++
      else if (sign === quote) quote = ''
    } else if (sign === '"' || sign === "'" || sign === '`') quote = sign
    else if ('([{'.includes(sign)) depth++
    else if (')]}'.includes(sign) && --depth === 0) return code.slice(from, at + 1)
  }
  return code.slice(from)
}

/** Comments as spaces, so that lines stay where they are; what stands in quotes is kept. */
function withoutComments(script: string): string {
  return script.replaceAll(
    /("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)|\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
    (whole, kept: string | undefined) => kept ?? whole.replaceAll(/[^\n]/g, ' '),
  )
}
