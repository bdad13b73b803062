import type { Span } from './scan-body.ts'

const headEnd = Buffer.from('\r\n\r\n')
/** Names of models are short; what is longer is something else. */
const mostNameBytes = 256
const mostParts = 1000

/** The boundary of a multipart content type (RFC 2046, 5.1.1); null when it is none. */
export function boundaryOf(contentType: string): string | null {
  if (!/^multipart\/form-data\b/i.test(contentType)) return null
  const found = /;\s*boundary=(?:"([^"]{1,200})"|([^\s;]{1,200}))/i.exec(contentType)
  return found?.[1] ?? found?.[2] ?? null
}

/** Value of the field `model` of a form (RFC 7578), and where it stands; null when there is none. Reads no other part. */
export function modelInForm(body: Buffer, boundary: string): { model: string; span: Span } | null {
  const mark = Buffer.from(`--${boundary}`)
  const nextMark = Buffer.from(`\r\n--${boundary}`)
  let at = body.indexOf(mark)
  for (let part = 0; at >= 0 && part < mostParts; part++) {
    const head = at + mark.length
    const start = body.indexOf(headEnd, head)
    if (start < 0) return null
    const valueAt = start + headEnd.length
    const end = body.indexOf(nextMark, valueAt)
    if (end < 0) return null
    // A file may be called as a model is; a field has no file name.
    const said = body.toString('latin1', head, Math.min(start, head + 1024))
    if (
      /content-disposition:[^\r\n]*;\s*name="?model"?\s*(?:;|\r|$)/i.test(said) &&
      !/filename/i.test(said)
    ) {
      if (end - valueAt > mostNameBytes) return null
      return { model: body.toString('utf8', valueAt, end), span: { start: valueAt, end } }
    }
    at = end + 2
  }
  return null
}
