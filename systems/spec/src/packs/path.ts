import { assumedText } from '../resolve/assumed-text.ts'
import { each, symbol, textOf } from '../resolve/values.ts'
import type { Value } from '../resolve/values.ts'
import type { PathSyntax } from './pack.ts'
import { ownTable } from '../parse/own-table.ts'

/** A path in braces, and what its variables are known to be: `integer`, `string`, or a pattern. */
export interface PathTemplate {
  path: string
  variables: { name: string; type: 'string' | 'integer' | 'number' | 'uuid'; pattern: string }[]
  /** Part of it could not be worked out. */
  isUnsure: boolean
}

/** Stands in a path for a part of it that is not known. */
export const unknownPart = '…'

/** What may stand before a router that was not followed to where it is mounted: nothing is written there, so it is told as if there were none, and doubted. */
export const unreadPrefix: Value = symbol('?')

/** A path of which only what stands before it is not known, without that: below a prefix it is what the code says. Null where more is not known. */
export function belowUnknown(path: string): string | null {
  const rest = /^(?:\/?[\w-]*…)+(\/.*)$/.exec(path)?.[1] ?? ''
  return !rest.includes(unknownPart) && /\/[\w-]/.test(rest) ? rest : null
}

/** Texts that a value of a path may be. A part that is not known is `…` and makes it unsure. */
export function pathTexts(value: Value | undefined): { text: string; isRegex: boolean; isUnsure: boolean }[] {
  if (!value) return []
  if (value.t === 'list') return value.items.flatMap((item) => pathTexts(item))
  const ways = each(value)
  // A setting with a default: the default is what is known.
  const known = ways.filter((one) => (ways.length > 1 ? assumedText(one) : textOf(one)) !== null)
  return (known.length > 0 ? known : ways).flatMap(
    (one): { text: string; isRegex: boolean; isUnsure: boolean }[] => {
      const text = assumedText(one)
      if (text !== null) return [{ text, isRegex: false, isUnsure: false }]
      if (one.t === 'symbol' && one.path === 'RegExp()')
        return [{ text: textOf(one.args[0]?.value) ?? '', isRegex: true, isUnsure: false }]
      if (one.t === 'text') {
        const parts = one.parts.map((part) => {
          const [first] = pathTexts(part)
          return first?.text ?? unknownPart
        })
        return [
          {
            text: parts.join(''),
            isRegex: false,
            isUnsure: parts.some((part) => part.includes(unknownPart)),
          },
        ]
      }
      if (one.t === 'const' && one.v === null) return [{ text: '', isRegex: false, isUnsure: false }]
      return [{ text: one === unreadPrefix ? '' : unknownPart, isRegex: false, isUnsure: true }]
    },
  )
}

const typeOfConverter: Record<string, 'integer' | 'number' | 'uuid'> = ownTable({
  int: 'integer',
  float: 'number',
  uuid: 'uuid',
  guid: 'uuid',
})

// Fiber, "Routing", "Constraints": `:id<int;min(5)>`, `:name<minLen(3)>`.
function constraintsOf(text: string): { type: PathTemplate['variables'][number]['type']; pattern: string } {
  const found = new Map(
    text.split(';').map((one) => {
      const [, name = '', given = ''] = /^\s*(\w+)(?:\((.*)\))?\s*$/.exec(one) ?? []
      return [name, given] as const
    }),
  )
  const type = [...found.keys()].flatMap((name) => typeOfConverter[name] ?? [])[0] ?? 'string'
  const [from = '', to = ''] = (found.get('betweenLen') ?? '').split(',').map((one) => one.trim())
  const exact = found.get('len')
  const least = exact ?? found.get('minLen') ?? from
  const most = exact ?? found.get('maxLen') ?? to
  const letters = found.has('alpha') ? '[a-zA-Z]' : '.'
  const length = least || most ? `{${least || '0'},${most}}` : '+'
  const asksLength = found.has('alpha') || length !== '+'
  return {
    type,
    pattern: found.get('regex') ?? (type === 'string' && asksLength ? `^${letters}${length}$` : ''),
  }
}
const isWhole = (pattern: string) => /^\^?\(?(?:\[0-9\]|\\d)(?:[+*]|\{\d+(?:,\d*)?\})\)?\$?$/.test(pattern)

