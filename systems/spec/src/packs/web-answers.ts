import type { CallRule, StatusRule } from './pack.ts'
import { ownTable } from '../parse/own-table.ts'

/** Answers as the web's own class makes them (fetch.spec.whatwg.org, "Response class"). */
export const webAnswers: Record<string, { status: StatusRule; body?: number }> = ownTable({
  Response: { status: { arg: 1, otherwise: 200 }, body: 0 },
  'Response.json': { status: { arg: 1, otherwise: 200 }, body: 0 },
  'Response.redirect': { status: { arg: 1, otherwise: 302 } },
})

const read = (place: 'query' | 'header' | 'form'): CallRule => ({ does: 'read', in: place, name: 0 })

/** What reads a request as the web's own class has it (fetch.spec.whatwg.org, "Request class", "Body mixin"), under the names that it and its address have. */
export const webRequest = (request: string, url: string): Record<string, CallRule> => ({
  [`${request}.json`]: { does: 'body', neverOnGet: true },
  [`${request}.text`]: { does: 'body', neverOnGet: true, media: 'text/plain' },
  [`${request}.arrayBuffer`]: { does: 'body', neverOnGet: true, media: 'application/octet-stream' },
  [`${request}.blob`]: { does: 'body', neverOnGet: true, media: 'application/octet-stream' },
  [`${request}.formData`]: { does: 'inputs', in: 'form' },
  [`${request}.formData().get`]: read('form'),
  [`${request}.formData().getAll`]: read('form'),
  [`${request}.clone`]: { does: 'self' },
  [`${request}.headers.get`]: read('header'),
  [`${url}.searchParams.get`]: read('query'),
  [`${url}.searchParams.getAll`]: read('query'),
  [`${url}.searchParams.has`]: read('query'),
  URL: {
    does: 'give',
    path: url,
    made: new RegExp(
      `^${[`${request}.url`, url].map((one) => one.replaceAll('.', String.raw`\.`)).join('|')}$`,
    ),
  },
})
