import type { StatusRule } from './pack.ts'

/** Answers as the web's own class makes them (fetch.spec.whatwg.org, "Response class"). */
export const webAnswers: Record<string, { status: StatusRule; body?: number }> = {
  Response: { status: { arg: 1, otherwise: 200 }, body: 0 },
  'Response.json': { status: { arg: 1, otherwise: 200 }, body: 0 },
  'Response.redirect': { status: { arg: 1, otherwise: 302 } },
}
