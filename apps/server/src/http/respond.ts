import type { RequestState } from './request-state.ts'

/** What no page of ours asks the browser for. */
const deniedFeatures = [
  'accelerometer',
  'bluetooth',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'hid',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'serial',
  'usb',
]

/** What every answer carries unless it says otherwise. Pages bring a policy of their own. */
const always = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'permissions-policy': deniedFeatures.map((feature) => `${feature}=()`).join(', '),
}

/**
 * The one place where answers are made. Headers stay a plain object: a `Headers` would cost more than the rest of a
 * small answer. Names in `headers` may have any case; they win over the common ones, and those of the request (CORS, id) over all.
 */
export function respond(
  state: RequestState,
  body: BodyInit | null,
  status: number,
  headers: Record<string, string>,
): Response {
  const all: Record<string, string> = { ...always }
  for (const name in headers) all[name.toLowerCase()] = headers[name] ?? ''
  for (const name in state.extraHeaders) all[name] = state.extraHeaders[name] ?? ''
  all['x-request-id'] = state.id
  // The standard allows no body here, not even an empty one.
  const hasBody = status !== 204 && status !== 304
  return new Response(hasBody ? body : null, { status, headers: all })
}
