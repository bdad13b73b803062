import { InvalidInputError } from '@heavylift/core'
import { isObject, text } from '../json.ts'
import { slug } from '../names.ts'
import type { Imported } from '../report.ts'
import { ofSources } from './functions.ts'

/** An agent card of A2A: each skill is a tool of the agent. @throws InvalidInputError `import-not-a2a` */
export function importA2a(value: unknown): Imported {
  if (!isObject(value) || typeof value['name'] !== 'string' || !Array.isArray(value['skills']))
    throw new InvalidInputError({
      code: 'import-not-a2a',
      message: 'This is no agent card of A2A: it has no name and skills.',
    })
  const interfaces = (Array.isArray(value['supportedInterfaces']) ? value['supportedInterfaces'] : []).filter(
    isObject,
  )
  const url = text(value['url'] ?? interfaces[0]?.['url'])
  return ofSources('a2a', [
    {
      name: `a2a:${slug(value['name'], '-') || 'agent'}`,
      kind: 'agent',
      title: value['name'],
      ...(url === '' ? {} : { url }),
      tools: value['skills'].filter(isObject).map((skill) => ({
        name: text(skill['id']) || slug(text(skill['name']), '_') || 'skill',
        description: [text(skill['name']), text(skill['description'])]
          .filter((part) => part !== '')
          .join(': '),
        input: {
          type: 'object',
          properties: { message: { type: 'string' } },
          required: ['message'],
          additionalProperties: false,
        },
      })),
    },
  ])
}
