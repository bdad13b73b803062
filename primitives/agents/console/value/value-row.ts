import { api } from '../api.ts'

const readValue = () => api.get('/value', { query: {} })
/** What is told of one agent. */
export type ValueRow = Awaited<ReturnType<typeof readValue>>['agents'][number]
