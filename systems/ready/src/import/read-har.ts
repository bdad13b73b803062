import { z } from 'zod'
import { RequestCollector } from './imported.ts'
import type { Imported } from './imported.ts'

const pair = z.object({ name: z.string(), value: z.string().catch('') })
const entrySchema = z.object({
  startedDateTime: z.string().optional(),
  request: z.object({
    method: z.string(),
    url: z.string(),
    headers: z.array(pair).catch([]),
    postData: z.object({ text: z.string().optional(), params: z.array(pair).optional() }).nullish(),
  }),
  response: z.object({ status: z.number() }).nullish(),
})

const leastPauseMs = 1000

/** HAR 1.2 (the W3C draft of 2012). Requests of a recorded visit with the time between them as think time. */
export function readHar(file: unknown): Imported | null {
  const parsed = z.object({ log: z.object({ entries: z.array(z.unknown()) }) }).safeParse(file)
  if (!parsed.success) return null
  const collect = new RequestCollector()
  let lastMs = NaN
  for (const [at, raw] of parsed.data.log.entries.entries()) {
    const where = `log.entries[${at}]`
    const entry = entrySchema.safeParse(raw)
    if (!entry.success) {
      collect.leave(where, `It is no entry: ${entry.error.issues[0]?.path.join('.')} is missing.`)
      continue
    }
    const { request, response } = entry.data
    if (/^(?:data|blob|chrome-extension|about|wss?):/i.test(request.url)) {
      collect.leave(where, 'It is no call over http.')
      continue
    }
    const body =
      request.postData?.text ??
      request.postData?.params
        ?.map(({ name, value }) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
        .join('&')
    const status = response?.status ?? 0
    // What a page asks for by itself comes at once; a longer wait is a person's.
    const startedMs = Date.parse(entry.data.startedDateTime ?? '')
    if (startedMs - lastMs > leastPauseMs) collect.pause(startedMs - lastMs)
    if (Number.isFinite(startedMs)) lastMs = startedMs
    collect.add({
      where,
      method: request.method,
      url: request.url,
      headers: request.headers.map(({ name, value }) => [name, value] as const),
      body,
      // A recorded error or redirect is no promise; what was fine should be fine.
      ...(status >= 200 && status < 300 ? { check: { status: [status] } } : {}),
    })
  }
  return collect.finish('HAR', 'Recorded visit')
}
