import { isObject, record, records, text } from '../json.ts'
import { cut } from '../names.ts'
import { at, mapped } from './node-step.ts'
import type { NodeInput, NodeStep } from './node-step.ts'
import { baseOf } from './workflow.ts'

export function setStep(input: NodeInput): NodeStep {
  const { values, place } = input
  const raw = at(input, 'jsonOutput')
  if (at(input, 'mode') === 'raw' && typeof raw === 'string') {
    const json = values.json(raw, `${place}/jsonOutput`)
    if (json !== undefined) return withOthers(input, isObject(json) ? Object.entries(json) : null, json)
    return {
      step: { kind: 'set', value: values.template(raw, `${place}/jsonOutput`) },
      state: 'approximated',
      note: 'Its JSON is a text here, as its expressions are not inside values.',
    }
  }
  const fields: [string, unknown][] = []
  for (const each of records(record(at(input, 'assignments'))['assignments']))
    fields.push([
      text(each['name']),
      typed(each['type'], values.template(each['value'], `${place}/assignments/${text(each['name'])}`)),
    ])
  for (const each of records(record(at(input, 'fields'))['values'])) {
    const key = Object.keys(each).find((name) => name.endsWith('Value'))
    fields.push([
      text(each['name']),
      typed(each['type'], values.template(key ? each[key] : '', `${place}/fields/${text(each['name'])}`)),
    ])
  }
  for (const [type, items] of Object.entries(record(at(input, 'values'))))
    for (const each of records(items))
      fields.push([
        text(each['name']),
        typed(type, values.template(each['value'], `${place}/values/${text(each['name'])}`)),
      ])
  const value: Record<string, unknown> = {}
  for (const [name, given] of fields) {
    const keys = name.split('.').filter((key) => key !== '' && key !== '__proto__')
    let inner = value
    for (const key of keys.slice(0, -1)) inner = inner[key] = record(inner[key])
    const last = keys.at(-1)
    if (last !== undefined) inner[last] = given
  }
  return withOthers(input, fields, value)
}

/** Which of the item's other fields a Set keeps, as its versions say it: all, those that are named, all but those, none. */
function kept(input: NodeInput): { which: 'all' | 'selected' | 'except' | 'none'; names: string[] } {
  const version = input.node.typeVersion
  const include = text(at(input, 'include')) || 'all'
  const isOn =
    version >= 3.3
      ? at(input, 'includeOtherFields') === true
      : version >= 3 || at(input, 'keepOnlySet') !== true
  const which = isOn && version >= 3 && /^(selected|except|none)$/.test(include) ? include : 'all'
  return {
    which: isOn ? (which as 'all' | 'selected' | 'except' | 'none') : 'none',
    names: text(at(input, which === 'except' ? 'excludeFields' : 'includeFields'))
      .split(',')
      .map((each) => each.trim())
      .filter((each) => each !== ''),
  }
}

/** What n8n sets, on top of the fields that it keeps: those by code, as CEL joins no maps. */
function withOthers(input: NodeInput, fields: [string, unknown][] | null, value: unknown): NodeStep {
  const { which, names } = kept(input)
  if (which === 'none' || fields === null) return mapped({ kind: 'set', value })
  return mapped({
    kind: 'code',
    code: `const item = typeof input.item === 'object' && input.item !== null ? input.item : {};
const out = Object.fromEntries(Object.entries(item).filter(([key]) => ${
      which === 'all' ? 'true' : `${which === 'except' ? '!' : ''}input.names.includes(key)`
    }));
for (const [name, value] of input.fields) {
  const keys = name.split('.').filter((key) => key !== '' && key !== '__proto__');
  let at = out;
  for (const key of keys.slice(0, -1)) at = at[key] = typeof at[key] === 'object' && at[key] !== null ? at[key] : {};
  if (keys.length > 0) at[keys.at(-1)] = value;
}
return out;`,
    with: { item: `\${${input.incoming}}`, fields, ...(which === 'all' ? {} : { names }) },
  })
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

const joined = (inputs: readonly string[], code: string): NodeStep =>
  mapped({ kind: 'code', code, with: { inputs: inputs.map((each) => `\${${each}}`) } })
const together =
  'return Object.assign({}, ...input.inputs.filter((each) => typeof each === "object" && each !== null));'

/** Merge, version 1 to 3. Those of one item of each side are the same; joins by a field and by SQL look at all items. */
export function mergeStep(input: NodeInput): NodeStep {
  const mode = text(at(input, 'mode')) || 'append'
  const by = text(at(input, 'combineBy') ?? at(input, 'combinationMode'))
  const { inputs } = input
  const only = inputs.length === 1
  if (
    /^(multiplex|mergeByIndex)$/.test(mode) ||
    /^(combineByPosition|mergeByPosition|combineAll|multiplex)$/.test(by)
  ) {
    const clash = text(
      record(record(record(at(input, 'options'))['clashHandling'])['values'])['resolveClash'],
    )
    const first = /^preferInput1$/.test(clash)
    return clash === 'addSuffix'
      ? {
          ...joined(inputs, together),
          state: 'approximated',
          note: 'Fields of one name are not told apart by a number: the last side wins.',
        }
      : joined(first ? inputs.toReversed() : inputs, together)
  }
  if (mode === 'chooseBranch' || mode === 'passThrough' || mode === 'wait') {
    const output = text(at(input, 'output')) || 'specifiedInput'
    if (output === 'empty' || mode === 'wait') return mapped({ kind: 'set', value: {} })
    const number = Number(at(input, 'useDataOfInput') ?? /\d/.exec(output)?.[0] ?? 1)
    const chosen = inputs[number - 1]
    if (chosen !== undefined) return mapped({ kind: 'set', value: `\${${chosen}}` })
  }
  return {
    ...joined(
      inputs,
      mode === 'append'
        ? 'const there = input.inputs.filter((each) => each !== null); return there.length === 1 ? there[0] : there;'
        : together,
    ),
    // Of one side there is nothing to join: it gives on what came.
    state: only && mode === 'append' ? 'mapped' : 'approximated',
    ...(only && mode === 'append' ? {} : { note: 'It joins one item of each side.' }),
  }
}
