import { api } from '../api.ts'

export const loadOverview = (id: string, signal?: AbortSignal) =>
  api.get('/repositories/:id', { params: { id }, ...(signal && { signal }) })
export type Overview = Awaited<ReturnType<typeof loadOverview>>

export const loadSpec = (id: string, path: string, signal: AbortSignal) =>
  api.get('/repositories/:id/spec', { params: { id }, query: { path }, signal })
export type Shown = Awaited<ReturnType<typeof loadSpec>>['requirements'][number]
