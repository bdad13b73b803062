import { route } from '@heavylift/core'
import { z } from 'zod'
import type { SpecContext } from '../context.ts'
import { frameworks } from '../packs/frameworks.ts'
import { packs } from '../packs/packs.ts'
import { whatIsRead } from '../packs/what-is-read.ts'

const framework = z.object({
  name: z.string(),
  language: z.string(),
  isRead: z.boolean(),
  /** What is read of it, each in a few words; null where it is only named. */
  reads: z
    .object({
      routes: z.string(),
      guards: z.string(),
      parameters: z.string(),
      bodies: z.string(),
      errors: z.string(),
      constraints: z.string(),
    })
    .nullable(),
})

export const frameworkRoutes = (_context: SpecContext) => [
  route({
    method: 'get',
    path: '/frameworks',
    summary: 'Frameworks that are known, and what is read of each.',
    access: 'operator',
    response: z.object({ frameworks: z.array(framework) }),
    handle: () => ({
      frameworks: frameworks.map(({ name, language, isRead }) => {
        const pack = packs.find((one) => one.framework === name)
        return { name, language, isRead, reads: pack ? whatIsRead(pack) : null }
      }),
    }),
  }),
]
