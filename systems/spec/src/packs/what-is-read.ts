import { plural } from '@heavylift/core/text'
import type { Pack } from './pack.ts'

export const aspects = ['routes', 'guards', 'parameters', 'bodies', 'errors', 'constraints'] as const

/** What is read of a framework, each in a few words, from its pack; empty where that has nothing on it. */
export type WhatIsRead = Record<(typeof aspects)[number], string>

export function whatIsRead(pack: Pack): WhatIsRead {
  const { annotations, methods = {}, calls = {}, inputs = {} } = pack
  const callRules = Object.values(calls)
  const annotated = Object.values(annotations?.parameters ?? {})
  const places = new Set<string>([
    // A path names its own.
    'path',
    ...Object.values(inputs),
    ...callRules.flatMap((rule) => (rule.does === 'read' || rule.does === 'inputs' ? [rule.in] : [])),
    ...annotated.map((one) => one.in),
    ...(pack.functionParameters === 'fastapi' ? ['query', 'header', 'cookie', 'form', 'body'] : []),
    ...(pack.functionParameters === 'tags' ? ['query', 'header', 'cookie', 'body'] : []),
  ])
  const isBodyRead =
    places.delete('body') || annotations?.plain === 'body' || callRules.some(({ does }) => does === 'body')
  const takesMiddleware = Object.values(methods).some(
    (rule) =>
      rule.does === 'use' ||
      rule.does === 'hook' ||
      (rule.does === 'step' && rule.joins === true) ||
      (rule.does === 'group' && rule.middleware !== undefined) ||
      (rule.does === 'route' && typeof rule.handlers === 'number'),
  )
  const errors = Object.keys(pack.errors ?? {}).length
  const refusals = callRules.filter(({ does }) => does === 'raise').length
  return {
    routes:
      listed([
        pack.files !== undefined && 'files',
        Object.keys(pack.routers ?? {}).length + Object.keys(pack.functions ?? {}).length > 0 && 'calls',
        Object.keys(annotations?.methods ?? {}).length > 0 && 'annotations',
      ]) || 'lists',
    guards: listed([
      takesMiddleware || pack.files?.before || pack.files?.lists || annotations?.middleware !== undefined
        ? 'middleware'
        : pack.language === 'go' && 'wrappers',
      Object.keys(annotations?.guards ?? {}).length > 0 && 'annotations',
      pack.language === 'python' && 'decorators',
      pack.functionParameters === 'fastapi' && 'dependencies',
    ]),
    parameters: [...places].join(', '),
    bodies: isBodyRead ? 'yes' : '',
    errors: listed([
      'statuses',
      errors > 0 && plural(errors, 'class', 'classes'),
      refusals > 0 && plural(refusals, 'call'),
      annotations?.advice !== undefined && 'advice',
    ]),
    constraints: pack.invalidStatus === undefined ? 'checks' : `checks, ${pack.invalidStatus}`,
  }
}

const listed = (words: (string | false)[]) => words.filter((word) => word !== false).join(', ')
