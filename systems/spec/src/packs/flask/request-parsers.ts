import { unfit } from '../../facts/condition.ts'
import type { Interpreter } from '../../resolve/interpreter.ts'
import { constant, nothing, symbol, textOf } from '../../resolve/values.ts'
import type { ArgValue, Site, Value } from '../../resolve/values.ts'
import type { ParameterPlace } from '../pack.ts'
import { argOf } from '../status.ts'

/** What a parser of Flask-RESTful or Flask-RESTX was told to read. */
interface Argument {
  name: string
  /** The name that code finds it by. */
  as: string
  places: readonly string[]
  /** As a field of Marshmallow, which bounds and types are read of. */
  field: Value
  mayNotFit: boolean
}
interface ParserData {
  kind: 'request-parser'
  told: Argument[]
}

const made = /^flask_rest(?:ful|x)(?:\.reqparse)?\.RequestParser$/
const places: Record<string, ParameterPlace | 'body'> = {
  args: 'query',
  values: 'query',
  json: 'body',
  form: 'form',
  files: 'form',
  headers: 'header',
  cookies: 'cookie',
}
const fields: Record<string, string> = {
  int: 'Integer',
  float: 'Float',
  bool: 'Boolean',
  str: 'String',
  boolean: 'Boolean',
}

const dataOf = (value: Value | null): ParserData | null =>
  value?.t === 'pack' && (value.data as Partial<ParserData>).kind === 'request-parser'
    ? (value.data as ParserData)
    : null
const parser = (told: Argument[]): Value => ({
  t: 'pack',
  data: { kind: 'request-parser', told } satisfies ParserData,
})

/** The methods of a parser. */
export function parserMember(of: Value, name: string): Value | null {
  return dataOf(of) ? symbol(`request-parser.${name}`, `parser.${name}`, { of }) : null
}

/** Makes, fills and asks a parser (flask-restful.readthedocs.io and flask-restx.readthedocs.io, "Request Parsing"): what does not fit is a bad request. */
export function parserCall(
  interpreter: Interpreter,
  callee: Value,
  args: ArgValue[],
  site: Site,
  method: string | null,
): Value | null {
  if (callee.t !== 'symbol') return null
  if (made.test(callee.path)) return parser([])
  const data = callee.path.startsWith('request-parser.') ? dataOf(callee.of) : null
  if (!data) return null
  const name = textOf(args[0]?.value)
  switch (callee.path.slice('request-parser.'.length)) {
    case 'copy':
      return parser([...data.told])
    case 'remove_argument':
    case 'replace_argument':
    case 'add_argument': {
      if (name === null) return callee.of
      const own = callee.path.endsWith('.remove_argument') ? [] : [argument(name, args, site)]
      data.told = [...data.told.filter((one) => one.name !== name), ...own]
      return callee.of
    }
    case 'parse_args':
      return parsed(interpreter, data, site, method)
    default:
      return null
  }
}

function argument(name: string, args: readonly ArgValue[], site: Site): Argument {
  const type = argOf(args, 'type')
  const last = type?.t === 'symbol' ? (type.path.split('.').at(-1) ?? '') : ''
  const kind = type === undefined ? 'String' : (fields[last] ?? 'Raw')
  const isMany = ['append', 'split'].includes(textOf(argOf(args, 'action')) ?? '')
  const isRequired = argOf(args, 'required')
  const given = args.filter((arg) => arg.name === 'required' || arg.name === 'choices')
  const one = symbol(`marshmallow.fields.${kind}()`, kind, { args: given, site })
  const list = { args: [{ name: null, value: one }, ...given.filter((arg) => arg.name === 'required')], site }
  const said = argOf(args, 'location')
  return {
    name,
    as: textOf(argOf(args, 'dest')) ?? name,
    places: (said?.t === 'list' ? said.items : [said ?? nothing]).flatMap((place) => textOf(place) ?? []),
    field: isMany ? symbol('marshmallow.fields.List()', 'List', list) : one,
    mayNotFit:
      (isRequired?.t === 'const' && isRequired.v === true) ||
      given.some((arg) => arg.name === 'choices') ||
      kind === 'Integer' ||
      kind === 'Float',
  }
}

function parsed(interpreter: Interpreter, { told }: ParserData, site: Site, method: string | null): Value {
  const hasBody = /^(?:POST|PUT|PATCH)$/.test(method ?? '')
  const placeOf = (one: Argument) => {
    // Without a place it is looked for in a body of JSON, and in what comes with the path and forms.
    const asked = one.places.length > 0 ? one.places : ['json', 'values']
    const own =
      (hasBody ? asked.find((place) => place === 'json') : undefined) ??
      asked.find((place) => place !== 'json')
    return places[own ?? asked[0] ?? ''] ?? null
  }
  const read = new Map<ParameterPlace | 'body', Map<string, Value>>()
  const props = new Map<string, Value>()
  for (const one of told) {
    const place = placeOf(one)
    if (place === null) continue
    read.set(place, (read.get(place) ?? new Map<string, Value>()).set(one.name, one.field))
    props.set(
      one.as,
      symbol(`request-parser.${one.name}`, `${place}.${one.name}`, {
        site,
        note: place === 'body' ? { bodyPath: [one.name] } : null,
      }),
    )
  }
  for (const [place, own] of read)
    interpreter.emit(
      'schema',
      { t: 'object', props: own, ref: null, args: [], isOpen: false, site },
      null,
      site,
      {
        place,
        wrap: [],
      },
    )
  if (told.some(({ mayNotFit }) => mayNotFit))
    interpreter.within(unfit, () =>
      interpreter.raise(
        symbol('werkzeug.exceptions.BadRequest()', 'BadRequest', {
          args: [{ name: null, value: constant(null) }],
        }),
        site,
      ),
    )
  return { t: 'object', props, ref: null, args: [], isOpen: false, site }
}
