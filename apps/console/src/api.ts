import type { ServerRoutes } from '@heavylift/server'
import { createClient } from '@heavylift/ui'

/** The server's own routes. Only their types come from the server; none of its code is bundled. */
export const api = createClient<ServerRoutes>('/api/heavylift')

type Answer<Call extends (...input: never[]) => Promise<unknown>> = Awaited<ReturnType<Call>>

const systems = () => api.get('/systems')
const decisions = () => api.get('/ledger/decisions')
const summary = () => api.get('/ledger/summary')
const keys = () => api.get('/keys')

export type SystemInfo = Answer<typeof systems>['systems'][number]
export type DecisionsAnswer = Answer<typeof decisions>
export type DecisionRow = DecisionsAnswer['decisions'][number]
export type LedgerSummary = Answer<typeof summary>
export type KeyInfo = Answer<typeof keys>['keys'][number]
