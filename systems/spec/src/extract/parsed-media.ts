import { textOf } from '../resolve/values.ts'
import type { ArgValue, Effect, FuncValue, Value } from '../resolve/values.ts'
import type { FoundOperation } from './flat-routes.ts'

const parsers = /^(?:express|body-parser)(?:\.default)?\.(?<takes>json|text|raw|urlencoded)\(\)$/
/** What each takes where it is not told (expressjs.com, "express.raw", "express.text", "express.urlencoded"). */
const usual: Record<string, string> = {
  text: 'text/plain',
  raw: 'application/octet-stream',
  urlencoded: 'application/x-www-form-urlencoded',
}

/**
 * The media type of the bodies that an operation takes, where what parses them before it takes another one than JSON and nothing takes that; null where it does.
 * hapi's routes say it by themselves (hapi.dev, "route.options.payload.allow").
 */
export function parsedMedia({ handlers, options, pack }: FoundOperation): string | null {
  if (pack.framework === 'hapi') {
    const payload = options.get('payload')
    const allowed = payload?.t === 'object' ? textOf(payload.props.get('allow')) : null
    return allowed !== null && allowed.includes('/') ? allowed : null
  }
  const found: (string | null)[] = []
  const all = handlers.flatMap((handler) => (handler.t === 'list' ? handler.items : [handler]))
  for (const one of all.flatMap((handler) => (handler.t === 'func' ? handedTo(handler) : [handler]))) {
    const takes = one.t === 'symbol' ? parsers.exec(one.path)?.groups?.['takes'] : undefined
    if (takes !== undefined && one.t === 'symbol') found.push(mediaOf(takes, one.args))
    // What else parses bodies may take JSON.
    else if (one.t === 'symbol' && /body|json|multer|upload|form|busboy/i.test(one.path)) found.push(null)
  }
  // One for texts or bytes that stands nearest is there for this operation; forms are taken beside JSON.
  const last = found.at(-1) ?? null
  const isAlone = found.every((one) => one === last)
  return isAlone || last !== usual['urlencoded'] ? last : null
}

// What parses bodies only at times: middleware that was made with it calls it.
function handedTo({ fn, scope, module }: FuncValue): Value[] {
  const names = new Set(module.text.slice(fn.start, fn.end).match(/(?<![\w$.])[A-Za-z_$][\w$]*/g))
  return [...names].flatMap((name) => {
    const value = scope.get(name)
    return value?.t === 'symbol' && parsers.test(value.path) ? [value] : []
  })
}

function mediaOf(takes: string, args: readonly ArgValue[]): string | null {
  const given: Value | undefined = args[0]?.value
  const type = given?.t === 'object' ? given.props.get('type') : undefined
  if (type === undefined) return usual[takes] ?? null
  const said = textOf(type)
  return said !== null && said.includes('/') && !said.includes('*') && !said.includes('json') ? said : null
}

/** The media type of a body whose fields are read one by one: that of what gave it, where that is always the same one. */
export function fieldsMedia(bodies: readonly Effect[], otherwise: string): string {
  const found = new Set(bodies.map(({ note }) => String(note['media'])))
  const [only = ''] = found
  return found.size === 1 && only.includes('/') && only !== 'application/json' ? only : otherwise
}
