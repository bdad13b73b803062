import type { StateName } from '@heavylift/ui'
import { api } from '../api.ts'

const readCredentials = () => api.get('/credentials')
export type Credential = Awaited<ReturnType<typeof readCredentials>>['credentials'][number]

export const credentialStates: Record<Credential['state'], { mark: StateName; word: string }> = {
  ready: { mark: 'good', word: 'Ready' },
  unconnected: { mark: 'warn', word: 'To be connected' },
  broken: { mark: 'bad', word: 'Connect anew' },
  revoked: { mark: 'idle', word: 'Revoked' },
}
export const kindWords: Record<string, string> = {
  bearer: 'Bearer token',
  basic: 'User and password',
  header: 'Header',
  query: 'Query parameter',
  oauth2: 'OAuth 2',
}
