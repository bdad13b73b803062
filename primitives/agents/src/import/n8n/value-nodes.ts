import { record, records, text } from '../json.ts'
import { cut } from '../names.ts'
import { at, mapped } from './node-step.ts'
import type { NodeInput, NodeStep } from './node-step.ts'
import { baseOf } from './workflow.ts'

export function setStep(input: NodeInput): NodeStep {
  const { values, place, node } = input
  const value: Record<string, unknown> = {}
  const put = (name: string, given: unknown): void => {
    const keys = name.split('.').filter((key) => key !== '' && key !== '__proto__')
    let inner = value
    for (const key of keys.slice(0, -1)) inner = inner[key] = record(inner[key])
    const last = keys.at(-1)
    if (last !== undefined) inner[last] = given
  }
  const raw = at(input, 'jsonOutput')
  if (at(input, 'mode') === 'raw' && typeof raw === 'string') {
    const json = values.json(raw, `${place}/jsonOutput`)
    if (json !== undefined) return mapped({ kind: 'set', value: json })
    return {
      step: { kind: 'set', value: values.template(raw, `${place}/jsonOutput`) },
      state: 'approximated',
      note: 'Its JSON is a text here, as its expressions are not inside values.',
    }
  }
  for (const each of records(record(at(input, 'assignments'))['assignments']))
    put(
      text(each['name']),
      typed(each['type'], values.template(each['value'], `${place}/assignments/${text(each['name'])}`)),
    )
  for (const each of records(record(at(input, 'fields'))['values'])) {
    const key = Object.keys(each).find((name) => name.endsWith('Value'))
    put(
      text(each['name']),
      typed(each['type'], values.template(key ? each[key] : '', `${place}/fields/${text(each['name'])}`)),
    )
  }
  for (const [type, items] of Object.entries(record(at(input, 'values'))))
    for (const each of records(items))
      put(
        text(each['name']),
        typed(type, values.template(each['value'], `${place}/values/${text(each['name'])}`)),
      )
  const keepsAll =
    node.typeVersion >= 3 ? at(input, 'includeOtherFields') === true : at(input, 'keepOnlySet') !== true
  return mapped(
    { kind: 'set', value },
    keepsAll
      ? {
          state: 'approximated',
          note: 'The other fields of the item are not copied; read them from the step before.',
        }
      : {},
  )
}

/** A written value of the type that n8n is told; expressions keep their own. */
function typed(type: unknown, value: unknown): unknown {
  if (typeof value !== 'string' || value.includes('${')) return value
  if (type === 'number' || type === 'numberValue')
    return value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value
  if (type === 'boolean' || type === 'booleanValue') return value === 'true'
  if (type === 'object' || type === 'array') {
    try {
      return JSON.parse(value) as unknown
    } catch {
      return value
    }
  }
  return value
}

/** What n8n gives its code, made of the step's input; the code itself is unchanged. */
const codeBefore = `const items = input.items.map((json) => ({ json }));
const $input = { all: () => items, first: () => items[0], last: () => items.at(-1), item: items[0] };
const $json = items[0]?.json, item = $json;
const $ = (name) => { const of = (input.nodes[name] ?? []).map((json) => ({ json })); return { all: () => of, first: () => of[0], last: () => of.at(-1), item: of[0] }; };
const $node = Object.fromEntries(Object.entries(input.nodes).map(([name, [json]]) => [name, { json }]));
const $items = (name) => name ? $(name).all() : items;
const answer = (() => {
`
const codeAfter = `
})();
return Array.isArray(answer) && answer.length === 1 ? (answer[0]?.json ?? answer[0]) : Array.isArray(answer) ? answer.map((each) => each?.json ?? each) : (answer?.json ?? answer);`

export function codeStep(input: NodeInput): NodeStep {
  const { node, values, place } = input
  const language = text(at(input, 'language'))
  const source = text(
    at(input, 'jsCode') ?? at(input, 'functionCode') ?? at(input, 'pythonCode') ?? at(input, 'code'),
  ).replace(/^=/, '')
  if (/^python/i.test(language) || (source === '' && language !== ''))
    return {
      step: { kind: 'set', value: null },
      state: 'by-hand',
      note: cut(`Its Python does not run here. It was:\n${text(at(input, 'pythonCode'))}`, 3_900),
    }
  const named = new Set(
    [...source.matchAll(/\$(?:node|items)?[([]\s*(["'`])((?:(?!\1).)+)\1/g)].map((match) => match[2]!),
  )
  const nodes: Record<string, unknown> = {}
  for (const name of named) {
    const cel = values.expression(`$(${JSON.stringify(name)}).item.json`, `${place}/code`)
    if (cel !== null) nodes[name] = [`\${${cel.text}}`]
  }
  return {
    step: {
      kind: 'code',
      code: cut(`${codeBefore}${source}${codeAfter}`, 100_000),
      with: { items: [`\${${input.incoming}}`], nodes },
      review: true,
    },
    state: 'approximated',
    note: `Its JavaScript (${baseOf(node.type)}) does not run until somebody has read it.`,
  }
}

export function mergeStep(input: NodeInput): NodeStep {
  const mode = text(at(input, 'mode')) || 'append'
  const inputs = input.inputs.map((each) => `\${${each}}`)
  const combines = /combine|merge|multiplex|keep/i.test(mode)
  return {
    step: {
      kind: 'code',
      code: combines
        ? 'return Object.assign({}, ...input.inputs.filter((each) => typeof each === "object" && each !== null));'
        : 'const there = input.inputs.filter((each) => each !== null); return there.length === 1 ? there[0] : there;',
      with: { inputs },
    },
    state: 'approximated',
    note: 'It joins one item of each side.',
  }
}
