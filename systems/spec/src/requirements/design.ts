import { factsOf } from '../facts/fact-set.ts'
import type { FactSet } from '../facts/fact-set.ts'
import type { Shape } from '../facts/shape.ts'
import { withoutNull } from '../facts/shape.ts'
import { writeRequirements } from './write-requirements.ts'
import { operationTitle, sayCredentials } from './say-fact.ts'

/** `design.md`: architecture, data model and the sequence of each operation that has guards, in Mermaid. */
export function writeDesign(set: FactSet): string {
  const models = factsOf(set.facts, 'model')
  const names = new Set(models.map(({ name }) => name))
  const capabilities = writeRequirements(set)
  const architecture = [
    'flowchart LR',
    '  client((Client))',
    ...set.services.map(({ name }, at) => `  s${at}[${quoted(name === '' ? 'Service' : name)}]`),
    ...set.services.map((_, at) => `  client --> s${at}`),
    ...capabilities.map(({ title }, at) => `  c${at}[${quoted(title)}]`),
    ...capabilities.map((_, at) => `  s0 --> c${at}`),
  ]
  const data = [
    'erDiagram',
    ...models.flatMap(({ name, fields }) => [
      `  ${word(name)} {`,
      ...fields.map((field) => `    ${word(typeOf(field.shape))} ${word(field.name)}`),
      '  }',
      ...fields.flatMap((field) => {
        const to = modelIn(field.shape)
        return to && names.has(to)
          ? [
              `  ${word(name)} ${withoutNull(field.shape).type === 'array' ? '||--o{' : '||--||'} ${word(to)} : ${word(field.name)}`,
            ]
          : []
      }),
    ]),
  ]
  const operations = factsOf(set.facts, 'operation').toSorted((a, b) =>
    operationTitle(a) < operationTitle(b) ? -1 : 1,
  )
  const guards = factsOf(set.facts, 'guard')
  const sequences = operations.flatMap((operation) => {
    const own = guards.filter((guard) => guard.operation === operation.id)
    if (own.length === 0) return []
    const handler = operation.handler === '' ? 'handler' : operation.handler
    return [
      `### ${operationTitle(operation)}`,
      mermaid([
        'sequenceDiagram',
        '  participant Client',
        ...own.map(({ name }, at) => `  participant G${at} as ${line(name)}`),
        `  participant H as ${line(handler)}`,
        ...own.map(
          (_, at) => `  ${at === 0 ? 'Client' : `G${at - 1}`}->>G${at}: ${line(operationTitle(operation))}`,
        ),
        `  G${own.length - 1}->>H: allowed`,
        ...set.facts.flatMap((fact) =>
          fact.kind === 'response' && fact.operation === operation.id
            ? [`  H-->>Client: ${fact.status}`]
            : [],
        ),
      ]),
    ]
  })
  const ways = Map.groupBy(
    guards.filter((guard) => guard.credentials.length > 0),
    sayCredentials,
  )
  const signIns = [...ways].map(
    ([said, all]) => `- by ${said}: ${count(new Set(all.map((one) => one.operation)).size)}`,
  )
  return `${[
    '# Design',
    '## Architecture',
    mermaid(architecture),
    ...(signIns.length > 0 ? ['## Ways to sign in that were read', signIns.toSorted().join('\n')] : []),
    ...(models.length > 0 ? ['## Data model', mermaid(data)] : []),
    ...(sequences.length > 0 ? ['## Sequences', ...sequences] : []),
  ].join('\n\n')}\n`
}

const count = (operations: number) => (operations === 1 ? '1 operation' : `${operations} operations`)
const mermaid = (lines: readonly string[]) => `\`\`\`mermaid\n${lines.join('\n')}\n\`\`\``
const quoted = (text: string) => `"${text.replaceAll('"', "'")}"`
const word = (text: string) => text.replaceAll(/\W+/g, '_') || '_'
const line = (text: string) => text.replaceAll(/[;:\n#]/g, ' ')

function typeOf(given: Shape): string {
  const shape = withoutNull(given)
  return shape.type === 'model' ? shape.name : shape.type
}

function modelIn(given: Shape): string | null {
  const shape = withoutNull(given)
  if (shape.type === 'model') return shape.name
  return shape.type === 'array' ? modelIn(shape.items) : null
}