/** A path of the framework in braces; several where parts are optional. */
export function templatesOf(text: string, syntax: PathSyntax): PathTemplate[] {
  const variables: PathTemplate['variables'] = []
  const add = (name: string, pattern = '', type: 'string' | 'integer' | 'number' | 'uuid' = 'string') => {
    variables.push({ name, type: isWhole(pattern.trim()) ? 'integer' : type, pattern: pattern.trim() })
    return name
  }
  let rest = 0
  let any = 0
  let unnamed = 0
  let path = text
  switch (syntax) {
    case 'colon': {
      // What is asked of the query (`/songs?by=:artist`) is no part of it.
      path = path.replace(/\?\w+=.*$/, '')
      // A sign that is escaped is one of the path; Fastify's colon is by another.
      path = path.replaceAll('::', String.raw`\:`)
      const escaped = /\\([*:().?+[\]{}])/g
      if (escaped.test(path))
        return templatesOf(
          path.replaceAll(escaped, (_, sign: string) =>
            String.fromCodePoint(0xe000 + (sign.codePointAt(0) ?? 0)),
          ),
          syntax,
        ).map((one) => ({
          ...one,
          path: one.path.replaceAll(/[\uE000-\uE0FF]/g, (sign) =>
            String.fromCodePoint((sign.codePointAt(0) ?? 0) - 0xe000),
          ),
        }))
      // `/(v1|latest)/users`: one path for each.
      const choice = /(?<!\w)\(([\w.-]+(?:\|[\w.-]+)+)\)(?![?*+])/.exec(path)
      if (choice)
        return (choice[1] ?? '')
          .split('|')
          .flatMap((one) =>
            templatesOf(
              path.slice(0, choice.index) + one + path.slice(choice.index + choice[0].length),
              syntax,
            ),
          )
      // {/:id} of path-to-regexp 8, :id? of older ones and ?:id of Beego: with and without it.
      path = path.replaceAll(/\/\?:(\w+)/g, '/:$1?')
      path = path.replaceAll(/:(\w+)\{((?:[^{}]|\{[^{}]*\})*)\}/g, ':$1($2)')
      const optional = /\{([^{}]*)\}(?![^<>]*>)|\/:\w+(?:\([^)]*\))?\?/.exec(path)
      if (optional) {
        const inside = optional[1] ?? optional[0].replace(/\?$/, '')
        const before = path.slice(0, optional.index)
        const after = path.slice(optional.index + optional[0].length)
        return ofOneShapeOnce([
          ...templatesOf(before + inside + after, syntax),
          ...templatesOf(before + after || '/', syntax),
        ]).toReversed()
      }
      path = path.replaceAll(
        // A pattern in parentheses is a variable without a name.
        /:(\w+)(?:\(((?:[^()]|\([^()]*\))*)\)|<([^<>]*)>)?([*+])?|\((?!\?|\.\*\))([^()]*[\\[.+*][^()]*)\)(?![?*+])|\*(\w*)|\(\.\*\)|(?<=\/)\+$/g,
        (
          _whole,
          name?: string,
          pattern?: string,
          converter?: string,
          many?: string,
          group?: string,
          star?: string,
        ) => {
          if (group !== undefined) return `{${add(`p${++unnamed}`, group)}${/\.[*+]/.test(group) ? '*' : ''}}`
          if (name !== undefined) {
            const asked = constraintsOf(converter ?? '')
            return `{${add(name, pattern ?? asked.pattern, asked.type)}${many ? '*' : ''}}`
          }
          return `{${add(star || (rest++ === 0 ? 'rest' : `rest${rest}`))}*}`
        },
      )
      break
    }
    case 'braces':
    case 'parts': {
      // chi ("patNextSegment"): a star takes all that comes, whatever stands behind it.
      if (syntax === 'parts') path = path.replace(/(?<=\/)\*\w+$/, '*')
      // Javalin ("Path parameters"): `<name>` takes slashes too.
      path = path.replaceAll(/(?<=\/)<(\w+)>(?=\/|$)/g, '{$1:.*}')
      // hapi's {name?}, {name*} and {name*2}.
      const optional = /\/?\{\w+\?\}/.exec(path)
      if (optional) {
        const before = path.slice(0, optional.index)
        const after = path.slice(optional.index + optional[0].length)
        return [
          ...templatesOf(before + after || '/', syntax),
          ...templatesOf(before + optional[0].replace('?', '') + after, syntax),
        ]
      }
      path = path.replaceAll(/\{(\w+)\*\d*\}/g, '{*$1}')
      path = path.replaceAll(
        /\{\*?(\w+|\$)(?:\.\.\.)?(?::((?:[^{}]|\{[^{}]*\})*))?\}|\*\*?/g,
        (whole, name: string | undefined, pattern: string | undefined, offset: number, all: string) => {
          if (name === '$') return ''
          // One star with more of the path behind it is one part.
          if (whole === '*' && all.slice(offset + 1).includes('/'))
            return `{${add(any++ === 0 ? 'any' : `any${any}`)}}`
          if (name === undefined) return `{${add(rest++ === 0 ? 'rest' : `rest${rest}`)}*}`
          const isRest =
            whole.includes('...') ||
            whole.startsWith('{*') ||
            pattern === 'path' ||
            pattern === '*' ||
            (syntax === 'braces' && (pattern === '.*' || pattern === '.+'))
          return `{${add(name, pattern === 'path' ? '' : (pattern ?? ''), typeOfConverter[pattern ?? ''] ?? 'string')}${isRest ? '*' : ''}}`
        },
      )
      break
    }
    case 'converted':
      return templatesOf(path.replaceAll(/\{(\w+):(\w+)\}/g, '{$2:$1}'), 'braces').map((one) => ({
        ...one,
        variables: one.variables.map((variable) => ({ ...variable, pattern: '' })),
      }))
    case 'angle':
      path = path.replaceAll(
        /<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>/g,
        (_whole, converter: string | undefined, name: string) =>
          `{${add(name, '', typeOfConverter[converter ?? ''] ?? 'string')}${converter === 'path' ? '*' : ''}}`,
      )
      break
    case 'bottle':
      return templatesOf(
        path.replaceAll(/<[^<>]*>|:(\w+)(?:#(.*?)#)?/g, (whole, name?: string, pattern?: string) =>
          name === undefined ? whole : `<${name}${pattern === undefined ? '' : `:re:${pattern}`}>`,
        ),
        'name-first',
      )
    case 'name-first':
      path = path.replaceAll(
        /<(\w+)(?::(?:re:)?([^<>]*))?>/g,
        (_whole, name: string, filter = '') =>
          `{${add(name, /^\w*$/.test(filter) ? '' : filter, typeOfConverter[filter] ?? 'string')}${/^(?:path|\.[*+])$/.test(filter) ? '*' : ''}}`,
      )
      break
    case 'brackets': {
      // [[...rest]] may be left out, with what stands before it.
      const optional = /\/?\[\[([^\]]+)\]\]/.exec(path)
      if (optional) {
        const [whole, inside] = optional
        const [before, after] = [path.slice(0, optional.index), path.slice(optional.index + whole.length)]
        return [
          ...templatesOf(before + after || '/', syntax),
          ...templatesOf(`${before}/[${inside}]${after}`, syntax),
        ]
      }
      path = path.replaceAll(
        /\[(\.\.\.)?([^\]=]+)(?:=[^\]]*)?\]/g,
        (_whole, many: string | undefined, name: string) => `{${add(name)}${many ? '*' : ''}}`,
      )
      break
    }
    case 'regex': {
      const ways = waysOf(path)
      if (ways[0] !== path) return ways.flatMap((one) => templatesOf(one, syntax))
      path = fromRegex(path, add)
    }
  }
  return [{ path, variables, isUnsure: false }]
}

