import { route } from '@heavylift/core'
import { z } from 'zod'
import type { SpecContext } from '../context.ts'
import { frameworks } from '../packs/frameworks.ts'

const framework = z.object({ name: z.string(), language: z.string(), isRead: z.boolean() })

export const frameworkRoutes = (_context: SpecContext) => [
  route({
    method: 'get',
    path: '/frameworks',
    summary: 'Frameworks that are known, and whether their routes are read.',
    access: 'operator',
    response: z.object({ frameworks: z.array(framework) }),
    handle: () => ({
      frameworks: frameworks.map(({ name, language, isRead }) => ({ name, language, isRead })),
    }),
  }),
]
