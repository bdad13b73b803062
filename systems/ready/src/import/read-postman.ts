import { z } from 'zod'
import { RequestCollector } from './imported.ts'
import type { Imported } from './imported.ts'

const pair = z.object({
  key: z.string().nullish(),
  value: z.unknown().optional(),
  disabled: z.boolean().nullish(),
})

const requestSchema = z.object({
  method: z.string().default('GET'),
  url: z
    .union([
      z.string(),
      z.object({ raw: z.string().nullish(), host: z.unknown().optional(), path: z.unknown().optional() }),
    ])
    .nullish(),
  header: z.union([z.array(pair), z.string(), z.null()]).optional(),
  body: z
    .object({
      mode: z.string().nullish(),
      raw: z.string().nullish(),
      urlencoded: z.array(pair).nullish(),
      graphql: z.unknown().optional(),
      formdata: z.array(z.unknown()).nullish(),
    })
    .nullish(),
})

/** Postman collections 2.0 and 2.1: requests of all folders; scripts are not run. */
export function readPostman(file: unknown): Imported | null {
  const parsed = z
    .object({
      info: z.object({ name: z.string().optional(), schema: z.string() }),
      item: z.array(z.unknown()),
    })
    .safeParse(file)
  if (!parsed.success || !/collection\/v2\.[01]/.test(parsed.data.info.schema)) return null
  const collect = new RequestCollector()
  walk(parsed.data.item, 'item', collect, 0)
  return collect.finish('Postman 2.1', parsed.data.info.name ?? 'Collection')
}

function walk(items: readonly unknown[], path: string, collect: RequestCollector, depth: number): void {
  for (const [at, raw] of items.entries()) {
    const where = `${path}[${at}]`
    const item = z
      .object({
        name: z.string().optional(),
        item: z.array(z.unknown()).optional(),
        request: z.unknown().optional(),
        event: z.array(z.unknown()).nullish(),
      })
      .safeParse(raw)
    if (!item.success || depth > 50) {
      collect.leave(where, 'It is neither a folder nor a request.')
      continue
    }
    const { name, item: inner, request, event } = item.data
    if (inner !== undefined) walk(inner, `${where}.item`, collect, depth + 1)
    if (request === undefined || request === null) continue
    if ((event?.length ?? 0) > 0)
      collect.leave(`${where}.event`, 'Scripts are not run; write checks and extract instead.')
    const found =
      typeof request === 'string'
        ? { success: true as const, data: { method: 'GET', url: request, header: null, body: null } }
        : requestSchema.safeParse(request)
    if (!found.success) {
      collect.leave(where, `It is no request: ${found.error.issues[0]?.path.join('.')}.`)
      continue
    }
    const { method, url, header, body } = found.data
    const address = addressOf(url)
    if (address === '') {
      collect.leave(where, 'It has no address.')
      continue
    }
    // Postman keeps an empty form where there is no body.
    const mode =
      body?.mode === 'formdata' && (body.formdata ?? []).length === 0 ? 'raw' : (body?.mode ?? 'raw')
    if (mode !== 'raw' && mode !== 'urlencoded' && mode !== 'graphql') {
      collect.leave(where, `A body of kind ${mode} is not sent. Give it as text.`)
      continue
    }
    collect.add({
      where,
      name,
      method,
      // A path's parameters `:id` are variables.
      url: address.replaceAll(/\/:(\w+)/g, '/{{$1}}'),
      headers: Array.isArray(header) ? enabled(header) : [],
      body:
        mode === 'graphql'
          ? JSON.stringify(body?.graphql ?? {})
          : mode === 'urlencoded'
            ? enabled(body?.urlencoded ?? [])
                .map(
                  ([key, value]) =>
                    `${encodeURIComponent(key)}=${value.includes('{{') ? value : encodeURIComponent(value)}`,
                )
                .join('&')
            : (body?.raw ?? undefined),
    })
  }
}

function enabled(pairs: readonly z.output<typeof pair>[]): [string, string][] {
  return pairs
    .filter((one) => one.disabled !== true && typeof one.key === 'string')
    .map((one) => [
      one.key as string,
      typeof one.value === 'string' ? one.value : JSON.stringify(one.value ?? ''),
    ])
}

/** The address as it is written; Postman takes one without a scheme as http. */
function addressOf(url: z.output<typeof requestSchema>['url']): string {
  const joined = (value: unknown, by: string) =>
    Array.isArray(value)
      ? value.filter((part) => typeof part === 'string').join(by)
      : typeof value === 'string'
        ? value
        : ''
  const raw =
    typeof url === 'string'
      ? url
      : (url?.raw ?? (url ? `${joined(url.host, '.')}/${joined(url.path, '/')}` : ''))
  return raw === '' || /^(?:https?:|\/|\{\{)/i.test(raw) ? raw : `http://${raw}`
}