// `/:from?/:to?` with one variable is `/{from}`: the first takes what is there.
const ofOneShapeOnce = (all: readonly PathTemplate[]): PathTemplate[] => {
  const shapes = new Set<string>()
  return all.filter(({ path }) => {
    const shape = path.replaceAll(/\{[^{}]*\}/g, '{}')
    return !shapes.has(shape) && shapes.add(shape)
  })
}

/** A regular expression with and without its first group that may be left out, and with each plain alternative of a group without a name. */
function waysOf(source: string): string[] {
  for (const { start, end } of groupsOf(source)) {
    const inside = source.slice(start + 1, end)
    const [before, after] = [source.slice(0, start), source.slice(end + 1)]
    const isNamed = /\(\?P?<\w/.test(inside)
    if (after.startsWith('?'))
      return [
        before + after.slice(1),
        `${before}(${isNamed && !inside.startsWith('?') ? '?:' : ''}${inside})${after.slice(1)}`,
      ]
    const plain = /^(?:\?:)?((?:[\w./|-]|\\\W)*)$/.exec(inside)?.[1]
    if (plain !== undefined && !/^[*+{]/.test(after))
      return plain.split('|').map((one) => before + one + after)
  }
  return [source]
}

/** Where the groups of a regular expression stand, the outer ones first: none that only looks ahead or back, and none within a variable. */
function groupsOf(source: string): { start: number; end: number }[] {
  const [open, found]: [number[], { start: number; end: number }[]] = [[], []]
  let inClass = false
  for (let at = 0; at < source.length; at++) {
    const sign = source[at]
    if (sign === '\\') at++
    else if (inClass) inClass = sign !== ']'
    else if (sign === '[') inClass = true
    else if (sign === '(') open.push(at)
    else if (sign === ')') {
      const start = open.pop()
      if (start !== undefined) found.push({ start, end: at })
    }
  }
  // Where groups have names, one without is no variable (docs.djangoproject.com, "Using unnamed regular expression groups").
  const variable = /\(\?P?<\w/.test(source) ? /^\(\?P?<\w/ : /^\((?!\?)/
  return found
    .filter(({ start }) => !/^\(\?(?:=|!|<[=!])/.test(source.slice(start)))
    .filter(
      ({ start }) =>
        !found.some((one) => one.start < start && start < one.end && variable.test(source.slice(one.start))),
    )
    .sort((a, b) => a.start - b.start)
}

/** Plain texts that a regular expression before other paths may stand for: Express takes off what it found at the start. Null where it is more than that. */
export function plainWays(source: string): string[] | null {
  const ways = templatesOf(source, 'regex')
  const isPlain = ways.every(
    ({ path, variables }) => variables.length === 0 && /^(?:\/?[\w.~-]+)*\/?$/.test(path),
  )
  return isPlain ? [...new Set(ways.map(({ path }) => path.replace(/^\/$/, '')))] : null
}

/** Groups of a regular expression as variables. */
export function fromRegex(source: string, add: (name: string, pattern?: string) => string): string {
  let text = source
    .replace(/^\^/, '')
    .replace(/\(\?=[^)]*\)$/, '')
    .replace(/\\?\$$/, '')
    .replaceAll(String.raw`\/`, '/')
    .replaceAll(String.raw`\Z`, '')
    .replaceAll(String.raw`\A`, '')
  let unnamed = 0
  for (let round = 0; round < 20; round++) {
    const open = text.search(/\((?!\?:|\?=|\?!)/)
    const at = open >= 0 ? open : text.search(/\(\?:/)
    if (at < 0) break
    let depth = 0
    let end = at
    let inClass = false
    for (; end < text.length; end++) {
      const sign = text[end]
      if (sign === '\\') end++
      else if (sign === '[') inClass = true
      else if (sign === ']') inClass = false
      else if (!inClass && sign === '(') depth++
      else if (!inClass && sign === ')' && --depth === 0) break
    }
    const inside = text.slice(at + 1, end)
    const named = /^\?P?<(\w+)>([\s\S]*)$/.exec(inside)
    let tail = end + 1
    const quantifier = /^(?:[?*+]|\{[^}]*\})/.exec(text.slice(tail))?.[0] ?? ''
    tail += quantifier.length
    const made = inside.startsWith('?:')
      ? (inside.slice(2).split('|')[0] ?? '')
      : `\u0001${add(named?.[1] ?? `p${++unnamed}`, named?.[2] ?? inside)}${/\.[*+]/.test(named?.[2] ?? inside) ? '*' : ''}\u0002`
    text = text.slice(0, at) + made + text.slice(tail)
  }
  return text
    .replaceAll(/\/\?|\\\/\?/g, '')
    .replace(/(?<=\/|^)\.[*+]$/, () => `\u0001${add('rest')}*\u0002`)
    .replaceAll(/\\(.)/g, '$1')
    .replaceAll('\u0001', '{')
    .replaceAll('\u0002', '}')
}

/** The path of a regular expression: a part that is neither a plain text nor a variable is not known. */
export const knownOfRegex = (path: string): string =>
  path
    .split('/')
    .map((part) => (/[[\]()|+?*^$\\]/.test(part.replaceAll(/\{[^{}]*\}\*?/g, '')) ? unknownPart : part))
    .join('/')

/** Both parts with one slash between; a slash at the end stays only where `isStrict`. */
export function joinPaths(parts: readonly string[], isStrict: boolean): string {
  let path = ''
  for (const part of parts) {
    if (part === '') continue
    path =
      path.endsWith('/') && part.startsWith('/')
        ? path + part.slice(1)
        : path !== '' && !path.endsWith('/') && !part.startsWith('/')
          ? `${path}/${part}`
          : path + part
  }
  path = `/${path}`.replaceAll(/\/{2,}/g, '/')
  return path.length > 1 && !isStrict ? path.replace(/\/$/, '') : path
}
