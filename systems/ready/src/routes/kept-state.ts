import { z } from 'zod'

/** How far a run or a search is; `cut off` where the server ended first. */
export const keptState = z.enum(['running', 'done', 'stopped', 'broken', 'cut off'])
