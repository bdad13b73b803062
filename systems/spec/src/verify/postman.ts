import { InvalidInputError } from '@heavylift/core'
import { z } from 'zod'

/** One request of a collection, its variables (`{{name}}`) not filled yet. */
export interface CollectionRequest {
  name: string
  method: string
  /** Below the address of the service: without what stands for that. */
  path: string
  headers: Record<string, string>
  body: string | null
  /** Variables that its script sets from the answer, by the path of the field: `slug` to `article.slug`. */
  sets: Record<string, string[]>
}

export interface Collection {
  requests: CollectionRequest[]
  variables: Record<string, string>
}

const text = z.union([z.string(), z.number(), z.boolean()]).transform(String).catch('')
const pair = z.object({ key: z.string(), value: text, disabled: z.boolean().optional() })
const events = z
  .array(z.object({ listen: z.string(), script: z.object({ exec: z.unknown() }).optional() }))
  .optional()
const auth = z.object({ type: z.string(), bearer: z.array(pair).optional() }).nullish()
const request = z.object({
  method: z.string().default('GET'),
  url: z.union([z.string(), z.object({ raw: z.string() })]),
  header: z.union([z.array(pair), z.string(), z.null()]).optional(),
  body: z
    .object({
      mode: z.string().optional(),
      raw: z.string().optional(),
      urlencoded: z.array(pair).optional(),
    })
    .nullish(),
  auth,
})
const item = z.object({
  name: z.string().default(''),
  request: z.union([request, z.string()]).optional(),
  event: events,
  auth,
  get item() {
    return z.array(item).optional()
  },
})
const collection = z.object({
  info: z.object({ schema: z.string() }),
  item: z.array(item),
  variable: z.array(pair).optional(),
  auth,
})

type Item = z.output<typeof item>
type Auth = z.output<typeof auth>

/**
 * The requests of a collection of Postman (format 2.0 and 2.1) in their order. Its scripts are not run: of them only which variables
 * they set from which field of an answer is read. @throws InvalidInputError `postman-invalid`
 */
export function readPostman(file: string): Collection {
  const read = collection.safeParse(parsed(file))
  if (!read.success)
    throw new InvalidInputError({
      code: 'postman-invalid',
      message:
        'This is no collection of Postman (format 2.0 or 2.1): info.schema and item are missing. Export it from Postman again.',
    })
  const { item: items, variable = [], auth: own } = read.data
  return {
    requests: items.flatMap((one) => requestsOf(one, own)),
    variables: Object.fromEntries(variable.map(({ key, value }) => [key, value])),
  }
}

function requestsOf(one: Item, inherited: Auth): CollectionRequest[] {
  const auth = one.auth ?? inherited
  const below = (one.item ?? []).flatMap((inner) => requestsOf(inner, auth))
  if (one.request === undefined) return below
  const given = typeof one.request === 'string' ? request.parse({ url: one.request }) : one.request
  const raw = typeof given.url === 'string' ? given.url : given.url.raw
  const bearer = ((given.auth ?? auth)?.bearer ?? []).find(({ key }) => key === 'token')
  const form = given.body?.mode === 'urlencoded' ? (given.body.urlencoded ?? []) : null
  const headers = (Array.isArray(given.header) ? given.header : []).filter(
    ({ disabled }) => disabled !== true,
  )
  const all = new Map(headers.map(({ key, value }) => [key.toLowerCase(), value]))
  if (bearer && !all.has('authorization')) all.set('authorization', `Bearer ${bearer.value}`)
  if (form && !all.has('content-type')) all.set('content-type', 'application/x-www-form-urlencoded')
  const script = (one.event ?? [])
    .filter(({ listen }) => listen === 'test')
    .map((event) => [event.script?.exec ?? []].flat().map(String).join('\n'))
    .join('\n')
  return [
    {
      name: one.name,
      method: given.method.toUpperCase(),
      path: raw.replace(/^(?:https?:\/\/[^/?#]*|\{\{[^{}]+\}\})/i, ''),
      headers: Object.fromEntries(all),
      body: form ? form.map(({ key, value }) => `${key}=${value}`).join('&') : (given.body?.raw ?? null),
      sets: Object.fromEntries(
        [
          ...script.matchAll(
            /(?:\.set|\.setEnvironmentVariable|\.setGlobalVariable)\(\s*["'`]([^"'`]+)["'`]\s*,\s*([A-Za-z_$][\w$]*(?:\.[\w$]+)*)\s*\)/g,
          ),
        ].map(([, name = '', path = '']) => [name, path.split('.')]),
      ),
    },
    ...below,
  ]
}

/** Text with its variables filled; `missing` has those that nobody set. */
export function fillVariables(
  text: string,
  variables: Readonly<Record<string, string>>,
): { text: string; missing: string[] } {
  const missing: string[] = []
  const filled = text.replaceAll(/\{\{([^{}]+)\}\}/g, (whole, name: string) => {
    const value = variables[name.trim()]
    if (value === undefined) missing.push(name.trim())
    return value ?? whole
  })
  return { text: filled, missing }
}

/** Variables that a request's script sets, from the answer: the field of that path, or of its end where it begins with a variable of the script. */
export function setVariables(
  { sets }: Pick<CollectionRequest, 'sets'>,
  answer: string,
): Record<string, string> {
  const root = parsed(answer)
  return Object.fromEntries(
    Object.entries(sets).flatMap(([name, path]) => {
      const found = path
        .map((_, from) => path.slice(from).reduce<unknown>(fieldOf, root))
        .find((value) => typeof value === 'string' || typeof value === 'number')
      return found === undefined ? [] : [[name, String(found)]]
    }),
  )
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return null
  }
}
