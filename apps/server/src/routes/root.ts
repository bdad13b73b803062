import { RawResponse, route } from '@heavylift/core'
import type { Route } from '@heavylift/core'

export interface Metrics {
  contentType: string
  /** The Prometheus text format. */
  metrics(): Promise<string>
}

/** `/openapi.json` and `/metrics`. The document describes only what an operator could call, never who may. */
export function rootRoutes(document: () => object, metrics: Metrics | null): Route[] {
  const openapi = route({
    method: 'get',
    path: '/openapi.json',
    summary: 'This document: every route, in OpenAPI 3.1.',
    access: 'public',
    media: ['application/json'],
    handle: () =>
      new RawResponse(JSON.stringify(document()), {
        'content-type': 'application/json',
        'cache-control': 'no-cache',
      }),
  })
  if (!metrics) return [openapi]
  return [
    openapi,
    route({
      method: 'get',
      path: '/metrics',
      summary: 'Metrics in the Prometheus text format, of all tenants together.',
      access: 'operator',
      reach: 'installation',
      media: ['text/plain'],
      handle: async () =>
        new RawResponse(await metrics.metrics(), {
          'content-type': metrics.contentType,
          'cache-control': 'no-store',
        }),
    }),
  ]
}
