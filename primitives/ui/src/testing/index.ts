// For tests of pages only; it needs vitest and a document (`// @vitest-environment happy-dom`).
export { fakeServer, routesFrom } from './fake-server.ts'
export type { FakeRequest, FakeServer } from './fake-server.ts'
export { renderPage } from './render-page.tsx'
export type { RenderedPage } from './render-page.tsx'
export { sampleOf } from './sample-of.ts'
